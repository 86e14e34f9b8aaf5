package bound

import (
	"math"

	"unroll/op"
)

// The first order is not all where an error is as large as the value itself. A saturated tanh has such
// derivatives: 1 − y² of a y that rounds to 1 is off by more than it is, and over a few steps the
// products of such errors are what remains. So to an entry's own rounding is added by how much the
// row isn't linear within the errors of its arguments, which elsewhere is next to nothing.

// bend is by how much an entry of a row that runs entry by entry may be off beyond the first order, if
// its arguments are off by up to these errors; by has the derivatives by them.
func bend(r *op.Row, x, off, by []float64) float64 {
	switch r.Name {
	case ".*", "gated":
		return times(off[0], off[1])
	case "/", "over":
		if off[1] == 0 {
			return 0
		}
		// What is left out is less than a third, since b is four times its error away from 0: see Kink.
		return 4. / 3 * (off[0] + math.Abs(x[0]/x[1])*off[1]) * off[1] / x[1] / x[1]
	}
	if pieces[r.Name] != nil {
		return 0
	}
	sum := 0.0
	for k, e := range off {
		if e != 0 {
			sum += curvature(r, x, k, e, by[k])
		}
	}
	return sum
}

// curvature is by how much a row leaves its tangent, whose slope is known to a thousandth, as argument k
// moves by e.
func curvature(r *op.Row, x []float64, k int, e, slope float64) float64 {
	moved := append([]float64{}, x...)
	f := func(a float64) float64 {
		moved[k] = a
		return r.Float(moved)
	}
	here := f(x[k])
	up, down := f(x[k]+e)-here-slope*e, here-f(x[k]-e)-slope*e
	off := max(math.Abs(up), math.Abs(down)) - 1e-3*math.Abs(slope*e) - 0x1p-50*math.Abs(here)
	if math.IsNaN(off) {
		return math.Inf(1)
	}
	return max(off, 0)
}

// vectorBend is bend of a row that runs over a vector, off by up to e in each entry, with a result v.
func vectorBend(r *op.Row, v, e float64, n int) float64 {
	switch r.Name {
	case "softmax":
		return 4 * math.Abs(v) * e * e
	case "logsumexp":
		return e * e
	case "norm":
		return float64(n) * e * e / max(v, math.SmallestNonzeroFloat64)
	}
	return 0
}

// times is a product that is 0 where one side is, whatever the other.
func times(a, b float64) float64 {
	if a == 0 || b == 0 {
		return 0
	}
	return a * b
}
