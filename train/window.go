package train

import (
	"unroll/graph"
	"unroll/op"
)

// there is a mask that tells whether an input is there, as a column: one that may go on after the strand's end.
func (c *cut) there(r *rewriter, n *graph.Node) *graph.Node {
	name := "observed " + n.Mask.Inputs[0]
	c.observed[name] = n.Mask.Inputs[0]
	return r.column(name, n.Shape)
}

// goOn lets inputs go on after a strand's end, where what it forecasts lies: only one column is as long as it.
func (c *cut) goOn() {
	for i, in := range c.Inputs {
		if in.Name != timesName && !in.PerSeries {
			on := *in
			on.Known = true
			c.Inputs[i] = &on
		}
	}
}

// furthest is how far from a step inputs are read: back if sign is 1, ahead if it is -1.
func furthest(g *graph.Graph, sign int) int {
	far := map[*graph.Node]int{}
	var of func(n *graph.Node) int
	of = func(n *graph.Node) int {
		if k, ok := far[n]; ok {
			return k
		}
		far[n] = 0
		from, to := n.Reach()
		own := max(sign*from, sign*to)
		k := 0
		for _, a := range n.Args {
			if a.Scope == graph.Times {
				k = max(k, of(a)+own)
			}
		}
		if n.Kind == graph.Mask && n.Mask.Kind == graph.Observed {
			k = max(k, sign*n.Mask.K)
		}
		far[n] = k
		return k
	}
	most := 0
	for _, n := range g.Nodes {
		most = max(most, of(n))
	}
	return most
}

// time is t of the series, not of the strand.
func (r *rewriter) time(n, copied *graph.Node) *graph.Node {
	return r.at(n).Row("+", copied, r.given(offsetName, graph.Series, op.Scalar))
}

// laggedInput tells whether a node is an input some steps back or ahead, or what the file says it is before the
// first step or after the last: where(inside(k), shift(y, k), start), also if it may be the own forecast.
func laggedInput(n *graph.Node) bool {
	if n.Kind != graph.Row || n.Row.Name != "where" {
		return false
	}
	in, value := n.Args[0], n.Args[1]
	if value.Fed != "" && value.Kind == graph.Row {
		value = value.Args[1]
	}
	return in.Kind == graph.Mask && in.Mask.Kind == graph.Inside && in.Mask.K != 0 && value.Kind == graph.Shift && value.Args[0].Scope == graph.Times
}

// lagged has the start stand before the first step of the series, or after its last, not of the strand.
func (c *cut) lagged(r *rewriter, n, copied *graph.Node) *graph.Node {
	t, k := r.m.Time(), n.Args[0].Mask.K
	ago := r.m.Row("-", r.time(t, t), r.m.Int(k))
	within := r.m.Row(">=", ago, r.m.Int(c.t0))
	if k < 0 {
		within = r.m.Row("<", ago, r.given(endName, graph.Series, op.Scalar))
	}
	return r.m.Row("where", within, copied.Args[1], copied.Args[2])
}

// seen has what a window sees of a y that is also forecast be the observed one where it has no own forecast
// yet, as at the beginning of a series.
func (r *rewriter) seen(n, fed *graph.Node) *graph.Node {
	own := fed.Args[2]
	var there *graph.Node
	switch {
	case n.Fed != "" && own.Kind == graph.Shift && own.K > 0:
		there = r.m.Mask(graph.MaskSpec{Kind: graph.Inside, K: own.K}, op.Scalar)
	case n.Args[0].Kind == graph.Window && own.Kind == graph.Window && own.Args[0].Scope == graph.Steps:
		steps := r.m.Fit(r.m.Mask(graph.MaskSpec{Kind: graph.Inside}, op.Scalar), own.Args[0].Shape)
		there = r.m.Window(steps, own.P, own.Q)
	default:
		return fed
	}
	sees := r.m.Row("where", there, fed.Args[0], r.m.Fit(r.m.Int(1), fed.Args[0].Shape))
	out := r.m.Row("where", sees, fed.Args[1], own)
	out.Fed = fed.Fed
	return out
}

// stateless tells whether what is scored at a step is made of nothing that other steps have: it can be computed
// at one step without those before.
func stateless(g *graph.Graph) bool {
	for _, s := range g.Scores {
		if dependsOn(s.Value, func(n *graph.Node) bool {
			if n.Kind == graph.Row || n.Kind == graph.Name || len(n.Args) == 0 {
				return false
			}
			return n.Args[0].Scope == graph.Steps
		}) {
			return false
		}
	}
	return true
}
