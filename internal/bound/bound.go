package bound

import (
	"fmt"
	"math"

	"unroll/eval"
	"unroll/graph"
)

// Bound is how far the values of a graph's run may be off. It is not for several goroutines at once.
type Bound struct {
	tape
	values *eval.Values
	places map[*graph.Node]*place
	doubts []doubt

	adjoint []float64 // room for a sweep
}

// New prepares the bound of a run in numbers of which eps is the distance from 1 to the next: 2⁻²³ for
// float32, 2⁻⁵² for float64. The values are the reference's of the same graph, whose own rounding is
// counted too. Known are the nodes that the graph's loss, equations, scores and outputs reach.
//
// ulps says by how many units in the last place a node may be off each time that it rounds, for nodes
// that compute: rows, folds, totals and pools. If it is nil that is the row's Ulps, but at least 1, and
// 0 for rows that only copy, choose or compare.
func New(g *graph.Graph, v *eval.Values, eps float64, ulps func(*graph.Node) float64) *Bound {
	if ulps == nil {
		ulps = usual
	}
	b := &builder{
		Bound: &Bound{values: v, places: map[*graph.Node]*place{}},
		graph: g, format: formatOf(eps), ulps: ulps, terms: map[*graph.Node]*linear{},
	}
	order := graph.Schedule(roots(g)...)
	b.survey(order)
	for _, c := range order {
		b.component(c)
	}
	b.edges = append(b.edges, len(b.from))
	b.adjoint = make([]float64, len(b.value))
	return b.Bound
}

// roots are the nodes that eval computes a graph for.
func roots(g *graph.Graph) []*graph.Node {
	all := append([]*graph.Node{g.Loss}, g.Names...)
	for _, s := range g.Scores {
		all = append(all, s.Value, s.Count, s.Forecast)
	}
	return append(all, g.Outputs...)
}

// At is how far an entry of a node's value may be off, in a series at a time; these don't matter where
// the node has one value for all, as in eval.Values. It is 0 where the value is sure to be exact, and
// outside the node's times. It is +Inf, and nothing is promised, where the value is undefined or too
// large for the run's numbers, where it is made of such a value, or where a derivative on the way
// is infinite. It is never NaN. At panics for a node that New doesn't know.
func (b *Bound) At(n *graph.Node, series, t, entry int) float64 {
	if b.places[n] == nil {
		panic(fmt.Sprintf("bound: %s isn't reached by the graph's loss, equations, scores or outputs", n))
	}
	i := b.find(n, series, t)
	if i < 0 {
		return 0
	}
	i += entry
	if !finite(b.value[i]) {
		return math.Inf(1)
	}
	return b.sweep(seed{i, 1})
}

// seed is an entry, and the factor that it has in a sum.
type seed struct {
	entry int
	by    float64
}

// sweep is how far a sum of entries may be off: the derivative of the sum by every entry before
// them, last first, each times the entry's own rounding.
func (b *Bound) sweep(sum ...seed) float64 {
	last := 0
	for _, s := range sum {
		last = max(last, s.entry)
	}
	adjoint := b.adjoint[:last+1]
	clear(adjoint)
	for _, s := range sum {
		adjoint[s.entry] += s.by
	}
	off := 0.0
	for i := last; i >= 0; i-- {
		d := adjoint[i]
		if d == 0 {
			continue
		}
		if b.own[i] != 0 {
			off += math.Abs(d) * b.own[i]
		}
		for k := b.edges[i]; k < b.edges[i+1]; k++ {
			adjoint[b.from[k]] += d * b.by[k]
		}
	}
	if math.IsNaN(off) {
		return math.Inf(1)
	}
	return off
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
