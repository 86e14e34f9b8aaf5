package plan

import "unroll/kernel"

// shared products are those over all times of a batch that is one shard: cut by rows, or a weight's
// gradient by the rows of the weight, so that each entry is computed by one core as it would be alone.

// sharing is a pool for a batch that is one shard, nil for another.
func (s *shard[T]) sharing() *pool[T] {
	if s.b.pool == nil || s.b.pool.workers == 0 || len(s.b.shards) != 1 || s.b.plan.l.without["cores"] {
		return nil
	}
	return s.b.pool
}

// sharers is how many cores may work for a shard.
func (b *Bound[T]) sharers(s *shard[T]) int {
	if s.rows < b.leaves.Series() {
		return 1
	}
	return b.plan.options.Cores
}

// piece is the part of n that the i-th of so many takes, cut at multiples of a vector.
func piece[T kernel.Real](n, i, parts int) (lo, hi int) {
	at := func(i int) int { return min(n, roundUp(n*i/parts, lanes[T]())) }
	return at(i), at(i + 1)
}

// long is a product over many rows.
type long[T kernel.Real] struct {
	*product[T]
	t, rows, ldc, lda int
}

func (p *long[T]) part(i, parts int) {
	lo, hi := piece[T](p.rows, i, parts)
	if lo < hi {
		p.set.Mul(p.out.at(p.t, 0)[lo*p.ldc:], p.ldc, p.x.at(p.t, 0)[lo*p.lda:], p.lda, hi-lo, p.panel.data, p.panel.k, p.panel.n, p.add)
	}
}

// all multiplies many rows, on several cores if that pays.
func (p *product[T]) all(t, rows, ldc, lda int) {
	if p.crew == nil || rows*p.panel.k*p.panel.n < worthwhile {
		p.mul(t, rows, ldc, lda)
		return
	}
	p.long = long[T]{p, t, rows, ldc, lda}
	p.crew.share(&p.long)
}

// wide is a weight's gradient.
type wide[T kernel.Real] struct {
	*gather[T]
	t, rows, ldu, ldv int
}

func (g *wide[T]) part(i, parts int) {
	n := g.v.width
	lo, hi := piece[T](g.u.width, i, parts)
	if lo < hi {
		g.set.MulT(g.out[lo*n:], n, g.u.at(g.t, 0)[lo:], g.ldu, g.v.at(g.t, 0), g.ldv, g.rows, hi-lo, n, g.scratch[i])
	}
}

// all adds up many rows, on several cores if that pays.
func (g *gather[T]) all(t, rows, ldu, ldv int) {
	if g.crew == nil || rows*g.u.width*g.v.width < worthwhile {
		g.mul(t, rows, ldu, ldv)
		return
	}
	g.wide = wide[T]{g, t, rows, ldu, ldv}
	g.crew.share(&g.wide)
}
