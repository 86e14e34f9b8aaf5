package train

import (
	"fmt"

	"unroll/graph"
	"unroll/op"
)

// carry has what a strand reads of steps before its first be what the strand before it had there. What is 0
// or a start at the beginning of a series stays so where the strand is the first.
func (c *cut) carry(r *rewriter, n, copied *graph.Node) *graph.Node {
	switch {
	case n.Kind == graph.Mask && n.Mask.Kind == graph.Inside && n.Mask.K > 0:
		return r.m.Row("max", copied, r.m.Fit(r.given(heldName, graph.Series, op.Scalar), copied.Shape))
	case n.Kind == graph.Shift && n.K > 0 && n.Args[0].Scope == graph.Steps:
		return r.m.Row("where", inside(r, n.K), copied, c.hold(r, n, n.K, n.K))
	case n.Kind == graph.Window && n.P > 0 && n.Args[0].Scope == graph.Steps:
		return r.m.Row("+", copied, c.hold(r, n, n.P, n.Q))
	case isLag(n):
		// The start and what is held are chosen between once, before the first step.
		shift, k := n.Args[1], n.Args[1].K
		kept := r.m.Add(&graph.Node{Kind: graph.Shift, Args: []*graph.Node{r.to[shift.Args[0]]}, K: k, Scope: graph.Steps, Shape: n.Shape})
		start := r.m.Row("where", r.given(heldName, graph.Series, op.Scalar), c.hold(r, shift, k, k), r.m.Fit(copied.Args[2], n.Shape))
		return r.m.Row("where", inside(r, k), kept, start)
	}
	return copied
}

// inside is 1 where k steps back is a step of the strand.
func inside(r *rewriter, k int) *graph.Node {
	return r.m.Mask(graph.MaskSpec{Kind: graph.Inside, K: k}, op.Scalar)
}

// isLag tells whether a node is a state some steps back, or its start: where(inside(k), shift(a, k), start).
func isLag(n *graph.Node) bool {
	if n.Kind != graph.Row || n.Row.Name != "where" {
		return false
	}
	in, shift := n.Args[0], n.Args[1]
	return in.Kind == graph.Mask && in.Mask.Kind == graph.Inside && shift.Kind == graph.Shift && shift.Args[0].Scope == graph.Steps &&
		shift.K > 0 && in.Mask.K == shift.K && shift.Shape == n.Shape
}

// hold is what is carried of what a shift or a window reads, from p to q steps back: 0 where the strand is the first.
func (c *cut) hold(r *rewriter, n *graph.Node, p, q int) *graph.Node {
	of := r.to[n.Args[0]]
	var x *carried
	for _, y := range c.carried {
		if y.n == of {
			x = y
		}
	}
	if x == nil {
		x = &carried{n: of}
		c.carried = append(c.carried, x)
	}
	x.rows = max(x.rows, p)
	h := held{name: fmt.Sprintf("held %d from %d to %d", of.ID, p, q), k: p, q: q, window: n.Kind == graph.Window, size: n.Shape.Len()}
	h.once = p == 1 && !h.window
	known := false
	for _, old := range x.held {
		known = known || old.name == h.name
	}
	if !known {
		x.held = append(x.held, h)
	}
	if h.once {
		return r.given(h.name, graph.Series, n.Shape)
	}
	return r.column(h.name, n.Shape)
}
