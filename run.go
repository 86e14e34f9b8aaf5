package unroll

import (
	"fmt"
	"math"
	"math/big"

	"unroll/eval"
	"unroll/explain"
	"unroll/grad"
	"unroll/graph"
	"unroll/series"
	"unroll/weights"
)

// Run is a cell bound to data, with every choice made. Its weights have their starts, or what the
// options say.
type Run struct {
	cell    *Cell
	graph   *graph.Graph
	data    series.Set
	options Options
	choices graph.Choices
	weights map[string][]series.Array
	set     map[string]bool // weights that were given values by Set
}

// Graph is the cell as a graph.
func (r *Run) Graph() *graph.Graph { return r.graph }

// Data is the data as the graph reads it: each series from its first observed value on.
func (r *Run) Data() series.Set { return r.data }

// Choices are the choices that the graph was built with.
func (r *Run) Choices() graph.Choices { return r.choices }

// Weights are the weights' values by name: one, or one a series.
func (r *Run) Weights() map[string][]series.Array { return r.weights }

// Set replaces a weight's values: one, or one a series if it is per series.
func (r *Run) Set(name string, values ...series.Array) error {
	if err := r.checkWeight(name, values); err != nil {
		return err
	}
	r.weights[name] = append([]series.Array{}, values...)
	if r.set == nil {
		r.set = map[string]bool{}
	}
	r.set[name] = true
	return nil
}

// Case is the run as package explain wants it: a worked solution is explain.Explain of it.
func (r *Run) Case() explain.Case {
	return explain.Case{File: r.cell.file, Graph: r.graph, Run: r.evalRun(), Choices: r.choices, Rebind: r.rebind}
}

// rebind is the case of the same cell and data with other choices. Weights that start at something of
// the data start anew, for what counts as data may differ.
func (r *Run) rebind(choices graph.Choices) (explain.Case, error) {
	g, err := graph.Build(r.cell.file, choices)
	if err != nil {
		return explain.Case{}, err
	}
	other := *r
	other.graph, other.choices = g, choices
	if other.weights, err = other.startWeights(); err != nil {
		return explain.Case{}, err
	}
	for name := range r.set {
		other.weights[name] = r.weights[name]
	}
	return other.Case(), nil
}

// Derivative is the loss differentiated through time: a graph like any other.
func (r *Run) Derivative() (*grad.Derivative, error) {
	return grad.Loss(r.graph, r.choices.Table)
}

// Eval computes the values of a graph that was made of this run's: its own, or a derivative.
func (r *Run) Eval(g *graph.Graph) (*eval.Values, error) {
	return eval.Eval(g, r.evalRun())
}

func (r *Run) evalRun() eval.Run {
	run := eval.Run{Data: r.data, Weights: r.weights, Steps: r.options.Steps, Draw: r.draw, Masked: r.options.Fill == series.Masked}
	if r.options.Exact {
		run.Exact = eval.Insist
	}
	return run
}

// draw gives the numbers of dropout, zoneout, noise and sampled feeds.
func (r *Run) draw(spec graph.DrawSpec, seriesID string, t, entry int) (*big.Rat, float64) {
	if spec.Kind == graph.Gauss {
		return nil, weights.Gauss(r.options.Seed, 0, seriesID, spec.ID, t, entry)
	}
	u := big.NewRat(int64(weights.Uniform(r.options.Seed, 0, seriesID, spec.ID, t, entry)), 1<<32)
	f, _ := u.Float64()
	return u, f
}

// Loss is the loss: an exact number where the equations are rational.
func (r *Run) Loss() (series.Array, error) {
	if r.graph.Loss == nil {
		return series.Array{}, fmt.Errorf("%s has no loss: nothing is observed with ~", r.graph.Cell)
	}
	v, err := r.Eval(r.graph)
	if err != nil {
		return series.Array{}, err
	}
	return v.At(r.graph.Loss, 0, 0), v.Undefined()
}

// Gradient is the derivative of the loss by every weight, fixed ones left out: of the weight's
// shape, one, or one a series.
func (r *Run) Gradient() (map[string][]series.Array, error) {
	d, err := r.Derivative()
	if err != nil {
		return nil, err
	}
	v, err := r.Eval(d.Graph)
	if err != nil {
		return nil, err
	}
	out := map[string][]series.Array{}
	for _, w := range r.graph.Weights {
		if !w.Fixed {
			out[w.Name] = r.copies(w, d.Weight[w.Name], v)
		}
	}
	return out, v.Undefined()
}

