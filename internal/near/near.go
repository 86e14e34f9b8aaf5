// Package near compares floats in tests: within a relative tolerance, or by units in the last
// place. It is not for use outside tests. Its two main functions are Equal and Ulps.
package near

import "math"

// Equal says whether got and want differ by at most rel times the larger of their magnitudes.
// Equal infinities are equal, and so are two NaNs; 0 is near nothing but ±0.
func Equal(got, want, rel float64) bool {
	return within(got, want, rel*max(math.Abs(got), math.Abs(want)))
}

// Close is Equal for numbers that may cancel to about 0: the tolerance is tol times the larger of
// 1 and |want|.
func Close(got, want, tol float64) bool {
	return within(got, want, tol*max(1, math.Abs(want)))
}

func within(got, want, most float64) bool {
	if got == want || math.IsNaN(got) && math.IsNaN(want) {
		return true
	}
	// With an infinity on one side most is infinite as well.
	return !math.IsInf(got, 0) && !math.IsInf(want, 0) && math.Abs(got-want) <= most
}

// All says whether got and want have the same length and are Equal entry by entry.
func All(got, want []float64, rel float64) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		if !Equal(got[i], want[i], rel) {
			return false
		}
	}
	return true
}

// Ulps is the number of float64 values from a to b: 0 if they are equal (also −0 and 0, and two
// NaNs), 1 for neighbours, the largest uint64 if only one is a NaN.
func Ulps(a, b float64) uint64 {
	if math.IsNaN(a) || math.IsNaN(b) {
		if math.IsNaN(a) && math.IsNaN(b) {
			return 0
		}
		return math.MaxUint64
	}
	m, n := ordered(a), ordered(b)
	if m > n {
		m, n = n, m
	}
	return uint64(n) - uint64(m)
}

// ordered maps floats to integers that have their order, with ±0 at 0.
func ordered(f float64) int64 {
	n := int64(math.Float64bits(f))
	if n < 0 {
		return math.MinInt64 - n
	}
	return n
}
