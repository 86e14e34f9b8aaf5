package explain

import (
	"path/filepath"
	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/series"
)

// Solve gathers what is said about a run: its graph, the derivative of its loss (nil if it has
// none), and the values of that derivative's graph, or else of the graph. weights are those that the
// values were computed with.
func Solve(g *graph.Graph, d *grad.Derivative, v *eval.Values, weights map[string][]series.Array, opt Options) *Solution {
	if opt.Rate == nil {
		opt.Rate = DefaultRate
	}
	s := source{g, v, opt}
	out := &Solution{
		Cell: filepath.Base(g.Cell), Feed: opt.Choices.Feed.String(), Feedback: "grad", Reduce: "sum", File: opt.File,
		T0: g.T0, Cause: g.Cause, CausePos: g.CausePos,
		Constants: s.constants(func(n *graph.Node) *graph.Node { return n }), Steps: s.steps(), PerSeries: s.perSeries(), Rounded: v.Rounded(),
	}
	if opt.Choices.Stop {
		out.Feedback = "stop"
	}
	if opt.Choices.Mean {
		out.Reduce = "mean"
	}
	for _, w := range g.Weights {
		out.Weights = append(out.Weights, Value{w.Name, w.PerSeries, weights[w.Name], w})
	}
	if d != nil {
		s.differentiate(out, d)
	}
	out.warn()
	return out
}

// differentiate adds what a loss brings with it.
func (s source) differentiate(out *Solution, d *grad.Derivative) {
	loss := s.v.At(s.g.Loss, 0, 0)
	out.Loss = &loss
	out.Parts = s.parts(loss)
	out.Rate = s.opt.Rate
	out.Adjoints, out.Names = s.adjoints(d)
	out.Constant = s.constants(func(n *graph.Node) *graph.Node { return d.Adjoint[n] })
	for _, w := range out.Weights {
		if w.Param.Fixed {
			continue
		}
		gradient := Value{w.Name, w.PerSeries, nil, w.Param}
		updated := gradient
		for i, a := range w.All {
			g := s.v.At(d.Weight[w.Name], i, 0)
			gradient.All = append(gradient.All, g)
			updated.All = append(updated.All, descend(w.Param, a, g, out.Rate))
		}
		out.Gradient = append(out.Gradient, gradient)
		out.Updated = append(out.Updated, updated)
	}
}

// constants are the equations that have one value, or one a series; or what of makes of them, where
// it makes anything.
func (s source) constants(of func(*graph.Node) *graph.Node) []Value {
	var all []Value
	for _, n := range s.g.Names {
		a := of(n)
		if n.Scope >= graph.Steps || a == nil {
			continue
		}
		c := Value{Name: a.Name, PerSeries: n.Scope == graph.Series}
		count := 1
		if c.PerSeries {
			count = s.v.Series()
		}
		for i := range count {
			c.All = append(c.All, s.v.At(a, i, 0))
		}
		all = append(all, c)
	}
	return all
}

// steps are all steps of all series.
func (s source) steps() []Step {
	var all []Step
	for i, id := range s.ids() {
		for t := s.g.T0; t < s.v.T(i); t++ {
			one := Step{Series: id, T: t}
			for _, n := range s.g.Names {
				if n.Scope >= graph.Steps {
					one.Values = append(one.Values, Entry{n.Name, s.v.At(n, i, t)})
				}
			}
			s.observed(&one, i, t)
			s.scores(&one, i, t, func(n *graph.Node) bool { return n.Scope >= graph.Steps })
			all = append(all, one)
		}
	}
	return all
}

// perSeries are the scores that a series has once, with what they are about.
func (s source) perSeries() []Step {
	once := func(n *graph.Node) bool { return n.Scope < graph.Steps }
	var all []Step
	for i, id := range s.ids() {
		one := Step{Series: id}
		s.scores(&one, i, 0, once)
		for _, e := range one.Scores {
			one.Observed = append(one.Observed, Entry{e.Name, s.datum(e.Name, i, 0)})
		}
		if len(one.Scores) > 0 {
			all = append(all, one)
		}
	}
	return all
}

// observed adds what the data has at a step.
func (s source) observed(one *Step, i, t int) {
	scored := map[string]bool{}
	for _, sc := range s.g.Scores {
		scored[sc.Input] = true
	}
	for _, in := range s.g.Inputs {
		e := Entry{in.Name, s.datum(in.Name, i, t)}
		switch {
		case in.PerSeries:
		case scored[in.Name]:
			one.Observed = append(one.Observed, e)
		default:
			one.Inputs = append(one.Inputs, e)
		}
	}
}

// datum is what the data has of an input; its entries are missing where it has nothing.
func (s source) datum(name string, i, t int) series.Array {
	one := s.opt.Data.Series[i]
	if a, ok := one.Consts[name]; ok {
		return a
	}
	if column := one.Columns[name]; t < len(column) && column[t].Len() > 0 {
		return column[t]
	}
	for _, in := range s.g.Inputs {
		if in.Name == name {
			return series.Missing(in.Shape.R, in.Shape.C)
		}
	}
	return series.Missing(1, 1)
}

// scores adds the scores of a step; several `~` about one input are added.
func (s source) scores(one *Step, i, t int, wanted func(*graph.Node) bool) {
	place := map[string]int{}
	for _, sc := range s.g.Scores {
		if !wanted(sc.Value) {
			continue
		}
		value := s.v.At(sc.Value, i, t)
		counts := s.v.At(sc.Count, i, t).Float64(0) != 0
		if at, again := place[sc.Input]; again {
			one.Scores[at].Value = add(one.Scores[at].Value, value)
			one.Scored[at] = one.Scored[at] || counts
			continue
		}
		place[sc.Input] = len(one.Scores)
		one.Scores = append(one.Scores, Entry{sc.Input, value})
		one.Scored = append(one.Scored, counts)
	}
}

// adjoints are the derivatives of the loss by every equation that is a series, at every step: 0
// where the loss doesn't depend on it.
func (s source) adjoints(d *grad.Derivative) ([]Step, []string) {
	var names []string
	var nodes []*graph.Node
	for _, n := range s.g.Names {
		if n.Scope < graph.Steps {
			continue
		}
		a, name := d.Adjoint[n], ""
		if a != nil {
			name = a.Name
		}
		nodes, names = append(nodes, n), append(names, name)
	}
	var all []Step
	for i, id := range s.ids() {
		for t := s.v.T(i) - 1; t >= s.g.T0; t-- {
			one := Step{Series: id, T: t}
			for _, n := range nodes {
				one.Values = append(one.Values, Entry{n.Name, s.adjoint(d, n, i, t)})
			}
			all = append(all, one)
		}
	}
	return all, names
}

func (s source) adjoint(d *grad.Derivative, n *graph.Node, i, t int) series.Array {
	if a := d.Adjoint[n]; a != nil {
		return s.v.At(a, i, t)
	}
	return zeros(n.Shape.R, n.Shape.C)
}
