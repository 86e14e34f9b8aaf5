package prove

import (
	"strings"

	"unroll/graph"
	"unroll/lang"
)

// place is a node as it is read from a step: so many steps later, or earlier if by is negative.
type place struct {
	n  *graph.Node
	by int
}

// farAway is how many steps from its own time a leak is looked for.
const farAway = 64

// scoredFreely are the places of those ~ whose score is an expression as it stands, which may read what is
// scored.
func scoredFreely(f *lang.File) map[lang.Pos]bool {
	out := map[lang.Pos]bool{}
	for _, s := range f.Stmts {
		if o, ok := s.(*lang.Observe); ok && o.Family.Fn == "score" {
			out[o.At] = true
		}
	}
	return out
}

// leak is a remark if a forecast is made of the value that it is to forecast, or of a later one. What a
// summary over time has of it doesn't count.
func leak(g *graph.Graph, s *graph.Score, free bool) *lang.Error {
	from := map[place]place{}
	var queue []place
	for _, n := range forecasting(s, free) {
		queue = append(queue, place{n: n})
		from[place{n: n}] = place{}
	}
	leads := ahead(g) > 0
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if at.n.Kind == graph.Input && at.n.Name == s.Input && at.n.Scope == graph.Times && at.by >= s.Ahead {
			return lang.Errorf(s.Pos, "the forecast of %s is made of %s at the same time or later: %s; read it a step earlier, as %s[t-1]", s.Input, s.Input, path(from, at), s.Input)
		}
		for _, by := range moves(at.n) {
			next := place{at.n.Args[by.arg], at.by + by.steps}
			_, seen := from[next]
			if !seen && next.by <= farAway && (next.by >= s.Ahead || leads && next.by >= -farAway) {
				from[next] = at
				queue = append(queue, next)
			}
		}
	}
	return nil
}

// forecasting are the nodes that a score is made with, besides what is observed: its forecast and, unless it
// is free, the equations that its family's arguments read.
func forecasting(s *graph.Score, free bool) []*graph.Node {
	var out []*graph.Node
	if s.Forecast != nil {
		out = append(out, s.Forecast)
	}
	seen := map[*graph.Node]bool{}
	var visit func(n *graph.Node)
	visit = func(n *graph.Node) {
		switch {
		case seen[n]:
		case n.Kind == graph.Name:
			out = append(out, n)
		case n.Kind == graph.Row:
			for _, a := range n.Args {
				visit(a)
			}
		}
		seen[n] = true
	}
	if !free {
		visit(s.Value)
	}
	return out
}

// move is how a node reads an argument: so many steps later.
type move struct{ arg, steps int }

func moves(n *graph.Node) []move {
	var out []move
	switch n.Kind {
	case graph.Row, graph.Name:
		for i := range n.Args {
			out = append(out, move{i, 0})
		}
	case graph.Shift:
		out = append(out, move{0, -n.K})
	case graph.Window:
		for k := n.Q; k <= n.P; k++ {
			out = append(out, move{0, -k})
		}
	case graph.Fold:
		for k := n.Q; k <= n.P; k++ {
			out = append(out, move{0, k})
		}
	}
	return out
}

// path names the equations by which a place was come to, and the place.
func path(from map[place]place, at place) string {
	names := []string{at.n.Name}
	for p := from[at]; p.n != nil; p = from[p] {
		if p.n.Kind == graph.Name && p.n.Name != names[0] {
			names = append([]string{p.n.Name}, names...)
		}
	}
	return strings.Join(names, " → ")
}
