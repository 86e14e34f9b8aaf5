package series_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"unroll/series"
)

func ExampleDense() {
	temperature := series.Dense(2, 1, []float64{20, 21, 19, math.NaN()}) // of two places, at two times
	fmt.Println(temperature, temperature.Len(), temperature.At(0))
	fmt.Println(series.Arrays(series.Number(big.NewRat(1, 3)), series.Missing(1, 1)))
	// Output:
	// [[20, 21] [19, –]] 2 [20, 21]
	// [1/3 –]
}

// A dense column and a list of arrays with the same numbers can't be told apart but by Exact.
func TestDenseIsAsArrays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, c := rapid.IntRange(1, 3).Draw(t, "r"), rapid.IntRange(1, 2).Draw(t, "c")
		times := rapid.IntRange(0, 5).Draw(t, "times")
		number := rapid.OneOf(rapid.Float64(), rapid.Just(math.NaN()))
		draw := func(label string) []float64 { return rapid.SliceOfN(number, r*c, r*c).Draw(t, label) }
		dense, arrays := series.Dense(r, c, nil), series.Arrays()
		for range times {
			a := series.Floats(r, c, draw("values"))
			dense, arrays = dense.Append(a), arrays.Append(a)
		}
		same(t, dense, arrays)
		lo := rapid.IntRange(0, times).Draw(t, "lo")
		hi := rapid.IntRange(lo, times).Draw(t, "hi")
		same(t, dense.Slice(lo, hi), arrays.Slice(lo, hi))
		extra := series.Floats(r, c, draw("extra"))
		same(t, dense.Slice(lo, hi).Append(extra), arrays.Slice(lo, hi).Append(extra))
		same(t, dense, arrays) // Append wrote past no slice
		if dense.String() != arrays.String() {
			t.Fatalf("%s and %s", dense, arrays)
		}
	})
}

func same(t *rapid.T, a, b series.Column) {
	if a.Len() != b.Len() {
		t.Fatalf("%d and %d times", a.Len(), b.Len())
	}
	for i, x := range a.All() {
		if !x.Equal(b.At(i)) {
			t.Fatalf("%v and %v at time %d", x, b.At(i), i)
		}
	}
	for i := -1; i <= a.Len(); i++ {
		x, y := make([]float64, 6), make([]float64, 6)
		a.Read(i, x)
		b.Read(i, y)
		if fmt.Sprint(x) != fmt.Sprint(y) {
			t.Fatalf("%v and %v read at time %d", x, y, i)
		}
	}
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		column series.Column
		t      int
		want   string
	}{
		{series.Dense(2, 1, []float64{1, 2, 3, 4}), 1, "[3 4]"},
		{series.Dense(2, 1, []float64{1, 2, 3, 4}), 2, "[NaN NaN]"},
		{series.Arrays(series.Vector(rats("1/2", "")...)), 0, "[0.5 NaN]"},
		{series.Arrays(series.Array{}), 0, "[NaN NaN]"},
		{series.Column{}, 0, "[NaN NaN]"},
	} {
		into := []float64{7, 7}
		c.column.Read(c.t, into)
		if got := fmt.Sprint(into); got != c.want {
			t.Errorf("%v at %d: %s, want %s", c.column, c.t, got, c.want)
		}
	}
}

func TestAppendMissing(t *testing.T) {
	for _, c := range []struct {
		column series.Column
		want   string
		exact  bool
	}{
		{series.Dense(1, 1, []float64{1}), "[1 – –]", false},
		{series.Dense(1, 2, nil), "[[[–, –]] [[–, –]]]", false},
		{series.Arrays(series.Vector(rats("1", "2")...)), "[[1, 2] [–, –] [–, –]]", true},
		{series.Arrays(series.Floats(1, 1, []float64{0.5})), "[0.5 – –]", false},
		{series.Column{}, "[[] []]", true},
	} {
		got := c.column.AppendMissing(2)
		if got.String() != c.want || got.Exact() != c.exact || got.Len() != c.column.Len()+2 {
			t.Errorf("%s, exact %v, want %s, %v", got, got.Exact(), c.want, c.exact)
		}
	}
}

// What doesn't fit into a dense column is found by whoever checks the data.
func TestAppendOtherShape(t *testing.T) {
	c := series.Dense(1, 1, []float64{1, 2}).Append(series.Number(big.NewRat(3, 1)), series.Array{}, series.Missing(2, 1))
	if got := c.String(); got != "[1 2 3 [] [–, –]]" {
		t.Error(got)
	}
	s := series.Series{ID: "a", Columns: map[string]series.Column{"y": c}}
	if err := (series.Set{Series: []series.Series{s}}).Check(); err == nil {
		t.Error("arrays of several shapes pass")
	}
}

func TestColumnRefuses(t *testing.T) {
	for name, f := range map[string]func(){
		"no entries": func() { series.Dense(0, 1, nil) },
		"a part":     func() { series.Dense(2, 1, make([]float64, 3)) },
		"no time":    func() { series.Dense(1, 1, make([]float64, 3)).Slice(0, 2).At(2) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}

// Whoever fills a dense column fills it as if it were a list of exact numbers.
func TestFill(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 2).Draw(t, "rows")
		exact, dense := series.Arrays(), series.Dense(n, 1, nil)
		for range rapid.IntRange(0, 6).Draw(t, "times") {
			entries := make([]*big.Rat, n)
			for i := range entries {
				if rapid.Bool().Draw(t, "there") {
					entries[i] = big.NewRat(rapid.Int64Range(-9, 9).Draw(t, "value"), 1)
				}
			}
			exact, dense = exact.Append(series.Vector(entries...)), dense.Append(series.Vector(entries...))
		}
		before := dense.String()
		for _, how := range series.Fills {
			want, err1 := series.Fill(exact, how)
			got, err2 := series.Fill(dense, how)
			if err1 != nil || err2 != nil || got.Len() != want.Len() || dense.String() != before {
				t.Fatalf("%s: %v, %v, %v, %v", how, got, want, err1, err2)
			}
			for i, a := range want.All() {
				if b := got.At(i); !slices.Equal(texts(a), texts(b)) {
					t.Fatalf("%s: %v, want %v", how, got, want)
				}
			}
		}
	})
	if _, err := series.Fill(series.Column{}, "often"); err == nil {
		t.Error("a way of filling that there is not")
	}
}

// texts are entries with so many digits as a mean of a few small numbers has for sure.
func texts(a series.Array) []string {
	var out []string
	for i := range a.Len() {
		out = append(out, fmt.Sprintf("%.12f", a.Float64(i)+0)) // +0 makes -0 positive
	}
	return out
}

func TestColumnAllocs(t *testing.T) {
	c, into := series.Dense(2, 1, make([]float64, 2000)), make([]float64, 2)
	n := testing.AllocsPerRun(3, func() {
		for t, a := range c.All() {
			if !a.HasAll() {
				into[0]++
			}
			c.Read(t, into)
		}
	})
	if n > 0 {
		t.Errorf("%v allocations", n)
	}
}
