package series_test

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll/series"
)

func ExampleScaling() {
	visitors := series.Dense(1, 1, []float64{100, 300, math.NaN(), 200})
	s, err := series.FindScaling(visitors, "mean")
	if err != nil {
		fmt.Println(err)
		return
	}
	small, err := s.Apply(visitors)
	fmt.Println(small, err)
	forecast := []float64{1.1, 1.2}
	s.Undo(forecast)
	fmt.Println(forecast)
	// Output:
	// [0.5 1.5 – 1] <nil>
	// [220.00000000000003 240]
}

func TestFindScaling(t *testing.T) {
	nan := math.NaN()
	one := func(values ...float64) series.Column { return series.Dense(1, 1, values) }
	two := series.Dense(2, 1, []float64{1, -8, 3, nan, nan, 4})
	for _, c := range []struct {
		kind          string
		column        series.Column
		shift, factor string
		scaled        string
	}{
		{"none", one(1, nan), "[0]", "[1]", "[1 –]"},
		{"standard", one(1, 3, nan), "[2]", "[1]", "[-1 1 –]"},
		{"standard", two, "[2 -2]", "[1 6]", "[[-1, -1] [1, –] [–, 1]]"},
		{"standard", one(0.1, 0.1, 0.1, 0.1, 0.1), "[0.1]", "[1]", "[0 0 0 0 0]"},
		{"standard", one(7), "[7]", "[1]", "[0]"},
		{"standard", one(nan, nan), "[0]", "[1]", "[– –]"},
		{"max", two, "[0 0]", "[3 8]", "[[0.333333, -1] [1, –] [–, 0.5]]"},
		{"max", one(0, 0), "[0]", "[1]", "[0 0]"},
		{"mean", two, "[0 0]", "[2 6]", "[[0.5, -1.33333] [1.5, –] [–, 0.666667]]"},
		{"mean", one(0, nan), "[0]", "[1]", "[0 –]"},
		{"log", one(1, math.E, nan), "[0]", "[1]", "[0 1 –]"},
		{"mean", series.Arrays(series.Array{}, series.Number(big.NewRat(1, 4))), "[0]", "[0.25]", "[– 1]"},
		{"max", series.Dense(1, 1, nil), "[0]", "[1]", "[]"},
		{"max", series.Column{}, "[]", "[]", "[]"},
	} {
		s, err := series.FindScaling(c.column, c.kind)
		scaled, err2 := s.Apply(c.column)
		if err != nil || err2 != nil || fmt.Sprint(s.Shift) != c.shift || fmt.Sprint(s.Factor) != c.factor || scaled.String() != c.scaled {
			t.Errorf("%s of %v: %v, %v, %v, %v; want shift %s, factor %s, %s", c.kind, c.column, s, scaled, err, err2, c.shift, c.factor, c.scaled)
		}
		if c.column.Len() > 0 && scaled.Exact() {
			t.Errorf("%s of %v isn't dense", c.kind, c.column)
		}
	}
}

func TestScalingRefuses(t *testing.T) {
	column := series.Dense(2, 1, []float64{1, 2, math.NaN(), 0})
	if _, err := series.FindScaling(column, "often"); err == nil || !strings.Contains(err.Error(), "none, standard, max, log, mean") {
		t.Errorf("an unknown kind: %v", err)
	}
	s, err := series.FindScaling(column, "log")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(column); err == nil || !strings.Contains(err.Error(), "0 at t = 1 has no logarithm") {
		t.Errorf("the logarithm of 0: %v", err)
	}
	if _, err := s.Apply(series.Dense(1, 1, []float64{1})); err == nil || !strings.Contains(err.Error(), "2 entries for values of 1") {
		t.Errorf("a number for a scaling of vectors: %v", err)
	}
}

func TestZeroScaling(t *testing.T) {
	values := []float64{1, 2}
	series.Scaling{}.Undo(values)
	if fmt.Sprint(values) != "[1 2]" {
		t.Error(values)
	}
}

// What is undone is what was there, but for rounding; what was missing stays so.
func TestUndo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(series.Scales).Draw(t, "kind")
		n := rapid.IntRange(1, 3).Draw(t, "rows")
		size := math.Pow(10, float64(rapid.IntRange(-9, 9).Draw(t, "size")))
		number := rapid.Float64Range(-1, 1)
		if kind == "log" {
			number = rapid.Float64Range(1e-6, 1)
		}
		values := rapid.SliceOfN(rapid.OneOf(number, rapid.Just(math.NaN())), n, 8*n).Draw(t, "values")
		values = values[:len(values)/n*n]
		greatest := 0.0
		for i := range values {
			values[i] *= size
			if !math.IsNaN(values[i]) {
				greatest = max(greatest, math.Abs(values[i]))
			}
		}
		column := series.Dense(n, 1, values)
		s, err := series.FindScaling(column, kind)
		if err != nil {
			t.Fatal(err)
		}
		scaled, err := s.Apply(column)
		if err != nil {
			t.Fatal(err)
		}
		back := make([]float64, len(values))
		for at := range scaled.Len() {
			scaled.Read(at, back[at*n:at*n+n])
		}
		s.Undo(back)
		for i, x := range values {
			if math.IsNaN(x) != math.IsNaN(back[i]) || math.Abs(x-back[i]) > 1e-12*greatest {
				t.Fatalf("%s: %v became %v", kind, x, back[i])
			}
		}
	})
}
