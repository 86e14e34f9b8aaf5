package forecast

import (
	"context"
	"fmt"

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
	Float64 bool // computed in float64, in place of float32
	Cores   int  // at most; 0: as many as Go may use
}

// Path is how one input of one series goes on: a row of entries for each time of the horizon.
type Path [][]float64

// Run forecasts: by target, in the order of Targets, and within it by series.
func Run(ctx context.Context, p Problem) ([][]Path, error) {
	targets, err := Targets(p.Graph)
	if err != nil {
		return nil, err
	}
	if p.Horizon < 1 {
		return nil, fmt.Errorf("a horizon of %d; expected a number from 1 on", p.Horizon)
	}
	run := p.Run
	run.Data, err = Extend(p.Graph, targets, p.Run.Data, p.Known, p.Horizon)
	if err != nil {
		return nil, err
	}
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	if p.Float64 {
		return paths[float64](p, targets, run)
	}
	return paths[float32](p, targets, run)
}

// only is the graph without what a forecast doesn't read, so that nothing is asked of the data for its sake.
func only(g *graph.Graph, targets []Target) (*graph.Graph, []*graph.Node) {
	out := *g
	out.Names, out.Scores, out.Loss, out.Outputs = nil, nil, nil, nil
	var roots []*graph.Node
	for _, t := range targets {
		out.Scores = append(out.Scores, &graph.Score{Input: t.Input, Forecast: t.Node, Ahead: t.ahead})
		roots = append(roots, t.Node)
	}
	return &out, roots
}

func paths[T kernel.Real](p Problem, targets []Target, run eval.Run) ([][]Path, error) {
	g, roots := only(p.Graph, targets)
	pl, err := plan.New[T](g, roots, plan.Options{Cores: p.Cores})
	if err != nil {
		return nil, err
	}
	b, err := pl.Bind(run)
	if err != nil {
		return nil, err
	}
	b.Run()
	out := make([][]Path, len(targets))
	for i, t := range targets {
		for s, one := range run.Data.Series {
			out[i] = append(out[i], read(b, t, s, b.T(s)-one.Ahead, p.Horizon))
		}
	}
	return out, nil
}

// read takes a path from where its forecasts were made: end is the first time it is about.
func read[T kernel.Real](b *plan.Bound[T], t Target, s, end, horizon int) Path {
	path := make(Path, horizon)
	for j := range path {
		step, row := t.made(j)
		values := b.At(t.Node, s, end+step)
		path[j] = make([]float64, t.Width)
		for i, x := range values[row*t.Width : (row+1)*t.Width] {
			path[j][i] = float64(x)
		}
	}
	return path
}
