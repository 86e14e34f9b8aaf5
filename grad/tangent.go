package grad

import (
	"fmt"
	"maps"
	"math/big"
	"slices"

	"unroll/graph"
	"unroll/op"
)

// Tangent is a graph with, besides its equations, their sensitivities by one number: one entry of a
// weight. A weight per series is taken to change in all series alike.
type Tangent struct {
	Graph *graph.Graph
	By    *graph.Param
	Entry int                         // which entry of the weight, row after row
	Of    map[*graph.Node]*graph.Node // by equation, and by the value of a score; none where it doesn't depend on the number
	Loss  *graph.Node                 // of the loss; nil if the graph has none
	Names []*graph.Node               // those of equations, in the order in which they are found
	Local map[*graph.Node]*graph.Node // by the node of a local derivative: the row through which it is the derivative
}

// Along differentiates all equations by one entry of a weight, in forward mode: what the rules say
// that comes back is what goes forth, wherever a row's derivative is by entries, or symmetric. The
// error names a row of which no rule is to be read so.
func Along(g *graph.Graph, by *graph.Param, entry int, table *op.Table) (*Tangent, error) {
	if entry < 0 || entry >= by.Node.Shape.Len() {
		return nil, fmt.Errorf("weight %s is %s, and has no entry %d", by.Name, by.Node.Shape, entry)
	}
	p := &pusher{
		m: graph.Continue(g, table), by: by, taken: takenBy(g), depends: dependents(g, by.Node),
		tangents: map[*graph.Node]*graph.Node{}, local: map[*graph.Node]*graph.Node{},
	}
	p.tangents[by.Node] = p.seed(entry)
	out := p.tangent(g)
	out.Entry = entry
	return out, p.err
}

// dependents are the nodes that change with a weight, as far as derivatives pass.
func dependents(g *graph.Graph, weight *graph.Node) map[*graph.Node]bool {
	readers := map[*graph.Node][]*graph.Node{}
	for _, n := range g.Nodes {
		for _, r := range passes(n) {
			readers[r.node()] = append(readers[r.node()], n)
		}
	}
	out := map[*graph.Node]bool{weight: true}
	for queue := []*graph.Node{weight}; len(queue) > 0; queue = queue[1:] {
		for _, n := range readers[queue[0]] {
			if !out[n] {
				out[n] = true
				queue = append(queue, n)
			}
		}
	}
	return out
}

// pusher is the state of one differentiation in forward mode.
type pusher struct {
	m        *graph.Maker
	by       *graph.Param
	taken    taken
	depends  map[*graph.Node]bool
	tangents map[*graph.Node]*graph.Node
	local    map[*graph.Node]*graph.Node
	names    []*graph.Node
	err      error // the first row that can't be passed
}

// seed is how the weight itself changes: 1 in its entry, 0 elsewhere.
func (p *pusher) seed(entry int) *graph.Node {
	values := slices.Clone(p.m.Zeros(p.by.Node.Shape).Value)
	values[entry] = big.NewRat(1, 1)
	return p.m.Array(p.by.Node.Shape, values)
}

// tangent collects what was asked for.
func (p *pusher) tangent(g *graph.Graph) *Tangent {
	out := &Tangent{By: p.by, Of: map[*graph.Node]*graph.Node{}, Local: p.local}
	full := *g
	full.Outputs = slices.Clone(g.Outputs)
	keep := func(n *graph.Node) {
		if t := p.of(n); t != nil {
			out.Of[n] = t
			full.Outputs = append(full.Outputs, t)
		}
	}
	for _, n := range g.Nodes {
		if n.Kind == graph.Name {
			keep(n)
		}
	}
	for _, s := range g.Scores {
		keep(s.Value)
	}
	if g.Loss != nil {
		if out.Loss = p.of(g.Loss); out.Loss == nil {
			out.Loss = p.m.Int(0)
		}
		full.Outputs = append(full.Outputs, out.Loss)
	}
	full.States = p.states(g.States)
	full.Nodes = p.m.Nodes()
	out.Graph, out.Names = &full, p.names
	return out
}

// states are those of the graph, and the starts of the tangents, which are the tangents of the starts.
func (p *pusher) states(old []*graph.State) []*graph.State {
	out := slices.Clone(old)
	for _, s := range old {
		t := p.of(s.Node)
		if t == nil {
			continue
		}
		start := &graph.State{Node: t, Start: p.orZero(s.Start), At: map[int]*graph.Node{}}
		for _, k := range slices.Sorted(maps.Keys(s.At)) {
			start.At[k] = p.orZero(s.At[k])
		}
		out = append(out, start)
	}
	return out
}

// of is the tangent of a node, nil where it is 0. Every loop passes through an equation, so the
// tangent of an equation gets its name before it is known.
func (p *pusher) of(n *graph.Node) *graph.Node {
	if t, ok := p.tangents[n]; ok {
		return t
	}
	if !p.depends[n] {
		return nil
	}
	if n.Kind != graph.Name {
		t := p.push(n)
		if t != nil && t.IsZero() {
			t = nil
		}
		p.tangents[n] = t
		return t
	}
	name := p.m.In(over(n)).Equation(p.taken.free(n.Name+"_"+p.by.Name), n.Scope, n.Shape, n.Pos)
	p.tangents[n] = name
	name.Args = []*graph.Node{p.m.Fit(p.orZero(n.Args[0]), n.Shape)}
	p.names = append(p.names, name)
	return name
}

// orZero is the tangent of a node, or an array of zeros.
func (p *pusher) orZero(n *graph.Node) *graph.Node {
	if t := p.of(n); t != nil {
		return t
	}
	return p.m.Zeros(n.Shape)
}

// read is the tangent of an argument. One that comes down to data has values before the first step,
// where the argument has none: a row of the steps doesn't look there.
func (p *pusher) read(r reader) *graph.Node {
	a := r.node()
	t := p.of(a)
	if t == nil || t.Scope != graph.Times || a.Scope != graph.Steps || r.n.Kind == graph.Row && r.n.Scope == graph.Steps {
		return t
	}
	return p.m.Row(".*", p.m.Mask(graph.MaskSpec{Kind: graph.Inside}, op.Scalar), t)
}
