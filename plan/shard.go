package plan

import (
	"unroll/graph"
	"unroll/kernel"
)

// shard is some series that are computed together, by one core, in memory of their own: rows are
// series, the longest first.
type shard[T kernel.Real] struct {
	b      *Bound[T]
	series []int // by row: which of the data's
	rows   int
	times  int   // of the longest, or of the stretch
	room   int   // times that there is memory for
	active []int // by time: how many series have it
	runs   []run // times at which as many series are active
	from   int   // the time that is 0 here: where the stretch begins
	*stretches[T]
	t0   int
	area area
	mem  []T

	partial map[*task]int // of sums over the series: where this shard's part lies
	scratch [][]T         // of products, by core
	packs   []T           // room for a matrix of a series, packed for products over its times
}

// panels is room for a packed matrix, while it is multiplied.
func (s *shard[T]) panels(n int) []T {
	if len(s.packs) < n {
		s.packs = aligned[T](n)
	}
	return s.packs[:n]
}

// run is a range of times at which as many rows are active.
type run struct{ lo, hi, rows int }

// newShard lays out a shard of some series.
func newShard[T kernel.Real](b *Bound[T], part []int) *shard[T] {
	s := &shard[T]{b: b, series: part, rows: len(part), t0: b.plan.g.T0, partial: map[*task]int{}}
	s.enlist()
	s.room = max(s.times, b.plan.options.Room)
	if b.plan.routes != nil {
		s.stretches = newStretches(s)
		s.room = s.times
	}
	s.area = b.plan.layShard(s.rows, s.room)
	scratch := 0
	for _, t := range b.plan.l.tasks {
		if t.overSeries() {
			s.partial[t] = s.area.size
			s.area.size += roundUp(t.out.width, lanes[T]())
		}
		for _, o := range t.outer {
			scratch = max(scratch, b.plan.set.ScratchLen(o.u.v.width, o.v.v.width))
		}
	}
	s.scratch = make([][]T, b.sharers(s))
	for i := range s.scratch {
		s.scratch[i] = make([]T, scratch)
	}
	return s
}

// enlist finds at which times how many of the series are active.
func (s *shard[T]) enlist() {
	s.times = s.b.leaves.T(s.series[0])
	s.active, s.runs = s.active[:0], s.runs[:0]
	rows := s.rows
	for t := range s.times {
		for rows > 0 && s.b.leaves.T(s.series[rows-1]) <= t {
			rows--
		}
		s.active = append(s.active, rows)
		if n := len(s.runs); n == 0 || s.runs[n-1].rows != rows {
			s.runs = append(s.runs, run{t, t, rows})
		}
		s.runs[len(s.runs)-1].hi = t + 1
	}
}

// blockRows is how many rows a program works on at once: about a block's entries, and such that each
// block begins at a vector's boundary, whatever the width.
func blockRows[T kernel.Real](rows int, code []instr) int {
	even := 1
	for _, in := range code {
		if in.width%lanes[T]() != 0 || in.code.Reduces() {
			even = lanes[T]()
		}
	}
	return min(rows, roundUp(max(1, block/widest(code)), even))
}

// stride is how many entries one time of a value takes.
func (s *shard[T]) stride(v *value) int {
	if !isLong[T](v, s.rows) {
		return 0
	}
	return stride[T](v, s.rows)
}

// view is a value as it is read, lag steps before: rows of width entries in mem, from base on, the next
// time stride further.
type view[T kernel.Real] struct {
	mem                      []T
	base, stride, row, width int
}

func (s *shard[T]) view(r ref) view[T] {
	if r.v.hold == shared {
		return view[T]{mem: s.b.mem, base: s.b.area.off[r.v.id], width: r.v.width}
	}
	st := s.stride(r.v)
	return view[T]{mem: s.mem, base: s.area.off[r.v.id] - r.lag*st, stride: st, row: r.v.width, width: r.v.width}
}

// at is all from a row of a time on.
func (v view[T]) at(t, row int) []T { return v.mem[v.base+t*v.stride+row*v.row:] }

// entries is a row of a time.
func (v view[T]) entries(t, row int) []T {
	at := v.base + t*v.stride + row*v.row
	return v.mem[at : at+v.width]
}

// first is the first time of a scope.
func (s *shard[T]) first(scope graph.Scope) int {
	if scope == graph.Times {
		return 0
	}
	return min(max(s.t0-s.from, 0), s.times)
}

// open writes what lags and leads read beside a value's times: its start, and 0.
func (s *shard[T]) open(v *value) {
	first := s.first(v.scope)
	s.startRows(v, first-v.before, first)
	s.close(v)
}

// startRows writes a value's start at the times lo to hi-1.
func (s *shard[T]) startRows(v *value, lo, hi int) {
	at := s.view(ref{v: v})
	for t := lo; t < hi; t++ {
		for row := range s.rows {
			s.begin(at.entries(t, row), v.start, row)
		}
	}
}

// begin writes a start.
func (s *shard[T]) begin(to []T, start *value, row int) {
	if start == nil {
		clear(to)
		return
	}
	from := s.view(ref{v: start}).entries(0, row)
	for i := range to {
		to[i] = from[min(i, len(from)-1)]
	}
}

// close writes 0 after each series' last time, as far as leads read.
func (s *shard[T]) close(v *value) {
	if v.after == 0 {
		return
	}
	for t := s.first(v.scope); t < s.times+v.after; t++ {
		s.clear(v, t, s.activeAt(t), s.activeAt(t-v.after))
	}
}

// span is how many times the longest series has.
func (s *shard[T]) span() int { return len(s.active) }

// activeAt is how many series have a time; all of them have those before 0.
func (s *shard[T]) activeAt(t int) int {
	t += s.from
	switch {
	case t < 0:
		return s.rows
	case t >= len(s.active):
		return 0
	}
	return s.active[t]
}

// clear writes 0 in rows lo to hi-1 of a time.
func (s *shard[T]) clear(v *value, t, lo, hi int) {
	if hi <= lo {
		return
	}
	at := s.view(ref{v: v})
	clear(at.mem[at.base+t*at.stride+lo*at.row : at.base+t*at.stride+hi*at.row])
}

// part is where this shard's part of a sum over the series lies.
func (s *shard[T]) part(t *task) []T { return s.mem[s.partial[t]:][:t.out.width] }
