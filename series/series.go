package series

import "math/big"

// Array is a number, a vector (a column, N×1), a row (1×N) or a matrix: R×C entries in row-major order.
// It is exact when Rat is set, and float64 otherwise; never both. A nil entry of Rat, and a NaN
// entry of Float, is a missing or undefined number.
type Array struct {
	R, C  int
	Rat   []*big.Rat
	Float []float64
}

// Set is a set of series: what a run is given.
type Set struct {
	Series []Series
}

// Series is one series: named columns over the times 0..len-1, and constants.
type Series struct {
	ID      string            // as the data names it; "1", "2", … if it does not
	Columns map[string]Column // by input
	Skipped int               // how many times of the data stand before time 0: what came before the first observed value
	Consts  map[string]Array  // by `per series` input
	Ahead   int               // how many of the last times are still to come: what is observed ends before them
}
