package unroll_test

import (
	"context"
	"errors"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"unroll"
	"unroll/series"
	"unroll/train"
)

// walks are two series for a cell with a weight for all and one a series.
func walks() (*unroll.Cell, series.Set, error) {
	cell, err := unroll.Parse("walk.cell", "input y\nweight a[] = 0.5\nweight c[] per series = 0.1\nyhat = a*y[t-1] + c\ny ~ squared(yhat)\n")
	set := numbers(3, 4, 6, 5, 7, 8, 8, 9)
	other := numbers(10, 12, 11, 14, 15, 15)
	other.Series[0].ID = "2"
	set.Series = append(set.Series, other.Series...)
	return cell, set, err
}

// TestModelFile: what a fit was told, its members and its scaling are in the file, and forecasts are the same after it.
func TestModelFile(t *testing.T) {
	cell, set, err := walks()
	if err != nil {
		t.Fatal(err)
	}
	for _, each := range []bool{false, true} {
		for _, scale := range append(slices.Clone(series.Scales), "") {
			seeds := 2
			if each {
				seeds = 1
			}
			how := unroll.FitOptions{Scale: scale, Seeds: seeds, Settings: map[string]string{"who": "me"}, Training: train.Options{Epochs: 5}}
			m, err := cell.Fit(context.Background(), set, unroll.Options{Each: each, Reduce: "mean"}, how)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "m")
			if err := m.WriteFile(path); err != nil {
				t.Fatal(err)
			}
			read, err := unroll.ReadModel(path)
			if err != nil {
				t.Fatal(err)
			}
			if s := read.Settings(); s["who"] != "me" || s["reduce"] != "mean" || read.Members() != seeds || read.Options().Each != each || s["scale"] != scale {
				t.Errorf("each %t, scale %q: read %v, %d members, %+v", each, scale, s, read.Members(), read.Options())
			}
			before, after := pointsOf(t, m.Model, set), pointsOf(t, read, set)
			if !slices.Equal(before, after) {
				t.Errorf("each %t, scale %q: %v before, %v after", each, scale, before, after)
			}
			if before[0] < 1 || before[0] > 30 {
				t.Errorf("each %t, scale %q: %v isn't in the data's units", each, scale, before)
			}
		}
	}
}

func pointsOf(t *testing.T, m *unroll.Model, set series.Set) []float64 {
	t.Helper()
	f, err := m.Forecast(context.Background(), set, unroll.ForecastOptions{Horizon: 2})
	if err != nil {
		t.Fatal(err)
	}
	var all []float64
	for _, s := range f.Series {
		for _, row := range s.Point {
			all = append(all, row...)
		}
	}
	return all
}

// TestResumeRefused: training goes on from a checkpoint of the same training alone, and the error says what differs.
func TestResumeRefused(t *testing.T) {
	cell, set, err := walks()
	if err != nil {
		t.Fatal(err)
	}
	how := unroll.FitOptions{Training: train.Options{Epochs: 3}, Settings: map[string]string{"rate": "0.1"}}
	m, err := cell.Fit(context.Background(), set, unroll.Options{}, how)
	if err != nil {
		t.Fatal(err)
	}
	other, err := unroll.Parse("walk.cell", strings.Replace(cell.File().Src.Text, "0.5", "0.4", 1))
	if err != nil {
		t.Fatal(err)
	}
	changed := numbers(3, 4, 6, 5, 7, 8, 8, math.Nextafter(9, 10))
	changed.Series = append(changed.Series, set.Series[1])
	for name, c := range map[string]struct {
		cell *unroll.Cell
		set  series.Set
		o    unroll.Options
		rate string
		want string
	}{
		"equations": {other, set, unroll.Options{}, "0.1", "other equations"},
		"data":      {cell, changed, unroll.Options{}, "0.1", "other data"},
		"series":    {cell, series.Set{Series: set.Series[:1]}, unroll.Options{}, "0.1", "other series: [1 2], not [1]"},
		"options":   {cell, set, unroll.Options{Reduce: "mean"}, "0.1", `reduce "", not "mean"`},
		"settings":  {cell, set, unroll.Options{}, "0.2", `rate "0.1", not "0.2"`},
		"nothing":   {cell, set, unroll.Options{}, "0.1", ""},
	} {
		again := how
		again.From, again.Settings = m.Model, map[string]string{"rate": c.rate}
		_, err := c.cell.Fit(context.Background(), c.set, c.o, again)
		switch {
		case c.want == "" && err != nil, c.want != "" && (!errors.Is(err, unroll.ErrResume) || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFitFaults: the error of data names the series it is about; a loss that explodes leaves a model.
func TestFitFaults(t *testing.T) {
	cell, set, err := walks()
	if err != nil {
		t.Fatal(err)
	}
	bad := numbers(1, -2, 3)
	bad.Series[0].ID = "north"
	if _, err := cell.Fit(context.Background(), bad, unroll.Options{}, unroll.FitOptions{Scale: "log"}); err == nil || !strings.Contains(err.Error(), "series north") {
		t.Errorf("the logarithm of a negative number: %v", err)
	}
	how := unroll.FitOptions{Training: train.Options{Epochs: 200, Descent: train.Descent{Method: "sgd", Rate: 1e6}}}
	m, err := cell.Fit(context.Background(), set, unroll.Options{}, how)
	if err == nil || m == nil {
		t.Fatalf("a loss that explodes: %v, model %v", err, m)
	}
	if k, _ := m.Trained(); k != 0 {
		t.Errorf("a training that broke off passes for a finished one")
	}
	how.From = m.Model
	if _, again := cell.Fit(context.Background(), set, unroll.Options{}, how); again == nil {
		t.Errorf("it goes on as if nothing had been: %v at first", err)
	}
}
