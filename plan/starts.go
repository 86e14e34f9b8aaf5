package plan

import (
	"slices"

	"unroll/graph"
)

// findStarts finds lags with a start, where(inside(k), shift(a, k), s): where s is the same at all times
// it is written once before a's first time, and the lag is a row like any other. It is left as a
// choice in the step if two lags of one value want different starts.
func (l *lowering) findStarts() {
	if l.without["starts"] {
		return
	}
	wants := map[*graph.Node]*graph.Node{} // by what is shifted: its start
	clash := map[*graph.Node]bool{}
	for _, n := range l.nodes {
		shift, s := startOf(n)
		if shift == nil {
			continue
		}
		a := base(shift)
		if old := wants[a]; old != nil && old != s {
			clash[a] = true
		}
		wants[a] = s
	}
	for _, n := range l.nodes {
		if n.Kind == graph.Shift && n.K > 0 && l.readPlainly(n) || n.Kind == graph.Window && n.P > 0 || n.Kind == graph.Fold && n.Q < 0 {
			clash[base(n)] = true // it reads 0 there
		}
	}
	for _, n := range l.nodes {
		shift, s := startOf(n)
		if shift == nil || clash[base(shift)] || base(shift).Scope != graph.Steps || isView(base(shift)) || dependsOn(s, base(shift), map[*graph.Node]bool{}) {
			continue
		}
		l.starts[n] = shift
		l.startOf[base(shift)] = s
	}
}

// dependsOn tells whether a node is made of another: a start of the total of what it is the start of, say.
func dependsOn(n, of *graph.Node, seen map[*graph.Node]bool) bool {
	if n == of || seen[n] {
		return n == of
	}
	seen[n] = true
	return slices.ContainsFunc(n.Args, func(a *graph.Node) bool { return dependsOn(a, of, seen) })
}

// readPlainly tells whether a node other than a start's choice reads a shift.
func (l *lowering) readPlainly(shift *graph.Node) bool {
	if l.roots[shift] {
		return true
	}
	for _, r := range l.readers[shift] {
		if s, _ := startOf(r); s != shift {
			return true
		}
	}
	return false
}

// startOf splits where(inside(k), shift(a, k), s); the shift is nil for anything else.
func startOf(n *graph.Node) (shift, start *graph.Node) {
	if n.Kind != graph.Row || n.Row.Name != "where" {
		return nil, nil
	}
	c, a, s := n.Args[0], n.Args[1], n.Args[2]
	switch {
	case c.Kind != graph.Mask || c.Mask.Kind != graph.Inside || a.Kind != graph.Shift || c.Mask.K != a.K || a.K < 0:
	case s.Scope >= graph.Steps || a.Shape != n.Shape || s.Shape != n.Shape && s.Shape.Len() != 1:
	default:
		return a, s
	}
	return nil, nil
}

// base is the node whose row a shift reads.
func base(n *graph.Node) *graph.Node {
	n = n.Args[0]
	for alias(n) && n.Args[0].Scope == n.Scope {
		if n.Kind == graph.Name && n.Args[0] == n {
			break
		}
		n = n.Args[0]
		if n.Kind == graph.Shift {
			break
		}
	}
	return n
}

// isView tells whether a node may be a row of another's.
func isView(n *graph.Node) bool {
	shift, _ := startOf(n)
	return shift != nil || n.Kind == graph.Shift
}
