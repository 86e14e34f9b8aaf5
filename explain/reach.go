package explain

import "unroll/graph"

// through is a lagged value by which a weight's derivative goes back through time; nil if the
// derivative stays in one step.
func (s *solved) through(w *graph.Param) *graph.Node {
	live := passed(s.Graph.Loss)
	holds := changing(live, w.Node)
	for _, n := range live {
		if (n.Kind == graph.Shift || n.Kind == graph.Window) && holds[n] {
			return n
		}
	}
	return nil
}

// changing are those of some nodes that change with others.
func changing(live []*graph.Node, with ...*graph.Node) map[*graph.Node]bool {
	all := map[*graph.Node]bool{}
	for _, n := range with {
		all[n] = true
	}
	for grown := true; grown; {
		grown = false
		for _, n := range live {
			for _, a := range passing(n) {
				if all[a] && !all[n] {
					all[n], grown = true, true
				}
			}
		}
	}
	return all
}

// reaches tells whether the loss depends on a node.
func (s *solved) reaches(n *graph.Node) bool {
	for _, x := range passed(s.Graph.Loss) {
		if x == n {
			return true
		}
	}
	return false
}

// passed are the nodes that a derivative of a number passes to, in the graph's own order.
func passed(of *graph.Node) []*graph.Node {
	seen := map[*graph.Node]bool{of: true}
	all := []*graph.Node{of}
	for i := 0; i < len(all); i++ {
		for _, a := range passing(all[i]) {
			if !seen[a] {
				seen[a] = true
				all = append(all, a)
			}
		}
	}
	return all
}

// passing are the arguments of a node that a derivative passes to.
func passing(n *graph.Node) []*graph.Node {
	if n.Kind != graph.Row {
		return n.Args
	}
	var all []*graph.Node
	for i, a := range n.Args {
		if i < len(n.Row.Deriv) && n.Row.Deriv[i] != "" {
			all = append(all, a)
		}
	}
	return all
}

// holds tells whether a node stands in an expression.
func holds(x, n *graph.Node) bool {
	return within(x, func(y *graph.Node) bool { return y == n })
}

// within tells whether an expression holds a node of a kind. It doesn't look into other equations.
func within(x *graph.Node, is func(*graph.Node) bool) bool {
	seen := map[*graph.Node]bool{}
	var look func(n *graph.Node) bool
	look = func(n *graph.Node) bool {
		if seen[n] {
			return false
		}
		seen[n] = true
		if is(n) {
			return true
		}
		if n.Kind == graph.Name {
			return false
		}
		for _, a := range n.Args {
			if look(a) {
				return true
			}
		}
		return false
	}
	return look(x)
}