// copies are the values of a weight's node, or of its gradient's: one, or one a series.
func (r *Run) copies(w *graph.Param, n *graph.Node, v *eval.Values) []series.Array {
	count := 1
	if w.PerSeries {
		count = v.Series()
	}
	var out []series.Array
	for s := range count {
		out = append(out, v.At(n, s, 0))
	}
	return out
}

// startWeights gives each weight what the options say, or its start.
func (r *Run) startWeights() (map[string][]series.Array, error) {
	out := map[string][]series.Array{}
	for name := range r.options.Weights {
		if !r.hasWeight(name) {
			return nil, r.noWeight(name)
		}
	}
	for _, w := range r.graph.Weights {
		values, err := r.start(w)
		if err != nil {
			return nil, err
		}
		if err := inInterval(w, values); err != nil {
			return nil, err
		}
		out[w.Name] = values
	}
	return out, nil
}

func (r *Run) hasWeight(name string) bool {
	for _, w := range r.graph.Weights {
		if w.Name == name {
			return true
		}
	}
	return false
}

func (r *Run) start(w *graph.Param) ([]series.Array, error) {
	count := 1
	if w.PerSeries {
		count = max(1, len(r.data.Series))
	}
	given, ok := r.options.Weights[w.Name]
	if ok {
		a, err := fill(w, given)
		return repeat(a, count), err
	}
	if w.Start == nil {
		return r.drawn(w, count)
	}
	if w.Start.Kind == graph.Const {
		return repeat(series.Rats(w.Start.Shape.R, w.Start.Shape.C, w.Start.Value), count), nil
	}
	only := *r.graph
	only.Names, only.Scores, only.Loss, only.Weights = nil, nil, nil, nil
	only.Outputs = []*graph.Node{w.Start}
	v, err := eval.Eval(&only, eval.Run{Data: r.data, Steps: r.options.Steps, Draw: r.draw, Masked: r.options.Fill == series.Masked})
	if err != nil {
		return nil, fmt.Errorf("the start of weight %s: %w", w.Name, err)
	}
	out := r.copies(w, w.Start, v)
	for _, a := range out {
		if !a.HasAll() {
			return nil, fmt.Errorf("the start of weight %s is undefined on this data", w.Name)
		}
	}
	return out, nil
}

// drawn are random starts: the same for every copy of a weight per series.
func (r *Run) drawn(w *graph.Param, count int) ([]series.Array, error) {
	var args []float64
	for _, a := range w.DrawArgs {
		f, _ := a.Float64()
		args = append(args, f)
	}
	s := w.Node.Shape
	values, err := weights.Draw(w.Draw, args, s.R, s.C, r.options.Seed, w.Name)
	if err != nil {
		return nil, err
	}
	return repeat(series.Floats(s.R, s.C, values), count), nil
}

// fill makes a given value the weight's shape: a number fills an array, and a list is a row where
// a row is needed.
func fill(w *graph.Param, a series.Array) (series.Array, error) {
	s := w.Node.Shape
	switch {
	case a.R == s.R && a.C == s.C:
		return a, nil
	case a.Len() == s.Len() && (s.R == 1 || s.C == 1) && (a.R == 1 || a.C == 1):
		a.R, a.C = s.R, s.C
		return a, nil
	case a.Len() == 1 && a.Exact():
		return series.Rats(s.R, s.C, repeat(a.Rat[0], s.Len())), nil
	case a.Len() == 1:
		return series.Floats(s.R, s.C, repeat(a.Float[0], s.Len())), nil
	}
	return a, fmt.Errorf("weight %s is %s, and what is given is %d×%d", w.Name, s, a.R, a.C)
}

func repeat[T any](v T, n int) []T {
	out := make([]T, n)
	for i := range out {
		out[i] = v
	}
	return out
}

// inInterval refuses a start outside a weight's constraint.
func inInterval(w *graph.Param, values []series.Array) error {
	if w.Lo == nil && w.Hi == nil {
		return nil
	}
	iv := weights.Between(w.Lo, w.Hi)
	for _, a := range values {
		for i := range a.Len() {
			if !iv.Holds(a.Float64(i)) {
				return fmt.Errorf("weight %s starts at %s, outside its interval %s", w.Name, a, interval(iv))
			}
		}
	}
	return nil
}

func interval(iv weights.Interval) string {
	switch {
	case math.IsInf(iv.Lo, -1):
		return fmt.Sprintf("< %v", iv.Hi)
	case math.IsInf(iv.Hi, 1):
		return fmt.Sprintf("> %v", iv.Lo)
	}
	return fmt.Sprintf("(%v, %v)", iv.Lo, iv.Hi)
}
