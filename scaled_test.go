package unroll_test

import (
	"context"
	"math"
	"testing"

	"unroll"
	"unroll/backtest"
	"unroll/series"
	"unroll/train"
)

// What is held out has no part in the scale: a model is the same whatever the values there are.
func TestHoldoutIsNotInTheScale(t *testing.T) {
	cell := cellFrom(t, "input y\nweight a = 0\ny ~ squared(a*y[t-1])\n")
	scale := func(last float64) series.Scaling {
		set := series.Set{Series: []series.Series{{ID: "1", Columns: map[string]series.Column{"y": series.Dense(1, 1, []float64{1, 3, 1, 3, last})}}}}
		f := unroll.FitOptions{Scale: "standard", Training: train.Options{Epochs: 1, Holdout: 1}}
		m, err := cell.Fit(context.Background(), set, unroll.Options{}, f)
		if err != nil {
			t.Fatal(err)
		}
		scales, err := m.Scales(set)
		if err != nil {
			t.Fatal(err)
		}
		return scales["1"]["y"]
	}
	for _, last := range []float64{5, -100} {
		if s := scale(last); s.Shift[0] != 2 || s.Factor[0] != 1 {
			t.Errorf("%v held out: %v", last, s)
		}
	}
}

// A backtest of a model that forecasts directly comes to the same whether all windows are forecast at once or one
// by one.
func TestRollingBacktest(t *testing.T) {
	cell := cellFrom(t, "input y\nsize n = 3, h = 2\nweight W = 0\nf = W*(y[t-n+1 : t] - y)\ny[t+1 : t+h] - y ~ squared(f)\n")
	var set series.Set
	for _, id := range []string{"a", "b"} {
		var y []float64
		for i := range 30 {
			y = append(y, 5*float64(len(id))+math.Sin(float64(i))+float64(len(set.Series)))
		}
		if id == "b" {
			y[0] = math.NaN() // it begins later
		}
		set.Series = append(set.Series, series.Series{ID: id, Columns: map[string]series.Column{"y": series.Dense(1, 1, y)}})
	}
	m, err := cell.Fit(context.Background(), set, unroll.Options{}, unroll.FitOptions{Scale: "standard", Seeds: 2, Training: train.Options{Epochs: 5}})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := backtest.NewPlan(set, backtest.Options{Targets: []string{"y"}, Horizon: 2, Windows: 5, Step: 1})
	if err != nil {
		t.Fatal(err)
	}
	once := m.Method("once", unroll.ForecastOptions{Float64: true})
	each := backtest.Method{Name: "each", Fit: func(ctx context.Context, histories series.Set, horizon int) (backtest.Forecaster, error) {
		f, err := once.Fit(ctx, histories, horizon)
		all, bad := f.Rolling(ctx, set, [][]int{{20, 21}, {22, 23}}, horizon)
		if bad != nil || all == nil {
			t.Errorf("not forecast at once: %v", bad)
		}
		f.Rolling = nil
		return f, err
	}}
	got, err := backtest.Run(context.Background(), plan, []backtest.Method{once, each})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range got.Methods[1].Scores {
		if x := got.Methods[0].Scores[name]; math.Abs(x-want) > 1e-9*math.Abs(want) {
			t.Errorf("%s: %v at once, %v one by one", name, x, want)
		}
	}
}

func cellFrom(t *testing.T, text string) *unroll.Cell {
	t.Helper()
	c, err := unroll.Parse("test.cell", text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
