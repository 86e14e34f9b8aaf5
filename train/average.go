package train

import "fmt"

// averager averages raw weights while they are trained: over the steps, or over the ends of the last epochs.
type averager struct {
	d     Descent
	slot  map[string][]float64 // "ema", or "epoch 0", "epoch 1" …: a ring
	count []float64            // steps, and epochs, so far
	mean  []float64            // what weights gave last
}

// newAverager makes the averager of n raw weights; nil if the settings ask for no average.
func newAverager(d Descent, n int) *averager {
	if d.EMA == 0 && d.AverageLast == 0 {
		return nil
	}
	a := &averager{d: d, slot: map[string][]float64{}, count: make([]float64, 2), mean: make([]float64, n)}
	if d.EMA > 0 {
		a.slot["ema"] = make([]float64, n)
	}
	for i := range d.AverageLast {
		a.slot[ringName(i)] = make([]float64, n)
	}
	return a
}

func ringName(i int) string { return fmt.Sprintf("epoch %d", i) }

// step takes the weights in after a step. Of the average as much is kept as the settings say, but at the
// t-th step no more than (1+t)/(10+t), so that the weights' start is soon forgotten.
func (a *averager) step(raw []float64) {
	ema := a.slot["ema"]
	if ema == nil {
		return
	}
	t := a.count[0]
	a.count[0]++
	if t == 0 {
		copy(ema, raw)
		return
	}
	keep := min(a.d.EMA, (1+t)/(10+t))
	for i, x := range raw {
		ema[i] += (x - ema[i]) * (1 - keep)
	}
}

// epoch takes the weights in after an epoch.
func (a *averager) epoch(raw []float64) {
	if a.d.AverageLast > 0 {
		copy(a.slot[ringName(int(a.count[1])%a.d.AverageLast)], raw)
	}
	a.count[1]++
}

// weights are the averages; before the first step, or the first epoch's end, the weights themselves. They
// are the averager's own memory until it is asked again.
func (a *averager) weights(raw []float64) []float64 {
	copy(a.mean, raw)
	n := min(int(a.count[1]), a.d.AverageLast)
	switch {
	case a.d.EMA > 0 && a.count[0] > 0:
		copy(a.mean, a.slot["ema"])
	case n > 0:
		clear(a.mean)
		for e := range n {
			for i, x := range a.slot[ringName(e)] {
				a.mean[i] += x
			}
		}
		for i := range a.mean {
			a.mean[i] /= float64(n)
		}
	}
	return a.mean
}

// slots are what a checkpoint keeps of the averages: their own memory.
func (a *averager) slots() map[string][]float64 {
	out := map[string][]float64{"count": a.count}
	for name, values := range a.slot {
		out[name] = values
	}
	return out
}

// restore takes what slots gave.
func (a *averager) restore(from map[string][]float64) error {
	return restore("the averages", a.slots(), from)
}
