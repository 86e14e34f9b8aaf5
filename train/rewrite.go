package train

import (
	"unroll/graph"
	"unroll/op"
)

// rewriter copies a graph with changes.
type rewriter struct {
	m   *graph.Maker
	to  map[*graph.Node]*graph.Node // from a node to what stands for it in the copy
	own []*graph.Param              // weights that the copy has besides
	in  []*graph.Column             // and inputs
}

// change gives what stands for n, of which c is the copy; its arguments have been changed already.
type change func(r *rewriter, n, c *graph.Node) *graph.Node

// newRewriter copies all nodes of a graph.
func newRewriter(g *graph.Graph, table *op.Table, change change) *rewriter {
	r := &rewriter{m: graph.NewMaker(table), to: map[*graph.Node]*graph.Node{}}
	for _, n := range g.Nodes {
		c := r.copy(n)
		r.to[n] = change(r, n, c)
	}
	for _, n := range g.Nodes {
		if n.Kind == graph.Name {
			r.to[n].Args = []*graph.Node{r.to[n.Args[0]]}
		}
	}
	return r
}

// copy is a node as it is. What an equation is made of may come after it, and is found later.
func (r *rewriter) copy(n *graph.Node) *graph.Node {
	c := *n
	c.Args, c.Said, c.Mirror = nil, nil, nil
	if n.Kind != graph.Name {
		for _, a := range n.Args {
			c.Args = append(c.Args, r.to[a])
		}
	}
	return r.m.Add(&c)
}

// at makes rows that run over a node's times.
func (r *rewriter) at(n *graph.Node) *graph.Maker {
	if n.Scope == graph.Times {
		return r.m.In(graph.Times)
	}
	return r.m
}

// given is a number, or an array, that the trainer gives: a fixed weight.
func (r *rewriter) given(name string, scope graph.Scope, s op.Shape) *graph.Node {
	n := r.m.Add(&graph.Node{Kind: graph.Weight, Name: name, Scope: scope, Shape: s})
	for _, w := range r.own {
		if w.Node == n {
			return n
		}
	}
	r.own = append(r.own, &graph.Param{Node: n, Name: name, PerSeries: scope == graph.Series, Fixed: true})
	return n
}

// column is an array at each time that the trainer gives: an input.
func (r *rewriter) column(name string, s op.Shape) *graph.Node {
	n := r.m.Add(&graph.Node{Kind: graph.Input, Name: name, Scope: graph.Times, Shape: s})
	for _, c := range r.in {
		if c.Name == name {
			return n
		}
	}
	r.in = append(r.in, &graph.Column{Name: name, Shape: s})
	return n
}

// graph is the copy as a graph.
func (r *rewriter) graph(g *graph.Graph) *graph.Graph {
	out := *g
	out.Names, out.Outputs = r.all(g.Names), r.all(g.Outputs)
	out.Weights, out.Scores, out.States = nil, nil, nil
	for _, w := range g.Weights {
		c := *w
		c.Node, c.Start = r.to[w.Node], r.to[w.Start]
		out.Weights = append(out.Weights, &c)
	}
	out.Inputs = append(append([]*graph.Column{}, g.Inputs...), r.in...)
	for _, s := range g.Scores {
		c := *s
		c.Value, c.Count, c.Forecast = r.to[s.Value], r.to[s.Count], r.to[s.Forecast]
		out.Scores = append(out.Scores, &c)
	}
	out.Loss, out.Own = r.to[g.Loss], r.to[g.Own]
	return &out
}

func (r *rewriter) all(nodes []*graph.Node) []*graph.Node {
	var out []*graph.Node
	for _, n := range nodes {
		out = append(out, r.to[n])
	}
	return out
}

// dependsOn tells whether a node is made of one that is as it should be.
func dependsOn(n *graph.Node, is func(*graph.Node) bool) bool {
	seen := map[*graph.Node]bool{n: true}
	for all := []*graph.Node{n}; len(all) > 0; all = all[1:] {
		if is(all[0]) {
			return true
		}
		for _, a := range all[0].Args {
			if !seen[a] {
				seen[a] = true
				all = append(all, a)
			}
		}
	}
	return false
}
