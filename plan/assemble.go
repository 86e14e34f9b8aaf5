package plan

import (
	"slices"

	"unroll/graph"
	"unroll/kernel"
)

// assemble binds the plan's loops to the memory, and puts them into phases.
func (b *Bound[T]) assemble() {
	l := b.plan.l
	ready := b.readyIn()
	last := 0
	for _, p := range ready {
		last = max(last, p)
	}
	for _, g := range l.groups {
		last = max(last, g.phase+1)
	}
	b.phases = make([]phase[T], last+1)
	for i := range b.phases {
		b.phases[i].shards = make([][]*loop[T], len(b.shards))
	}
	loops := map[*group][]*loop[T]{} // by shard
	for _, g := range l.groups {
		ph := &b.phases[g.phase]
		if g.scope == graph.Global {
			ph.common = append(ph.common, b.loop(nil, g))
			continue
		}
		for i, s := range b.shards {
			lp := b.loop(s, g)
			ph.shards[i] = append(ph.shards[i], lp)
			loops[g] = append(loops[g], lp)
		}
		for _, t := range g.tasks {
			if t.overSeries() {
				x := sum{v: t.out}
				for _, s := range b.shards {
					x.at = append(x.at, s.partial[t])
				}
				ph.sums = append(ph.sums, x)
			}
		}
	}
	if b.plan.routes != nil {
		b.walks(loops)
	}
	for _, v := range l.values {
		if v.copies {
			ph := &b.phases[ready[v.repeats]]
			ph.copies = append(ph.copies, v)
		}
	}
	for i := range b.panels {
		ph := &b.phases[ready[b.panels[i].v]]
		ph.panels = append(ph.panels, &b.panels[i])
	}
}

// readyIn is the phase at whose beginning a shared value can be read by shards.
func (b *Bound[T]) readyIn() map[*value]int {
	ready := map[*value]int{}
	for _, t := range b.plan.l.tasks {
		if t.out.hold == shared {
			ready[t.out] = t.group.phase + t.phases()
		}
	}
	return ready
}

// loop binds a group to a shard's memory; s is nil for what is shared.
func (b *Bound[T]) loop(s *shard[T], g *group) *loop[T] {
	lp := &loop[T]{s: s, scope: g.scope, dir: g.dir, sums: g.sums()}
	if s == nil {
		s = &shard[T]{b: b, rows: 1, mem: b.mem, area: b.area}
	}
	lp.jump = g.leaps(s.rows)
	for ops := b.placed(s, g.ops); len(ops) > 0; {
		ops = ops[b.part(lp, s, g, ops):]
	}
	if g.scope == graph.Global {
		lp.actions = append(lp.actions, &cells[T]{b: b, tasks: g.tasks})
		return lp
	}
	for _, t := range g.tasks {
		v := t.out
		switch t.way {
		case summed, gathered:
			lp.totals = append(lp.totals, v)
		case gradient:
			lp.parts = append(lp.parts, s.part(t))
		}
		if v.before+v.after > 0 && v.hold == full && !slices.Contains(lp.opens, v) {
			lp.opens = append(lp.opens, v)
		}
		if g.dir == graph.Backward && v.after > 0 {
			lp.leads = append(lp.leads, v)
		}
	}
	return lp
}

// part adds to a loop what operations begin with, and tells how many of them that is.
func (b *Bound[T]) part(lp *loop[T], s *shard[T], g *group, ops []stepOp) int {
	if n := b.joined(s, g, ops); n > 0 {
		lp.actions = append(lp.actions, b.programOf(s, g, ops[:n]))
		return n
	}
	op := ops[0]
	switch {
	case op.task != nil:
		lp.actions = append(lp.actions, b.action(s, op.task)...)
	case op.early:
		lp.ahead = append(lp.ahead, b.strip(s, g, op.program)...)
	case g.scope >= graph.Steps && g.dir == graph.Flat || g.dilated():
		lp.actions = append(lp.actions, b.strip(s, g, op.program)...)
	default:
		lp.actions = append(lp.actions, b.program(s, g, op.program))
	}
	return 1
}

// cells repeats shared numbers, once they are computed, in all lanes.
type cells[T kernel.Real] struct {
	b     *Bound[T]
	tasks []*task
}

func (c *cells[T]) at(int, int) {
	for _, t := range c.tasks {
		c.b.cell(t.out)
	}
}

func (c *cells[T]) over(_, _, _ int, _ bool) { c.at(0, 1) }

// program gives a program's operands their places.
func (b *Bound[T]) program(s *shard[T], g *group, code []instr) *program[T] {
	return b.programOf(s, g, []stepOp{{program: code}})
}

// programOf makes one program of parts of a step.
func (b *Bound[T]) programOf(s *shard[T], g *group, ops []stepOp) *program[T] {
	pb := &placer[T]{b: b, s: s, scope: g.scope, at: map[kernel.Class]int{}}
	var code []kernel.Instr
	block := s.rows
	for _, op := range ops {
		if op.task != nil {
			code = append(code, pb.product(op.task))
			continue
		}
		program := b.plan.l.ofRows(op.program, s.rows)
		code = append(code, pb.place(program)...)
		block = min(block, blockRows[T](s.rows, program))
	}
	frame := b.plan.set.Program(code, pb.classes).Bind(s.mem, b.mem, b.packed)
	return &program[T]{frame: frame, block: block}
}

// placer finds the classes of a program's operands: segment 0 is the shard's memory, 1 what is shared,
// 2 the packed weights.
type placer[T kernel.Real] struct {
	b       *Bound[T]
	s       *shard[T]
	scope   graph.Scope
	strip   bool // rows are whole times
	classes []kernel.Class
	at      map[kernel.Class]int
}

// place gives operations their operands' places.
func (p *placer[T]) place(code []instr) []kernel.Instr {
	out := make([]kernel.Instr, len(code))
	for i, in := range code {
		out[i] = kernel.Instr{Code: in.code, Width: in.width, Dst: p.operand(in.dst), A: p.operand(in.a), B: p.operand(in.b), C: p.operand(in.c)}
		switch {
		case p.strip:
			out[i].Width = roundUp(in.width*p.s.rows, lanes[T]())
		case p.s.rows == 1:
			p.ofOne(in, &out[i])
		}
	}
	return out
}

func (p *placer[T]) operand(r ref) kernel.Operand {
	v := r.v
	switch {
	case v == nil:
		return kernel.Operand{Class: p.class(kernel.Class{})}
	case v.hold == temp:
		off := p.s.area.off[v.id]
		return kernel.Operand{Class: p.class(kernel.Class{Seg: 0}), Off: off}
	case v.hold == shared:
		row := v.width
		if v.width == 1 {
			row = 0
		}
		written := p.scope == graph.Global && !v.leaf
		return kernel.Operand{Class: p.class(kernel.Class{Seg: 1, Row: row}), Off: p.b.area.off[v.id], Fixed: v.width == 1 && !written}
	}
	st := p.s.stride(v)
	row := v.width
	if p.strip {
		row = st
	}
	return kernel.Operand{Class: p.class(kernel.Class{Seg: 0, Time: st, Row: row}), Off: p.s.area.off[v.id] - r.lag*st}
}

func (p *placer[T]) class(c kernel.Class) int {
	i, ok := p.at[c]
	if !ok {
		i = len(p.classes)
		p.at[c] = i
		p.classes = append(p.classes, c)
	}
	return i
}
