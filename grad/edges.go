package grad

import (
	"slices"

	"unroll/graph"
	"unroll/op"
)

// Edges is a derivative's graph with, besides the adjoints, what they are the sums of: what comes back
// along each edge of a picture of the equations.
type Edges struct {
	Graph *graph.Graph
	Of    map[*graph.Node][]Edge // by reader, in the order of reading: an equation, the value of a score, the number itself
}

// Edge is one thing that a reader reads, and what comes back to it on this way alone. Added over all
// readers, at the times at which they read it, that is its adjoint; of a weight, its gradient.
type Edge struct {
	Reads  *graph.Node // an equation, a weight or an input; the loss reads scores, too
	Lag    int         // how many steps before the reader; a lead is negative, and a constant has 0
	Back   *graph.Node // of the shape of what is read, at the time of the reader
	At     graph.Scope // when it is read: at each step, at each time, once a series or once
	Summed bool        // it is read through a sum over time or over series, and Back is at the time of what is summed
}

// Contributions finds what comes back along each edge. Of a lag that lies before the first step it is
// what comes back to the start.
func Contributions(d *Derivative, table *op.Table) *Edges {
	f := &differ{m: graph.Continue(d.Graph, table), of: d.Of, direct: d.direct}
	f.survey()
	out := &Edges{Of: map[*graph.Node][]Edge{}}
	if d.Of.Kind != graph.Name {
		out.ofLoss(f, d)
	}
	for _, n := range d.Graph.Nodes {
		if a := d.Adjoint[n]; a != nil {
			out.Of[n] = newSweep(f, nil, spot{n: n.Args[0], at: n.Scope}, a).edges()
		}
	}
	out.finish(d.Graph, f.m)
	return out
}

// ofLoss finds what the number reads that was differentiated: a loss reads scores, and they the rest.
func (e *Edges) ofLoss(f *differ, d *Derivative) {
	scores := map[*graph.Node]bool{}
	for _, s := range d.Graph.Scores {
		scores[s.Value] = s.Value.Kind != graph.Name && s.Value != d.Of
	}
	e.Of[d.Of] = newSweep(f, scores, spot{n: d.Of, at: d.Of.Scope}, f.m.Int(1)).edges()
	for _, x := range e.Of[d.Of] {
		if scores[x.Reads] {
			e.Of[x.Reads] = newSweep(f, nil, spot{n: x.Reads, at: x.At}, x.Back).edges()
		}
	}
}

// finish makes the graph, in which all that comes back is wanted.
func (e *Edges) finish(g *graph.Graph, m *graph.Maker) {
	full := *g
	full.Outputs = slices.Clone(g.Outputs)
	full.Nodes = m.Nodes()
	for _, n := range full.Nodes {
		for _, x := range e.Of[n] {
			full.Outputs = append(full.Outputs, x.Back)
		}
	}
	e.Graph = &full
}
