package train

import (
	"fmt"
	"math"
	"time"

	"unroll/graph"
)

// finish ends an epoch.
func (f *fitting) finish(steps int) error {
	t := f.tally
	e := Epoch{N: f.epoch + 1, Steps: steps, Loss: t[0] / max(1, t[1]), Valid: math.NaN(), Rate: t[3], Norm: t[2] / float64(steps)}
	if f.averager != nil {
		f.averager.epoch(f.vec.raw)
	}
	judged := e.Loss
	if f.valid != nil {
		var err error
		if e.Valid, err = f.valid.loss(f.vec, f.now()); err != nil {
			return err
		}
		judged = e.Valid
		e.Best = f.judge(e.Valid)
	}
	f.schedule.validated(judged)
	e.Seconds = time.Since(f.began).Seconds()
	f.began = time.Now()
	f.epochs = append(f.epochs, e)
	f.epoch++
	f.at, f.tally = 0, tally{}
	if f.o.Progress != nil {
		f.o.Progress(e)
	}
	return f.checkpoint()
}

// judge keeps the weights if their validation loss is the best.
func (f *fitting) judge(valid float64) (best bool) {
	if valid < f.watch[0] {
		f.watch = watch{valid, 0, 1}
		copy(f.best, f.now())
		return true
	}
	f.watch[1]++
	f.losePatience()
	return false
}

// losePatience ends training if there has been no better validation loss for too long.
func (f *fitting) losePatience() {
	if f.o.Patience > 0 && int(f.watch[1]) >= f.o.Patience {
		f.stopped = fmt.Sprintf("the validation loss hasn't become better for %d epochs", f.o.Patience)
	}
}

// now is the raw weights as they are used: averages, if they are asked for.
func (f *fitting) now() []float64 {
	if f.averager != nil {
		return f.averager.weights(f.vec.raw)
	}
	return f.vec.raw
}

func (f *fitting) checkpoint() error {
	if f.o.Checkpoint == nil {
		return nil
	}
	if err := f.o.Checkpoint(f.state()); err != nil {
		return fmt.Errorf("the checkpoint after %d steps: %w", f.step, err)
	}
	return nil
}

func (f *fitting) result() *Result {
	raw := f.now()
	if f.watch[2] > 0 {
		raw = f.best
	}
	r := &Result{Weights: f.vec.weights(raw), Epochs: f.epochs, Stopped: f.stopped, State: f.state()}
	for _, i := range f.data.short {
		r.Short = append(r.Short, f.p.Data.Series[i].ID)
	}
	return r
}

// number reads a node that is one number for all.
func number(m machine, n *graph.Node) float64 {
	var x [1]float64
	m.Read(n, 0, 0, x[:])
	return x[0]
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
