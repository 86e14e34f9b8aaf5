package forecast

import (
	"maps"
	"math/big"
	"slices"

	"unroll/graph"
	"unroll/op"
	"unroll/series"
)

// sinceName is a number of each series: the time that is 0 once its beginning is cut off. No name of a file has
// a space in it.
const sinceName = "time before"

// shorten cuts off what a forecast doesn't reach back to, so that only the last steps before the end are run. That
// can be where equations are made of the last values alone. What carries a state, or takes a summary of the
// series, is run from the beginning; so is what reads a value that is missing, for it is forecast in turn. Ends are,
// by series, the first time that a forecast is about, if it is made from several: the earliest.
func (r *ready) shorten(ends []int) {
	back := 0
	for _, t := range r.targets {
		back = max(back, t.ahead)
	}
	seen := map[*graph.Node]bool{}
	for _, n := range r.roots {
		if !near(n, seen) {
			return
		}
	}
	since := map[string]int{}
	data := series.Set{}
	for s, one := range r.long.Data.Series {
		from := max(0, ends[s]-back-r.Graph.T0)
		if !r.complete(one, from) {
			return
		}
		since[one.ID] = from
		data.Series = append(data.Series, beginning(one, from))
	}
	r.long.Data, r.since = data, since
	r.later()
}

// near tells whether a node is computed from some last values of inputs. What equations see of an input is the
// data, as far as that goes.
func near(n *graph.Node, seen map[*graph.Node]bool) bool {
	if done, met := seen[n]; met {
		return done // met again on the way to itself it is a state
	}
	seen[n] = false
	args := n.Args
	switch {
	case n.Kind == graph.Total, n.Kind == graph.Pooled, n.Kind == graph.Mask && n.Mask.Kind != graph.Observed:
		return false
	case fed(n):
		args = args[:2]
	}
	for _, a := range args {
		if !near(a, seen) {
			return false
		}
	}
	seen[n] = true
	return true
}

// fed tells whether a node is what equations see of an input, or a window of that: the third argument is the own
// forecast.
func fed(n *graph.Node) bool {
	if n.Kind != graph.Row || n.Row.Name != "where" {
		return false
	}
	given, value := n.Args[0], n.Args[1]
	return n.Fed != "" || given.Kind == graph.Window && value.Kind == graph.Window && value.Args[0].Kind == graph.Input
}

// complete tells whether all that is forecast was observed in the last times of a series.
func (r *ready) complete(one series.Series, from int) bool {
	for _, t := range r.targets {
		column := one.Columns[t.Input]
		for at := from; at < r.end(one); at++ {
			if a := column.At(at); a.Len() == 0 || !a.HasAll() {
				return false
			}
		}
	}
	return true
}

// later is the graph for series of which the beginning is cut off, on which it means the same.
func (r *ready) later() {
	l := later{to: map[*graph.Node]*graph.Node{}, m: graph.NewMaker(nil)}
	g := *r.Graph
	g.Inputs = append(slices.Clone(g.Inputs), &graph.Column{Name: sinceName, Shape: op.Scalar, PerSeries: true})
	g.Weights = nil
	for _, w := range r.Graph.Weights {
		c := *w
		c.Node = l.copy(w.Node)
		g.Weights = append(g.Weights, &c)
	}
	targets := slices.Clone(r.targets)
	for i := range targets {
		targets[i].Node = l.copy(targets[i].Node)
	}
	g.Scores = nil
	for _, s := range r.Graph.Scores {
		c := *s
		c.Forecast = l.copy(s.Forecast)
		g.Scores = append(g.Scores, &c)
	}
	r.Graph = &g
	r.wants(targets)
}

type later struct {
	m  *graph.Maker
	to map[*graph.Node]*graph.Node
}

// copy moves the time, and where the data end, by what is cut off.
func (l later) copy(n *graph.Node) *graph.Node {
	if c := l.to[n]; c != nil {
		return c
	}
	if n.Kind == graph.Name {
		c := l.m.Equation(n.Name, n.Scope, n.Shape, n.Pos)
		l.to[n] = c
		c.Args = []*graph.Node{l.copy(n.Args[0])}
		return c
	}
	c := *n
	c.Args, c.Said, c.Mirror = nil, nil, nil
	for _, a := range n.Args {
		c.Args = append(c.Args, l.copy(a))
	}
	out := l.m.Add(&c)
	if n.Kind == graph.Time || n.Kind == graph.Total { // of what is still to come there is no other total
		since := l.m.Add(&graph.Node{Kind: graph.Input, Name: sinceName, Scope: graph.Series, Shape: op.Scalar})
		out = l.m.In(n.Scope).Row("+", out, since)
	}
	l.to[n] = out
	return out
}

// beginning is a series from a time on.
func beginning(one series.Series, from int) series.Series {
	one.Columns, one.Consts = maps.Clone(one.Columns), maps.Clone(one.Consts)
	for name, column := range one.Columns {
		one.Columns[name] = column.Slice(min(from, column.Len()), column.Len())
	}
	if one.Consts == nil {
		one.Consts = map[string]series.Array{}
	}
	one.Consts[sinceName] = series.Number(big.NewRat(int64(from), 1))
	return one
}
