package plan

import (
	"slices"

	"unroll/graph"
	"unroll/kernel"
)

// early finds what of a scan waits for nothing in the scan, though it is computed there: it could be done
// for all times at once before it. In a step it takes no memory of its own, which is best where rows are wide.
// Where they are narrow most of an operation's time is its beginning, and all times at once have one. So such
// tasks are a program of their own, and a shard has them done where it wants.
func (l *lowering) early(g *group, made map[*value][]*task) map[*task]bool {
	out := map[*task]bool{}
	if g.dir == graph.Flat || l.without["early"] {
		return out
	}
	for _, t := range g.tasks {
		out[t] = t.way == entries && !t.repeats() && len(made[t.out]) == 1 && t.out.hold == full && !t.out.pinned && t.out.before+t.out.after == 0
	}
	for again := true; again; {
		again = false
		for _, t := range g.tasks {
			if !out[t] {
				continue
			}
			l.needs(t, made, func(p *task, lag int) {
				if p.group == g && (lag != 0 || !out[p]) {
					out[t], again = false, true
				}
			})
		}
	}
	return out
}

// fusible takes out of the early tasks the products that one late sum reads: there they are one operation,
// unless the sum has a late product besides, which is that.
func fusible(g *group, early map[*task]bool) {
	readers := map[*value][]*task{}
	product := map[*value]*task{}
	for _, t := range g.tasks {
		for _, r := range t.in {
			readers[r.v] = append(readers[r.v], t)
		}
		if len(t.code) > 0 && t.code[0].code == kernel.Mul {
			product[t.out] = t
		}
	}
	for _, t := range g.tasks {
		by := readers[t.out]
		if !early[t] || product[t.out] != t || len(by) != 1 || early[by[0]] || len(by[0].code) == 0 {
			continue
		}
		sum := by[0].code[0]
		late := func(r ref) bool {
			p := product[r.v]
			return p != nil && p != t && !early[p] && r.lag == 0 && len(readers[r.v]) == 1
		}
		if (sum.code == kernel.Add || sum.code == kernel.Sub) && !late(sum.a) && !late(sum.b) {
			delete(early, t)
		}
	}
}

// narrowest is how many entries a row of one time may have, all series of a shard together, for its
// operations to be done ahead, and for many times at once.
const narrowest = 64

// narrow tells whether a shard's rows are, whose widest value has so many entries a series.
func narrow[T kernel.Real](width, rows int) bool {
	return roundUp(width*rows, lanes[T]()) <= max(narrowest, lanes[T]())
}

// chosen are the tasks that are early, or those that aren't.
func chosen(tasks []*task, early map[*task]bool, want bool) []*task {
	return slices.DeleteFunc(slices.Clone(tasks), func(t *task) bool { return early[t] != want })
}

// placed are a loop's operations as a shard does them: its early program is run ahead where rows are narrow,
// else it's the beginning of the step.
func (b *Bound[T]) placed(s *shard[T], ops []stepOp) []stepOp {
	if len(ops) == 0 || !ops[0].early || narrow[T](widest(ops[0].program), s.rows) {
		return ops
	}
	ops = slices.Clone(ops)
	ops[0].early = false
	if len(ops) > 1 && ops[1].task == nil {
		ops[1].program = append(slices.Clip(ops[0].program), ops[1].program...)
		ops = ops[1:]
	}
	return ops
}
