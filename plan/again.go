package plan

import (
	"slices"

	"unroll/graph"
	"unroll/kernel"
)

// cheap is the cost of an entry up to which it is computed again for speed, and cheapForMemory where memory
// matters more: two functions such as tanh.
const cheap, cheapForMemory = 2, 20

// again makes a scan compute for itself what is cheap and another loop had to keep for it: a value made
// entry by entry of others that are there anyway, such as 1 - z or the tanh of a kept state.
func (l *lowering) again() {
	if l.without["again"] {
		return
	}
	starts := l.starters()
	uses, made := l.uses(), l.producers()
	for _, t := range slices.Clone(l.tasks) {
		if t.way != entries || t.out.hold != full || t.out.pinned || t.out.before+t.out.after > 0 || starts[t.out] || !l.isCheap(t.code) {
			continue
		}
		g := l.wantedIn(t, uses[t.out])
		if g != nil && !slices.ContainsFunc(t.in, func(r ref) bool { return !keptUntil(r.v, g, t, uses) && !t.repeats() }) && len(made[t.out]) == 1 {
			l.copyInto(g, t, uses[t.out])
			uses, made = l.uses(), l.producers()
		}
	}
}

// repeats tells whether a task repeats numbers over rows: rather than its result the numbers are kept.
func (t *task) repeats() bool {
	return t.way == entries && len(t.code) == 1 && t.code[0].code == kernel.Spread
}

// isCheap tells whether code is worth running again. Where only memory matters, a product isn't: what is kept
// isn't rounded together with a sum that reads it, and with less memory all bits are to be the same.
func (l *lowering) isCheap(code []instr) bool {
	cost := costOf(code)
	return cost <= cheap || cost <= l.cheap && code[len(code)-1].code != kernel.Mul
}

// costOf is about how many simple operations an entry takes.
func costOf(code []instr) int {
	n := 0
	for _, in := range code {
		switch {
		case in.code >= kernel.Exp && in.code <= kernel.Selu:
			n += 10
		case in.code == kernel.Div || in.code == kernel.Sqrt || in.code == kernel.Over:
			n += 3
		case in.code > kernel.Spread:
			n += 4
		default:
			n++
		}
	}
	return n
}

// wantedIn is the one scan, besides a task's own loop, that reads its result, if that is in programs and at
// its own time; else nil.
func (l *lowering) wantedIn(t *task, uses []use) *group {
	var g *group
	for _, u := range uses {
		if u.t.group == t.group {
			continue
		}
		if g != nil && u.t.group != g || u.lag != 0 || u.t.way != entries && u.t.way != summed {
			return nil
		}
		g = u.t.group
	}
	if g == nil || g.dir == graph.Flat || !sameTimes(t.group.scope, g.scope) {
		return nil
	}
	return g
}

// keptUntil tells whether a value is there when a loop runs, whoever else wants what t makes of it.
func keptUntil(v *value, g *group, t *task, uses map[*value][]use) bool {
	if v.leaf || v.pinned || v.hold != full {
		return true
	}
	return slices.ContainsFunc(uses[v], func(u use) bool { return u.t != t && u.t.group.place >= g.place })
}

// copyInto makes a copy of a task in a loop, which then reads the copy's result.
func (l *lowering) copyInto(g *group, t *task, uses []use) {
	out := l.newValue(t.node, t.out.width, t.out.scope, full)
	c := &task{way: entries, node: t.node, out: out, in: slices.Clone(t.in), code: slices.Clone(t.code), group: g, index: t.index}
	fresh := map[*value]*value{t.out: out}
	for i := range c.code {
		in := &c.code[i]
		if v := in.dst.v; fresh[v] == nil { // for the program alone
			fresh[v] = l.newValue(nil, v.width, v.scope, temp)
		}
		for _, r := range append(in.args(), &in.dst) {
			if v := fresh[r.v]; v != nil {
				r.v = v
			}
		}
	}
	for _, u := range uses {
		if u.t.group == g {
			u.t.reads(t.out, out)
		}
	}
	l.tasks = append(l.tasks, c)
	g.tasks = append(g.tasks, c)
}

// reads makes a task read one value instead of another.
func (t *task) reads(old, now *value) {
	for i := range t.in {
		if t.in[i].v == old {
			t.in[i].v = now
		}
	}
	for i := range t.code {
		for _, r := range t.code[i].args() {
			if r.v == old {
				r.v = now
			}
		}
	}
}
