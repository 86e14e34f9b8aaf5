package unroll

import (
	"context"
	"fmt"
	"math"

	"unroll/graph"
	"unroll/plan"
	"unroll/series"
)

// Scored is how well a model tells data that it is given: what it forecasts of an input at each step, or of a class
// of each series, from all that it reads until then, is held against what was observed.
type Scored struct {
	Input   string
	Entries int     // that were scored
	Mean    float64 // score of an entry; of several members, the mean of theirs
	Right   int     // of classes: how many were forecast rightly
	Classes bool    // what is forecast is a class
	Series  []ScoredSeries
}

// ScoredSeries is the class of one series.
type ScoredSeries struct {
	ID            string
	Observed      int // -1 if it is missing
	Forecast      int
	Probabilities []float64 // by class; of several members, the mean
}

// Accuracy is the share of the classes that were forecast rightly.
func (s *Scored) Accuracy() float64 { return float64(s.Right) / float64(s.Entries) }

// Score scores a model on data, in the data's own units: what stands on the left of its first `~`.
func (m *Model) Score(ctx context.Context, set series.Set) (*Scored, error) {
	scaled, _, err := m.scale(set)
	if err != nil {
		return nil, err
	}
	x := &scoring{}
	for k := range m.Members() {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		r, err := m.bind(scaled, k)
		if err != nil {
			return nil, err
		}
		if err := x.member(r); err != nil {
			return nil, err
		}
	}
	return x.scored(m.Members())
}

// scoring adds up what members come to.
type scoring struct {
	run    *Run
	of     *graph.Score
	logits *graph.Node // of classes, else nil
	places []place     // what was scored
	sum    float64
	count  float64
}

// place is a step of a series, or the series, at which something was scored.
type place struct {
	series, observed int
	probabilities    []float64 // added up over the members
}

func (x *scoring) member(r *Run) error {
	if len(r.graph.Scores) == 0 {
		return fmt.Errorf("%s scores nothing: nothing is observed with ~", r.graph.Cell)
	}
	x.run, x.of = r, r.graph.Scores[0]
	x.logits = nil
	if f := x.of.Forecast; f != nil && f.Kind == graph.Row && f.Row.Name == "argmax" {
		x.logits = f.Args[0]
	}
	roots := []*graph.Node{x.of.Value, x.of.Count}
	if x.logits != nil {
		roots = append(roots, x.logits)
	}
	p, err := plan.New[float64](r.graph, roots, plan.Options{})
	if err != nil {
		return err
	}
	b, err := p.Bind(r.evalRun())
	if err != nil {
		return err
	}
	b.Run()
	x.read(b)
	return nil
}

// read takes what was scored, in an order that is the same for all members.
func (x *scoring) read(b *plan.Bound[float64]) {
	at := 0
	for s := range x.run.data.Series {
		from, to := x.run.graph.T0, b.T(s)
		if x.of.Value.Scope < graph.Steps {
			from, to = 0, 1
		}
		for t := from; t < to; t++ {
			x.sum += b.At(x.of.Value, s, t)[0]
			x.count += b.At(x.of.Count, s, t)[0]
			if x.logits == nil || x.of.Ahead > 0 {
				continue
			}
			if at == len(x.places) {
				x.places = append(x.places, place{s, x.observed(s, t), make([]float64, x.logits.Shape.Len())})
			}
			addSoftmax(x.places[at].probabilities, b.At(x.logits, s, t))
			at++
		}
	}
}

// observed is the class that a series has, or has at a time; -1 if it is missing.
func (x *scoring) observed(s, t int) int {
	one := x.run.data.Series[s]
	a, ok := one.Consts[x.of.Input]
	if !ok {
		if t >= one.Len(x.of.Input) {
			return -1
		}
		a = one.Columns[x.of.Input].At(t)
	}
	if a.Len() == 0 || !a.Has(0) {
		return -1
	}
	return int(a.Float64(0))
}

func addSoftmax(to, logits []float64) {
	most, sum := math.Inf(-1), 0.0
	for _, v := range logits {
		most = max(most, v)
	}
	for _, v := range logits {
		sum += math.Exp(v - most)
	}
	for i, v := range logits {
		to[i] += math.Exp(v-most) / sum
	}
}

// scored is what all members come to.
func (x *scoring) scored(members int) (*Scored, error) {
	if x.count == 0 {
		return nil, fmt.Errorf("nothing of %s is observed, so that nothing can be scored", x.of.Input)
	}
	share := 1 / float64(members)
	out := &Scored{Input: x.of.Input, Entries: int(x.count*share + 0.5), Mean: x.sum / x.count, Classes: x.logits != nil && x.of.Ahead == 0}
	for _, p := range x.places {
		best := 0
		for i := range p.probabilities {
			p.probabilities[i] *= share
			if p.probabilities[i] > p.probabilities[best] {
				best = i
			}
		}
		if p.observed == best {
			out.Right++
		}
		if x.of.Value.Scope < graph.Steps {
			out.Series = append(out.Series, ScoredSeries{x.run.data.Series[p.series].ID, p.observed, best, p.probabilities})
		}
	}
	return out, nil
}
