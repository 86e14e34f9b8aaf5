package plan

import "unroll/kernel"

// Matrices that a series has of its own, one for all its times, are multiplied for all times at once, one
// series after the other.

// gathering is the sum over times of u·v' in each row: the gradient of a weight per series.
type gathering[T kernel.Real] struct {
	set       *kernel.Set[T]
	out, u, v view[T]
	scratch   []T
}

func (g *gathering[T]) segment(lo, hi, rows int) {
	for row := range rows {
		g.add(lo, hi, row)
	}
}

func (g *gathering[T]) add(lo, hi, row int) {
	m, n := g.u.width, g.v.width
	g.set.MulT(g.out.entries(0, row), n, g.u.at(lo, row), g.u.stride, g.v.at(lo, row), g.v.stride, hi-lo, m, n, g.scratch)
}

// steady is a product of each series' own matrix, which is the same at all times, and a vector of each time.
type steady[T kernel.Real] struct {
	*products[T]
	w, x   view[T] // the matrix, and the vector
	flip   bool    // the matrix lies as it multiplies rows from the right, not columns from the left
	k, n   int     // entries of the vector, and of the product
	panels []T
}

// steadyOf is a product that can be done so; nil for another.
func (s *shard[T]) steadyOf(p *products[T], a, b ref) *steady[T] {
	set := p.set
	x := &steady[T]{products: p, k: p.k}
	switch once := func(r ref) bool { return r.v.hold == series && r.v.width > 1 }; {
	case p.n == 1 && p.m > 1 && once(a) && b.v.hold == full:
		x.w, x.x, x.n, x.flip = p.a, p.b, p.m, p.flips[0]
	case p.m == 1 && p.n > 1 && once(b) && a.v.hold == full:
		x.w, x.x, x.n, x.flip = p.b, p.a, p.n, !p.flips[1]
	default:
		return nil
	}
	x.panels = s.panels(set.PanelLen(x.k, x.n))
	return x
}

func (x *steady[T]) over(lo, hi, rows int, _ bool) {
	rs, cs := 1, x.k
	if x.flip {
		rs, cs = x.n, 1
	}
	for row := range rows {
		x.set.Pack(x.panels, x.w.entries(0, row), x.k, x.n, rs, cs)
		x.set.Mul(x.out.at(lo, row), x.out.stride, x.x.at(lo, row), x.x.stride, hi-lo, x.panels, x.k, x.n, false)
	}
}
