package plan

import (
	"unroll/graph"
	"unroll/op"
)

// Bytes is the memory that the bound plan keeps: values, packed weights and room to work in. The data
// that it was bound to is not in it.
func (b *Bound[T]) Bytes() int { return b.bytes }

// Flops is how many multiplications and additions the products of matrices and vectors of a run take,
// one of each for each of their terms. What is done entry by entry isn't counted.
func (b *Bound[T]) Flops() float64 {
	sum := 0.0
	for _, n := range b.plan.l.nodes {
		if n.Kind == graph.Row && n.Row.Form == op.Product {
			sum += 2 * float64(n.Shape.Len()) * float64(n.Args[0].Shape.C) * b.times(n.Scope)
		}
	}
	return sum
}

// T is the number of times of a series.
func (b *Bound[T]) T(series int) int { return b.leaves.T(series) }

// Read is At as float64, into a slice of the value's length. Outside the node's times nothing is read.
func (b *Bound[T]) Read(n *graph.Node, series, t int, into []float64) {
	for i, x := range b.At(n, series, t) {
		into[i] = float64(x)
	}
}

// Weight is a weight's values as they are, into a slice of their number; false if nothing reads them.
func (b *Bound[T]) Weight(name string, series int, into []float64) bool {
	w := b.weight[name]
	if w == nil || b.plan.l.by[w.Node] == nil {
		return false
	}
	for i, x := range b.place(b.plan.l.by[w.Node], series, 0) {
		into[i] = float64(x)
	}
	return true
}

// times is how many values a node of a scope has, in all series.
func (b *Bound[T]) times(scope graph.Scope) float64 {
	switch scope {
	case graph.Global:
		return 1
	case graph.Series:
		return float64(b.leaves.Series())
	}
	n := 0
	for i := range b.leaves.Series() {
		n += b.leaves.T(i)
		if scope == graph.Steps {
			n -= min(b.plan.g.T0, b.leaves.T(i))
		}
	}
	return float64(n)
}
