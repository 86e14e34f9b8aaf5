package backtest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"unroll/series"
)

// forecastsOf are the points of a baseline for histories of y.
func forecastsOf(t fataler, m Method, h int, histories ...[]float64) [][]float64 {
	t.Helper()
	var set series.Set
	for i, y := range histories {
		set.Series = append(set.Series, series.Series{ID: fmt.Sprint(i + 1), Columns: map[string]series.Column{"y": series.Dense(1, 1, y)}})
	}
	forecast, err := m.Fit(context.Background(), set, h)
	if err != nil {
		t.Fatal(err)
	}
	got, err := forecast.From(context.Background(), set, h)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]float64
	for _, f := range got {
		out = append(out, f.Point)
	}
	return out
}

// lastPlus is a fit that goes on with the last value, plus 1, 2 or 3 by cell, and counts what it was asked.
type lastPlus struct{ asked []string }

func (l *lastPlus) fit(_ context.Context, cell string, histories [][]float64, h int) ([][]float64, error) {
	l.asked = append(l.asked, cell)
	out := make([][]float64, len(histories))
	for i, y := range histories {
		out[i] = added(repeat(y, 1, h), map[string]float64{"ses": 1, "holt": 2, "damped": 6}[cell])
	}
	return out, nil
}

func TestBaselines(t *testing.T) {
	l := &lastPlus{}
	want := map[string]string{
		"Naive": "[[7 7 7] [3 3 3]]", "sNaive": "[[6 7 6] [3 3 3]]", Naive2: "[[7 7 7] [3 3 3]]", "SES": "[[8 8 8] [4 4 4]]", "Holt": "[[9 9 9] [5 5 5]]",
		"Damped": "[[13 13 13] [9 9 9]]", "Com": "[[10 10 10] [6 6 6]]",
	}
	for _, m := range Baselines([]string{"y"}, 2, l.fit) {
		got := forecastsOf(t, m, 3, []float64{3, 5, nan, 7}, []float64{3})
		if m.Name != "Theta" && fmt.Sprint(got) != want[m.Name] {
			t.Errorf("%s: got %v, want %s", m.Name, got, want[m.Name])
		}
	}
	if fmt.Sprint(l.asked) != "[ses holt damped ses]" {
		t.Errorf("fitted %v; Com takes what there is", l.asked)
	}
}

// TestTheta: of a straight line both theta lines are the line, and a SES that gives the last value half of it.
func TestTheta(t *testing.T) {
	l := &lastPlus{}
	theta := Baselines([]string{"y"}, 1, l.fit)[6]
	if got := forecastsOf(t, theta, 2, []float64{2, 4, 6}); fmt.Sprint(got) != "[[7.5 8.5]]" { // halves of 8 + 7 and 10 + 7
		t.Error(got)
	}
	if got := forecastsOf(t, theta, 3, []float64{9, 5, 1}, []float64{9, 5, 1, -3}); fmt.Sprint(got) != "[[0 0 0] [-4.5 -6.5 -8.5]]" {
		t.Error(got)
	}
}

// TestBaselinesWithoutSome: a series without a value, or whose fit failed, has no forecast; the others have theirs.
func TestBaselinesWithoutSome(t *testing.T) {
	seasonal := make([]float64, 20)
	for i := range seasonal {
		seasonal[i] = float64(10 + 5*(i%2))
	}
	fit := func(_ context.Context, cell string, histories [][]float64, h int) ([][]float64, error) {
		out := make([][]float64, len(histories))
		for i, y := range histories {
			if cell != "holt" || i > 0 {
				out[i] = repeat(y, 1, h)
			}
		}
		return out, nil
	}
	for _, m := range Baselines([]string{"y"}, 2, fit) {
		got := forecastsOf(t, m, 1, []float64{nan, nan}, seasonal, []float64{4, 4})
		failed := m.Name == "Holt" || m.Name == "Com"
		if got[0] != nil || failed != (got[1] == nil) || len(got[2]) != 1 {
			t.Errorf("%s: got %v", m.Name, got)
		}
	}
	boom := errors.New("boom")
	failing := func(context.Context, string, [][]float64, int) ([][]float64, error) { return nil, boom }
	for _, m := range Baselines([]string{"y"}, 2, failing)[3:] {
		forecast, _ := m.Fit(context.Background(), series.Set{}, 1)
		if _, err := forecast.From(context.Background(), series.Set{}, 1); !errors.Is(err, boom) {
			t.Errorf("%s: got %v", m.Name, err)
		}
	}
}

// TestSeasonal: the factors of a season without noise are found again, of even and odd lengths.
func TestSeasonal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.IntRange(2, 8).Draw(t, "m")
		factors := rapid.SliceOfN(rapid.Float64Range(0.5, 1.5), m, m).Draw(t, "factors")
		factors[0] += 4 // so that it is clear of noise
		mean := 0.0
		for _, f := range factors {
			mean += f / float64(m)
		}
		factors = times(factors, 1/mean)
		y := make([]float64, m*rapid.IntRange(8, 12).Draw(t, "seasons")+rapid.IntRange(0, m-1).Draw(t, "more"))
		for i := range y {
			y[i] = 50 * factors[i%m]
		}
		got := Seasonal(y, m)
		if got == nil {
			t.Fatal("no season found")
		}
		for i := range got {
			if math.Abs(got[i]-factors[i]) > 1e-9 {
				t.Fatalf("got %v, want %v", got, factors)
			}
		}
		next := naive2(y, m, 2*m)
		for i, v := range next {
			if math.Abs(v-50*factors[(len(y)+i)%m]) > 1e-9 {
				t.Fatalf("Naive2 goes on with %v", next)
			}
		}
	})
}

func TestNotSeasonal(t *testing.T) {
	wave := func(n int, level float64) []float64 {
		out := make([]float64, n)
		for i := range out {
			out[i] = level + math.Sin(math.Pi*float64(i)/2)
		}
		return out
	}
	for name, got := range map[string][]float64{
		"a period of 1": Seasonal(wave(40, 9), 1), "less than three seasons": Seasonal(wave(11, 9), 4), "a constant": Seasonal(make([]float64, 40), 4),
		"around 0": Seasonal(wave(40, 0), 4), "a line": Seasonal(upTo(1, 9), 3),
		"a lag beyond 10·log10(n)": Seasonal(slices.Repeat(upTo(1, 30), 4), 30),
	} {
		if got != nil {
			t.Errorf("%s: got %v", name, got)
		}
	}
	if Seasonal(wave(20, 9), 4) == nil {
		t.Error("five seasons without noise are clear")
	}
}

func TestFilled(t *testing.T) {
	got := filled([]float64{nan, nan, 1, nan, nan, 4, nan})
	if !slices.Equal(got, []float64{1, 2, 3, 4, 4}) || filled([]float64{nan}) != nil || filled(nil) != nil {
		t.Error(got)
	}
}
