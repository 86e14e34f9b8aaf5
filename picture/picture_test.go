package picture

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"unroll/internal/golden"
)

func TestGolden(t *testing.T) {
	for name, n := range map[string]*Network{"sheet": sheet(), "low": low(), "gru": gru(5), "both": both(4), "folded": folded()} {
		golden.Check(t, n.SVG(), "testdata/"+name+".svg")
	}
	for name, h := range map[string]*Heat{"norms": triangle(8, Factor), "influence": triangle(5, Signed)} {
		golden.Check(t, h.SVG(), "testdata/"+name+".svg")
	}
}

// triangle is a matrix of steps, of which the later are moved by the earlier.
func triangle(n int, s Scale) *Heat {
	h := &Heat{Title: "Steps by steps", Down: "later step", Across: "earlier step", Scale: s, Legend: "how much the one moves the other"}
	for i := range n {
		step := Label{Base: "h", Sub: fmt.Sprint(i + 1)}
		h.Rows, h.Cols = append(h.Rows, step), append(h.Cols, step)
		var row []Entry
		for j := range i + 1 {
			x := math.Round(1000*math.Pow(0.7, float64(i-2*j)*float64(i-j)/float64(n))) / 1000
			if s == Signed {
				x = float64((i*7+j*5)%9) - 4
			}
			row = append(row, Entry{x, strings.ReplaceAll(fmt.Sprint(x), "-", "−")})
		}
		h.Entries = append(h.Entries, row)
	}
	return h
}

func TestNetworkIsWellFormed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := randomNetwork(t)
		svg := n.SVG()
		if svg != n.SVG() {
			t.Fatal("drawn twice, a network looks different")
		}
		count := groups(t, svg)
		g := layout(n)
		edges := 0
		for _, n := range g.nets {
			edges += len(n.routes)
		}
		if count["node"] != len(g.boxes) || count["edge"] != edges {
			t.Fatalf("%d nodes and %d edges are drawn as %v", len(g.boxes), edges, count)
		}
	})
}

func TestHeatIsWellFormed(t *testing.T) {
	number := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, math.NaN(), math.Inf(1), math.Inf(-1), 1, 1e-300, 1e300}))
	rapid.Check(t, func(t *rapid.T) {
		h := &Heat{Title: oddText(t, "title"), Down: oddText(t, "down"), Across: oddText(t, "across"), Legend: oddText(t, "legend"), Scale: Scale(rapid.IntRange(0, 1).Draw(t, "scale"))}
		h.Rows, h.Cols = make([]Label, rapid.IntRange(0, 14).Draw(t, "rows")), make([]Label, rapid.IntRange(0, 14).Draw(t, "cols"))
		want := 0
		for i := range rapid.IntRange(0, 16).Draw(t, "filled rows") {
			row := make([]Entry, rapid.IntRange(0, 16).Draw(t, "filled"))
			for j := range row {
				row[j] = Entry{number.Draw(t, "number"), oddText(t, "text")}
				if i < len(h.Rows) && j < len(h.Cols) && row[j].Text != "" {
					want++
				}
			}
			h.Entries = append(h.Entries, row)
		}
		if got := groups(t, h.SVG())["entry"]; got != want {
			t.Fatalf("%d entries drawn, not %d", got, want)
		}
		if strings.Contains(h.SVG(), "NaN") {
			t.Fatal("NaN is no coordinate")
		}
	})
}

// groups reads an SVG document and counts its groups by the first word of their class.
func groups(t fataler, svg string) map[string]int {
	count := map[string]int{}
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := d.Token()
		if err == io.EOF {
			return count
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, svg)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "g" {
			for _, a := range e.Attr {
				if a.Name.Local == "class" {
					first, _, _ := strings.Cut(a.Value, " ")
					count[first]++
				}
			}
		}
	}
}

