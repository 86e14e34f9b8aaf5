package explain

import (
	"math/big"
	"path/filepath"

	"unroll/graph"
	"unroll/series"
)

// Solve computes a case and gathers what is said about it in numbers. The error is the run's: data
// that doesn't fit, a value that is undefined.
func Solve(c Case, rate *big.Rat) (*Solution, error) {
	s, err := solve(c)
	if err != nil {
		return nil, err
	}
	if rate == nil {
		rate = DefaultRate
	}
	return s.solution(rate), nil
}

// solution is the numbers of a case that is solved.
func (s *solved) solution(rate *big.Rat) *Solution {
	g := s.Graph
	out := &Solution{
		Cell: filepath.Base(g.Cell), Feed: s.Choices.Feed.String(), Feedback: "grad", Reduce: "sum",
		Constants: s.constants(func(n *graph.Node) *graph.Node { return n }), Steps: s.steps(), PerSeries: s.perSeries(), Rounded: s.v.Rounded(),
	}
	if s.Choices.Stop {
		out.Feedback = "stop"
	}
	if s.Choices.Mean {
		out.Reduce = "mean"
	}
	for _, w := range g.Weights {
		out.Weights = append(out.Weights, Value{w.Name, w.PerSeries, s.Run.Weights[w.Name], w})
	}
	if s.d != nil {
		out.Rate = rate
		s.differentiate(out)
	}
	out.warn()
	return out
}

// differentiate adds what a loss brings with it.
func (s *solved) differentiate(out *Solution) {
	loss := s.v.At(s.Graph.Loss, 0, 0)
	out.Loss = &loss
	out.Adjoints = s.adjointSteps()
	for _, w := range out.Weights {
		if w.Param.Fixed {
			continue
		}
		gradient := Value{w.Name, w.PerSeries, nil, w.Param}
		updated := gradient
		for i, a := range w.All {
			g := s.v.At(s.d.Weight[w.Name], i, 0)
			gradient.All = append(gradient.All, g)
			updated.All = append(updated.All, descend(w.Param, a, g, out.Rate))
		}
		out.Gradient = append(out.Gradient, gradient)
		out.Updated = append(out.Updated, updated)
	}
}

// constants are the equations that have one value, or one a series; or what of makes of them, where
// it makes anything.
func (s *solved) constants(of func(*graph.Node) *graph.Node) []Value {
	var all []Value
	for _, n := range s.Graph.Names {
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
func (s *solved) steps() []Step {
	var all []Step
	for i, id := range s.ids() {
		for t := s.Graph.T0; t < s.v.T(i); t++ {
			one := Step{Series: id, T: t}
			for _, n := range s.Graph.Names {
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
func (s *solved) perSeries() []Step {
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
func (s *solved) observed(one *Step, i, t int) {
	scored := map[string]bool{}
	for _, sc := range s.Graph.Scores {
		scored[sc.Input] = true
	}
	for _, in := range s.Graph.Inputs {
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
func (s *solved) datum(name string, i, t int) series.Array {
	one := s.Run.Data.Series[i]
	if a, ok := one.Consts[name]; ok {
		return a
	}
	if column := one.Columns[name]; t < column.Len() && column.At(t).Len() > 0 {
		return column.At(t)
	}
	for _, in := range s.Graph.Inputs {
		if in.Name == name {
			return series.Missing(in.Shape.R, in.Shape.C)
		}
	}
	return series.Missing(1, 1)
}

// scores adds the scores of a step; several `~` about one input are added.
func (s *solved) scores(one *Step, i, t int, wanted func(*graph.Node) bool) {
	place := map[string]int{}
	for _, sc := range s.Graph.Scores {
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

// adjointSteps are the derivatives of the loss by every equation that is a series, at every step: 0
// where the loss doesn't depend on it.
func (s *solved) adjointSteps() []Step {
	var all []Step
	for i, id := range s.ids() {
		for t := s.v.T(i) - 1; t >= s.Graph.T0; t-- {
			one := Step{Series: id, T: t}
			for _, n := range s.Graph.Names {
				if n.Scope >= graph.Steps {
					one.Values = append(one.Values, Entry{n.Name, s.adjoint(n, i, t)})
				}
			}
			all = append(all, one)
		}
	}
	return all
}

func (s *solved) adjoint(n *graph.Node, i, t int) series.Array {
	if a := s.d.Adjoint[n]; a != nil {
		return s.v.At(a, i, t)
	}
	return zeros(n.Shape.R, n.Shape.C)
}
