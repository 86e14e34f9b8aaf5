package plan

import (
	"unroll/graph"
	"unroll/kernel"
	"unroll/op"
)

// program runs operations entry by entry.
type program[T kernel.Real] struct {
	frame *kernel.Frame[T]
	block int // rows at once
}

func (p *program[T]) at(t, rows int) {
	for row := 0; row < rows; row += p.block {
		p.frame.Run(t, row, min(p.block, rows-row))
	}
}

func (p *program[T]) over(lo, hi, rows int, backward bool) {
	from, dt := lo, 1
	if backward {
		from, dt = hi-1, -1
	}
	for row := 0; row < rows; row += p.block {
		p.frame.Steps(from, dt, hi-lo, row, min(p.block, rows-row))
	}
}

// product is out = W·x, or out += W·x, for each row.
type product[T kernel.Real] struct {
	set    *kernel.Set[T]
	out, x view[T]
	panel  *panel[T]
	add    bool
	crew   *pool[T] // shares in what is long
	long   long[T]
}

func (p *product[T]) at(t, rows int) { p.mul(t, rows, p.out.row, p.x.row) }

// mul multiplies rows of one time, or of many if they lie evenly.
func (p *product[T]) mul(t, rows, ldc, lda int) {
	p.set.Mul(p.out.at(t, 0), ldc, p.x.at(t, 0), lda, rows, p.panel.data, p.panel.k, p.panel.n, p.add)
}

func (p *product[T]) over(lo, hi, rows int, _ bool) {
	if all, ldc, lda := evenly(hi-lo, rows, p.out, p.x); all > 0 {
		p.all(lo, all, ldc, lda)
		return
	}
	oneByOne(p, lo, hi, rows)
}

// evenly is how many rows two values have at some times, and how far they lie apart, if they are those of
// one array each: a row of each time, or rows of one time followed by those of the next. Else it is 0.
func evenly[T kernel.Real](times, rows int, a, b view[T]) (all, lda, ldb int) {
	switch {
	case rows == 1:
		return times, a.stride, b.stride
	case a.stride == rows*a.row && b.stride == rows*b.row:
		return times * rows, a.row, b.row
	}
	return 0, 0, 0
}

// oneByOne does an action at one time after the other.
func oneByOne(a interface{ at(t, rows int) }, lo, hi, rows int) {
	for t := lo; t < hi; t++ {
		a.at(t, rows)
	}
}

// gather is the sum over times and rows of u·v': a weight's gradient.
type gather[T kernel.Real] struct {
	set     *kernel.Set[T]
	out     []T
	u, v    view[T]
	scratch [][]T    // by core
	crew    *pool[T] // shares in what is wide
	wide    wide[T]
}

func (g *gather[T]) mul(t, rows, ldu, ldv int) {
	m, n := g.u.width, g.v.width
	g.set.MulT(g.out, n, g.u.at(t, 0), ldu, g.v.at(t, 0), ldv, rows, m, n, g.scratch[0])
}

// gathers add up so many times at once, from the last: in the order in which stretches do.
type gathers struct {
	all   []segmented
	times int
}

// segmented is a sum over times and rows, or over the times of each row, to which some times are added.
type segmented interface{ segment(lo, hi, rows int) }

func (x *gathers) at(t, rows int) { x.over(t, t+1, rows, false) }

func (x *gathers) over(lo, hi, rows int, _ bool) {
	for hi > lo {
		from := max(lo, (hi-1)/x.times*x.times)
		for _, g := range x.all {
			g.segment(from, hi, rows)
		}
		hi = from
	}
}

func (g *gather[T]) segment(lo, hi, rows int) {
	if all, ldu, ldv := evenly(hi-lo, rows, g.u, g.v); all > 0 {
		g.all(lo, all, ldu, ldv)
		return
	}
	for t := hi - 1; t >= lo; t-- {
		g.mul(t, rows, g.u.row, g.v.row)
	}
}

// pooling is the sum over the rows.
type pooling[T kernel.Real] struct {
	set *kernel.Set[T]
	out []T
	x   view[T]
}

func (p *pooling[T]) at(_, rows int) {
	clear(p.out)
	p.set.SumRows(p.out, p.x.at(0, 0), p.x.row, rows, p.x.width)
}

func (p *pooling[T]) over(_, _, rows int, _ bool) { p.at(0, rows) }

// products is a product of small matrices for each row.
type products[T kernel.Real] struct {
	set       *kernel.Set[T]
	out, a, b view[T]
	flips     [2]bool
	m, k, n   int
}

func (p *products[T]) at(t, rows int) {
	p.set.MulEach(p.out.at(t, 0), p.out.row, p.a.at(t, 0), p.a.row, p.flips[0], p.b.at(t, 0), p.b.row, p.flips[1], rows, p.m, p.k, p.n, false)
}

func (p *products[T]) over(lo, hi, rows int, _ bool) { oneByOne(p, lo, hi, rows) }

// table computes a row as the table of operations has it, in float64.
type table[T kernel.Real] struct {
	node *graph.Node
	out  view[T]
	args []view[T]
	in   []op.FloatArray
}

func (x *table[T]) at(t, rows int) {
	for row := range rows {
		for i, a := range x.args {
			for j, v := range a.entries(t, row) {
				x.in[i].Data[j] = float64(v)
			}
		}
		out := x.out.entries(t, row)
		for i, v := range x.node.Row.Float64(x.node.Shape, x.in) {
			out[i] = T(v)
		}
	}
}

func (x *table[T]) over(lo, hi, rows int, _ bool) { oneByOne(x, lo, hi, rows) }
