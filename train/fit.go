package train

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"unroll/grad"
	"unroll/graph"
	"unroll/plan"
)

// fitting is a training under way.
type fitting struct {
	p          Problem
	o          Options
	data       *part // what is trained on
	cut        *cut
	derivative *grad.Derivative
	bench      *bench
	order      *batches
	vec        *vector
	store      *store
	optimiser  *optimiser
	schedule   *schedule
	averager   *averager // nil if no average is asked for
	valid      *validation

	gradient []float64 // by raw weight
	good     []float64 // the raw weights of the last step whose loss was finite
	best     []float64 // raw weights, or averages, of the best validation loss
	tally    tally
	watch    watch
	step     int // steps done
	epoch    int // epochs done
	at       int // steps done of the epoch under way
	epochs   []Epoch
	began    time.Time // of the epoch
	stopped  string
}

// tally adds up an epoch: losses, scored entries, norms, and the last rate.
type tally [4]float64

// watch looks for the best validation loss: that loss, epochs since, and whether there has been one.
type watch [3]float64

// Fit trains. It ends after the last epoch, or as the options say; the weights are then the best there were.
// If the context is cancelled it ends after the step under way: the error wraps the context's cause, and the
// result is good, as far as it goes. Nor is what there was lost if the loss becomes infinite or undefined;
// the error then names the equation, the series and the time where that began.
func Fit(ctx context.Context, p Problem, o Options) (*Result, error) {
	if o.Method == "lbfgs" {
		return fitLBFGS(ctx, p, o)
	}
	o = o.filled()
	if err := p.check(o); err != nil {
		return nil, err
	}
	f, err := newFitting(p, o)
	if err != nil {
		return nil, err
	}
	if o.From != nil {
		if err := f.resume(*o.From); err != nil {
			return nil, err
		}
	}
	err = f.train(ctx)
	return f.result(), err
}

func newFitting(p Problem, o Options) (*fitting, error) {
	f := &fitting{p: p, o: o, began: time.Now()}
	var err error
	if f.data, err = newPart(p, o.Holdout); err != nil {
		return nil, err
	}
	if err := f.data.longEnough(p.Graph, o.Holdout); err != nil {
		return nil, err
	}
	if o.Window > 0 && !f.data.timed {
		return nil, fmt.Errorf("the cell has no input over time to take windows of; leave the window out")
	}
	if f.vec, err = newVector(p.Graph, p.Weights); err != nil {
		return nil, err
	}
	if err := f.compile(); err != nil {
		return nil, err
	}
	f.order = &batches{t0: f.cut.T0, lengths: f.data.lengths, o: o}
	n := len(f.vec.raw)
	f.optimiser, f.schedule, f.averager = newOptimiser(o.Descent, n, f.vec.shared()), newSchedule(o.Descent), newAverager(o.Descent, n)
	f.gradient, f.good, f.best = make([]float64, n), slices.Clone(f.vec.raw), make([]float64, n)
	f.watch[0] = math.Inf(1)
	if o.Holdout > 0 {
		f.valid, err = newValidation(p, o)
	}
	return f, err
}

// compile makes the graph of a batch, and plans it and its derivative.
func (f *fitting) compile() error {
	f.cut = newCut(f.p.Graph, how{table: f.p.Table, windows: f.o.Window > 0, carry: f.o.Carry, mean: f.p.Mean})
	f.store = newStore(f.cut, f.o.Batch)
	if r := f.store.rows(); f.o.Carry && f.o.Window < r {
		return fmt.Errorf("a window has %d steps, and a lag reads %d steps back; make windows at least as long", f.o.Window, r)
	}
	if err := f.data.prepare(f.p, f.cut); err != nil {
		return err
	}
	d, err := grad.Loss(f.cut.Graph, f.p.Table)
	if err != nil {
		return err
	}
	f.derivative = d
	roots := []*graph.Node{f.cut.Loss, f.cut.count}
	for _, b := range f.vec.blocks {
		roots = append(roots, d.Weight[b.Name])
	}
	for _, c := range f.cut.carried {
		roots = append(roots, c.n)
	}
	room := slices.Max(f.data.lengths)
	if f.o.Window > 0 {
		room = min(room, f.o.Window+f.cut.T0)
	}
	bind, err := newBinder(d.Graph, roots, f.o.Float64, plan.Options{Cores: f.o.Cores, Room: room})
	f.bench = &bench{bind, map[int]*bound{}}
	return err
}

// train goes through the epochs.
func (f *fitting) train(ctx context.Context) error {
	for f.epoch < f.o.Epochs && f.stopped == "" {
		list := f.order.epoch(f.epoch)
		shares := newShares(f.order, list)
		for f.at < len(list) {
			if ctx.Err() != nil {
				f.stopped = "interrupted"
				if err := f.checkpoint(); err != nil {
					return err
				}
				return fmt.Errorf("training stopped in epoch %d: %w", f.epoch+1, context.Cause(ctx))
			}
			if err := f.advance(&list[f.at], shares, len(list)); err != nil {
				f.stopped = "the loss isn't finite"
				return err
			}
			if f.o.Every > 0 && f.step%f.o.Every == 0 && f.at < len(list) {
				if err := f.checkpoint(); err != nil {
					return err
				}
			}
		}
		if err := f.finish(len(list)); err != nil {
			return err
		}
	}
	if f.stopped == "" {
		f.stopped = "all epochs done"
	}
	return nil
}

// advance does a step.
func (f *fitting) advance(b *batch, s *shares, of int) error {
	run := f.run(b, s)
	m, err := f.bench.load(b, run)
	if err != nil {
		return err
	}
	m.Run()
	loss, count := number(m, f.cut.Loss), number(m, f.cut.count)
	active := f.collect(m, b, count)
	rate := f.schedule.rate(f.step, f.o.Epochs*of, f.epoch)
	norm := f.o.clip(f.gradient, active)
	if !finite(loss) || !finite(norm) {
		return f.broken(b, run, loss)
	}
	copy(f.good, f.vec.raw)
	f.store.take(m, b)
	f.optimiser.step(f.vec.raw, f.gradient, rate, active)
	f.vec.update(active)
	if f.averager != nil {
		f.averager.step(f.vec.raw)
	}
	f.step++
	f.at++
	if f.p.Mean {
		loss *= count
	}
	f.tally[0] += loss
	f.tally[1] += count
	f.tally[2] += norm
	f.tally[3] = rate
	if f.o.Step != nil {
		f.o.Step(Step{Epoch: f.epoch + 1, N: f.at, Of: of, Loss: loss / max(1, count)})
	}
	return nil
}

// collect reads the gradient by the raw numbers of a batch, per scored entry. It gives the ranges that have one.
func (f *fitting) collect(m machine, b *batch, count float64) []span {
	in := make([]bool, len(f.data.lengths))
	for _, s := range b.strands {
		in[s.series] = in[s.series] || f.order.steps(s) > 0
	}
	active := f.vec.active(in)
	for _, s := range active {
		clear(f.gradient[s.lo:s.hi])
	}
	scale := 1.0
	if !f.p.Mean && count > 0 {
		scale = 1 / count
	}
	for i := range f.vec.blocks {
		f.vec.blocks[i].collect(m, f.derivative.Weight[f.vec.blocks[i].Name], b, f.gradient)
	}
	f.vec.slopes(f.gradient, active, scale)
	return active
}
