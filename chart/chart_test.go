package chart_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/color"
	"image/png"
	"io"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"unroll/chart"
	"unroll/internal/golden"

	"pgregory.net/rapid"
)

// drawing is either chart.
type drawing interface {
	Picture(name string) ([]byte, error)
	Sketch(width, height int) string
}

func several(n int) chart.Forecast {
	var f chart.Forecast
	for i := range n {
		f.Series = append(f.Series, hourly(fmt.Sprintf("H%d", i+1), uint64(i)))
	}
	return f
}

// constant never changes, and its forecast is one step without bands.
func constant() chart.Forecast {
	h := make([]float64, 30)
	for i := range h {
		h[i] = 7
	}
	return chart.Forecast{Series: []chart.Series{{Name: "constant", History: h, Line: h[:1]}}}
}

// Each picture was looked at before its file was written.
func TestGolden(t *testing.T) {
	for name, d := range map[string]drawing{
		"airline": airline(), "hourly": several(1), "many": several(14),
		"losses": losses(), "errors": errorCurves(), "constant": constant(),
	} {
		svg, err := d.Picture("a.svg")
		if err != nil {
			t.Fatal(err)
		}
		golden.Check(t, string(svg), "testdata/"+name+".svg")
		golden.Check(t, d.Sketch(80, 18), "testdata/"+name+".txt")
		wellFormed(t, svg)
	}
}

func wellFormed(t testing.TB, svg []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
	}
}

// A PNG has two pixels for each of 800 across, a white ground, the colour of the forecast, and the same bytes every time.
func TestPNG(t *testing.T) {
	one, err := airline().Picture("a.PNG")
	if err != nil {
		t.Fatal(err)
	}
	two, _ := airline().Picture("b.png")
	if !bytes.Equal(one, two) {
		t.Error("the same chart gave other bytes")
	}
	img, err := png.Decode(bytes.NewReader(one))
	if err != nil {
		t.Fatal(err)
	}
	if w := img.Bounds().Dx(); w != 1600 {
		t.Errorf("it is %d pixels wide", w)
	}
	blue := 0
	for x := range img.Bounds().Dx() {
		for y := range img.Bounds().Dy() {
			if c := color.RGBAModel.Convert(img.At(x, y)); c == (color.RGBA{0x00, 0x72, 0xb2, 255}) {
				blue++
			}
		}
	}
	if r, g, b, a := img.At(0, 0).RGBA(); r&g&b&a != 0xffff || blue < 500 {
		t.Errorf("the ground is %v, and %d pixels are blue", img.At(0, 0), blue)
	}
}

