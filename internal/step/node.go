package step

import (
	"fmt"

	"unroll/graph"
	"unroll/series"
)

// compute is a node's value in a series at a time.
func (e *Complex) compute(n *graph.Node, s, t int) value {
	switch n.Kind {
	case graph.Row:
		e.args = e.args[:0]
		for _, a := range n.Args {
			e.args = append(e.args, e.read(a, s, t))
		}
		return e.rows[n](e.args)
	case graph.Name:
		return e.read(n.Args[0], s, t)
	case graph.Shift:
		return e.read(n.Args[0], s, t-n.K)
	case graph.Window:
		out := e.fresh(n.Shape.Len())
		for k := n.P; k >= n.Q; k-- {
			a := e.read(n.Args[0], s, t-k)
			copy(out[(n.P-k)*len(a):], a)
		}
		return out
	case graph.Fold, graph.Total, graph.Pooled:
		return e.sum(n, s, t)
	}
	return e.leaf(n, s, t)
}

// sum is what adds over times or series.
func (e *Complex) sum(n *graph.Node, s, t int) value {
	out, a := e.fresh(n.Shape.Len()), n.Args[0]
	add := func(x value) {
		for i := range out {
			out[i] += x[i]
		}
	}
	switch n.Kind {
	case graph.Fold: // row P-k of what stands at t+k was made of the value at t
		for k := n.Q; k <= n.P; k++ {
			add(e.read(a, s, t+k)[(n.P-k)*len(out):])
		}
	case graph.Total:
		lo, _ := e.span(a, s)
		for t := lo; t < e.length[s]; t++ {
			add(e.read(a, s, t))
		}
	case graph.Pooled:
		for s := range e.length {
			add(e.read(a, s, 0))
		}
	}
	return out
}

// leaf is the value of a node without arguments.
func (e *Complex) leaf(n *graph.Node, s, t int) value {
	out := e.fresh(n.Shape.Len())
	for i := range out {
		switch n.Kind {
		case graph.Const:
			f, _ := n.Value[i].Float64()
			out[i] = complex(f, 0)
		case graph.Weight:
			out[i] = e.weight(n.Name, s, i)
		case graph.Input:
			if d, ok := e.datum(n.Name, s, t); ok && d.Has(i) {
				out[i] = complex(d.Float64(i), 0)
			}
		case graph.Time:
			out[i] = complex(float64(t), 0)
		case graph.Mask:
			out[i] = truth(e.masked(n.Mask, s, t, i))
		case graph.Draw:
			id := ""
			if n.Scope != graph.Global {
				id = e.run.Data.Series[s].ID
			}
			out[i] = complex(e.run.Draw(n.Draw, id, t, i), 0)
		default:
			panic(fmt.Sprintf("step: a node of unknown kind %d", n.Kind))
		}
	}
	return out
}

func (e *Complex) weight(name string, s, i int) complex128 {
	x := complex(e.run.Weights[name][s].Float64(i), 0)
	for _, b := range e.bumps {
		if b.Weight == name && b.Copy == s && b.Entry == i {
			x += b.By
		}
	}
	return x
}

// datum is what the data has for an input; false if nothing.
func (e *Complex) datum(name string, s, t int) (series.Array, bool) {
	if a, ok := e.run.Data.Series[s].Consts[name]; ok {
		return a, true
	}
	column := e.run.Data.Series[s].Columns[name]
	if t < 0 || t >= column.Len() {
		return series.Array{}, false
	}
	a := column.At(t)
	return a, a.Len() > 0
}

// masked tells whether a mask's entry is 1.
func (e *Complex) masked(m graph.MaskSpec, s, t, i int) bool {
	switch m.Kind {
	case graph.Inside:
		return e.graph.T0 <= t-m.K && t-m.K < e.length[s]
	case graph.Observed:
		d, ok := e.datum(m.Inputs[0], s, t-m.K)
		return ok && d.Has(i)
	}
	if !e.counts(m, s, t) {
		return false
	}
	for other := range e.length[s] { // the first or the last that counts
		if e.counts(m, s, other) && (m.Kind == graph.First && other < t || m.Kind == graph.Last && other > t) {
			return false
		}
	}
	return true
}

// counts tells whether a time may be the one that a First or Last mask marks.
func (e *Complex) counts(m graph.MaskSpec, s, t int) bool {
	if m.Steps && t < e.graph.T0 || m.Cut != nil && t > *m.Cut || t >= e.length[s] {
		return false
	}
	for _, name := range m.Inputs {
		if d, ok := e.datum(name, s, t); !ok || !d.HasAll() {
			return false
		}
	}
	return true
}
