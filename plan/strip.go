package plan

import (
	"slices"

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

// strip makes strips of a loop's program where that can be; what is added up over time stays step by step,
// behind them.
func (b *Bound[T]) strip(s *shard[T], g *group, code []instr) []action[T] {
	body, totals := code, []instr(nil)
	if g.dilated() {
		body, totals = apart(code)
	}
	inside := func(in instr) bool { return slices.ContainsFunc(in.operands(), local) }
	if !b.strips(s, g, body) || slices.ContainsFunc(totals, inside) {
		return []action[T]{b.program(s, g, code)}
	}
	pb := &placer[T]{b: b, s: s, scope: g.scope, strip: true, at: map[kernel.Class]int{}}
	p := b.plan.set.Program(pb.place(body), pb.classes)
	all := []action[T]{&strip[T]{each: b.program(s, g, body), rows: s.rows, block: stripTimes[T](widest(body), s.rows), frame: p.Bind(s.mem, b.mem), rest: p.Bind(s.mem, b.mem)}}
	if len(totals) > 0 {
		all = append(all, b.program(s, g, totals))
	}
	return all
}

// apart splits off what adds up over time.
func apart(code []instr) (body, totals []instr) {
	for _, in := range code {
		if in.dst.v.hold == series {
			totals = append(totals, in)
		} else {
			body = append(body, in)
		}
	}
	return body, totals
}

// strips tells whether a program can be run as a strip: each value has a row at each time, none is read at another
// time of the same strip, and the kernels' operations go entry by entry.
func (b *Bound[T]) strips(s *shard[T], g *group, code []instr) bool {
	if b.plan.l.without["strips"] || len(code) == 0 || stripTimes[T](widest(code), s.rows) < 2 {
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
			return s.stride(r.v) == 0 || r.lag != 0 && written[r.v] && !g.dilated()
		})
	})
}

// operands are what an operation reads and writes.
func (in *instr) operands() []ref { return []ref{in.dst, in.a, in.b, in.c} }
