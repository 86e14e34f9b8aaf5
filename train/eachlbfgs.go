package train

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// team is the fits of all series by lbfgs, in step with each other.
type team struct {
	*each
	space    *space
	limits   limits
	starts   int     // of each series
	start    *vector // the weights at their own start
	jobs     []*job  // by row of what is bound
	all      int     // how many jobs there are
	left     int     // and how many of them under way
	gradient []float64
}

// job is the fit of one series: of the ends that it comes to from its starts the lowest.
type job struct {
	series int
	now    *lbfgs
	set    int // starts that it has set out from
	best   *lbfgs
	count  float64 // scored entries
}

// better prefers an end to an earlier one: if it is lower by more than rounding, and one that hasn't converged
// only if it is clearly so, since the weights may be on their way to infinity.
func (m *lbfgs) better(than *lbfgs) bool {
	const rounding, clearly = 1e-7, 1e-4
	by := rounding
	switch {
	case math.IsNaN(than.f):
		return true
	case than.converged && !m.converged:
		by = clearly
	case m.converged && !than.converged:
		by = -clearly
	}
	return m.f < than.f-by*math.Abs(than.f)
}

// lbfgs fits all series. A fit ends after so many steps at most; 0: 1000.
func (e *each) lbfgs(ctx context.Context, steps int) error {
	t := &team{each: e, limits: limits{steps: steps, tolerance: 1e-9}, starts: e.o.Starts, start: e.vec.copy(), all: len(e.rows), left: len(e.rows)}
	if steps == 0 {
		t.limits.steps = 1000
	}
	t.space = newSpace(e.vec.blocks, func(*block) int { return 1 })
	t.gradient = make([]float64, len(t.space.lo))
	switch {
	case t.space.boxed == 0:
		t.starts = 1
	case t.starts == 0:
		t.starts = 4
	}
	for _, i := range e.rows {
		j := &job{series: i}
		t.setOut(j)
		t.jobs = append(t.jobs, j)
	}
	for t.left > 0 {
		err := t.shrink()
		if err == nil {
			err = t.round()
		}
		if ctx.Err() != nil && t.left > 0 {
			err = t.stopped(ctx)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// stopped has those that are under way leave with what they have.
func (t *team) stopped(ctx context.Context) error {
	err := fmt.Errorf("stopped when %d of %d series were fitted: %w", t.all-t.left, t.all, context.Cause(ctx))
	for _, j := range t.jobs {
		if !j.now.done {
			j.now.stop(false, "interrupted")
			j.set = t.starts
			t.ended(j)
		}
	}
	return err
}

// where is where a weight's numbers lie that are a series'.
func (j *job) where(b *block) span { return b.at(j.series) }

// setOut begins a fit from the next start.
func (t *team) setOut(j *job) {
	x := t.space.point(t.start, j.where)
	if j.set > 0 {
		t.space.spread(x, j.set)
	}
	j.set++
	j.now = newLBFGS(x, t.space.lo, t.space.hi, t.space.kinds, t.limits)
}

// shrink lays memory out anew for those that are under way, once they are half.
func (t *team) shrink() error {
	if 2*t.left > len(t.rows) {
		return nil
	}
	t.jobs = slices.DeleteFunc(t.jobs, func(j *job) bool { return j.now.done })
	rows := make([]int, len(t.jobs))
	for row, j := range t.jobs {
		rows[row] = j.series
	}
	return t.bind(rows)
}

// round computes what all ask for, and tells them.
func (t *team) round() error {
	for row, j := range t.jobs {
		if j.now.done {
			continue
		}
		t.space.put(t.vec, j.now.at, j.where)
		if err := t.give(row); err != nil {
			return err
		}
	}
	t.bound.Run()
	for row, j := range t.jobs {
		if j.now.done {
			continue
		}
		r := &t.read[row]
		for i, g := range r.gradient {
			copy(t.gradient[t.space.kinds[i].lo:], g)
		}
		t.space.slopes(j.now.at, t.gradient)
		j.count = r.by()
		j.now.tell(r.loss[0], t.gradient)
		t.ended(j)
	}
	t.progress(t.all-t.left, t.all)
	return nil
}

// ended keeps the lowest end of a series, and has it set out anew or leave.
func (t *team) ended(j *job) {
	if !j.now.done {
		return
	}
	if j.best == nil || j.now.better(j.best) {
		j.best = j.now
	}
	if j.set < t.starts {
		t.setOut(j)
		return
	}
	t.left--
	b := j.best
	t.space.settle(t.vec, b.x, j.where)
	t.report(j.series, Fitted{Loss: b.f / j.count, Steps: b.steps, Converged: b.converged, Stopped: b.reason})
}
