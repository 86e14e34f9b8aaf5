package plan

import (
	"slices"

	"unroll/graph"
	"unroll/kernel"
)

// strip runs a program of narrow rows for many times at once: to the kernels all entries of a time, padding
// included, are one row of an array whose rows are the times. It is for what waits for no other time.
type strip[T kernel.Real] struct {
	each  *program[T] // where not all rows are active
	rows  int         // all of them
	block int         // times at once
	frame *kernel.Frame[T]
	rest  *kernel.Frame[T] // for fewer times than a block: so that neither is made ready again and again
}

func (p *strip[T]) at(t, rows int) { p.each.at(t, rows) }

func (p *strip[T]) over(lo, hi, rows int, backward bool) {
	if rows != p.rows {
		p.each.over(lo, hi, rows, backward)
		return
	}
	for ; hi-lo >= p.block; lo += p.block {
		p.frame.Run(lo, 0, p.block)
	}
	p.rest.Run(lo, 0, hi-lo)
}

// stripLen is about how many entries of an array a strip works on at once.
const stripLen = 512

// stripTimes is how many times of rows so wide are done at once: 1 if they are wide.
func stripTimes[T kernel.Real](width, rows int) int {
	if !narrow[T](width, rows) {
		return 1
	}
	return stripLen / roundUp(width*rows, lanes[T]())
}

// strip makes a strip of a program for all times, if that can be.
func (b *Bound[T]) strip(s *shard[T], code []instr, each *program[T]) action[T] {
	if !b.strips(s, code) {
		return each
	}
	pb := &placer[T]{b: b, s: s, scope: graph.Steps, strip: true, at: map[kernel.Class]int{}}
	p := b.plan.set.Program(pb.place(code), pb.classes)
	return &strip[T]{each: each, rows: s.rows, block: stripTimes[T](widest(code), s.rows), frame: p.Bind(s.mem, b.mem), rest: p.Bind(s.mem, b.mem)}
}

// strips tells whether a program can be run as a strip: each value has a row at each time, and the kernels'
// operations go entry by entry.
func (b *Bound[T]) strips(s *shard[T], code []instr) bool {
	if b.plan.l.without["strips"] || stripTimes[T](widest(code), s.rows) < 2 {
		return false
	}
	written := map[*value]bool{}
	for _, in := range code {
		written[in.dst.v] = true
	}
	return !slices.ContainsFunc(code, func(in instr) bool {
		return in.code >= kernel.Spread || slices.ContainsFunc(in.operands(), func(r ref) bool {
			switch {
			case r.v == nil, r.v.hold == temp:
				return false
			case r.v.hold == shared:
				return r.v.copies && s.rows != b.rows()
			}
			return s.stride(r.v) == 0 || r.lag != 0 && written[r.v]
		})
	})
}

// operands are what an operation reads and writes.
func (in *instr) operands() []ref { return []ref{in.dst, in.a, in.b, in.c} }
