package grad_test

import (
	"fmt"

	"unroll/graph"
	"unroll/op"
)

// forward computes nodes of a graph without time in dual numbers. What has no dual is an error.
type forward struct {
	known map[*graph.Node][]dual
	err   error
}

func (f *forward) at(n *graph.Node) []dual {
	if x, ok := f.known[n]; ok {
		return x
	}
	var out []dual
	switch n.Kind {
	case graph.Const:
		for _, v := range n.Value {
			out = append(out, constantDual(v))
		}
	case graph.Name:
		out = f.at(n.Args[0])
	case graph.Row:
		out = f.row(n)
	default:
		panic("a node without a dual: " + n.String())
	}
	f.known[n] = out
	return out
}

func (f *forward) row(n *graph.Node) []dual {
	var args [][]dual
	for _, a := range n.Args {
		args = append(args, f.at(a))
	}
	entry, line := entryDuals[key(n.Row)], lineDuals[key(n.Row)]
	switch {
	case n.Row.Terms != nil:
		return termDuals(n, args)
	case n.Row.Name == "where" || entry != nil:
		return entries(n, args, func(x []dual) dual { return lazy(n.Row.Name, x, entry) })
	case line != nil:
		return lines(n.Args[0].Shape, args[0], line)
	}
	f.err = fmt.Errorf("%s of %d arguments is rational, and dual_test.go has no dual of it", n.Row.Name, len(n.Args))
	return make([]dual, n.Shape.Len())
}

// lazy is undefined where an argument is, but for where, over, gated and kept.
func lazy(name string, x []dual, f func([]dual) dual) dual {
	switch {
	case name == "where" && x[0].v != nil && x[0].v.Sign() != 0:
		return x[1]
	case name == "where" && x[0].v != nil:
		return x[2]
	case name == "over" && x[0].v != nil && x[0].v.Sign() == 0 && (x[1].v == nil || x[1].v.Sign() == 0):
		return wholeDual(0)
	case name == "gated" && x[0].v != nil && x[0].v.Sign() == 0 && x[1].v == nil, name == "kept" && x[1].v == nil:
		return wholeDual(0)
	}
	for _, e := range x {
		if e.v == nil {
			return dual{}
		}
	}
	return f(x)
}

func entries(n *graph.Node, args [][]dual, f func([]dual) dual) []dual {
	out := make([]dual, n.Shape.Len())
	for i := range out {
		x := make([]dual, len(args))
		for k, a := range args {
			x[k] = a[i*min(1, len(a)-1)]
		}
		out[i] = f(x)
	}
	return out
}

func lines(s op.Shape, x []dual, f func([]dual) dual) []dual {
	if s.C == 1 {
		return []dual{f(x)}
	}
	var out []dual
	for i := range s.R {
		out = append(out, f(x[i*s.C:(i+1)*s.C]))
	}
	return out
}

// termDuals computes a linear row by the product rule on its terms.
func termDuals(n *graph.Node, args [][]dual) []dual {
	var shapes []op.Shape
	var consts []int
	for _, a := range n.Args {
		shapes, consts = append(shapes, a.Shape), append(consts, wholeOf(a))
	}
	out := make([]dual, n.Shape.Len())
	for i := range out {
		out[i] = wholeDual(0)
		for _, term := range n.Row.Terms(shapes, consts, i/n.Shape.C, i%n.Shape.C) {
			p := wholeDual(1)
			for _, ref := range term {
				p = p.times(args[ref.Arg][ref.Row*shapes[ref.Arg].C+ref.Col])
			}
			out[i] = out[i].plus(p)
		}
	}
	return out
}

// wholeOf is a constant whole number, -1 for anything else.
func wholeOf(n *graph.Node) int {
	if n.Kind != graph.Const || n.Shape != op.Scalar || !n.Value[0].IsInt() {
		return -1
	}
	return int(n.Value[0].Num().Int64())
}
