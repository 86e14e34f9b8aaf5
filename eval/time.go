package eval

import (
	"unroll/graph"
	"unroll/series"
)

// window stacks the argument at t-P .. t-Q: a number each, or a row each if it is a vector.
func (v *Values) window(n *graph.Node, s, t int) series.Array {
	out := series.Array{R: n.Shape.R, C: n.Shape.C}
	for k := n.P; k >= n.Q; k-- {
		a := v.arg(n, 0, s, t-k)
		out.Rat = append(out.Rat, a.Rat...)
		out.Float = append(out.Float, a.Float...)
	}
	return out
}

// fold is window's adjoint: the sum of the rows that looked at t, which are row P-k of the argument at t+k.
func (v *Values) fold(n *graph.Node, s, t int) series.Array {
	sum := zero(n.Shape, v.exact[n])
	width := n.Shape.Len()
	for k := n.Q; k <= n.P; k++ {
		a := v.arg(n, 0, s, t+k)
		from := (n.P - k) * width
		add(sum, cut(a, from, from+width))
	}
	return sum
}

// total is the sum over the argument's times, of which a known input has no more than another.
func (v *Values) total(n *graph.Node, s int) series.Array {
	sum := zero(n.Shape, v.exact[n])
	lo, _ := v.span(n.Args[0], s)
	for t := lo; t < v.length[s]; t++ {
		add(sum, v.arg(n, 0, s, t))
	}
	return sum
}

// pooled is the sum over the series.
func (v *Values) pooled(n *graph.Node) series.Array {
	sum := zero(n.Shape, v.exact[n])
	for s := range v.length {
		add(sum, v.arg(n, 0, s, 0))
	}
	return sum
}

// add adds a to sum, which is changed; undefined and a number is undefined.
func add(sum, a series.Array) {
	for i, x := range a.Rat {
		if x == nil || sum.Rat[i] == nil {
			sum.Rat[i] = nil
			continue
		}
		sum.Rat[i].Add(sum.Rat[i], x)
	}
	for i, x := range a.Float {
		sum.Float[i] += x
	}
}

// cut is entries from..to-1 as a vector.
func cut(a series.Array, from, to int) series.Array {
	if a.Rat != nil {
		return series.Array{R: to - from, C: 1, Rat: a.Rat[from:to]}
	}
	return series.Array{R: to - from, C: 1, Float: a.Float[from:to]}
}
