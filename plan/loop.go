package plan

import (
	"slices"

	"unroll/graph"
	"unroll/kernel"
)

// loop is a group bound to memory.
type loop[T kernel.Real] struct {
	s       *shard[T] // nil of what is shared
	scope   graph.Scope
	dir     graph.Direction
	jump    int         // of a scan: how many steps are done at once, if it is more than one
	sums    bool        // runs backward, whatever its direction
	ahead   []action[T] // of a scan: what is done for all times before it
	actions []action[T]
	opens   []*value // whose rows beside their times are read
	resumes []*value // in a stretch: of those, the ones that no loop has written before
	hands   []*value // and the ones that no loop writes later
	totals  []*value // which are added up over time
	parts   [][]T    // of gradients, which are added up over times and series
	leads   []*value // of a backward scan: what it reads at later times
}

// action is a part of a step.
type action[T kernel.Real] interface {
	// at does it at one time, for the rows that are active.
	at(t, rows int)
	// over does it at the times lo to hi-1, at all of which so many rows are active; backward says from
	// the last to the first.
	over(lo, hi, rows int, backward bool)
}

// run computes the loop.
func (lp *loop[T]) run() {
	if lp.s == nil {
		lp.once(1)
		return
	}
	lp.begin()
	lp.pass()
}

// begin sets to 0 what is added up.
func (lp *loop[T]) begin() {
	for _, v := range lp.totals {
		clear(lp.s.mem[lp.s.area.off[v.id]:][:v.width*lp.s.rows])
	}
	for _, part := range lp.parts {
		clear(part)
	}
}

// pass goes through the times.
func (lp *loop[T]) pass() {
	if lp.s.stretches == nil {
		for _, v := range lp.opens {
			lp.s.open(v)
		}
	}
	lp.flat(lp.ahead)
	switch {
	case lp.scope == graph.Series:
		lp.once(lp.s.rows)
	case lp.dir == graph.Flat && !lp.sums:
		lp.flat(lp.actions)
	case lp.dir == graph.Forward:
		lp.forward()
	default:
		lp.backward()
	}
	if len(lp.s.runs) > 1 && lp.dir != graph.Backward {
		for _, v := range lp.opens {
			lp.s.close(v)
		}
	}
}

func (lp *loop[T]) once(rows int) {
	for _, a := range lp.actions {
		a.at(0, rows)
	}
}

// clip is the part of a run that lies in the loop's times.
func (lp *loop[T]) clip(r run) run {
	r.lo = max(r.lo, lp.s.first(lp.scope))
	return r
}

// flat does each action for all times at once. The last come first, in which order gradients are added up.
func (lp *loop[T]) flat(actions []action[T]) {
	for _, a := range actions {
		for _, r := range slices.Backward(lp.s.runs) {
			if r = lp.clip(r); r.lo < r.hi {
				a.over(r.lo, r.hi, r.rows, false)
			}
		}
	}
}

func (lp *loop[T]) forward() {
	for _, r := range lp.s.runs {
		lp.walk(lp.clip(r), false)
	}
}

// walk does the actions at one time of a run after the other. A program alone knows how to; all else would
// do the times at once, as if none waited for another.
func (lp *loop[T]) walk(r run, backward bool) {
	if lp.jump > 1 {
		lp.leap(r, backward)
		return
	}
	if len(lp.actions) == 1 && r.lo < r.hi {
		if p, ok := lp.actions[0].(*program[T]); ok {
			p.over(r.lo, r.hi, r.rows, backward)
			return
		}
	}
	for i := range r.hi - r.lo {
		t := r.lo + i
		if backward {
			t = r.hi - 1 - i
		}
		for _, a := range lp.actions {
			a.at(t, r.rows)
		}
	}
}

// backward goes from the last time to the first. A series that comes in with its own last time finds 0
// after it, and in its totals.
func (lp *loop[T]) backward() {
	before := lp.s.activeAt(lp.s.times)
	for _, r := range slices.Backward(lp.s.runs) {
		lp.enter(r.hi-1, before, r.rows)
		before = r.rows
		lp.walk(lp.clip(r), true)
	}
	for _, v := range lp.totals {
		lp.s.clear(v, 0, before, lp.s.rows) // those without a time haven't come in
	}
}

// enter clears what was written, beside rows that were active, where the rows lo to hi-1 come in at t.
func (lp *loop[T]) enter(t, lo, hi int) {
	if lo == 0 {
		return
	}
	for _, v := range lp.totals {
		lp.s.clear(v, 0, lo, hi)
	}
	for _, v := range lp.leads {
		for k := 1; k <= v.after; k++ {
			lp.s.clear(v, t+k, lo, hi)
		}
	}
}
