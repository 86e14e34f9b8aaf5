package plan

import "unroll/graph"

// dilate finds scans whose loops all reach back, or ahead, several steps: so many steps wait for nothing of
// each other, and are done at once, each operation for all of them. Dilated layers are such scans.
func (l *lowering) dilate() {
	if l.without["dilated"] {
		return
	}
	made := l.producers()
	for _, g := range l.groups {
		if g.dir == graph.Flat {
			continue
		}
		for _, t := range g.tasks {
			l.needs(t, made, func(p *task, lag int) {
				if lag = max(lag, -lag); p.group == g && lag > 0 && (g.jump == 0 || lag < g.jump) {
					g.jump = lag
				}
			})
		}
	}
}

// dilated tells whether several steps of a loop are done at once.
func (g *group) dilated() bool { return g.jump > 1 }

// leapLen is how many entries a step may have, all series of a shard together, for several steps to be done at once.
// What else lasts a step only is then kept for all times, which costs more than it saves where rows are wide.
const leapLen = 256

// leaps is how many steps of a scan a shard of so many series does at once.
func (g *group) leaps(rows int) int {
	wide := 1
	for _, t := range g.tasks {
		wide = max(wide, t.out.width)
	}
	if wide*rows > leapLen {
		return 1
	}
	return g.jump
}

// leap does the actions for some times of a run at once, then for those that come next.
func (lp *loop[T]) leap(r run, backward bool) {
	for r.lo < r.hi {
		part := r
		if backward {
			part.lo = max(r.lo, r.hi-lp.jump)
			r.hi = part.lo
		} else {
			part.hi = min(r.hi, r.lo+lp.jump)
			r.lo = part.hi
		}
		for _, a := range lp.actions {
			a.over(part.lo, part.hi, r.rows, backward)
		}
	}
}
