package train

import (
	"fmt"
	"math"

	"unroll/graph"
	"unroll/series"
	"unroll/weights"
)

// block is where a weight lies in the flat vector of raw numbers: copies arrays of size numbers, one after
// the other, one or one a series.
type block struct {
	*graph.Param
	interval     weights.Interval
	lo           int
	size, copies int
}

// vector is the weights that move, as one vector: raw is what moves, value what the graph reads.
type vector struct {
	blocks []block
	raw    []float64
	value  []float64
	fixed  map[string][]series.Array // the others
}

// newVector takes the weights at their starts. The error names one that is outside its interval.
func newVector(g *graph.Graph, start map[string][]series.Array) (*vector, error) {
	v := &vector{fixed: map[string][]series.Array{}}
	for _, w := range g.Weights {
		all := start[w.Name]
		if len(all) == 0 {
			return nil, fmt.Errorf("weight %s has no start", w.Name)
		}
		if w.Fixed {
			v.fixed[w.Name] = inexact(all)
			continue
		}
		b := block{Param: w, interval: weights.Between(w.Lo, w.Hi), lo: len(v.raw), size: w.Node.Shape.Len(), copies: len(all)}
		for _, a := range all {
			for i := range a.Len() {
				x := a.Float64(i)
				raw := b.interval.Raw(x)
				if math.IsNaN(raw) {
					return nil, fmt.Errorf("weight %s starts at %v, which is undefined or not inside its interval", w.Name, x)
				}
				v.raw, v.value = append(v.raw, raw), append(v.value, x)
			}
		}
		v.blocks = append(v.blocks, b)
	}
	return v, nil
}

// inexact are arrays as float64.
func inexact(all []series.Array) []series.Array {
	out := make([]series.Array, len(all))
	for i, a := range all {
		out[i] = a.ToFloat()
	}
	return out
}

// at is where a copy lies.
func (b *block) at(i int) span { return span{b.lo + i*b.size, b.lo + (i+1)*b.size} }

// all is where all copies lie.
func (b *block) all() span { return span{b.lo, b.lo + b.size*b.copies} }

// update computes the values of some raw numbers.
func (v *vector) update(active []span) {
	for _, b := range v.blocks {
		for _, s := range active {
			lo, hi := max(s.lo, b.lo), min(s.hi, b.all().hi)
			if lo >= hi {
				continue
			}
			if b.interval == weights.Free {
				copy(v.value[lo:hi], v.raw[lo:hi])
				continue
			}
			for i := lo; i < hi; i++ {
				v.value[i] = b.interval.Value(v.raw[i])
			}
		}
	}
}

// set takes other raw numbers.
func (v *vector) set(raw []float64) {
	copy(v.raw, raw)
	v.update([]span{{0, len(v.raw)}})
}

// weights are arrays of values that were computed from raw numbers, in memory of their own.
func (v *vector) weights(raw []float64) map[string][]series.Array {
	now := vector{blocks: v.blocks, raw: raw, value: make([]float64, len(raw))}
	now.update([]span{{0, len(raw)}})
	out := map[string][]series.Array{}
	for name, all := range v.fixed {
		out[name] = all
	}
	for _, b := range v.blocks {
		for i := range b.copies {
			out[b.Name] = append(out[b.Name], now.array(&b, i))
		}
	}
	return out
}

// array is a copy's values: the vector's own memory.
func (v *vector) array(b *block, i int) series.Array {
	at := b.at(i)
	return series.Floats(b.Node.Shape.R, b.Node.Shape.C, v.value[at.lo:at.hi:at.hi])
}

// active are the ranges that move when some series are in the batch: of what is shared all, joined where they
// lie side by side. Series come in any order, and may come more than once.
func (v *vector) active(in []bool) []span {
	var out []span
	add := func(s span) {
		if n := len(out); n > 0 && out[n-1].hi == s.lo {
			out[n-1].hi = s.hi
			return
		}
		out = append(out, s)
	}
	for _, b := range v.blocks {
		if !b.PerSeries {
			add(b.all())
			continue
		}
		for i := range b.copies {
			if in[i] {
				add(b.at(i))
			}
		}
	}
	return out
}

// collect adds up the gradient by a weight: of one a series, what the strands of the series have.
func (b *block) collect(m machine, n *graph.Node, batch *batch, gradient []float64) {
	if !b.PerSeries {
		m.Read(n, 0, 0, gradient[b.lo:b.lo+b.size])
		return
	}
	part := make([]float64, b.size)
	for i, s := range batch.strands {
		m.Read(n, i, 0, part)
		for j, x := range part {
			gradient[b.at(s.series).lo+j] += x
		}
	}
}

// slopes turns derivatives by values into those by raw numbers, times a scale.
func (v *vector) slopes(gradient []float64, active []span, scale float64) {
	for _, b := range v.blocks {
		for _, s := range active {
			for i := max(s.lo, b.lo); i < min(s.hi, b.all().hi); i++ {
				gradient[i] *= scale
				if b.interval != weights.Free {
					gradient[i] *= b.interval.Slope(v.raw[i])
				}
			}
		}
	}
}

// shared are the ranges of weights that all series have in common and that no interval bounds: what decays.
func (v *vector) shared() []span {
	var out []span
	for _, b := range v.blocks {
		if !b.PerSeries && b.interval == weights.Free {
			out = append(out, b.all())
		}
	}
	return out
}
