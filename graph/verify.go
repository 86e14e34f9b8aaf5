package graph

import (
	"fmt"

	"unroll/op"
)

// Verify checks what must hold of every graph, whoever made it: each node's arguments, shape and
// scope fit its kind, rows have the shape that the table says, and no component mixes lags and leads.
func Verify(g *Graph) error {
	for _, n := range g.Nodes {
		if err := verifyNode(n); err != nil {
			return fmt.Errorf("node %d (%s): %w", n.ID, n, err)
		}
	}
	if g.Loss != nil && (g.Loss.Scope != Global || g.Loss.Shape != op.Scalar) {
		return fmt.Errorf("the loss is %s of scope %d, not one number", g.Loss.Shape, g.Loss.Scope)
	}
	for _, c := range Schedule(g.Roots()...) {
		if c.Dir == Mixed {
			return fmt.Errorf("a component of %d nodes mixes lags and leads, or loops at one moment: %s", len(c.Nodes), c.Nodes[0])
		}
	}
	return nil
}

func verifyNode(n *Node) error {
	want := map[Kind]int{Name: 1, Shift: 1, Window: 1, Fold: 1, Total: 1, Pooled: 1}
	if k, ok := want[n.Kind]; ok && len(n.Args) != k {
		return fmt.Errorf("has %d arguments, not %d", len(n.Args), k)
	}
	for _, a := range n.Args {
		if a == nil {
			return fmt.Errorf("has a nil argument")
		}
	}
	switch n.Kind {
	case Const:
		if len(n.Value) != n.Shape.Len() {
			return fmt.Errorf("has %d numbers for %s", len(n.Value), n.Shape)
		}
	case Row:
		return verifyRow(n)
	case Name:
		return verifyName(n)
	case Shift:
		if n.K == 0 || n.Args[0].Shape != n.Shape || n.Args[0].Scope < Steps {
			return fmt.Errorf("shifts %s by %d", n.Args[0], n.K)
		}
	case Window:
		if n.P < n.Q || n.Shape != (op.Shape{R: n.P - n.Q + 1, C: n.Args[0].Shape.R}) {
			return fmt.Errorf("window %d..%d of %s", n.P, n.Q, n.Args[0].Shape)
		}
	case Fold:
		if n.P < n.Q || n.Args[0].Shape.R != n.P-n.Q+1 {
			return fmt.Errorf("fold %d..%d of %s", n.P, n.Q, n.Args[0].Shape)
		}
	case Total:
		if n.Scope != Series || n.Args[0].Scope < Steps {
			return fmt.Errorf("totals what has no times")
		}
	case Pooled:
		if n.Scope != Global || n.Args[0].Scope > Series {
			return fmt.Errorf("pools what has times")
		}
	}
	return nil
}

func verifyName(n *Node) error {
	if a := n.Args[0]; a.Shape != n.Shape || a.Scope > n.Scope && !(a.Scope == Times && n.Scope == Steps) {
		return fmt.Errorf("%s of scope %d is defined by %s of scope %d", n.Shape, n.Scope, a.Shape, a.Scope)
	}
	return nil
}

func verifyRow(n *Node) error {
	if len(n.Args) != len(n.Row.Args) {
		return fmt.Errorf("has %d arguments, not %d", len(n.Args), len(n.Row.Args))
	}
	s, err := n.Row.Shape(shapesOf(n.Args), wholesOf(n.Args))
	if err != nil {
		return err
	}
	if s != n.Shape {
		return fmt.Errorf("is %s, and its arguments make %s", n.Shape, s)
	}
	widest := Global
	for _, a := range n.Args {
		widest = max(widest, a.Scope)
	}
	if n.Scope < min(widest, Steps) {
		return fmt.Errorf("of scope %d reads scope %d", n.Scope, widest)
	}
	return nil
}
