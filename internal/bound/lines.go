package bound

import (
	"math"

	"unroll/op"
)

// lines writes a row that runs over a vector, or over each row of a matrix.
func (b *builder) lines(r *step) {
	shape := r.n.Args[0].Shape
	width, lines := shape.C, shape.R
	if shape.C == 1 {
		width, lines = shape.R, 1
	}
	for i := range lines {
		from, x := make([]int, width), make([]float64, width)
		for k := range from {
			from[k] = -1
			if r.args[0] >= 0 {
				from[k] = r.args[0] + i*width + k
			}
			x[k] = b.at(from[k])
		}
		b.line(r, i, from, x)
	}
}

// line writes what a row makes of line i.
func (b *builder) line(r *step, i int, from []int, x []float64) {
	exact, off, y := true, 0.0, r.n.Row.Vector.Float(x)
	by := make([][]float64, len(x)) // by argument, then by result
	for k, at := range from {
		exact, off = exact && b.exact(at), max(off, b.off(at))
		if !b.exact(at) {
			by[k] = vectorSlope(r.n.Row, x, y, k)
		}
	}
	for j := range y {
		b.begin()
		for k, d := range by {
			if d != nil {
				b.edge(from[k], d[j])
			}
		}
		v := r.value.Float64(i*len(y) + j)
		own := 0.0
		if !exact || r.n.Row.Ulps > 0.5 || !fits(v) {
			own = vectorBend(r.n.Row, v, off, len(x)) + b.rounding(r.n, v, 1, vectorSize(r.n.Row, b.ulps(r.n), x, j, v), exact)
		}
		b.end(v, own, alone(v))
	}
	for _, c := range vectorCuts(r.n.Row, x) {
		b.doubt(r, i, c, from)
	}
}

// vectorSize is an entry's ulps times the size of the numbers that it rounds on the way.
func vectorSize(r *op.Row, ulps float64, x []float64, j int, v float64) float64 {
	n := float64(len(x))
	switch r.Name {
	case "softmax": // an exponent that is rounded puts its exponential off by as many parts as it is large
		return (ulps + x[top(x)] - x[j] + math.Log(n)) * math.Abs(v)
	case "logsumexp":
		most := 0.0
		for _, a := range x {
			most = max(most, math.Abs(a))
		}
		return ulps * (math.Abs(v) + most)
	case "norm":
		return (ulps + n) * math.Abs(v)
	}
	return ulps * math.Abs(v)
}

// vectorSlope is the derivative of a row's results by entry k of its line, y being the results: exactly
// for the rows that there are, otherwise from differences.
func vectorSlope(r *op.Row, x, y []float64, k int) []float64 {
	out := make([]float64, len(y))
	for j := range out {
		switch r.Name {
		case "max":
			out[j] = truth(k == top(x))
		case "argmax":
		case "logsumexp":
			out[j] = math.Exp(x[k] - y[j])
		case "softmax":
			out[j] = y[k] * (truth(j == k) - y[j])
		case "norm":
			out[j] = x[k] / max(y[j], math.SmallestNonzeroFloat64)
		default:
			moved := append([]float64{}, x...)
			out[j] = settled(x[k], func(a float64) float64 {
				moved[k] = a
				return r.Vector.Float(moved)[j]
			})
		}
	}
	return out
}

// vectorCuts are the ties between the largest entry and others, and the tip of a norm.
func vectorCuts(r *op.Row, x []float64) []cutoff {
	var out []cutoff
	switch r.Name {
	case "max", "argmax":
		for k := range x {
			if t := top(x); k != t {
				by := make([]float64, len(x))
				by[t], by[k] = 1, -1
				out = append(out, cutoff{x[t] - x[k], by})
			}
		}
	case "norm":
		size := r.Vector.Float(x)[0]
		for k := range x {
			by := make([]float64, len(x))
			by[k] = 1
			out = append(out, cutoff{size, by})
		}
	}
	return out
}

// top is where the largest entry stands, the first of equals.
func top(x []float64) int {
	at := 0
	for k, a := range x {
		if a > x[at] {
			at = k
		}
	}
	return at
}
