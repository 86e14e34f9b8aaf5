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

// shorten cuts off what a forecast doesn't reach back to. That can be where all is forecast before the end,
// from inputs of the last steps: then those are run and no others. What carries a state, or takes a summary of
// the series, is run from the beginning.
func (r *ready) shorten() {
	back := 0
	for _, t := range r.targets {
		if !t.Direct(r.Horizon) {
			return
		}
		back = max(back, t.ahead)
	}
	l := later{to: map[*graph.Node]*graph.Node{}, m: graph.NewMaker(op.Standard())}
	targets := slices.Clone(r.targets)
	for i := range targets {
		if targets[i].Node = l.copy(targets[i].Node); targets[i].Node == nil {
			return
		}
	}
	since := map[string]int{}
	data := series.Set{}
	for _, one := range r.long.Data.Series {
		from := max(0, r.end(one)-back-r.Graph.T0)
		since[one.ID] = from
		one.Columns, one.Consts = maps.Clone(one.Columns), maps.Clone(one.Consts)
		for name, column := range one.Columns {
			one.Columns[name] = column.Slice(min(from, column.Len()), column.Len())
		}
		if one.Consts == nil {
			one.Consts = map[string]series.Array{}
		}
		one.Consts[sinceName] = series.Number(big.NewRat(int64(from), 1))
		data.Series = append(data.Series, one)
	}
	g := *r.Graph
	g.Inputs = append(slices.Clone(g.Inputs), &graph.Column{Name: sinceName, Shape: op.Scalar, PerSeries: true})
	g.Weights = nil
	for _, w := range r.Graph.Weights {
		c := *w
		c.Node = l.copy(w.Node)
		g.Weights = append(g.Weights, &c)
	}
	r.Graph, r.long.Data, r.since = &g, data, since
	r.wants(targets)
}

// later copies nodes so that they mean the same on series of which the beginning is cut off.
type later struct {
	m  *graph.Maker
	to map[*graph.Node]*graph.Node
}

// copy is nil for what can't be told from the last times: a state, a summary, a mask by the first step.
func (l later) copy(n *graph.Node) *graph.Node {
	if c, ok := l.to[n]; ok {
		return c
	}
	l.to[n] = nil // met again on the way to itself it is a state
	c := *n
	c.Args, c.Said, c.Mirror = nil, nil, nil
	for _, a := range n.Args {
		x := l.copy(a)
		if x == nil {
			return nil
		}
		c.Args = append(c.Args, x)
	}
	switch {
	case n.Kind == graph.Total, n.Kind == graph.Pooled, n.Kind == graph.Mask && n.Mask.Kind != graph.Observed:
		return nil
	case n.Kind == graph.Name:
		l.to[n] = c.Args[0]
	case n.Kind == graph.Time:
		since := l.m.Add(&graph.Node{Kind: graph.Input, Name: sinceName, Scope: graph.Series, Shape: op.Scalar})
		l.to[n] = l.m.In(n.Scope).Row("+", l.m.Add(&c), since)
	default:
		l.to[n] = l.m.Add(&c)
	}
	return l.to[n]
}
