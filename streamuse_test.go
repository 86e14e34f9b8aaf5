package unroll_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"unroll"
	"unroll/series"
)

// compiledCell is a file as a compiled run.
func compiledCell(t testing.TB, text string, set series.Set, o unroll.EngineOptions) *unroll.Compiled {
	t.Helper()
	cell, err := unroll.Parse("test.cell", text)
	if err != nil {
		t.Fatal(snippets(err))
	}
	run, err := cell.Bind(set, unroll.Options{})
	if err != nil {
		t.Fatal(snippets(err))
	}
	c, err := run.Compile(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// numbers is one series of y.
func numbers(values ...float64) series.Set {
	s := series.Series{ID: "1", Columns: map[string]series.Column{}}
	for _, v := range values {
		s.Columns["y"] = s.Columns["y"].Append(series.Floats(1, 1, []float64{v}))
	}
	return series.Set{Series: []series.Series{s}}
}

// TestStreamOfAverage: what is taken of the whole series is that of the history, and without one it is refused.
func TestStreamOfAverage(t *testing.T) {
	c := compiledCell(t, "input y\nlevel = average(y)\nstate s = level\ns = (s[t-1] + y)/2\nabove = s - level\n", numbers(1, 2, 6), unroll.EngineOptions{Float64: true, Keep: []string{"s", "above"}})
	if _, err := c.Stream(); err == nil || !strings.Contains(err.Error(), "let the stream begin after data") {
		t.Errorf("a stream without a history: %v", err)
	}
	e, err := c.Engine()
	if err != nil {
		t.Fatal(err)
	}
	s, err := e.Stream()
	if err != nil {
		t.Fatal(err)
	}
	want := 4.0 // (3+1)/2 = 2, (2+2)/2 = 2, (2+6)/2 = 4
	for _, y := range []float64{8, 0, -2} {
		if err := s.Step(y); err != nil {
			t.Fatal(err)
		}
		want = (want + y) / 2
		if got := s.Value("s", 0)[0]; got != want {
			t.Errorf("s is %v, want %v", got, want)
		}
		if got := s.Value("above", 0)[0]; got != want-3 {
			t.Errorf("above is %v, want %v", got, want-3)
		}
	}
}

// TestStreamOfGaps: a missing value is forecast, where the data had such.
func TestStreamOfGaps(t *testing.T) {
	const text = "input y\nstate l = 0\nweight a = 1/2\nf = l[t-1]\nl = f + a*(y - f)\ny ~ squared(f)\n"
	c := compiledCell(t, text, numbers(1, math.NaN(), 2), unroll.EngineOptions{Keep: []string{"l"}})
	s, err := c.Stream()
	if err != nil {
		t.Fatal(err)
	}
	var got []float64
	for _, y := range []float64{4, math.NaN(), math.NaN(), 3} {
		if err := s.Step(y); err != nil {
			t.Fatal(err)
		}
		got = append(got, s.Value("l", 0)[0])
	}
	if fmt.Sprint(got) != "[2 2 2 2.5]" {
		t.Errorf("the levels are %v", got)
	}
	whole, err := compiledCell(t, text, numbers(1, 2), unroll.EngineOptions{Keep: []string{"l"}}).Stream()
	if err != nil {
		t.Fatal(err)
	}
	if err := whole.Step(math.NaN()); err == nil || !strings.Contains(err.Error(), "y is missing at t = 0") {
		t.Errorf("a gap that the data hadn't: %v", err)
	}
	if err := whole.Step(1, 2); err == nil || !strings.Contains(err.Error(), "takes 1 numbers, not 2") {
		t.Errorf("two values: %v", err)
	}
	if err := whole.Step(4); err != nil || whole.Value("l", 0)[0] != 2 {
		t.Errorf("after steps that failed: %v, %v", err, whole.Value("l", 0))
	}
}

// TestStreamRefuses what isn't known when a step is computed, by its name.
func TestStreamRefuses(t *testing.T) {
	set := numbers(1, 2, 3, 4)
	for text, want := range map[string]string{
		"input y\nstate y = 0\nk = y[t+2]\n":                 "k can't be computed one step at a time: it looks 2 ahead",
		"input y\nstate r = 0\nr = r[t+1]/2 + y\nk = 2*r\n":  "r can't be computed one step at a time: it looks 1 ahead",
		"input y\nk = y - last(y)\n":                         "k can't be computed one step at a time: it takes a total of the whole series",
		"input y in 3\nk = onehot(y, 3)\n":                   "y is 7 at t = 0, which is not a whole number from 0 to 2",
		"input y\nk = y\nb = y\n":                            "",
		"input y\nk = y[t-2]\n":                              "",
		"input y\nweight w = 2\nk = w\n":                     "",
		"input y\nk = sum(y[t-3:t])\n":                       "",
		"input y\nstate s = 1\ns = s[t-1] + y\nk = s[t-1]\n": "",
	} {
		if strings.Contains(text, "in 3") {
			set = numbers(1, 2, 0)
		}
		s, err := compiledCell(t, text, set, unroll.EngineOptions{Keep: []string{"k"}}).Stream()
		if err == nil {
			err = s.Step([]float64{7, 7}[:s.Len()]...)
		}
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
	c := compiledCell(t, "input y\nk = y\n", numbers(1, 2, 3), unroll.EngineOptions{})
	if _, err := c.Stream(); err == nil || !strings.Contains(err.Error(), "Keep") {
		t.Errorf("nothing to keep: %v", err)
	}
}

// TestStreamAllocates nothing in a step, also where the window moves on.
func TestStreamAllocates(t *testing.T) {
	c := compiledCell(t, lstmText, waves(6, 6), unroll.EngineOptions{Keep: []string{"yhat"}})
	s, err := c.Stream()
	if err != nil {
		t.Fatal(err)
	}
	x := []float64{1, 2, 3, 4}
	if n := testing.AllocsPerRun(100, func() {
		if err := s.Step(x...); err != nil || s.Value("yhat", 1) == nil {
			t.Error(err)
		}
	}); n > 0 {
		t.Errorf("a step allocates %v times", n)
	}
}

const lstmText = "use lstm\ninput x[D]\ninput y\nweight V, c\nh = lstm(x, H = 4)\nyhat = V*h + c\ny ~ squared(yhat)\n"

// BenchmarkStream is one step of an LSTM, its state kept.
func BenchmarkStream(b *testing.B) {
	for _, z := range [][2]int{{1, 1}, {8, 32}, {64, 128}, {256, 512}} {
		b.Run(fmt.Sprintf("I%dH%d", z[0], z[1]), func(b *testing.B) {
			set := series.Series{ID: "1", Columns: map[string]series.Column{}}
			for range 3 {
				set.Columns["x"] = set.Columns["x"].Append(series.Floats(z[0], 1, make([]float64, z[0])))
				set.Columns["y"] = set.Columns["y"].Append(series.Floats(1, 1, []float64{1}))
			}
			text := strings.ReplaceAll(lstmText, "H = 4", fmt.Sprintf("H = %d", z[1]))
			s, err := compiledCell(b, text, series.Set{Series: []series.Series{set}}, unroll.EngineOptions{Keep: []string{"yhat"}}).Stream()
			if err != nil {
				b.Fatal(err)
			}
			x := make([]float64, z[0])
			for i := range x {
				x[i] = math.Sin(float64(i))
			}
			for b.Loop() {
				if err := s.Step(x...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