func TestOtherEnding(t *testing.T) {
	for _, name := range []string{"a.pdf", "a", "svg", ""} {
		_, err := losses().Picture(name)
		if err == nil || !strings.Contains(err.Error(), ".svg or .png") || chart.Check(name) == nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// Lines of one name are both in the legend, what all panels have is there once.
func TestLegend(t *testing.T) {
	twice := chart.Curves{Lines: []chart.Line{{Name: "same", Y: []float64{1, 2}}, {Name: "same", Y: []float64{2, 1}}}}
	for _, c := range []struct {
		d    drawing
		name string
		want int
	}{{twice, "same", 2}, {several(4), "forecast", 1}, {several(4), "90 %", 1}, {airline(), "95 %", 1}} {
		svg, err := c.d.Picture("a.svg")
		if n := strings.Count(string(svg), ">"+c.name+"<"); err != nil || n != c.want {
			t.Errorf("%s is there %d times, not %d", c.name, n, c.want)
		}
	}
}

// What can't be drawn is left out, and said.
func TestNothing(t *testing.T) {
	nan := math.NaN()
	for name, d := range map[string]drawing{
		"no series":     chart.Forecast{},
		"no curves":     chart.Curves{},
		"only NaN":      chart.Curves{Lines: []chart.Line{{Name: "a", Y: []float64{nan, math.Inf(1)}, Best: true}}},
		"x is missing":  chart.Curves{Lines: []chart.Line{{X: []float64{}, Y: []float64{1, 2}}}},
		"beyond reason": chart.Curves{Lines: []chart.Line{{Y: []float64{math.MaxFloat64}}}},
	} {
		svg, err := d.Picture("a.svg")
		if err != nil || !strings.Contains(string(svg), "nothing to draw") || d.Sketch(80, 20) != "nothing to draw\n" {
			t.Errorf("%s: %v\n%s", name, err, d.Sketch(80, 20))
		}
	}
}

// A gap is a gap: a line with a NaN inside is two.
func TestGaps(t *testing.T) {
	count := func(y ...float64) int {
		svg, err := chart.Forecast{Series: []chart.Series{{History: y}}}.Picture("a.svg")
		if err != nil {
			t.Fatal(err)
		}
		return strings.Count(string(svg), "stroke:#464646")
	}
	// The legend has a line of its own; a lone value is a dot, which is filled.
	if whole, cut := count(1, 2, 3, 4), count(1, 2, math.NaN(), 3, 4); cut != whole+1 {
		t.Errorf("%d lines, and %d with a gap", whole, cut)
	}
	if one := count(1, math.NaN()); one != 1 {
		t.Errorf("%d lines for one value", one)
	}
}

// What is nearest to the least value is what is marked, also in logarithms.
func TestBest(t *testing.T) {
	for want, y := range map[string][]float64{
		"best: 0.5 at 3":   {1, math.NaN(), .5, .5, 2},
		"best: 1e−8 at 2":  {1, 1e-8, 2e-8},
		"best: −3 at 1":    {-3, 4},
		"best: 1.235 at 1": {1.23456},
	} {
		c := chart.Curves{Lines: []chart.Line{{Name: "a", Y: y, Best: true}}}
		svg, err := c.Picture("a.svg")
		if err != nil || !strings.Contains(string(svg), want) || !strings.Contains(c.Sketch(60, 10), "◆ "+want) {
			t.Errorf("want %s, got\n%s", want, c.Sketch(60, 10))
		}
	}
}

// Whatever is drawn, nothing breaks: the SVG is well formed and the same again, the sketch keeps to its size.
func TestAnything(t *testing.T) {
	number := rapid.OneOf(rapid.Float64(), rapid.Float64Range(-10, 10),
		rapid.SampledFrom([]float64{0, 1, 1e300, -1e300, 1e-310, math.NaN(), math.Inf(1), math.Inf(-1), 1e6, 1e6 + 1e-4}))
	numbers := rapid.SliceOfN(number, 0, 30)
	rapid.Check(t, func(t *rapid.T) {
		var f chart.Forecast
		c := chart.Curves{Title: rapid.String().Draw(t, "title"), X: rapid.String().Draw(t, "x"), Y: "loss"}
		labels := rapid.SliceOfN(rapid.String(), 1, 5).Draw(t, "labels")
		for range rapid.IntRange(0, 4).Draw(t, "n") {
			s := chart.Series{Name: rapid.String().Draw(t, "name"), History: numbers.Draw(t, "history"), Line: numbers.Draw(t, "line"),
				Came: numbers.Draw(t, "came"), Label: func(i int) string { return labels[i%len(labels)] }}
			for range rapid.IntRange(0, 4).Draw(t, "bands") {
				s.Bands = append(s.Bands, chart.Band{Level: rapid.Float64Range(0, 100).Draw(t, "level"), Lo: numbers.Draw(t, "lo"), Hi: numbers.Draw(t, "hi")})
			}
			f.Series = append(f.Series, s)
			l := chart.Line{Name: s.Name, Y: s.History, Best: true}
			if rapid.Bool().Draw(t, "own x") {
				l.X = s.Line
			}
			c.Lines = append(c.Lines, l)
		}
		width, height := rapid.IntRange(-1, 120).Draw(t, "width"), rapid.IntRange(-1, 40).Draw(t, "height")
		for _, d := range []drawing{f, c} {
			svg, err := d.Picture("a.svg")
			if err != nil {
				t.Fatal(err)
			}
			wellFormedAgain(t, d, svg)
			for _, line := range strings.Split(d.Sketch(width, height), "\n") {
				if n := utf8.RuneCountInString(line); n > max(width, 40) {
					t.Fatalf("%d columns: %q", n, line)
				}
			}
		}
	})
}

func wellFormedAgain(t *rapid.T, d drawing, svg []byte) {
	if again, _ := d.Picture("a.svg"); !bytes.Equal(svg, again) {
		t.Fatal("the same chart gave other bytes")
	}
	if bytes.Contains(svg, []byte("NaN")) || bytes.Contains(svg, []byte("Inf\"")) {
		t.Fatalf("a number is none in %s", svg)
	}
	dec := xml.NewDecoder(bytes.NewReader(svg))
	for {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
