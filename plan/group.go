package plan

import (
	"slices"

	"unroll/graph"
	"unroll/kernel"
)

// group is a loop: tasks that are computed together, for all times at once or step by step.
type group struct {
	scope graph.Scope
	dir   graph.Direction
	tasks []*task
	ops   []stepOp
	jump  int // of a scan: the least lag, or lead, at which a step reads another
	phase int // the phases of a run end where something is summed over the series
	place int // in the order of the run
}

// stepOp is a part of a step: a program, or a task that isn't entry by entry.
type stepOp struct {
	program []instr
	task    *task
	early   bool // the first: a program that could be run for all times before the scan
}

// sums tells whether a loop adds up over time; it then runs backward, so that series of unequal
// length begin with their own last step.
func (g *group) sums() bool {
	return slices.ContainsFunc(g.tasks, func(t *task) bool { return t.way == summed })
}

// use is a task that reads a value, lag steps before.
type use struct {
	t   *task
	lag int
}

// group puts tasks into loops: each scan is one, each other task for itself, unless it can be computed
// where it is read.
func (l *lowering) group() {
	l.number()
	for _, t := range l.tasks {
		t.group = l.scans[t.node]
		if t.group == nil {
			t.group = &group{scope: t.node.Scope}
			switch t.way {
			case pooled:
				t.group.scope = graph.Series
			case gradient, gathered:
				t.group.scope = graph.Steps
			case summed:
				t.group.scope = t.in[0].v.scope
			}
		}
		t.group.scope = max(t.group.scope, min(t.node.Scope, graph.Steps))
	}
	l.accumulate()
	l.sumWhereMade()
	l.sink()
	seen := map[*group]bool{}
	for _, t := range l.tasks {
		t.group.tasks = append(t.group.tasks, t)
		if !seen[t.group] {
			seen[t.group] = true
			l.groups = append(l.groups, t.group)
		}
	}
}

// number gives tasks the order of the schedule.
func (l *lowering) number() {
	at := map[*graph.Node]int{}
	for i, n := range l.nodes {
		at[n] = i
	}
	for _, t := range l.tasks {
		t.index = at[t.node]
	}
	slices.SortStableFunc(l.tasks, func(a, b *task) int { return a.index - b.index })
}

// uses are the tasks that read each value.
func (l *lowering) uses() map[*value][]use {
	out := map[*value][]use{}
	for _, t := range l.tasks {
		seen := map[ref]bool{}
		for _, r := range t.in {
			if !seen[r] {
				seen[r] = true
				out[r.v] = append(out[r.v], use{t, r.lag})
			}
		}
		if t.add { // it reads what it is added to
			out[t.out] = append(out[t.out], use{t, 0})
		}
	}
	return out
}

// producers are the tasks that write each value.
func (l *lowering) producers() map[*value][]*task {
	out := map[*value][]*task{}
	for _, t := range l.tasks {
		out[t.out] = append(out[t.out], t)
	}
	return out
}

// sumWhereMade puts a sum over time into the backward scan that makes what is summed.
func (l *lowering) sumWhereMade() {
	made := l.producers()
	for _, t := range l.tasks {
		if t.way != summed || t.in[0].lag != 0 {
			continue
		}
		if p := made[t.in[0].v]; len(p) == 1 && p[0].way == entries && p[0].group.dir == graph.Backward {
			t.group = p[0].group
		}
	}
}

// sink moves what is computed entry by entry, and read at its own time in one loop only, into that loop,
// from the last to the first: so that it need not be stored.
func (l *lowering) sink() {
	if l.without["fuse"] {
		return
	}
	uses := l.uses()
	starts := l.starters()
	for _, t := range slices.Backward(l.tasks) {
		if t.way == entries && t.group.dir == graph.Flat && !t.out.pinned && !starts[t.out] {
			if g := onlyGroup(t, uses[t.out]); g != nil {
				t.group = g
			}
		}
	}
}

// onlyGroup is the one loop in which a value is read, nil if there is no such.
func onlyGroup(t *task, uses []use) *group {
	var g *group
	for _, u := range uses {
		inProgram := u.t.way == entries || u.t.way == summed
		if !inProgram || u.lag != 0 || g != nil && u.t.group != g || !sameTimes(t.group.scope, u.t.group.scope) {
			return nil
		}
		g = u.t.group
	}
	return g
}

// sameTimes tells whether what has one scope can be computed in a loop of the other: at fewer times if
// nobody wants it at the rest.
func sameTimes(a, loop graph.Scope) bool {
	return a == loop || a == graph.Times && loop == graph.Steps
}

// accumulate lets a product be added to what stands there already, in place of a sum.
func (l *lowering) accumulate() {
	if l.without["accumulate"] {
		return
	}
	uses, made := l.uses(), l.producers()
	for _, t := range slices.Clone(l.tasks) {
		if t.way != entries || len(t.code) != 1 || t.code[0].code != kernel.Add {
			continue
		}
		a, b := t.code[0].a, t.code[0].b
		if addTo(t, a, b, uses, made) || addTo(t, b, a, uses, made) {
			l.tasks = slices.DeleteFunc(l.tasks, func(x *task) bool { return x == t })
			uses, made = l.uses(), l.producers()
		}
	}
}

// addTo makes of t = x + product a product that is added to x, whose place becomes t's.
func addTo(t *task, x, product ref, uses map[*value][]use, made map[*value][]*task) bool {
	once := func(r ref) bool {
		return r.lag == 0 && !r.v.pinned && !r.v.leaf && r.v.before+r.v.after == 0 && readers(uses[r.v], r.v) == 1 && len(made[r.v]) > 0
	}
	if x.v == product.v || x.v.width != t.out.width || x.v.scope != t.out.scope || !once(x) || !once(product) {
		return false
	}
	p := made[product.v]
	if len(p) != 1 || p[0].way != linear || !sameLoop(p[0].group, t.group) || x.v.hold != full || len(t.in) != 2 {
		return false
	}
	for _, before := range made[x.v] {
		before.out = t.out
		for i := range before.code {
			if before.code[i].dst.v == x.v {
				before.code[i].dst.v = t.out
			}
		}
	}
	p[0].out, p[0].add = t.out, true
	p[0].after = append(p[0].after, made[x.v]...)
	p[0].index = max(p[0].index, t.index)
	return true
}

// sameLoop tells whether what one group computes can be added to by the other: they are one, or both are
// for all times at once.
func sameLoop(a, b *group) bool {
	return a == b || a.dir == graph.Flat && b.dir == graph.Flat && a.scope == b.scope && a.scope > graph.Global
}

// readers counts the uses of a value besides those that add to it.
func readers(uses []use, v *value) int {
	n := 0
	for _, u := range uses {
		if u.t.out != v {
			n++
		}
	}
	return n
}
