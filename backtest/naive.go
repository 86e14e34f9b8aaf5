package backtest

import (
	"math"
	"slices"

	"unroll/series"
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
	first := slices.IndexFunc(history, func(y float64) bool { return !math.IsNaN(y) })
	if first < 0 {
		return nil
	}
	c, err := series.Fill(series.Dense(1, 1, history[first:]), "linear")
	if err != nil {
		return nil // it is one of the ways of filling
	}
	_, _, values := c.Floats()
	return values
}
