package backtest

import (
	"math"
	"slices"
)

// Naive2 is the name of the baseline that OWA is relative to.
const Naive2 = "Naive2"

// repeat goes on with the last m values of a history, over and over: the last one if it is shorter.
func repeat(history []float64, m, h int) []float64 {
	n := len(history)
	if n < m {
		m = 1
	}
	out := make([]float64, h)
	for t := range out {
		out[t] = history[n-m+t%m]
	}
	return out
}

// naive2 goes on with the last value, seasons taken off before and put on after.
func naive2(history []float64, m, h int) []float64 {
	s := deseasoned(history, m)
	return s.reseason(repeat(s.values, 1, h))
}

// filled is a history without missing values: those before the first value are left off, those between two lie on the
// line between them, those after the last have its value. It is nil if there is no value, and the history itself if
// nothing is missing.
func filled(history []float64) []float64 {
	if len(history) > 0 && !slices.ContainsFunc(history, math.IsNaN) {
		return history
	}
	var out []float64
	gap := 0
	for _, y := range history {
		switch {
		case math.IsNaN(y) && len(out) > 0:
			gap++
		case !math.IsNaN(y):
			out = append(bridge(out, gap, y), y)
			gap = 0
		}
	}
	for range gap {
		out = append(out, out[len(out)-1])
	}
	return out
}

// bridge appends the values of a gap of n before y.
func bridge(values []float64, n int, y float64) []float64 {
	if n == 0 {
		return values
	}
	from := values[len(values)-1]
	for i := 1; i <= n; i++ {
		values = append(values, from+(y-from)*float64(i)/float64(n+1))
	}
	return values
}
