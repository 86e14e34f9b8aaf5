package bound

import (
	"math"

	"unroll/graph"
	"unroll/op"
	"unroll/series"
)

// step is a row at a time: its value, and the first entries of its arguments.
type step struct {
	n     *graph.Node
	s, t  int
	value series.Array
	args  []int
}

func (b *builder) row(r *step) {
	switch {
	case r.n.Row.Terms != nil:
		b.linear(r)
	case r.n.Row.Vector != nil:
		b.lines(r)
	default:
		for i := range r.value.Len() {
			b.entry(r, i)
		}
	}
}

// linear is a linear row's terms, entry by entry. They depend on shapes and constants only.
type linear struct {
	entries [][]op.Term
	copies  bool // each is an entry of an argument: nothing is multiplied
}

func (b *builder) linearOf(r *step) *linear {
	l := b.terms[r.n]
	if l != nil {
		return l
	}
	l = &linear{copies: true}
	var shapes []op.Shape
	var consts []int
	for i, a := range r.n.Args {
		shapes, consts = append(shapes, a.Shape), append(consts, whole(a, b.at(r.args[i])))
	}
	for i := range r.n.Shape.Len() {
		terms := r.n.Row.Terms(shapes, consts, i/r.n.Shape.C, i%r.n.Shape.C)
		for _, t := range terms {
			l.copies = l.copies && len(t) == 1
		}
		l.entries = append(l.entries, terms)
	}
	b.terms[r.n] = l
	return l
}

// whole is a number as a place or a size, -1 if it can't be one.
func whole(n *graph.Node, x float64) int {
	if n.Shape != op.Scalar || x != math.Trunc(x) || x < 0 || x > math.MaxInt32 {
		return -1
	}
	return int(x)
}

// linear writes sums of products of entries.
func (b *builder) linear(r *step) {
	l := b.linearOf(r)
	at := func(ref op.Ref) int {
		if r.args[ref.Arg] < 0 {
			return -1
		}
		return r.args[ref.Arg] + ref.Row*r.n.Args[ref.Arg].Shape.C + ref.Col
	}
	for i, terms := range l.entries {
		b.begin()
		s, exact, grid, bent := sum{}, true, true, 0.0
		for _, t := range terms {
			p := 1.0
			if len(t) == 2 {
				bent += times(b.off(at(t[0])), b.off(at(t[1])))
			}
			for k, ref := range t {
				p *= b.at(at(ref))
				exact = exact && b.exact(at(ref))
				b.edge(at(ref), b.others(t, k, at))
			}
			if p != 0 {
				s.count, s.mass = s.count+1, s.mass+math.Abs(p)
				grid = grid && onGrid(p)
			}
		}
		v := r.value.Float64(i)
		if l.copies {
			s.counted = s.mass // nothing is multiplied, so there is one rounding fewer
		}
		own := 0.0
		if small := grid && s.mass < gridMost || s.count <= 1 && fits(v); !exact || !small {
			own = bent + b.rounding(r.n, v, b.ulps(r.n), s.rounded(), exact)
		}
		b.end(v, own, s)
	}
}

// others is the product of a term's factors but one: the derivative by that.
func (b *builder) others(t op.Term, but int, at func(op.Ref) int) float64 {
	p := 1.0
	for k, ref := range t {
		if k != but {
			p *= b.at(at(ref))
		}
	}
	return p
}

// entry writes an entry of a row that runs entry by entry; a number stands for an array of it.
func (b *builder) entry(r *step, i int) {
	b.begin()
	count := len(r.args)
	from, exact := make([]int, count), true
	x, off, by := make([]float64, count), make([]float64, count), make([]float64, count)
	for k, at := range r.args {
		if at >= 0 && r.n.Args[k].Shape != op.Scalar {
			at += i
		}
		from[k], x[k], off[k] = at, b.at(at), b.off(at)
		exact = exact && b.exact(at)
	}
	for k, at := range from {
		if !b.exact(at) {
			by[k] = slope(r.n.Row, x, k)
			b.edge(at, by[k])
		}
	}
	v := r.value.Float64(i)
	s, size := b.entrySum(r.n.Row, from, x, v)
	own := 0.0
	if !exact || r.n.Row.Ulps > 0.5 || !fits(v) {
		own = bend(r.n.Row, x, off, by) + b.rounding(r.n, v, b.ulps(r.n), size, exact)
	}
	b.end(v, own, s)
	if masked := r.n.Row.Name == "over" || r.n.Row.Name == "gated"; masked && x[0] == 0 && b.exact(from[0]) {
		return // 0 whatever the other is
	}
	for _, c := range cutsOf(r.n.Row, x) {
		b.doubt(r, i, c, from)
	}
}

// entrySum is what an entry adds up, and the size of the numbers that it rounds.
func (b *builder) entrySum(r *op.Row, from []int, x []float64, v float64) (s sum, size float64) {
	switch r.Name {
	case "neg":
		return b.plus(sum{}, from[0]), 0
	case "+", "-":
		if s = b.plus(b.plus(sum{}, from[0]), from[1]); s.count > 2 {
			return s, max(s.rounded(), math.Abs(v)) // who runs it may add in another order
		}
	case "mod": // a − b·floor(a/b)
		return alone(v), math.Abs(v) + math.Abs(x[0])
	case "hard_sigmoid": // a/6 + 1/2
		return alone(v), math.Abs(v) + 0.5
	case "lgamma", "polygamma": // sums of numbers about 1, and larger ones
		return alone(v), math.Abs(v) + 1
	}
	return alone(v), math.Abs(v)
}
