package train

import (
	"context"
	"fmt"
	"math"

	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/plan"
	"unroll/series"
)

// EachResult is what fitting each series for itself came to.
type EachResult struct {
	Weights map[string][]series.Array // one array a series; of a series that wasn't fitted its start
	Series  []Fitted                  // in the order of the data
}

// Fitted is what the fit of one series came to.
type Fitted struct {
	ID        string
	Loss      float64 // by scored entry, of the times that aren't held out
	Steps     int     // of the fit that was kept
	Converged bool
	Stopped   string // why it ended
}

// each is a fit of every series for itself. What all ask for is computed side by side in one run.
type each struct {
	p         Problem
	o         Options
	data      *part
	vec       *vector
	plan      *plan.Plan[float64]
	gradients map[string]*graph.Node
	count     *graph.Node // how many entries are scored in a series

	bound *plan.Bound[float64]
	rows  []int     // by row of what is bound: the series
	read  []reading // and what a run computes of it
	out   []Fitted
}

// reading is what a run computes of a series: the engine's own memory.
type reading struct {
	loss, count []float64   // one number each
	gradient    [][]float64 // by weight
}

// FitEach fits every series for itself, on the whole of it: the graph is built with Each, and draws nothing. The
// method is lbfgs if none is named. A series doesn't know of the others: its weights come out the same, bit for
// bit, whoever is fitted beside it. One that can't be fitted, or doesn't converge, says so in the result, and the
// others go on. If the context is cancelled the error wraps its cause, and the result is good, as far as it goes.
// Options.Step is told how many series are done. There are no checkpoints: the same fit anew comes to the same.
func FitEach(ctx context.Context, p Problem, o Options) (*EachResult, error) {
	if o.Method == "" {
		o.Method = "lbfgs"
	}
	steps := o.Epochs
	o = o.filled()
	if err := p.check(o); err != nil {
		return nil, err
	}
	e, err := newEach(p, o)
	if err != nil {
		return nil, err
	}
	if o.Method == "lbfgs" {
		err = e.lbfgs(ctx, steps)
	} else {
		err = e.descend(ctx)
	}
	return &EachResult{Weights: e.vec.weights(e.vec.raw), Series: e.out}, err
}

func newEach(p Problem, o Options) (*each, error) {
	if p.Graph.Own == nil {
		return nil, fmt.Errorf("%s: no series has a loss of its own that a weight changes", p.Graph.Cell)
	}
	if p.draws() {
		return nil, fmt.Errorf("%s draws random numbers, which isn't done where each series is fitted for itself; leave that out", p.Graph.Cell)
	}
	e := &each{p: p, o: o}
	var err error
	if e.data, err = newPart(p, o.Holdout); err != nil {
		return nil, err
	}
	if e.vec, err = newVector(p.Graph, p.Weights); err != nil {
		return nil, err
	}
	if err := e.compile(); err != nil {
		return nil, err
	}
	for i, T := range e.data.lengths {
		f := Fitted{ID: e.data.set.Series[i].ID, Loss: math.NaN()}
		if T <= p.Graph.T0 {
			f.Stopped = fmt.Sprintf("too short: the first step is t = %d, and it has %d times", p.Graph.T0, T)
		} else {
			e.rows = append(e.rows, i)
		}
		e.out = append(e.out, f)
	}
	if len(e.rows) == 0 {
		return nil, fmt.Errorf("no series is long enough: the first step is t = %d, and %d times at the end are held out", p.Graph.T0, o.Holdout)
	}
	return e, e.bind(e.rows)
}

// compile plans the series' losses and their gradients.
func (e *each) compile() error {
	d, err := grad.Loss(e.p.Graph, e.p.Table)
	if err != nil {
		return err
	}
	e.gradients = d.Weight
	e.count = counted(d.Graph, e.p)
	roots := []*graph.Node{e.p.Graph.Own, e.count}
	for _, b := range e.vec.blocks {
		roots = append(roots, d.Weight[b.Name])
	}
	e.plan, err = plan.New[float64](d.Graph, roots, plan.Options{Cores: e.o.Cores})
	return err
}

// counted adds to a graph what a series' loss is divided by to be one by scored entry.
func counted(g *graph.Graph, p Problem) *graph.Node {
	table := p.Table
	m := graph.Continue(g, table)
	sum := m.Int(0)
	for _, s := range g.Scores {
		n := s.Count
		if s.Value.Scope >= graph.Steps {
			n = m.Total(n)
		}
		sum = m.Row("+", sum, n)
	}
	if p.Mean || len(g.Scores) == 0 {
		sum = m.Int(1)
	}
	g.Nodes = m.Nodes()
	return sum
}

// bind lays out memory for some of the series.
func (e *each) bind(rows []int) error {
	r := eval.Run{Steps: e.p.Steps, Masked: e.p.Masked, Weights: map[string][]series.Array{}}
	for _, s := range rows {
		r.Data.Series = append(r.Data.Series, e.data.set.Series[s])
	}
	for _, w := range e.p.Graph.Weights {
		all := inexact(e.p.Weights[w.Name])
		if !w.PerSeries {
			r.Weights[w.Name] = all
			continue
		}
		for _, s := range rows {
			r.Weights[w.Name] = append(r.Weights[w.Name], all[s])
		}
	}
	var err error
	if e.bound, err = e.plan.Bind(r); err != nil {
		return err
	}
	e.rows, e.read = rows, make([]reading, len(rows))
	for row := range rows {
		e.read[row] = e.look(row)
	}
	return nil
}

// give sets the weights of a series to the vector's values.
func (e *each) give(row int) error {
	for i := range e.vec.blocks {
		b := &e.vec.blocks[i]
		at := b.at(e.rows[row])
		if err := e.bound.SetWeight(b.Name, row, e.vec.value[at.lo:at.hi]); err != nil {
			return err
		}
	}
	return nil
}

// look says where a run will have written what it computes of a series.
func (e *each) look(row int) reading {
	r := reading{loss: e.bound.At(e.p.Graph.Own, row, 0), count: e.bound.At(e.count, row, 0)}
	for i := range e.vec.blocks {
		r.gradient = append(r.gradient, e.bound.At(e.gradients[e.vec.blocks[i].Name], row, 0))
	}
	return r
}

// by is what a series' loss is divided by to be one by scored entry.
func (r *reading) by() float64 { return max(1, r.count[0]) }

// report notes what the fit of a series came to.
func (e *each) report(series int, f Fitted) {
	f.ID = e.out[series].ID
	e.out[series] = f
}

// progress tells how many series are done.
func (e *each) progress(done, all int) {
	if e.o.Step != nil {
		e.o.Step(Step{Epoch: 1, N: done, Of: all, Loss: math.NaN()})
	}
}
