package forecast

import (
	"context"
	"fmt"
	"slices"

	"unroll/eval"
	"unroll/graph"
	"unroll/kernel"
	"unroll/plan"
	"unroll/series"
)

// Problem is what is forecast.
type Problem struct {
	Graph   *graph.Graph // built with Facts.Ahead and, if Steps says any, with what it forecasts missing
	Run     eval.Run     // the data up to the end of each series, and the weights
	Known   series.Set   // what is known ahead: see Extend
	Horizon int
	Float64 bool // computed in float64, in place of float32; so is in any case what is narrow
	Cores   int  // at most; 0: as many as Go may use
}

// Path is how one input of one series goes on: the entries of each time of the horizon, one after the other.
type Path []float64

// Points gives the forecasts of some targets of a problem: by target, and within it by series.
func Points(ctx context.Context, p Problem, targets []Target) ([][]Path, error) {
	r, err := p.ready(ctx)
	if err != nil {
		return nil, err
	}
	r.wants(targets)
	if err := r.fromEnd(); err != nil {
		return nil, err
	}
	if r.Float64 {
		return points[float64](r)
	}
	return points[float32](r)
}

// mostTimes is how long a horizon may be, and how many times all paths of a series may have together: far more
// than anybody waits for.
const (
	mostTimes = 10_000_000
	mostDrawn = 500_000_000
)

// ready is a problem that has been checked, with the data that it is run on.
type ready struct {
	Problem
	targets []Target // that are wanted
	roots   []*graph.Node
	long    eval.Run       // with the times that are still to come
	since   map[string]int // by the series' ids: the time that is 0 in it; nil if it is whole
}

func (p Problem) ready(ctx context.Context) (*ready, error) {
	if p.Horizon < 1 || p.Horizon > mostTimes {
		return nil, fmt.Errorf("a horizon of %d; expected a number from 1 to %d", p.Horizon, mostTimes)
	}
	targets, err := Targets(p.Graph)
	if err != nil {
		return nil, err
	}
	p.Float64 = p.Float64 || narrow(p.Graph)
	r := &ready{Problem: p, long: p.Run}
	if r.long.Data, err = Extend(p.Graph, targets, p.Run.Data, p.Known, p.Horizon); err != nil {
		return nil, err
	}
	// What a forecast doesn't read is left out, so that nothing is asked of the data for its sake.
	g := *p.Graph
	g.Names, g.Scores, g.Loss, g.Outputs = nil, nil, nil, nil
	for _, t := range targets {
		g.Scores = append(g.Scores, &graph.Score{Input: t.Input, Forecast: t.Node, Ahead: t.ahead})
	}
	r.Graph = &g
	r.wants(targets)
	return r, context.Cause(ctx)
}

// fromEnd makes ready for a forecast that is made where the data end. An error is about the data as they are,
// before anything is cut off.
func (r *ready) fromEnd() error {
	if err := eval.Check(r.Graph, r.long); err != nil {
		return err
	}
	r.shorten(r.ends())
	return nil
}

// narrow tells whether no equation of a graph has many entries: then float64 costs little, and a filter or
// a level that goes on for long is worth it.
func narrow(g *graph.Graph) bool {
	const few = 16
	return !slices.ContainsFunc(g.Names, func(n *graph.Node) bool { return n.Shape.Len() > few })
}

// wants says what is read.
func (r *ready) wants(targets []Target) {
	r.targets, r.roots = targets, nil
	for _, t := range targets {
		r.roots = append(r.roots, t.Node)
	}
	r.Graph.Outputs = r.roots
}

func points[T kernel.Real](r *ready) ([][]Path, error) {
	b, err := bind[T](r)
	if err != nil {
		return nil, err
	}
	b.Run()
	out := make([][]Path, len(r.targets))
	for i, t := range r.targets {
		for s := range r.long.Data.Series {
			out[i] = append(out[i], read(b, r, t, s, make(Path, r.Horizon*t.Width)))
		}
	}
	return out, nil
}

func bind[T kernel.Real](r *ready) (*plan.Bound[T], error) {
	p, err := plan.New[T](r.Graph, r.roots, plan.Options{Cores: r.Cores})
	if err != nil {
		return nil, err
	}
	return p.Bind(r.long)
}

// read takes a path from where its forecasts were made.
func read[T kernel.Real](b *plan.Bound[T], r *ready, t Target, s int, into Path) Path {
	return readAt(b, r, t, s, b.T(s)-r.long.Data.Series[s].Ahead, into)
}

// readAt takes a path that goes on from a time.
func readAt[T kernel.Real](b *plan.Bound[T], r *ready, t Target, s, end int, into Path) Path {
	for j := range r.Horizon {
		step, row := t.made(j)
		values := b.At(t.Node, s, end+step)
		for i, x := range values[row*t.Width : (row+1)*t.Width] {
			into[j*t.Width+i] = float64(x)
		}
	}
	return into
}
