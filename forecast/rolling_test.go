package forecast_test

import (
	"context"
	"slices"
	"testing"

	"unroll/forecast"
	"unroll/internal/near"
	"unroll/series"
)

// Forecasts from several ends, read off one run, are those from data that end there.
func TestRollingIsAsPoints(t *testing.T) {
	once := map[string]bool{}
	for name, text := range several {
		const horizon = 3
		data := waves(0, 20, 31, 26)
		p := problem(t, text, data, horizon, false)
		targets, err := forecast.Targets(p.Graph)
		if err != nil {
			t.Fatal(err)
		}
		ends := [][]int{{15, 16, 20}, {14, 25, 31}, {26, 14, 22}}
		got, err := forecast.Rolling(context.Background(), p, targets, ends)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got == nil {
			continue
		}
		once[name] = true
		for k := range ends[0] {
			early := p
			early.Run.Data = series.Set{}
			for s, one := range data.Series {
				columns := map[string]series.Column{}
				for name, c := range one.Columns {
					columns[name] = c.Slice(0, ends[s][k])
				}
				one.Columns = columns
				early.Run.Data.Series = append(early.Run.Data.Series, one)
			}
			want, err := forecast.Points(context.Background(), early, targets)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for i := range targets {
				for s := range ends {
					if !near.All(got[i][s][k], want[i][s], 1e-12) {
						t.Errorf("%s, target %d, series %d from %d: %v, not %v", name, i, s, ends[s][k], got[i][s][k], want[i][s])
					}
				}
			}
		}
	}
	for _, name := range []string{"direct", "direct on", "season"} {
		if !once[name] {
			t.Errorf("%s isn't forecast in one run", name)
		}
	}
	for _, name := range []string{"ses", "per series", "within"} {
		if once[name] {
			t.Errorf("%s is forecast in one run, though it needs what comes later, or its own forecasts", name)
		}
	}
}

// An end before the first forecast, or after the data, is refused.
func TestRollingRefusesEnds(t *testing.T) {
	p := problem(t, several["direct"], waves(0, 20), 3, false)
	targets, err := forecast.Targets(p.Graph)
	if err != nil {
		t.Fatal(err)
	}
	for _, ends := range [][]int{{}, {3}, {21}} {
		if got, err := forecast.Rolling(context.Background(), p, targets, [][]int{ends}); err == nil {
			t.Errorf("ends %v give %v", ends, got)
		}
	}
	if _, err := forecast.Rolling(context.Background(), p, targets, [][]int{slices.Repeat([]int{4}, 2)}); err != nil {
		t.Error(err)
	}
}
