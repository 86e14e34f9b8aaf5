package eval

import (
	"unroll/graph"
	"unroll/series"
)

// exactness tells which nodes are exact. Whether one is follows from the equations and from the
// kind of numbers the data and the weights are made of, not from values. Every node is taken to be
// exact until something refutes it, so that a loop of rational operations stays exact.
func exactness(r Run, order []*graph.Component) map[*graph.Node]bool {
	exact := map[*graph.Node]bool{}
	if r.Exact == Float {
		return exact
	}
	for _, c := range order {
		for _, n := range c.Nodes {
			exact[n] = rational(n, r)
		}
		for again := true; again; {
			again = false
			for _, n := range c.Nodes {
				for _, a := range n.Args {
					if exact[n] && !exact[a] {
						exact[n], again = false, true
					}
				}
			}
		}
	}
	return exact
}

// rational tells whether a node is exact if its arguments are.
func rational(n *graph.Node, r Run) bool {
	switch n.Kind {
	case graph.Weight:
		return allExact(r.Weights[n.Name])
	case graph.Input:
		for _, s := range r.Data.Series {
			if c, ok := s.Consts[n.Name]; ok && !allExact([]series.Array{c}) || !s.Columns[n.Name].Exact() {
				return false
			}
		}
	case graph.Draw:
		return n.Draw.Kind == graph.Uniform
	case graph.Row:
		if n.Row.Name == "stop" && r.Stopped != nil {
			return r.Stopped.Exact(n)
		}
		if n.Row.Name == "^" && !wholeConst(n.Args[1]) {
			return false
		}
		w := n.Row.Vector
		return n.Row.Exact != nil || n.Row.Terms != nil || w != nil && w.Exact != nil
	}
	return true
}

// allExact tells whether no array has float64s. One without entries is missing, and has none.
func allExact(all []series.Array) bool {
	for _, a := range all {
		if a.Len() > 0 && !a.Exact() {
			return false
		}
	}
	return true
}

// wholeConst tells whether a node is made of whole numbers that stand in the file.
func wholeConst(n *graph.Node) bool {
	if n.Kind != graph.Const {
		return false
	}
	for _, x := range n.Value {
		if !x.IsInt() {
			return false
		}
	}
	return true
}
