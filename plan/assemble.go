package plan

import (
	"slices"

	"unroll/graph"
	"unroll/kernel"
	"unroll/op"
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

// action binds a task that isn't entry by entry.
func (b *Bound[T]) action(s *shard[T], t *task) []action[T] {
	set := b.plan.set
	out := s.view(ref{v: t.out})
	n := t.node
	args := make([]view[T], len(t.in))
	for i, r := range t.in {
		args[i] = s.view(r)
	}
	switch t.way {
	case linear:
		return []action[T]{&product[T]{set: set, out: out, x: args[0], panel: b.panelOf(t), add: t.add, crew: s.sharing()}}
	case each:
		k := n.Args[0].Shape.C
		p := &products[T]{set: set, out: out, a: args[0], b: args[1], flips: t.flips, m: n.Shape.R, k: k, n: n.Shape.C}
		if st := s.steadyOf(p, t.in[0], t.in[1]); st != nil {
			return []action[T]{st}
		}
		return []action[T]{p}
	case gradient:
		part := s.part(t)
		all := &gathers[T]{times: b.plan.options.segment}
		for _, o := range t.outer {
			all.all = append(all.all, &gather[T]{set: set, out: part, u: s.view(o.u), v: s.view(o.v), scratch: s.scratch, crew: s.sharing()})
		}
		return []action[T]{all}
	case gathered:
		all := &gatherings[T]{times: b.plan.options.segment}
		for _, o := range t.outer {
			all.all = append(all.all, &gathering[T]{set: set, out: out, u: s.view(o.u), v: s.view(o.v), scratch: s.scratch[0]})
		}
		return []action[T]{all}
	case pooled:
		return []action[T]{&pooling[T]{set: set, out: s.part(t), x: args[0]}}
	}
	switch n.Kind {
	case graph.Window:
		return []action[T]{s.stack(out, t.over, n.P, n.Q)}
	case graph.Shift:
		return []action[T]{s.stack(out, t.over, n.K, n.K)}
	case graph.Fold:
		return []action[T]{&overlay[T]{out: out, x: s.view(t.over), p: n.P, q: n.Q}}
	}
	if from := movesOf(n); from != nil {
		return []action[T]{newMoves(out, args, from)}
	}
	x := &table[T]{node: n, out: out, args: args}
	for _, a := range n.Args {
		x.in = append(x.in, op.FloatArray{Shape: a.Shape, Data: make([]float64, a.Shape.Len())})
	}
	return []action[T]{x}
}

// movesOf lists which entries make an entry of a linear row; nil if it multiplies.
func movesOf(n *graph.Node) [][]move {
	if n.Row.Terms == nil || n.Row.Form == op.Product || n.Row.Form == op.Iota {
		return nil
	}
	shapes, consts := make([]op.Shape, len(n.Args)), make([]int, len(n.Args))
	for i, a := range n.Args {
		shapes[i], consts[i] = a.Shape, -1
		if a.Kind == graph.Const && a.Shape == op.Scalar && a.Value[0].IsInt() {
			consts[i] = int(a.Value[0].Num().Int64())
		}
	}
	var out [][]move
	for i := range n.Shape.R {
		for j := range n.Shape.C {
			from := []move{}
			for _, term := range n.Row.Terms(shapes, consts, i, j) {
				if len(term) != 1 {
					return nil
				}
				r := term[0]
				from = append(from, move{r.Arg, r.Row*shapes[r.Arg].C + r.Col})
			}
			out = append(out, from)
		}
	}
	return out
}
