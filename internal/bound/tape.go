package bound

import (
	"math"

	"unroll/graph"
)

// tape is a run entry by entry, in the order of computation.
type tape struct {
	value []float64
	own   []float64 // how far the entry's own rounding may put it off
	worst []float64 // how far it may be off at most, if nothing cancels; 0: it is exact

	// What an entry counts for if it is added to something: it is itself a sum of so many terms,
	// whose absolute values come to mass. 1 and its own absolute value if it is no sum.
	count, mass []float64

	// What the entries are made of: entry i of from[k], with the derivative by[k], for k from
	// edges[i] to edges[i+1]-1. What is exact is left out, whatever the derivative by it.
	edges []int
	from  []int32
	by    []float64
}

// begin opens a new entry.
func (p *tape) begin() { p.edges = append(p.edges, len(p.from)) }

// edge notes that the open entry depends on another, -1 being none. A derivative that is undefined
// counts as infinite.
func (p *tape) edge(from int, by float64) {
	if by == 0 || p.exact(from) {
		return
	}
	if math.IsNaN(by) {
		by = math.Inf(1)
	}
	p.from, p.by = append(p.from, int32(from)), append(p.by, by)
}

// end closes the open entry.
func (p *tape) end(value, own float64, s sum) {
	worst := own
	for k := p.edges[len(p.edges)-1]; k < len(p.from); k++ {
		worst += math.Abs(p.by[k]) * p.worst[p.from[k]]
	}
	p.value, p.own, p.worst = append(p.value, value), append(p.own, own), append(p.worst, worst)
	p.count, p.mass = append(p.count, s.count), append(p.mass, s.mass)
}

// exact tells whether an entry is the same number in any run; outside of a node's times it is 0.
func (p *tape) exact(i int) bool { return i < 0 || p.worst[i] == 0 }

// off is how far an entry may be off at most.
func (p *tape) off(i int) float64 {
	if i < 0 {
		return 0
	}
	return p.worst[i]
}

// at is an entry's value.
func (p *tape) at(i int) float64 {
	if i < 0 {
		return 0
	}
	return p.value[i]
}

// place is where a node's first entries are on the tape: by series and time, from the time lo on. One
// series or one time where the scope has one; -1 where it has no value (yet).
type place struct {
	lo int
	at [][]int
}

// allot makes room for a node's places.
func (b *builder) allot(n *graph.Node) {
	p := &place{}
	for s := range b.values.Series() {
		lo, hi := b.span(n, s)
		p.lo = lo
		p.at = append(p.at, make([]int, max(hi-lo, 0)))
		for i := range p.at[s] {
			p.at[s][i] = -1
		}
		if n.Scope == graph.Global {
			break
		}
	}
	b.places[n] = p
}

// span is the range of times, hi not included, at which a node has values in a series. Of an input it
// goes on as far as something reads ahead.
func (b *builder) span(n *graph.Node, s int) (lo, hi int) {
	switch {
	case n.Scope == graph.Global, n.Scope == graph.Series:
		return 0, 1
	case n.Scope == graph.Steps:
		return b.graph.T0, b.values.T(s)
	}
	return 0, b.values.T(s) + b.ahead[n]
}

// find is the first entry of a node's value, -1 outside of its times.
func (b *Bound) find(n *graph.Node, s, t int) int {
	p := b.places[n]
	if n.Scope == graph.Global {
		s = 0
	}
	if n.Scope == graph.Global || n.Scope == graph.Series {
		t = 0
	}
	if p == nil || s >= len(p.at) || t < p.lo || t-p.lo >= len(p.at[s]) {
		return -1
	}
	return p.at[s][t-p.lo]
}
