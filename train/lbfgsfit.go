package train

import (
	"context"
	"fmt"
	"math"

	"unroll/graph"

	"gonum.org/v1/gonum/floats"
)

// fitLBFGS is Fit by lbfgs: on all data at once, whole series, in float64. An epoch is one of its steps, of which
// there are 1000 at most unless the options say otherwise. A checkpoint has the weights, not what lbfgs knows of
// curvatures: a fit that is to go on from one begins anew, and comes to the same.
func fitLBFGS(ctx context.Context, p Problem, o Options) (*Result, error) {
	if o.Epochs == 0 {
		o.Epochs = 1000
	}
	o = o.filled()
	o.Batch, o.Window, o.Carry, o.Float64 = max(1, len(p.Data.Series)), 0, false, true
	if err := p.check(o); err != nil {
		return nil, err
	}
	if p.draws() {
		return nil, fmt.Errorf("lbfgs wants the same loss of the same weights, and %s draws random numbers; take another method, such as adam", p.Graph.Cell)
	}
	f, err := newFitting(p, o)
	if err != nil {
		return nil, err
	}
	err = f.lbfgs(ctx)
	return f.result(), err
}

// draws tells whether the loss depends on random numbers.
func (p Problem) draws() bool {
	return dependsOn(p.Graph.Loss, func(n *graph.Node) bool { return n.Kind == graph.Draw })
}

// lbfgs goes down until nothing is to be gained, or the options end it.
func (f *fitting) lbfgs(ctx context.Context) error {
	list := f.order.epoch(0)
	b, shares := &list[0], newShares(f.order, list)
	space := newSpace(f.vec.blocks, func(b *block) int { return b.copies })
	m := newLBFGS(space.point(f.vec, (*block).all), space.lo, space.hi, space.kinds, limits{steps: f.o.Epochs, tolerance: 1e-12})
	for !m.done && f.stopped == "" {
		if ctx.Err() != nil {
			f.stopped = "interrupted"
			return fmt.Errorf("training stopped after %d steps: %w", m.steps, context.Cause(ctx))
		}
		space.put(f.vec, m.at, (*block).all)
		loss, count, err := f.whole(b, shares)
		if err != nil {
			return err
		}
		space.slopes(m.at, f.gradient)
		before := m.steps
		m.tell(loss, f.gradient)
		space.settle(f.vec, m.x, (*block).all)
		switch {
		case math.IsNaN(m.f):
			copy(f.good, f.vec.raw)
			return f.broken(b, f.run(b, shares), loss)
		case m.steps == before && !(m.done && m.steps == 0):
			continue
		}
		f.step = m.steps
		f.tally = tally{m.f, count, floats.Norm(m.g, 2) / count, m.search.t}
		if err := f.finish(1); err != nil {
			return err
		}
	}
	if f.stopped == "" {
		f.stopped = m.reason
	}
	return nil
}

// whole is the loss of all data, by how many entries it is to be divided, and its gradient by weights' values.
func (f *fitting) whole(b *batch, s *shares) (loss, count float64, err error) {
	m, err := f.bench.load(b, f.run(b, s))
	if err != nil {
		return 0, 0, err
	}
	m.Run()
	clear(f.gradient)
	for i := range f.vec.blocks {
		w := &f.vec.blocks[i]
		w.collect(m, f.derivative.Weight[w.Name], b, f.gradient)
	}
	count = 1
	if !f.p.Mean {
		count = max(1, number(m, f.cut.count))
	}
	return number(m, f.cut.Loss), count, nil
}
