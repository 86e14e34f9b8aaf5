package explain

import (
	"math"
	"math/big"

	"unroll/graph"
	"unroll/series"
	"unroll/weights"
)

// descend is a weight after one step of gradient descent: w - rate·gradient, exact if both are. A
// weight with a constraint takes the step in the unconstrained number that stands for it.
func descend(w *graph.Param, a, gradient series.Array, rate *big.Rat) series.Array {
	if constrained(w) {
		return descendWithin(w, a, gradient, rate)
	}
	return subtract(a, scale(gradient, rate))
}

func constrained(w *graph.Param) bool { return w.Lo != nil || w.Hi != nil }

func descendWithin(w *graph.Param, a, gradient series.Array, rate *big.Rat) series.Array {
	iv := weights.Between(w.Lo, w.Hi)
	step, _ := rate.Float64()
	out := make([]float64, a.Len())
	for i := range out {
		raw := iv.Raw(a.Float64(i))
		out[i] = iv.Value(raw - step*gradient.Float64(i)*iv.Slope(raw))
	}
	return series.Floats(a.R, a.C, out)
}

func zeros(r, c int) series.Array {
	a := series.Missing(r, c)
	for i := range a.Rat {
		a.Rat[i] = new(big.Rat)
	}
	return a
}

func add(a, b series.Array) series.Array {
	return combine(a, b, (*big.Rat).Add, func(x, y float64) float64 { return x + y })
}

func subtract(a, b series.Array) series.Array {
	return combine(a, b, (*big.Rat).Sub, func(x, y float64) float64 { return x - y })
}

func scale(a series.Array, by *big.Rat) series.Array {
	all := series.Missing(a.R, a.C)
	for i := range all.Rat {
		all.Rat[i] = by
	}
	return combine(a, all, (*big.Rat).Mul, func(x, y float64) float64 { return x * y })
}

func divide(a series.Array, by int) series.Array { return scale(a, big.NewRat(1, int64(by))) }

// combine works entry by entry: exactly if both are exact. What is undefined stays so.
func combine(a, b series.Array, exact func(z, x, y *big.Rat) *big.Rat, inexact func(x, y float64) float64) series.Array {
	if !a.Exact() || !b.Exact() {
		out := make([]float64, a.Len())
		for i := range out {
			out[i] = inexact(a.Float64(i), b.Float64(i))
		}
		return series.Floats(a.R, a.C, out)
	}
	out := series.Missing(a.R, a.C)
	for i := range out.Rat {
		if a.Has(i) && b.Has(i) {
			out.Rat[i] = exact(new(big.Rat), a.Rat[i], b.Rat[i])
		}
	}
	return out
}

// times is the product of two numbers and a whole one.
func times(a, b series.Array, by int) series.Array {
	product := combine(a, b, (*big.Rat).Mul, func(x, y float64) float64 { return x * y })
	return scale(product, big.NewRat(int64(by), 1))
}

// size is the absolute value of a number; 0 of what is undefined.
func size(a series.Array) float64 {
	if !a.Has(0) {
		return 0
	}
	return math.Abs(a.Float64(0))
}

func whole(n int) *big.Rat { return big.NewRat(int64(n), 1) }
