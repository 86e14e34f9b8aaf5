package eval

import (
	"fmt"

	"unroll/graph"
	"unroll/op"
	"unroll/series"
)

// row is a row's value, as the table computes it, on arguments of one kind of numbers.
func row(n *graph.Node, args []series.Array, exact bool) (series.Array, error) {
	out := series.Array{R: n.Shape.R, C: n.Shape.C}
	switch {
	case !n.Row.Valued():
		return out, fmt.Errorf("%s%s has no value of its own", at(n), n.Row.Name)
	case exact:
		var in []op.RatArray
		for i, a := range args {
			in = append(in, op.RatArray{Shape: n.Args[i].Shape, Data: a.Rat})
		}
		out.Rat = n.Row.Rational(n.Shape, in)
	default:
		var in []op.FloatArray
		for i, a := range args {
			in = append(in, op.FloatArray{Shape: n.Args[i].Shape, Data: a.Float})
		}
		out.Float = n.Row.Float64(n.Shape, in)
	}
	return out, nil
}
