package forecast_test

import (
	"math"
	"slices"
	"testing"

	"unroll/forecast"
	"unroll/series"
)

// What carries a state or takes a summary is run from the beginning, all else from where it is read. (That both
// give what the reference does is tested of all.)
func TestShortens(t *testing.T) {
	whole := []string{"ses", "lstm", "direct on", "within, state", "per series"}
	for name, text := range several {
		data := waves(9, 20, 31)
		if got, want := forecast.Shortens(problem(t, text, data, 5, false)), !slices.Contains(whole, name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
	data := waves(9, 20, 31)
	data.Series[1].Columns["y"] = data.Series[1].Columns["y"].Slice(0, 29).Append(series.Floats(1, 1, []float64{math.NaN()}), series.Floats(1, 1, []float64{3}))
	if forecast.Shortens(problem(t, several["lagged input"], data, 5, false)) {
		t.Error("a value that is missing before the end is forecast from nothing")
	}
}
