package train

import (
	"context"
	"fmt"
	"math"
	"slices"

	"unroll/weights"
)

// crowd is the fits of all series by a method that makes one step after the other: an epoch is a step, on the
// whole of each series. Clipping, a plateau and patience are each series' own.
type crowd struct {
	*each
	optimiser *optimiser
	averager  *averager
	valid     *validation // nil if nothing is held out
	runners   []*runner   // by row of what is bound
	left      int
	gradient  []float64
	best      []float64 // raw weights of the best validation loss
}

// runner is the fit of one series.
type runner struct {
	series   int
	spans    []span // where its weights lie
	schedule *schedule
	watch    watch
	loss     float64
	done     bool
}

// descend fits all series.
func (e *each) descend(ctx context.Context) error {
	n := len(e.vec.raw)
	c := &crowd{each: e, optimiser: newOptimiser(e.o.Descent, n, e.vec.matrices()), averager: newAverager(e.o.Descent, n), left: len(e.rows)}
	c.gradient, c.best = make([]float64, n), slices.Clone(e.vec.raw)
	for _, i := range e.rows {
		r := &runner{series: i, schedule: newSchedule(e.o.Descent), watch: watch{math.Inf(1)}}
		for j := range e.vec.blocks {
			r.spans = append(r.spans, e.vec.blocks[j].at(i))
		}
		c.runners = append(c.runners, r)
	}
	if e.o.Holdout > 0 {
		var err error
		if c.valid, err = newValidation(e.p, e.o); err != nil {
			return err
		}
	}
	for step := 0; step < e.o.Epochs && c.left > 0; step++ {
		if err := c.step(step); err != nil {
			return err
		}
		if ctx.Err() != nil {
			c.end(step+1, "interrupted")
			return fmt.Errorf("stopped after %d steps: %w", step+1, context.Cause(ctx))
		}
		c.progress(step+1, e.o.Epochs)
	}
	c.end(e.o.Epochs, "all epochs done")
	return nil
}

// matrices are the ranges of weights that are matrices without bounds: what decays.
func (v *vector) matrices() []span {
	var out []span
	for _, b := range v.blocks {
		if b.Node.Shape.C > 1 && b.interval == weights.Free {
			out = append(out, b.all())
		}
	}
	return out
}

// step moves the weights of all series that aren't done.
func (c *crowd) step(step int) error {
	for row, r := range c.runners {
		if !r.done {
			if err := c.give(row); err != nil {
				return err
			}
		}
	}
	c.bound.Run()
	for row, r := range c.runners {
		if !r.done {
			c.move(row, r, step)
		}
	}
	if c.averager != nil {
		c.averager.step(c.vec.raw)
		c.averager.epoch(c.vec.raw)
	}
	return c.judge(step)
}

// move makes a series' step, unless its loss or gradient isn't finite: then it ends where it is.
func (c *crowd) move(row int, r *runner, step int) {
	from := &c.read[row]
	r.loss = from.loss[0] / from.by()
	for i, s := range r.spans {
		copy(c.gradient[s.lo:s.hi], from.gradient[i])
	}
	c.vec.slopes(c.gradient, r.spans, 1/from.by())
	if norm := c.o.clip(c.gradient, r.spans); !finite(r.loss) || !finite(norm) {
		c.leave(r, Fitted{Loss: r.loss, Steps: step, Stopped: "the loss or its gradient is undefined or infinite"})
		return
	}
	c.optimiser.step(c.vec.raw, c.gradient, r.schedule.rate(step, c.o.Epochs, step), r.spans)
	c.vec.update(r.spans)
}

// judge has a series leave that has waited long enough for a better validation loss.
func (c *crowd) judge(step int) error {
	now := c.now()
	var losses []float64
	if c.valid != nil {
		var err error
		if losses, err = c.validate(now); err != nil {
			return err
		}
	}
	for _, r := range c.runners {
		switch {
		case r.done:
		case losses == nil:
			r.schedule.validated(r.loss)
		default:
			c.compare(r, losses[r.series], now, step)
		}
	}
	return nil
}

// validate gives the validation loss of each series, by scored entry; NaN of one that has none.
func (c *crowd) validate(now []float64) ([]float64, error) {
	losses, counts := make([]float64, len(c.out)), make([]float64, len(c.out))
	err := c.valid.scores(c.vec, now, func(series int, sum, count float64) {
		losses[series] += sum
		counts[series] += count
	})
	for i, n := range counts {
		losses[i] /= n
	}
	return losses, err
}

// compare keeps the weights with the best validation loss.
func (c *crowd) compare(r *runner, loss float64, now []float64, step int) {
	r.schedule.validated(loss)
	if loss < r.watch[0] {
		r.watch = watch{loss, 0, 1}
		for _, s := range r.spans {
			copy(c.best[s.lo:s.hi], now[s.lo:s.hi])
		}
		return
	}
	if r.watch[1]++; c.o.Patience > 0 && int(r.watch[1]) >= c.o.Patience {
		why := fmt.Sprintf("the validation loss hasn't become better for %d epochs", c.o.Patience)
		c.leave(r, Fitted{Loss: r.loss, Steps: step + 1, Converged: true, Stopped: why})
	}
}

// now is the raw weights as they are used.
func (c *crowd) now() []float64 {
	if c.averager != nil {
		return c.averager.weights(c.vec.raw)
	}
	return c.vec.raw
}

// end has all leave that are under way.
func (c *crowd) end(steps int, why string) {
	for _, r := range c.runners {
		if !r.done {
			c.leave(r, Fitted{Loss: r.loss, Steps: steps, Converged: why != "interrupted", Stopped: why})
		}
	}
}

// leave ends the fit of a series, with its best weights.
func (c *crowd) leave(r *runner, f Fitted) {
	from := c.best
	if r.watch[2] == 0 {
		from = c.now()
	}
	for _, s := range r.spans {
		copy(c.vec.raw[s.lo:s.hi], from[s.lo:s.hi])
	}
	c.vec.update(r.spans)
	r.done = true
	c.left--
	c.report(r.series, f)
}
