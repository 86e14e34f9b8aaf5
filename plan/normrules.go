package plan

import (
	"unroll/graph"
	"unroll/op"
)

// scaling is a row times a number's reciprocal, by the name of the product.
type scaling struct {
	name   string
	row, s *graph.Node
}

// root is the number s of 1/s; nil of anything else.
func root(n *graph.Node) *graph.Node {
	if n.Kind != graph.Row || n.Row.Name != "/" || numberOf(n.Args[0]) == nil || numberOf(n.Args[0]).Cmp(one) != 0 {
		return nil
	}
	return n.Args[1]
}

// normedBy is the row whose length a number is, √(k·Σx² + ε) with constants k and ε above 0: such a number is never 0,
// and undefined only where the row is.
func normedBy(s *graph.Node) *graph.Node {
	if s.Kind != graph.Row || s.Row.Name != "sqrt" || s.Shape != op.Scalar {
		return nil
	}
	x := s.Args[0]
	if x.Kind != graph.Row || x.Row.Name != "+" {
		return nil
	}
	for i, a := range x.Args {
		if k := numberOf(a); k != nil && k.Sign() > 0 {
			return squared(x.Args[1-i])
		}
	}
	return nil
}

// squared is the row of which a number is the sum of squares, or a positive multiple of it.
func squared(n *graph.Node) *graph.Node {
	if n.Kind != graph.Row {
		return nil
	}
	if k, x := factor(n); k != nil && k.Sign() > 0 {
		return squared(x)
	}
	switch a := n.Args[0]; n.Row.Name {
	case "/":
		if k := numberOf(n.Args[1]); k != nil && k.Sign() > 0 {
			return squared(a)
		}
	case "sum":
		if a.Kind == graph.Row && a.Row.Name == ".*" && a.Args[0] == a.Args[1] {
			return a.Args[0]
		}
	}
	return nil
}

// lengthOut takes a length into the sum of products that it divides, where a factor has been divided by it already.
func (r *rower) lengthOut(n *graph.Node) bool {
	sum, s := n.Args[0], root(n.Args[1])
	if s == nil || normedBy(s) == nil || sum.Kind != graph.Row || sum.Row.Name != "sum" || sum.Args[0].Kind != graph.Row || sum.Args[0].Row.Name != ".*" {
		return false
	}
	x, product := normedBy(s), sum.Args[0]
	unit := r.first(r.scalings[scaling{".*", x, s}])
	for i, p := range product.Args {
		q := product.Args[1-i]
		by := (*graph.Node)(nil)
		switch {
		case unit == nil:
		case p == x:
			by = unit
		case q == unit:
			by = r.first(r.scalings[scaling{"gated", p, s}])
		}
		if by != nil && by.Shape == product.Shape && q.Shape == product.Shape {
			return become(n, "sum", r.row(n, ".*", product.Shape, by, q))
		}
	}
	return false
}

// dividedBefore finds a factor of what is divided that has been divided by the same already.
func (r *rower) dividedBefore(n *graph.Node) bool {
	a, s := n.Args[0], n.Args[1]
	if n.Row.Name != "over" || a.Kind != graph.Row || a.Row.Name != ".*" || !r.rough(s) {
		return false
	}
	for i, p := range a.Args {
		q := a.Args[1-i]
		if p.Shape != n.Shape || q.Shape != n.Shape {
			continue
		}
		if by := r.first(r.known[keyOf("/", []*graph.Node{q, s})]); by != nil && by != n && p.Kind == graph.Row && p.Row.Name == "over" && by.Shape == n.Shape {
			return become(n, "gated", p, by)
		}
		if by := r.first(r.known[keyOf("over", []*graph.Node{p, s})]); by != nil && by != n && by.Shape == n.Shape {
			return become(n, ".*", by, q)
		}
	}
	return false
}

// unitTaken multiplies by a row of length 1, which is there, not by the row and the reciprocal of its length.
func (r *rower) unitTaken(n *graph.Node) bool {
	for i, f := range n.Args {
		t, x := numberIn(f), n.Args[1-i]
		if t == nil || t == f {
			continue
		}
		k, inner := factor(t)
		if k == nil {
			inner = t
		}
		if inner.Kind != graph.Row || inner.Row.Name != "gated" || root(inner.Args[1]) == nil || normedBy(root(inner.Args[1])) != x {
			continue
		}
		unit := r.first(r.scalings[scaling{".*", x, root(inner.Args[1])}])
		if unit == nil || unit == n || unit.Shape != n.Shape {
			continue
		}
		by := inner.Args[0]
		if k != nil {
			by = r.row(n, ".*", by.Shape, r.number(k), by)
		}
		return become(n, ".*", r.row(n, "spread", f.Shape, by, f.Args[1]), unit)
	}
	return false
}
