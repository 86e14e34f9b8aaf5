package bound

import (
	"math"
	"math/big"

	"unroll/graph"
	"unroll/series"
)

// builder writes the tape.
type builder struct {
	*Bound
	format
	graph *graph.Graph
	ulps  func(*graph.Node) float64
	terms map[*graph.Node]*linear
	ahead map[*graph.Node]int // how far beyond the last time an input is read
}

// survey finds how far ahead inputs are read, and makes room for all nodes.
func (b *builder) survey(order []*graph.Component) {
	b.ahead = map[*graph.Node]int{}
	for _, c := range order {
		for _, n := range c.Nodes {
			from, _ := n.Reach()
			for _, a := range n.Args {
				if a.Kind == graph.Input {
					b.ahead[a] = max(b.ahead[a], -from)
				}
			}
		}
	}
	for _, c := range order {
		for _, n := range c.Nodes {
			b.allot(n)
		}
	}
}

// component writes a component's nodes, in the order in which eval computes them.
func (b *builder) component(c *graph.Component) {
	if c.Dir == graph.Flat {
		for _, n := range c.Nodes {
			for s := range b.places[n].at {
				lo, hi := b.span(n, s)
				for t := lo; t < hi; t++ {
					b.node(n, s, t)
				}
			}
		}
		return
	}
	for s := range b.values.Series() {
		for i := range b.values.T(s) {
			t := i
			if c.Dir == graph.Backward {
				t = b.values.T(s) - 1 - i
			}
			for _, n := range c.Nodes {
				if lo, hi := b.span(n, s); lo <= t && t < hi {
					b.node(n, s, t)
				}
			}
		}
	}
}

// node writes the entries of a node's value in a series at a time.
func (b *builder) node(n *graph.Node, s, t int) {
	first, p := len(b.value), b.places[n]
	value := b.values.At(n, s, t)
	switch n.Kind {
	case graph.Row:
		b.row(&step{n, s, t, value, b.args(n, s, t)})
	case graph.Name:
		b.copy(b.find(n.Args[0], s, t), value, true)
	case graph.Shift:
		b.copy(b.find(n.Args[0], s, t-n.K), value, false)
	case graph.Window:
		size := n.Args[0].Shape.Len()
		for k := n.P; k >= n.Q; k-- {
			from := (n.P - k) * size
			b.copy(b.find(n.Args[0], s, t-k), cut(value, from, from+size), false)
		}
	case graph.Fold, graph.Total, graph.Pooled:
		b.added(n, value, b.summed(n, s, t))
	default:
		b.leaf(n, value)
	}
	p.at[s][t-p.lo] = first
}

// args are the first entries of a node's arguments.
func (b *builder) args(n *graph.Node, s, t int) []int {
	var out []int
	for _, a := range n.Args {
		out = append(out, b.find(a, s, t))
	}
	return out
}

// copy writes what is the same number as another. A name is where a scan stores what it carries, and
// may flush it to 0; a sum that is only named is still a sum.
func (b *builder) copy(from int, value series.Array, named bool) {
	for i := range value.Len() {
		b.begin()
		v, own := value.Float64(i), 0.0
		at := from
		if at >= 0 {
			at += i
		}
		b.edge(at, 1)
		s := alone(v)
		if named && at >= 0 {
			s = b.plus(sum{}, at)
		}
		if named && !b.exact(at) && v != 0 {
			own = b.tiny
		}
		b.end(v, own, s)
	}
}

// summed are the first entries of what a fold, a total or a pool adds up.
func (b *builder) summed(n *graph.Node, s, t int) []int {
	var out []int
	a := n.Args[0]
	switch n.Kind {
	case graph.Fold:
		for k := n.Q; k <= n.P; k++ {
			if at := b.find(a, s, t+k); at >= 0 {
				out = append(out, at+(n.P-k)*n.Shape.Len())
			}
		}
	case graph.Total:
		for t := range b.values.T(s) {
			if at := b.find(a, s, t); at >= 0 {
				out = append(out, at)
			}
		}
	default:
		for s := range b.values.Series() {
			if at := b.find(a, s, 0); at >= 0 {
				out = append(out, at)
			}
		}
	}
	return out
}

// added writes sums of whole arrays.
func (b *builder) added(n *graph.Node, value series.Array, from []int) {
	for i := range value.Len() {
		b.begin()
		v, s, exact, grid := value.Float64(i), sum{}, true, true
		for _, at := range from {
			at += i
			b.edge(at, 1)
			s = b.plus(s, at)
			exact = exact && b.exact(at)
			grid = grid && onGrid(b.value[at])
		}
		own := 0.0
		if !exact || !grid || s.mass >= gridMost {
			own = b.rounding(n, v, b.ulps(n), s.rounded(), exact)
		}
		b.end(v, own, s)
	}
}

// leaf writes what is given: a number that the format can't hold is rounded to it.
func (b *builder) leaf(n *graph.Node, value series.Array) {
	for i := range value.Len() {
		b.begin()
		v := value.Float64(i)
		own := 0.0
		if !fits(v) || value.Exact() && !isFloat(value.Rat[i]) {
			own = b.rounding(n, v, 0.5, math.Abs(v), false)
		}
		b.end(v, own, alone(v))
	}
}

// isFloat tells whether an exact number is a float64.
func isFloat(x *big.Rat) bool {
	if x == nil {
		return false
	}
	_, same := x.Float64()
	return same
}

// cut is entries from..to-1 as a column.
func cut(a series.Array, from, to int) series.Array {
	a.R, a.C = to-from, 1
	if a.Exact() {
		a.Rat = a.Rat[from:to]
	} else {
		a.Float = a.Float[from:to]
	}
	return a
}
