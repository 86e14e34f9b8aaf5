package plan

import (
	"fmt"
	"slices"

	"unroll/graph"
)

// needs are the tasks that must be done before a task, at its own time or at others.
func (l *lowering) needs(t *task, made map[*value][]*task, visit func(p *task, lag int)) {
	for _, r := range t.in {
		for _, p := range made[r.v] {
			visit(p, r.lag)
		}
	}
	for _, p := range t.after {
		visit(p, 0)
	}
	if s := t.out.start; s != nil {
		for _, p := range made[s] {
			visit(p, 0)
		}
	}
}

// eachNeed visits what the tasks of a loop need of other loops.
func (l *lowering) eachNeed(g *group, made map[*value][]*task, visit func(p *task, lag int)) {
	for _, t := range g.tasks {
		l.needs(t, made, func(p *task, lag int) {
			if p.group != g {
				visit(p, lag)
			}
		})
	}
}

// orderGroups puts the loops into an order in which each follows what it reads, and tells their phases.
func (l *lowering) orderGroups() {
	made := l.producers()
	state := map[*group]int{}
	var order []*group
	var visit func(g *group)
	visit = func(g *group) {
		if state[g] != 0 {
			return
		}
		state[g] = 1
		l.eachNeed(g, made, func(p *task, _ int) {
			visit(p.group)
			g.phase = max(g.phase, p.group.phase+p.phases())
		})
		order = append(order, g)
	}
	for _, g := range l.groups {
		visit(g)
	}
	l.groups = order
	l.place()
}

// place puts the loops into the order of the run.
func (l *lowering) place() {
	slices.SortStableFunc(l.groups, func(a, b *group) int { return a.phase - b.phase })
	for i, g := range l.groups {
		g.place = i
	}
}

// schedule puts each loop's tasks into the order of a step: as many programs' operations together as can be.
func (l *lowering) schedule() {
	made := l.producers()
	for _, g := range l.groups {
		early := l.early(g, made)
		fusible(g, early)
		waits := map[*task]int{}
		next := map[*task][]*task{}
		for _, t := range g.tasks {
			l.needs(t, made, func(p *task, lag int) {
				if p.group == g && lag == 0 && p != t && early[p] == early[t] {
					waits[t]++
					next[p] = append(next[p], t)
				}
			})
		}
		g.ops = batch(chosen(g.tasks, early, true), waits, next, false)
		for i := range g.ops { // one program, or none
			g.ops[i].early = true
		}
		g.ops = append(g.ops, batch(chosen(g.tasks, early, false), waits, next, !l.without["fuse"])...)
	}
}

// batch takes what is ready: all that is entry by entry as one program, then what isn't. If behind, what no
// product waits for comes last.
func batch(tasks []*task, waits map[*task]int, next map[*task][]*task, behind bool) []stepOp {
	var ops []stepOp
	left := slices.Clone(tasks)
	var soon map[*task]bool
	products := 0
	if behind {
		soon, products = urgent(tasks, next), outside(tasks)
	}
	take := func(inProgram bool) []*task {
		var out []*task
		for again := true; again; {
			again = false
			for i, t := range left {
				if t == nil || waits[t] > 0 || t.inProgram() != inProgram || behind && inProgram && products > 0 && !soon[t] {
					continue
				}
				left[i] = nil
				out = append(out, t)
				again = again || inProgram
				for _, n := range next[t] {
					waits[n]--
				}
			}
		}
		return out
	}
	for done := 0; done < len(tasks); {
		taken := take(true)
		var program []instr
		for _, t := range taken {
			program = append(program, t.code...)
		}
		if len(program) > 0 {
			ops = append(ops, stepOp{program: program})
		}
		others := take(false)
		products -= len(others)
		for _, t := range others {
			ops = append(ops, stepOp{task: t})
		}
		done += len(taken) + len(others)
		if len(taken)+len(others) == 0 {
			text := ""
			for _, t := range left {
				if t != nil {
					text += fmt.Sprintf("\n%d: %s %s %d waits %d", t.node.ID, t, t.node, t.index, waits[t])
					for _, a := range t.after {
						text += fmt.Sprintf(" after %s", a)
					}
				}
			}
			panic("plan: tasks of a loop wait for each other" + text)
		}
	}
	return ops
}

// shorten finds values that needn't be kept for all times: those read in their own loop only, at their
// own time; and if within one program, not even for a step.
func (l *lowering) shorten() {
	f := &finder{first: map[*value]home{}, kept: l.starters(), whole: map[*value]bool{}}
	for _, g := range l.groups {
		for i, op := range g.ops {
			f.op(home{g, i}, op)
		}
	}
	for v, h := range f.first {
		switch {
		case v.pinned || v.leaf || f.kept[v] || v.hold == shared || v.before+v.after > 0 || v.hold == temp:
		case f.whole[v] && !h.g.accumulates(v):
			v.hold = temp
		case h.g.dir != graph.Flat && v.hold == full:
			v.inStep(h)
		}
	}
	l.live()
}

// inStep keeps a value for a step, or for as many as are done at once.
func (v *value) inStep(h home) {
	v.hold = step
	if op := h.g.ops[h.op]; op.early {
		v.hold, v.beside = ahead, widest(op.program)
	}
	if h.g.dilated() {
		v.hold, v.scan = ahead, h.g
	}
}

// home is a part of a loop's step.
type home struct {
	g  *group
	op int
}

// finder finds where values are written and read.
type finder struct {
	first map[*value]home
	kept  map[*value]bool // read in another loop, at another time, or before a loop's first step
	whole map[*value]bool // within one program
}

func (f *finder) op(at home, op stepOp) {
	if op.task != nil {
		f.note(ref{v: op.task.out}, at, false)
		for _, r := range op.task.in {
			f.note(r, at, false)
		}
	}
	for _, in := range op.program {
		for _, r := range in.operands() {
			if r.v != nil {
				f.note(r, at, true)
			}
		}
	}
}

func (f *finder) note(r ref, at home, program bool) {
	v := r.v
	h, ok := f.first[v]
	if !ok {
		f.first[v], f.whole[v] = at, program
		h = at
	}
	f.kept[v] = f.kept[v] || r.lag != 0 || h.g != at.g
	f.whole[v] = f.whole[v] && h == at && program
}

// accumulates tells whether a loop adds to a value.
func (g *group) accumulates(v *value) bool {
	return slices.ContainsFunc(g.tasks, func(t *task) bool { return t.out == v && t.sums() })
}

// live finds the loops between which each value is alive.
func (l *lowering) live() {
	touch := func(v *value, g *group) {
		if v == nil {
			return
		}
		if v.born < 0 {
			v.born = g.place
		}
		v.born, v.last = min(v.born, g.place), max(v.last, g.place)
	}
	for _, g := range l.groups {
		for _, t := range g.tasks {
			touch(t.out, g)
			touch(t.out.start, g)
			for _, r := range t.in {
				touch(r.v, g)
			}
		}
	}
}
