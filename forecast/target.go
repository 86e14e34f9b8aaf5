package forecast

import (
	"fmt"

	"unroll/graph"
)

// Target is an input that a graph forecasts, and where its forecasts stand.
type Target struct {
	Input     string
	Node      *graph.Node      // the forecast
	Width     int              // entries of one time
	Sampled   bool             // its family can be drawn: see the choice Paths of package graph
	Quantiles []graph.Quantile // of family quantile: by their probability
	ahead     int              // the first time it is about comes so many after the step at which it is made
	window    int              // of how many times it is, each a row; 1 if of one
}

// Targets are the inputs that a graph forecasts, in the order of their `~`.
func Targets(g *graph.Graph) ([]Target, error) {
	var out []Target
	for _, s := range g.Scores {
		c := column(g, s.Input)
		if s.Forecast == nil || c.PerSeries {
			continue
		}
		out = append(out, Target{s.Input, s.Forecast, c.Shape.Len(), s.Sampled, s.Quantiles, s.Ahead, max(1, s.Window)})
	}
	if out == nil {
		return nil, fmt.Errorf("%s forecasts nothing: no input that has values over time stands on the left of ~", g.Cell)
	}
	return out, nil
}

func column(g *graph.Graph, name string) *graph.Column {
	for _, c := range g.Inputs {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// made is at which step the forecast of the j-th time past the end is made, counted from the first such
// time, and in which row it stands: windows follow each other whole.
func (t Target) made(j int) (step, row int) {
	return j - j%t.window - t.ahead, j % t.window
}

// Direct tells whether all of a horizon is forecast before it begins.
func (t Target) Direct(horizon int) bool {
	last, _ := t.made(horizon - 1)
	return last < 0
}

// Steps is how many steps past the end of the data a forecast of a horizon takes: none if all of it is
// made before.
func Steps(targets []Target, horizon int) int {
	n := 0
	for _, t := range targets {
		last, _ := t.made(horizon - 1)
		n = max(n, last+1)
	}
	return n
}

// AtQuantiles are a target's quantiles as targets.
func (t Target) AtQuantiles() []Target {
	var out []Target
	for _, q := range t.Quantiles {
		one := t
		one.Node = q.Value
		out = append(out, one)
	}
	return out
}

// Probabilities are those of the quantiles.
func (t Target) Probabilities() []float64 {
	var out []float64
	for _, q := range t.Quantiles {
		p, _ := q.P.Value[0].Float64()
		out = append(out, p)
	}
	return out
}
