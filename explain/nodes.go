package explain

import (
	"slices"
	"strings"

	"unroll/graph"
	"unroll/notation"
	"unroll/picture"
	"unroll/series"
)

// place makes the nodes: what is read of the data, the states before the first step, the equations
// at each step, what is observed and its score.
func (d *drawing) place() {
	for _, t := range d.shown() {
		d.inputs(t)
		for _, n := range d.ordered() {
			d.equation(n, t)
		}
		d.scored(t)
	}
}

// shown are the times that have a column, in order.
func (d *drawing) shown() []int {
	var all []int
	for t := range d.columns {
		all = append(all, t)
	}
	slices.Sort(all)
	return all
}

// ordered are the equations over time; of one rank those that read earlier steps stand first, and
// those that later steps read last.
func (d *drawing) ordered() []*graph.Node {
	var all []*graph.Node
	for _, n := range d.Graph.Names {
		if n.Scope >= graph.Steps {
			all = append(all, n)
		}
	}
	lagged := map[*graph.Node]bool{}
	for _, n := range d.Graph.Nodes {
		if n.Kind == graph.Shift || n.Kind == graph.Window {
			lagged[n.Args[0]] = true
		}
	}
	slices.SortStableFunc(all, func(a, b *graph.Node) int {
		switch {
		case lagged[a] == lagged[b]:
			return 0
		case lagged[b]:
			return -1
		}
		return 1
	})
	return all
}

// observed is behind the mark of data that stands beside its score.
const observed = "-observed"

func (d *drawing) add(n *graph.Node, t int, kind picture.Kind, rank int, a series.Array) {
	label := d.label(n, t)
	x := picture.Node{ID: d.p.mark(n, d.series, t), Column: d.columns[t], Rank: rank, Kind: kind, Label: label, Value: d.short(a)}
	if kind == picture.Observed {
		x.ID += observed
	}
	if d.d != nil && kind == picture.Equation {
		if back := d.d.Adjoint[n]; back != nil {
			x.Back = d.short(d.v.At(back, d.series, t))
		}
	}
	x.Hint = label.Base + label.Sub + " = " + notation.Text(d.p.write(a, d.p.formOf([]series.Array{a})))
	if !d.nodes[x.ID] {
		d.nodes[x.ID] = true
		d.net.Nodes = append(d.net.Nodes, x)
	}
}

// labelOf is a symbol without a time.
func labelOf(m notation.Math) picture.Label {
	if s, ok := m.(notation.Script); ok && s.Sub != nil && s.Sup == nil {
		sub := s.Sub
		if i, ok := sub.(notation.Ident); ok {
			sub = notation.Ident{Name: i.Name}
		}
		return picture.Label{Base: notation.Text(s.Base), Sub: notation.Text(sub)}
	}
	return picture.Label{Base: notation.Text(m)}
}

// label is a symbol with its time.
func (d *drawing) label(n *graph.Node, t int) picture.Label {
	l := picture.Label{Base: notation.Text(d.p.names[n](nil))}
	if n.Scope >= graph.Steps {
		l.Sub = strings.ReplaceAll(notation.Text(notation.Int(t)), " ", "")
	}
	return l
}

// inputs are the data that equations read.
func (d *drawing) inputs(t int) {
	for _, in := range d.Graph.Inputs {
		n := d.inputNode(in.Name)
		if n == nil || t < 0 || !d.readAt(n, t) {
			continue
		}
		d.add(n, t, picture.Input, 0, d.datum(in.Name, d.series, t))
	}
}

// readAt tells whether an equation at a step that is shown reads a value at a time.
func (d *drawing) readAt(n *graph.Node, t int) bool {
	id := d.p.mark(n, d.series, t)
	for _, x := range d.Graph.Names {
		if x.Scope < graph.Steps {
			continue
		}
		for s := range d.columns {
			if s >= d.Graph.T0 && slices.Contains(d.doc.From[d.p.mark(x, d.series, s)], id) {
				return true
			}
		}
	}
	return false
}

// equation is an equation's value at a step, or its start before the first.
func (d *drawing) equation(n *graph.Node, t int) {
	a := d.valueAt(n, d.series, t)
	switch {
	case a.R == 0:
	case t < d.Graph.T0 || t >= d.v.T(d.series):
		d.add(n, t, picture.Start, d.rank(n), a)
	default:
		d.add(n, t, picture.Equation, d.rank(n), a)
		d.findWeights(n, t)
	}
}

// findWeights finds by which weight an equation multiplies what it reads, where it is one alone.
func (d *drawing) findWeights(n *graph.Node, t int) {
	within(n.Args[0], func(x *graph.Node) bool {
		if x.Kind != graph.Row || len(x.Args) != 2 || x.Row.Name != ".*" && x.Row.Name != "*" {
			return false
		}
		w, read := x.Args[0], x.Args[1]
		if read.Kind == graph.Weight {
			w, read = read, w
		}
		if w.Kind != graph.Weight {
			return false
		}
		if read.Fed != "" {
			read = d.p.taken(read, moment{series: d.series, t: t})
		}
		at := t
		if read.Kind == graph.Shift {
			read, at = read.Args[0], t-read.K
		}
		if d.p.names[read] != nil {
			label := labelOf(d.p.names[w](nil))
			d.weights[d.p.mark(read, d.series, at)+" "+d.p.mark(n, d.series, t)] = label
		}
		return false
	})
}

// scored is what is observed at a step, beside its score.
func (d *drawing) scored(t int) {
	if t < d.Graph.T0 || t >= d.v.T(d.series) {
		return
	}
	for _, sc := range d.Graph.Scores {
		n := sc.Value
		if n.Scope < graph.Steps || d.p.names[n] == nil || d.v.At(sc.Count, d.series, t).Float64(0) == 0 {
			continue
		}
		top := d.rank(n)
		d.add(n, t, picture.Score, top, d.v.At(n, d.series, t))
		d.scores[d.p.mark(n, d.series, t)] = true
		if in := d.inputNode(sc.Input); in != nil && sc.Ahead == 0 {
			d.add(in, t, picture.Observed, top, d.datum(sc.Input, d.series, t))
			d.readFrom(d.p.mark(n, d.series, t), []string{d.p.mark(in, d.series, t) + observed})
			d.net.Edges = append(d.net.Edges, picture.Edge{From: d.p.mark(in, d.series, t) + observed, To: d.p.mark(n, d.series, t)})
		}
	}
}

// edges are what a node was computed from, with what comes back that way.
func (d *drawing) edges(id string) {
	for _, from := range slices.Compact(slices.Sorted(slices.Values(d.doc.From[id]))) {
		if !d.nodes[from] {
			continue
		}
		if d.nodes[from+observed] && d.scores[id] {
			continue // it stands beside the score
		}
		e := picture.Edge{From: from, To: id, Weight: d.weights[from+" "+id], Back: d.back[from+" "+id], Fed: d.fedInto[from+" "+id]}
		d.net.Edges = append(d.net.Edges, e)
	}
}
