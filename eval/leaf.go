package eval

import (
	"fmt"
	"math/big"

	"unroll/graph"
	"unroll/series"
)

// leaf is the value of a node without arguments.
func (v *Values) leaf(n *graph.Node, s, t int) (series.Array, error) {
	exact := v.exact[n]
	switch n.Kind {
	case graph.Const:
		return as(series.Array{Rat: n.Value}, n.Shape, exact), nil
	case graph.Weight:
		all := v.run.Weights[n.Name]
		if s >= len(all) {
			return series.Array{}, fmt.Errorf("%sthe run has no weight %s", at(n), n.Name)
		}
		return as(all[s], n.Shape, exact), nil
	case graph.Input:
		return v.input(n, s, t), nil
	case graph.Time:
		return as(whole(int64(t)), n.Shape, exact), nil
	case graph.Mask:
		return v.mask(n, s, t), nil
	case graph.Draw:
		return v.draw(n, s, t)
	}
	return series.Array{}, fmt.Errorf("%sa node of unknown kind %d", at(n), n.Kind)
}

// whole is an array of whole numbers.
func whole(xs ...int64) series.Array {
	a := series.Array{R: len(xs), C: 1}
	for _, x := range xs {
		a.Rat = append(a.Rat, new(big.Rat).SetInt64(x))
	}
	return a
}

// datum is what the data has for an input; false if it has nothing at that time.
func (v *Values) datum(name string, s, t int) (series.Array, bool) {
	if a, ok := v.run.Data.Series[s].Consts[name]; ok {
		return a, true
	}
	column := v.run.Data.Series[s].Columns[name]
	if t < 0 || t >= column.Len() {
		return series.Array{}, false
	}
	a := column.At(t)
	return a, a.Len() > 0
}

// input is the data, with 0 for what is missing.
func (v *Values) input(n *graph.Node, s, t int) series.Array {
	out := zero(n.Shape, v.exact[n])
	d, ok := v.datum(n.Name, s, t)
	if !ok {
		return out
	}
	in := as(d, n.Shape, v.exact[n])
	for i := range n.Shape.Len() {
		switch {
		case !in.Has(i):
		case v.exact[n]:
			out.Rat[i] = in.Rat[i]
		default:
			out.Float[i] = in.Float[i]
		}
	}
	return out
}

// mask is 1 where its spec says, else 0.
func (v *Values) mask(n *graph.Node, s, t int) series.Array {
	ones := make([]int64, n.Shape.Len())
	for i := range ones {
		if v.on(n, s, t, i) {
			ones[i] = 1
		}
	}
	return as(whole(ones...), n.Shape, v.exact[n])
}

// on tells whether an entry of a mask is 1.
func (v *Values) on(n *graph.Node, s, t, i int) bool {
	switch m := n.Mask; m.Kind {
	case graph.Inside:
		return v.graph.T0 <= t-m.K && t-m.K < v.length[s]
	case graph.Observed:
		d, ok := v.datum(m.Inputs[0], s, t-m.K)
		return ok && d.Has(i)
	case graph.Past:
		return 0 <= t-m.K && t-m.K < v.past(s)
	case graph.First, graph.Last:
		return t == v.marked(n, s)
	}
	return false
}

// past is how many times of a series come before those that are still to come.
func (v *Values) past(s int) int { return v.length[s] - v.run.Data.Series[s].Ahead }

// marked is the time that a First or Last mask marks in a series, -1 if none.
func (v *Values) marked(n *graph.Node, s int) int {
	key := mark{n, s}
	if t, ok := v.marks[key]; ok {
		return t
	}
	v.marks[key] = v.find(n.Mask, s)
	return v.marks[key]
}

// find looks for the first or the last time at which all of a mask's inputs are observed.
func (v *Values) find(m graph.MaskSpec, s int) int {
	lo, hi := 0, v.past(s)
	if m.Steps {
		lo = v.graph.T0
	}
	if m.Cut != nil {
		hi = min(hi, *m.Cut+1)
	}
	found := -1
	for t := lo; t < hi; t++ {
		if v.observed(m.Inputs, s, t) {
			found = t
			if m.Kind == graph.First {
				break
			}
		}
	}
	return found
}

// observed tells whether the data has every entry of the inputs at a time.
func (v *Values) observed(inputs []string, s, t int) bool {
	for _, name := range inputs {
		d, ok := v.datum(name, s, t)
		if !ok || !d.HasAll() {
			return false
		}
	}
	return true
}

// draw asks for the numbers of a Draw node.
func (v *Values) draw(n *graph.Node, s, t int) (series.Array, error) {
	if v.run.Draw == nil {
		return series.Array{}, fmt.Errorf("%sthe run draws random numbers, but was given no way to", at(n))
	}
	id := v.drawsFor(n, s)
	out := zero(n.Shape, v.exact[n])
	for i := range n.Shape.Len() {
		exact, inexact := v.run.Draw(n.Draw, id, t, i)
		if v.exact[n] {
			out.Rat[i] = exact
		} else {
			out.Float[i] = inexact
		}
	}
	return out, nil
}

// drawsFor is the series that a Draw node draws for; "" if it is for all.
func (v *Values) drawsFor(n *graph.Node, s int) string {
	if n.Scope == graph.Global {
		return ""
	}
	return v.run.Data.Series[s].ID
}
