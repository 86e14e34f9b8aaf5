package eval

import (
	"fmt"
	"math/big"

	"unroll/graph"
	"unroll/op"
	"unroll/series"
)

// Values are the values of a graph's nodes in a run.
type Values struct {
	graph   *graph.Graph
	run     Run
	order   []*graph.Component
	exact   map[*graph.Node]bool
	length  []int                      // T by series
	stored  map[*graph.Node][][]*value // by series and time; one series or one time where the scope has one
	marks   map[mark]int               // the time that a First or Last mask marks, or -1
	rounded bool
}

// mark is a First or Last mask in a series.
type mark struct {
	n *graph.Node
	s int
}

// value is a stored value. An exact one is rounded once, when it is first read as a float64.
type value struct {
	series.Array
	approx []float64
}

// At is a node's value in a series at a time; t doesn't matter if the node has one value a
// series, nor does the series if it has one for all. Outside the node's times it is 0. An undefined
// entry is nil, or NaN. The array is not to be changed.
func (v *Values) At(n *graph.Node, series, t int) series.Array {
	return v.read(n, series, t, v.exact[n])
}

// Exact tells whether a node's values are exact: that follows from the equations, not from the values.
func (v *Values) Exact(n *graph.Node) bool { return v.exact[n] }

// Rounded tells whether the run was redone in float64 because its exact numbers passed MaxBits.
func (v *Values) Rounded() bool { return v.rounded }

// T is the number of times of a series.
func (v *Values) T(series int) int { return v.length[series] }

// Series is the number of series.
func (v *Values) Series() int { return len(v.length) }

// span is the range of times, lo included and hi not, at which a node has values in a series.
func (v *Values) span(n *graph.Node, s int) (lo, hi int) {
	switch {
	case n.Scope == graph.Global, n.Scope == graph.Series:
		return 0, 1
	case n.Scope == graph.Steps:
		return v.graph.T0, v.length[s]
	case n.Kind == graph.Input:
		return 0, max(v.length[s], v.run.Data.Series[s].Len(n.Name))
	}
	return 0, v.length[s]
}

// allot makes room for a node's values.
func (v *Values) allot(n *graph.Node) {
	count := len(v.length)
	if n.Scope == graph.Global {
		count = 1
	}
	all := make([][]*value, count)
	for s := range all {
		hi := 1
		if n.Scope != graph.Global {
			_, hi = v.span(n, s)
		}
		all[s] = make([]*value, hi)
	}
	v.stored[n] = all
}

// store computes and keeps one value.
func (v *Values) store(n *graph.Node, s, t int) error {
	a, err := v.compute(n, s, t)
	if err != nil {
		return err
	}
	for _, x := range a.Rat {
		if x == nil {
			continue
		}
		switch bits := max(x.Num().BitLen(), x.Denom().BitLen()); {
		case v.run.Exact != Insist && bits > MaxBits:
			return errBits
		case bits > mostBits:
			return fmt.Errorf("%sthe exact numbers have more than %d bits; run it without insisting on exact ones", at(n), mostBits)
		}
	}
	v.stored[n][s][t] = &value{Array: a}
	return nil
}

// read is a node's value as exact numbers or as float64s; 0 outside its times.
func (v *Values) read(n *graph.Node, s, t int, exact bool) series.Array {
	if n.Scope == graph.Global {
		s = 0
	}
	if n.Scope == graph.Global || n.Scope == graph.Series {
		t = 0
	}
	all := v.stored[n]
	if all == nil || s >= len(all) || t < 0 || t >= len(all[s]) || all[s][t] == nil {
		return zero(n.Shape, exact)
	}
	x := all[s][t]
	if exact {
		return x.Array
	}
	if x.approx == nil {
		x.approx = x.ToFloat().Float
	}
	return series.Floats(x.R, x.C, x.approx)
}

// arg is the value of a node's argument, in the node's own kind of numbers.
func (v *Values) arg(n *graph.Node, i, s, t int) series.Array {
	return v.read(n.Args[i], s, t, v.exact[n])
}

// compute is a node's value at a time, given the values of what it reads.
func (v *Values) compute(n *graph.Node, s, t int) (series.Array, error) {
	switch n.Kind {
	case graph.Row:
		if v.run.Stopped != nil && n.Row.Name == "stop" {
			return v.stopped(n, s, t)
		}
		args := make([]series.Array, len(n.Args))
		for i := range args {
			args[i] = v.arg(n, i, s, t)
		}
		return row(n, args, v.exact[n])
	case graph.Name:
		return v.arg(n, 0, s, t), nil
	case graph.Shift:
		return v.arg(n, 0, s, t-n.K), nil
	case graph.Window:
		return v.window(n, s, t), nil
	case graph.Fold:
		return v.fold(n, s, t), nil
	case graph.Total:
		return v.total(n, s), nil
	case graph.Pooled:
		return v.pooled(n), nil
	}
	return v.leaf(n, s, t)
}

// stopped is the value that a row stop(a) had in the run whose values are given.
func (v *Values) stopped(n *graph.Node, s, t int) (series.Array, error) {
	if v.run.Stopped.stored[n] == nil {
		return series.Array{}, fmt.Errorf("%sthe run is given values for what is stopped, and this isn't among them", at(n))
	}
	return v.run.Stopped.read(n, s, t, v.exact[n]), nil
}

// zero is an array of zeros.
func zero(shape op.Shape, exact bool) series.Array {
	if !exact {
		return series.Floats(shape.R, shape.C, make([]float64, shape.Len()))
	}
	a := series.Missing(shape.R, shape.C)
	for i := range a.Rat {
		a.Rat[i] = new(big.Rat)
	}
	return a
}

// as gives numbers as an array of a shape, exact or float64.
func as(a series.Array, shape op.Shape, exact bool) series.Array {
	a.R, a.C = shape.R, shape.C
	if exact {
		return a
	}
	return a.ToFloat()
}
