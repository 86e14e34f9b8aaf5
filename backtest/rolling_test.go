package backtest

import (
	"context"
	"reflect"
	"testing"

	"unroll/series"
)

// A method that forecasts from all cut-offs at once scores as it does from one after the other, and is asked once.
func TestRolling(t *testing.T) {
	set := counting(20, 30)
	p := mustPlan(t, set, Options{Targets: []string{"y"}, Horizon: 3, Windows: 4, Step: 2})
	asked := 0
	last := func(s series.Series, n, h int) Forecast {
		return Forecast{Point: repeat(tracks(series.Set{Series: []series.Series{s}}, p.Targets)[0][:n], 1, h)}
	}
	rolling := Method{"rolling", func(context.Context, series.Set, int) (Forecaster, error) {
		return Forecaster{Rolling: func(_ context.Context, all series.Set, cuts [][]int, h int) ([][]Forecast, error) {
			asked++
			out := make([][]Forecast, len(cuts))
			for w, of := range cuts {
				for i, n := range of {
					out[w] = append(out[w], last(all.Series[i], n, h))
				}
			}
			return out, nil
		}, From: func(context.Context, series.Set, int) ([]Forecast, error) {
			t.Error("asked at a cut-off")
			return nil, nil
		}}, nil
	}}
	got, err := Run(context.Background(), p, []Method{rolling})
	if err != nil {
		t.Fatal(err)
	}
	want, err := Run(context.Background(), p, []Method{(&recording{}).method()})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.Methods[0].Scores, want.Methods[0].Scores) || asked != 1 {
		t.Errorf("asked %d times: %v, not %v", asked, got.Methods[0].Scores, want.Methods[0].Scores)
	}
}

// On a scale that halves and takes logarithms errors are of that scale, and what has no logarithm is no forecast.
func TestScales(t *testing.T) {
	set := series.Set{Series: []series.Series{{ID: "a", Columns: map[string]series.Column{"y": series.Dense(1, 1, []float64{2, 4, 8, 16})}}}}
	method := func(point float64) Method {
		return Method{"constant", func(context.Context, series.Set, int) (Forecaster, error) {
			return Forecaster{From: func(context.Context, series.Set, int) ([]Forecast, error) {
				return []Forecast{{Point: []float64{point}, Intervals: []Interval{{Level: 50, Lo: []float64{point}, Hi: []float64{point}}}}}, nil
			}}, nil
		}}
	}
	for _, c := range []struct {
		scale series.Scaling
		point float64
		mse   float64
	}{
		{series.Scaling{Kind: "standard", Shift: []float64{7}, Factor: []float64{2}}, 12, 4},
		{series.Scaling{Kind: "log", Shift: []float64{0}, Factor: []float64{1}}, 16, 0},
	} {
		o := Options{Targets: []string{"y"}, Horizon: 1, Scales: map[string]map[string]series.Scaling{"a": {"y": c.scale}}}
		p := mustPlan(t, set, o)
		got, err := Run(context.Background(), p, []Method{method(c.point), method(-1)})
		if err != nil {
			t.Fatal(err)
		}
		if got.Methods[0].Scores["MSE"] != c.mse {
			t.Errorf("%s: %v, not %v", c.scale.Kind, got.Methods[0].Scores["MSE"], c.mse)
		}
		if missing := got.Methods[1].Missing == 1; missing != (c.scale.Kind == "log") {
			t.Errorf("%s: a forecast of -1 counts as %v", c.scale.Kind, got.Methods[1])
		}
	}
	if _, err := NewPlan(set, Options{Targets: []string{"y"}, Horizon: 1, Scales: map[string]map[string]series.Scaling{}}); err == nil {
		t.Error("a series without a scale is planned")
	}
}
