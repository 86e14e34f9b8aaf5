package plan

import (
	"slices"

	"unroll/graph"
	"unroll/kernel"
)

// flush makes scans write 0 for what is smaller than the smallest normal number: states that decay to
// nothing, and adjoints, would else be computed a hundred times slower. Every loop through the steps
// passes one value that is flushed; as few are as can be found, each the one without which the least of
// the scan still depends on itself.
func (l *lowering) flush() {
	made := l.producers()
	for _, g := range l.groups {
		if g.dir == graph.Flat {
			continue
		}
		next := map[*task][]*task{} // in the scan: who reads a task's value, at its own time or another
		for _, t := range g.tasks {
			l.needs(t, made, func(p *task, _ int) {
				if p.group == g {
					next[p] = append(next[p], t)
				}
			})
		}
		cut := map[*task]bool{}
		for {
			t := heart(g.tasks, next, cut)
			if t == nil {
				break
			}
			cut[t] = true
			l.flushed(t)
		}
	}
}

// flushed adds the operation to a program, or makes one of it after what isn't entry by entry.
func (l *lowering) flushed(t *task) {
	op := instr{code: kernel.Flush, width: t.out.width, dst: ref{v: t.out}, a: ref{v: t.out}}
	if t.way == entries {
		t.code = append(t.code, op)
		return
	}
	f := &task{way: entries, node: t.node, out: t.out, code: []instr{op}, after: []*task{t}, group: t.group, index: t.index}
	l.tasks = append(l.tasks, f)
	t.group.tasks = append(t.group.tasks, f)
}

// heart is the task without which the fewest others are on a loop, one that is entry by entry if there is
// any; nil if there is no loop.
func heart(tasks []*task, next map[*task][]*task, cut map[*task]bool) *task {
	looped := onLoops(tasks, next, cut)
	var best *task
	least := 0
	for _, t := range looped {
		cut[t] = true
		n := 2 * len(onLoops(looped, next, cut))
		delete(cut, t)
		if t.way != entries {
			n += 2*len(looped) + 1 // rather not
		}
		if best == nil || n < least {
			best, least = t, n
		}
		if n == 0 {
			break
		}
	}
	return best
}

// onLoops are the tasks that depend on themselves, those that are cut left out: what is left when all
// that nobody among them reads, or that reads nobody, is taken away.
func onLoops(tasks []*task, next map[*task][]*task, cut map[*task]bool) []*task {
	left := map[*task]bool{}
	for _, t := range tasks {
		left[t] = !cut[t]
	}
	reads := map[*task]int{}
	for again := true; again; {
		again = false
		clear(reads)
		for _, t := range tasks {
			if !left[t] {
				continue
			}
			read := 0
			for _, r := range next[t] {
				if left[r] {
					read++
					reads[r]++
				}
			}
			if read == 0 {
				left[t], again = false, true
			}
		}
		for _, t := range tasks {
			if left[t] && reads[t] == 0 {
				left[t], again = false, true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(tasks), func(t *task) bool { return !left[t] })
}
