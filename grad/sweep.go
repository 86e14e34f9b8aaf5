package grad

import (
	"unroll/graph"
	"unroll/op"
)

// sweep goes back from one reader to what it reads, and no further.
type sweep struct {
	*differ
	scores map[*graph.Node]bool // which are read as a whole
	useful map[spot]bool        // by spots that were visited: whether anything is read there
	order  []spot               // the useful ones, each after what it is made of
	back   map[spot]*graph.Node // what comes back to a spot, at the time of the reader
}

// spot is a node as the reader comes to it: how many steps before it, at which times, and whether
// through a sum over these.
type spot struct {
	n      *graph.Node
	lag    int
	at     graph.Scope
	summed bool
}

// newSweep goes from a spot, to which g comes back.
func newSweep(d *differ, scores map[*graph.Node]bool, from spot, g *graph.Node) *sweep {
	s := &sweep{differ: d, scores: scores, useful: map[spot]bool{}, back: map[spot]*graph.Node{from: g}}
	s.visit(from)
	for i := len(s.order) - 1; i >= 0; i-- {
		s.pass(s.order[i])
	}
	return s
}

// edges are the spots at which something is read, in the order of reading.
func (s *sweep) edges() []Edge {
	var out []Edge
	for _, x := range s.order {
		if g := s.back[x]; g != nil && s.isRead(x.n) {
			out = append(out, Edge{Reads: x.n, Lag: x.lag, Back: g, At: x.at, Summed: x.summed})
		}
	}
	return out
}

// isRead tells whether a sweep ends at a node.
func (s *sweep) isRead(n *graph.Node) bool {
	return n.Kind == graph.Name || n.Kind == graph.Weight || n.Kind == graph.Input || s.scores[n]
}

func (s *sweep) visit(x spot) bool {
	if useful, ok := s.useful[x]; ok {
		return useful
	}
	useful := s.isRead(x.n)
	if !useful {
		for _, y := range s.next(x) {
			useful = s.visit(y.to) || useful
		}
	}
	s.useful[x] = useful
	if useful {
		s.order = append(s.order, x)
	}
	return useful
}

// way leads from a spot to one of those that it is made of.
type way struct {
	to  spot
	arg int // of a row
	k   int // of a window or a fold: at how many steps before
}

// next are the ways from a spot. A window is as many lags.
func (s *sweep) next(x spot) []way {
	var out []way
	for _, r := range s.passes(x.n) {
		w := way{arg: r.arg, to: spot{n: r.node(), lag: x.lag, at: x.at, summed: x.summed}}
		if adds(x) {
			w.to.at, w.to.summed = inner(x), true
		}
		from, to := x.n.Reach()
		for k := to; k >= from; k-- {
			w.k, w.to.lag = k, x.lag+k
			if w.to.n.Scope < graph.Steps {
				w.to.lag = 0
			}
			out = append(out, w)
		}
	}
	return out
}

// adds tells whether all that comes back to a spot is passed on at once, and not time by time: to a sum
// over times or series, and to a constant through which it isn't passed linearly.
func adds(x spot) bool {
	switch x.n.Kind {
	case graph.Total, graph.Pooled:
		return true
	case graph.Row:
		return x.n.Row.Name == notLinear && x.n.Scope < min(x.at, graph.Steps)
	}
	return false
}

// inner is when the arguments at a spot are read that adds.
func inner(x spot) graph.Scope {
	switch x.n.Kind {
	case graph.Total:
		return x.n.Args[0].Scope
	case graph.Pooled:
		return graph.Series
	}
	return x.n.Scope
}

// pass takes what comes back to a spot on to those that it is made of.
func (s *sweep) pass(x spot) {
	if s.isRead(x.n) || s.back[x] == nil {
		return
	}
	g := s.back[x]
	if adds(x) {
		g = s.whole(g, x.at, x.n.Scope)
	}
	for _, w := range s.next(x) {
		if !s.useful[w.to] {
			continue
		}
		c := s.moved(s.along(x, w, s.moved(g, -x.lag)), x.lag)
		if c.IsZero() {
			continue
		}
		c = s.repeated(c, w.to.n, timesOf(w.to.at))
		if w.to.at == graph.Steps {
			c = s.atSteps(c)
		}
		s.back[w.to] = s.plus(s.back[w.to], c, timesOf(w.to.at))
	}
}

// whole adds what comes back to a constant, over the times and the series at which it is read.
func (s *sweep) whole(g *graph.Node, from, to graph.Scope) *graph.Node {
	if from >= graph.Steps {
		g = s.m.In(from).Total(g)
		from = graph.Series
	}
	if from == graph.Series && to == graph.Global {
		return s.m.Pooled(g)
	}
	return g
}

// along is what comes back on one way, at the time of the spot.
func (s *sweep) along(x spot, w way, g *graph.Node) *graph.Node {
	m := s.m.In(timesOf(x.at))
	if x.n.Scope >= graph.Steps {
		m = s.m.In(over(x.n))
	}
	switch x.n.Kind {
	case graph.Row:
		return s.rowRule(m, reader{x.n, w.arg}, g)
	case graph.Window:
		return entry(m, g, x.n.P-w.k, w.to.n.Shape)
	case graph.Fold:
		return placed(m, g, x.n.P+w.k, w.to.n.Shape)
	}
	return g
}

// moved is what comes back, looked at from so many steps later.
func (s *sweep) moved(g *graph.Node, steps int) *graph.Node {
	if steps == 0 {
		return g
	}
	return s.m.Shift(s.atSteps(g), steps)
}

// entry is row i of what comes back to a window: of a number, or a vector as a row.
func entry(m *graph.Maker, g *graph.Node, i int, s op.Shape) *graph.Node {
	row := m.Row("slice", g, m.Int(i), m.Int(1), m.Int(0), m.Int(g.Shape.C))
	if row.Shape != s {
		row = m.Row("'", row)
	}
	return row
}

// placed is what comes back to a fold, as row i of the array that it folds.
func placed(m *graph.Maker, g *graph.Node, i int, s op.Shape) *graph.Node {
	if g.Shape.C != s.C {
		g = m.Row("'", g)
	}
	return m.Row("place", g, m.Int(i), m.Int(s.R), m.Int(0), m.Int(s.C))
}
