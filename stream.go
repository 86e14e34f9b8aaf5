package unroll

import (
	"errors"
	"fmt"

	"unroll/graph"
	"unroll/kernel"
	"unroll/plan"
	"unroll/series"
)

// Stream runs a compiled cell one step at a time, and keeps what later steps read of earlier ones. A step
// costs the same however many went before it, and allocates nothing. One goroutine at a time may use it;
// several streams of one Compiled may run at once.
//
// Its values are those, bit for bit, that an engine which is compiled Forward has of the whole series.
type Stream struct {
	steps  stepper
	inputs []string
	kept   map[string]*kept
	series int // how many there are
}

// stepper is a plan's stream, of either kind of numbers.
type stepper interface {
	Step(values []float64) error
	Read(n *graph.Node, series int, into []float64) bool
	Inputs() []*graph.Column
	Len() int
	Bytes() int
	Flops() float64
}

// kept is an equation whose values are read.
type kept struct {
	n   *graph.Node
	out []float64
}

// Stream begins before the first step. It has as many series, side by side, as the run that was compiled. The
// error names an equation of the options' Keep that can't be computed so: it reads what comes later, or takes
// something of the whole series.
func (c *Compiled) Stream() (*Stream, error) { return c.stream(c.run, false) }

// Stream goes on after the last step of the engine's data, with the weights as they are now. What the cell
// takes of the whole series, such as an average, it has from that data.
func (e *Engine) Stream() (*Stream, error) {
	now := e.run.copy()
	for _, w := range now.graph.Weights {
		values := make([]series.Array, len(now.weights[w.Name]))
		for i, a := range now.weights[w.Name] {
			values[i] = series.Floats(a.R, a.C, make([]float64, a.Len()))
			if !e.bound.Weight(w.Name, i, values[i].Float) {
				values[i] = a // nothing reads it
			}
		}
		now.weights[w.Name] = values
	}
	return e.of.stream(now, true)
}

func (c *Compiled) stream(r *Run, history bool) (*Stream, error) {
	if len(c.options.Keep) == 0 {
		return nil, errors.New("a stream computes the equations that the options Keep, and they name none")
	}
	s := &Stream{kept: map[string]*kept{}, series: max(1, len(r.data.Series))}
	var roots []*graph.Node
	for _, name := range c.options.Keep {
		n, err := r.equation(name)
		if err != nil {
			return nil, err
		}
		s.kept[name] = &kept{n, make([]float64, n.Shape.Len())}
		roots = append(roots, n)
	}
	o := plan.Options{Without: c.options.Without, Family: kernel.Family(c.options.Family)}
	var err error
	if c.options.Float64 {
		s.steps, err = streamOf[float64](r, roots, o, history)
	} else {
		s.steps, err = streamOf[float32](r, roots, o, history)
	}
	if err != nil {
		return nil, err
	}
	for _, in := range s.steps.Inputs() {
		s.inputs = append(s.inputs, in.Name)
	}
	return s, nil
}

func streamOf[T kernel.Real](r *Run, roots []*graph.Node, o plan.Options, history bool) (stepper, error) {
	return plan.NewStream[T](r.graph, roots, o, r.evalRun(), history)
}

// Inputs are the inputs whose values a step takes, in this order.
func (s *Stream) Inputs() []string { return s.inputs }

// Len is how many numbers a step takes: the entries of all Inputs, of each series.
func (s *Stream) Len() int { return s.steps.Len() }

// Bytes is how much memory the stream keeps.
func (s *Stream) Bytes() int { return s.steps.Bytes() }

// Flops is how many multiplications and additions the matrix products of a step take.
func (s *Stream) Flops() float64 { return s.steps.Flops() }

// Step computes the next step from the values of the inputs: their entries one after the other in the order of
// Inputs, then those of the next series, if there are several. NaN is a missing value, where the data of the
// run had such or the cell asks for them. The error says which value can't be; then the stream is as before.
func (s *Stream) Step(values ...float64) error { return s.steps.Step(values) }

// Value is an equation's value at the last step, row after row, in one of the series, counted from 0. It holds
// until Value is called for it again. It is nil before the first step of the cell, which may come after
// that of the data: a lag in the file decides.
func (s *Stream) Value(name string, series int) []float64 {
	k := s.kept[name]
	if k == nil {
		panic(fmt.Sprintf("unroll: the stream doesn't keep %s", name))
	}
	if series < 0 || series >= s.series {
		panic(fmt.Sprintf("unroll: the stream has no series %d; it has %d, counted from 0", series, s.series))
	}
	if !s.steps.Read(k.n, series, k.out) {
		return nil
	}
	return k.out
}
