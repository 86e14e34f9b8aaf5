package bound

import (
	"math"

	"unroll/op"
)

// slope is the derivative of a row that runs entry by entry by its argument k: exactly where the row
// is made of pieces, otherwise from differences.
func slope(r *op.Row, x []float64, k int) float64 {
	if f := pieces[r.Name]; f != nil {
		return f(x)[k]
	}
	moved := append([]float64{}, x...)
	return settled(x[k], func(a float64) float64 {
		moved[k] = a
		return r.Float(moved)
	})
}

// settled is the derivative of f at x from central differences, whose step shrinks until it no longer
// matters. It is infinite where they don't settle, as at a pole.
func settled(x float64, f func(float64) float64) float64 {
	h := 1e-3 * max(1, math.Abs(x))
	last, d := math.NaN(), math.NaN()
	for h > 1e-8*math.Abs(x) && h > math.SmallestNonzeroFloat64 {
		hi, lo := x+h, x-h
		d = (f(hi) - f(lo)) / (hi - lo)
		if math.Abs(d-last) <= 1e-3*math.Abs(d) {
			return d
		}
		last = d
		if x == 0 && h < 1e-12 {
			break
		}
		h /= 8
	}
	if !finite(d) {
		return math.Inf(1)
	}
	return d
}

// pieces are the derivatives, by each argument, of arithmetic and of rows that are made of pieces.
var pieces = map[string]func(x []float64) []float64{
	"+":   fixed(1, 1),
	"-":   fixed(1, -1),
	"neg": fixed(-1),
	".*":  func(x []float64) []float64 { return []float64{x[1], x[0]} },
	"/":   func(x []float64) []float64 { return []float64{1 / x[1], -x[0] / x[1] / x[1]} },
	"mod": func(x []float64) []float64 { return []float64{1, -math.Floor(x[0] / x[1])} },
	"over": func(x []float64) []float64 {
		if x[0] == 0 {
			return []float64{1 / x[1], 0}
		}
		return []float64{1 / x[1], -x[0] / x[1] / x[1]}
	},
	"gated": func(x []float64) []float64 { return []float64{x[1], x[0]} },
	"kept":  func(x []float64) []float64 { return []float64{truth(finite(x[1])), 0} },
	"floor": fixed(0), "sign": fixed(0), "is_index": fixed(0, 0, 0),
	"==": fixed(0, 0), "!=": fixed(0, 0), "<": fixed(0, 0), "<=": fixed(0, 0), ">": fixed(0, 0), ">=": fixed(0, 0),
	"stop": fixed(1), "clip_gradient": fixed(1, 0),
	"where": func(x []float64) []float64 { return []float64{0, truth(x[0] != 0), truth(x[0] == 0)} },
	"max":   func(x []float64) []float64 { return []float64{truth(x[0] >= x[1]), truth(x[0] < x[1])} },
	"min":   func(x []float64) []float64 { return []float64{truth(x[0] <= x[1]), truth(x[0] > x[1])} },
	"clip": func(x []float64) []float64 {
		low, high := x[0] < x[1], x[0] > x[2]
		return []float64{truth(!low && !high), truth(low && !high), truth(high)}
	},
	"abs":       func(x []float64) []float64 { return []float64{math.Copysign(1, x[0])} },
	"relu":      within(1, 0, math.Inf(1)),
	"hard_tanh": within(1, -1, 1), "hard_sigmoid": within(1./6, -3, 3),
}

func fixed(d ...float64) func([]float64) []float64 {
	return func([]float64) []float64 { return d }
}

// within is a slope between two bounds.
func within(slope, lo, hi float64) func([]float64) []float64 {
	return func(x []float64) []float64 { return []float64{slope * truth(lo < x[0] && x[0] < hi)} }
}

func truth(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