func TestTextIsEscaped(t *testing.T) {
	bad := `<script>"&'` + "\x00\xff"
	n := &Network{Title: bad, Desc: bad, Columns: []Column{{}, {Gap: bad, Label: Label{Base: bad}}}, Legend: Legend{bad, bad, bad}}
	l := Label{Base: bad, Sub: bad, Sup: bad}
	n.Nodes = []Node{{ID: bad, Label: l, Value: bad, Back: bad, Hint: bad}, {ID: "b", Column: 1, Label: l}}
	n.Edges = []Edge{{From: bad, To: "b", Back: bad, Weight: l}, {From: bad, To: "b", Fed: true}}
	h := &Heat{Title: bad, Desc: bad, Down: bad, Across: bad, Rows: []Label{l}, Cols: []Label{l}, Entries: [][]Entry{{{1, bad}}}, Legend: bad}
	for _, svg := range []string{n.SVG(), h.SVG()} {
		groups(t, svg)
		if strings.Contains(svg, "<script") || strings.Contains(svg, "\x00") || !utf8.ValidString(svg) {
			t.Errorf("not escaped:\n%s", svg)
		}
	}
}

// Styles hold for the picture only: each selector begins with its class.
func TestStylesStayInside(t *testing.T) {
	for class, style := range map[string]string{".unrolled": networkStyle, ".heat": heatStyle} {
		for line := range strings.Lines(style) {
			selectors, _, _ := strings.Cut(line, "{")
			for _, s := range strings.Split(selectors, ",") {
				if s != class && !strings.HasPrefix(s, class+" ") {
					t.Errorf("%q holds outside of %s, too", s, class)
				}
			}
		}
	}
}

func TestSpread(t *testing.T) {
	for _, c := range []struct{ want, weight, gap, get []float64 }{
		{[]float64{3}, []float64{1}, nil, []float64{3}},
		{[]float64{0, 30}, []float64{1, 1}, []float64{10}, []float64{0, 30}},
		{[]float64{0, 0}, []float64{1, 1}, []float64{10}, []float64{-5, 5}},
		{[]float64{0, 0}, []float64{1, 3}, []float64{8}, []float64{-6, 2}},
		{[]float64{0, 0, 100}, []float64{1, 1, 1}, []float64{10, 10}, []float64{-5, 5, 100}},
		{[]float64{10, 0, 5}, []float64{1, 1, 1}, []float64{0, 0}, []float64{5, 5, 5}},
	} {
		if got := spread(c.want, c.weight, c.gap); !slices.EqualFunc(got, c.get, same) {
			t.Errorf("spread(%v, %v, %v) is %v, not %v", c.want, c.weight, c.gap, got, c.get)
		}
	}
}

func TestSpreadKeepsGaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9).Draw(t, "n")
		some := func(name string, lo float64) []float64 {
			return rapid.SliceOfN(rapid.Float64Range(lo, 50), n, n).Draw(t, name)
		}
		gap := some("gap", 0)[1:]
		at := spread(some("want", -50), some("weight", 0.1), gap)
		for i := range gap {
			if at[i+1]-at[i] < gap[i]-1e-9 {
				t.Fatalf("%v doesn't keep the gaps %v", at, gap)
			}
		}
	})
}

func TestColours(t *testing.T) {
	norms, signed := shade{Factor, 3}, shade{Signed, 2}
	for _, c := range []struct {
		s       shade
		v, want float64
	}{{norms, 1, 0}, {norms, 10, 1.0 / 3}, {norms, 1e-3, -1}, {norms, 1e9, 1}, {norms, 0, -1}, {norms, math.NaN(), 0},
		{signed, 0, 0}, {signed, -1, -0.5}, {signed, 5, 1}} {
		if got := c.s.of(c.v); !same(got, c.want) {
			t.Errorf("%v of %v is %v, not %v", c.s, c.v, got, c.want)
		}
	}
	if got := [3]string{colour(-1), colour(0), colour(1)}; got != [3]string{"#215494", "#f8f8f8", "#a64704"} {
		t.Errorf("the ends and the middle are %v", got)
	}
	if got := norms.ticks(); got != [3]string{"10⁻³", "1", "10³"} {
		t.Errorf("the ticks are %v", got)
	}
}

func TestLetters(t *testing.T) {
	for s, want := range map[string]string{
		"t = 1":   `<tspan class="v">t</tspan> = 1`,
		"relu":    "relu",
		"ŷ":       `<tspan class="v">ŷ</tspan>`,
		"x\u0303": `<tspan class="v">x` + "\u0303" + `</tspan>`,
		"t−1":     `<tspan class="v">t</tspan>−1`,
	} {
		if got := letters(s); got != want {
			t.Errorf("%s is set as %s, not %s", s, got, want)
		}
	}
}
