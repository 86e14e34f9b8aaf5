package step

import (
	"fmt"

	"unroll/graph"
	"unroll/op"
)

// formula is how a row is computed.
type formula func(args []value) value

// formula picks a row's: the terms of the table if it is linear, otherwise what stands here.
func (e *Complex) formula(n *graph.Node) formula {
	key := fmt.Sprintf("%s/%d", n.Row.Name, len(n.Row.Args))
	switch {
	case n.Row.Terms != nil:
		return e.linear(n)
	case entries[key] != nil:
		return e.entrywise(n, entries[key])
	case lines[key] != nil:
		return e.linewise(n, lines[key])
	}
	return e.plain(n)
}

// linear is the sum of a row's terms. Which they are depends on shapes and constants only.
func (e *Complex) linear(n *graph.Node) formula {
	var shapes []op.Shape
	var consts []int
	for _, a := range n.Args {
		c := -1
		if a.Kind == graph.Const && a.Shape == op.Scalar && a.Value[0].IsInt() {
			c = int(a.Value[0].Num().Int64())
		}
		shapes, consts = append(shapes, a.Shape), append(consts, c)
	}
	var terms [][]op.Term
	for i := range n.Shape.Len() {
		terms = append(terms, n.Row.Terms(shapes, consts, i/n.Shape.C, i%n.Shape.C))
	}
	return func(args []value) value {
		out := e.fresh(len(terms))
		for i, sum := range terms {
			for _, term := range sum {
				p := complex(1, 0)
				for _, r := range term {
					p *= args[r.Arg][r.Row*shapes[r.Arg].C+r.Col]
				}
				out[i] += p
			}
		}
		return out
	}
}

// entrywise computes entry by entry; a number stands for an array of it.
func (e *Complex) entrywise(n *graph.Node, f func(x []complex128) complex128) formula {
	x := make([]complex128, len(n.Args))
	return func(args []value) value {
		out := e.fresh(n.Shape.Len())
		for i := range out {
			for k, a := range args {
				x[k] = a[i%len(a)]
			}
			out[i] = f(x)
		}
		return out
	}
}

// linewise computes on a vector, or on each row of a matrix.
func (e *Complex) linewise(n *graph.Node, f func(x []complex128) []complex128) formula {
	width := n.Args[0].Shape.C
	if width == 1 {
		width = n.Args[0].Shape.R
	}
	return func(args []value) value {
		out := e.fresh(n.Shape.Len())
		at := 0
		for x := args[0]; len(x) > 0; x = x[width:] {
			at += copy(out[at:], f(x[:width]))
		}
		return out
	}
}

// plain is the float64 value of a row that has no complex form. Where an argument isn't real it is
// noted that a derivative is lost.
func (e *Complex) plain(n *graph.Node) formula {
	return func(args []value) value {
		var in []op.FloatArray
		for i, a := range args {
			data := make([]float64, len(a))
			for k, z := range a {
				data[k] = real(z)
				if imag(z) != 0 {
					e.lacking = n.Row.Name
				}
			}
			in = append(in, op.FloatArray{Shape: n.Args[i].Shape, Data: data})
		}
		out := make(value, n.Shape.Len())
		for i, x := range n.Row.Float64(n.Shape, in) {
			out[i] = complex(x, 0)
		}
		return out
	}
}

// truth is 1 or 0.
func truth(yes bool) complex128 {
	if yes {
		return 1
	}
	return 0
}
