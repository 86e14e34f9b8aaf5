package prove

import (
	"math"
	"math/rand/v2"

	"unroll/eval"
	"unroll/internal/step"
)

// differs holds a derivative against differences, but not where they don't settle: at a kink, or so
// near one that other steps give another number.
func (f *floats) differs(s slope) {
	want, off := f.difference(s, 1)
	size := f.size(want)
	for _, steps := range []float64{1. / 7, 1. / 49} {
		if math.Abs(s.got-want) <= differenceNear*size || !(off <= settled*size) {
			break
		}
		again, _ := f.difference(s, steps)
		off = max(off, math.Abs(want-again))
	}
	if !(off <= settled*size) {
		f.report.Unsettled++
		return
	}
	f.near(Differences, s, want, differenceNear)
}

const (
	settled = 3e-8 // how far off differences may be, relative to the derivative's size
	kinked  = 1e-4 // what the derivatives to the right and to the left differ by where there is a kink
)

// difference is the derivative by differences, and how far off it may be: far, at a kink, where that to the
// right and that to the left aren't the same. The steps are of a size.
func (f *floats) difference(s slope, size float64) (d, off float64) {
	at := func(h float64) float64 { return f.lossAt(s, h*size) }
	right, _ := extrapolated(2, func(h float64) float64 { return (at(h) - f.here) / (h * size) })
	left, _ := extrapolated(2, func(h float64) float64 { return (f.here - at(-h)) / (h * size) })
	d, off = extrapolated(4, func(h float64) float64 { return (at(h) - at(-h)) / (2 * h * size) })
	if apart := math.Abs(right - left); !(apart <= kinked*f.size(d)) {
		off = max(apart, math.Abs(d))
	}
	return d, off
}

// lossAt is the loss with one entry moved. What is stopped is held at the value that it has where
// nothing is moved: only so is the derivative that of a loss.
func (f *floats) lossAt(s slope, by float64) float64 {
	if !f.stops {
		return real(f.loss.Value(step.Bump{Weight: s.weight, Copy: s.copy, Entry: s.entry, By: complex(by, 0)}))
	}
	w := f.world.changed(f.graph, func(weight string, copy, entry int, x float64) float64 {
		if weight == s.weight && copy == s.copy && entry == s.entry {
			return x + by
		}
		return x
	})
	run := w.run(eval.Float)
	run.Stopped = f.values
	v, err := eval.Eval(f.graph, run)
	if err != nil {
		return math.NaN()
	}
	return v.At(f.graph.Loss, 0, 0).Float64(0)
}

// extrapolated is what f(h) comes to at h = 0, by Richardson's extrapolation over halved steps, and how far
// off it may be: the entry of his table that differs least from those beside it (Ridders 1982). Each
// halving makes the first term of the error smaller by a factor.
func extrapolated(factor float64, f func(h float64) float64) (best, off float64) {
	const halvings = 11
	var table [halvings][halvings]float64
	best, off = math.NaN(), math.Inf(1)
	for i := range halvings {
		table[i][0] = f(math.Ldexp(1, -5-i))
		power := factor
		for j := 1; j <= i; j++ {
			table[i][j] = (power*table[i][j-1] - table[i-1][j-1]) / (power - 1)
			power *= factor
			e := max(math.Abs(table[i][j]-table[i][j-1]), math.Abs(table[i][j]-table[i-1][j-1]))
			if e < off {
				best, off = table[i][j], e
			}
		}
	}
	return best, off
}

// noise is how much rounding makes of a derivative: ten times what it changes by between worlds that
// are the same up to the last digits; but a hundred-thousandth of its size at most.
func (f *floats) noise(s slope, size float64) float64 {
	if f.others == nil {
		f.others = f.nearby()
	}
	least, most := s.got, s.got
	for _, v := range f.others {
		got := v.At(f.d.Weight[s.weight], s.copy, 0).Float64(s.entry)
		least, most = min(least, got), max(most, got)
	}
	return min(10*(most-least), 1e-5*size)
}

// nearby are the values of the derivative where each weight is off by some 1e-13 of its size.
func (f *floats) nearby() []*eval.Values {
	var out []*eval.Values
	r := rand.New(rand.NewPCG(f.seed, 0))
	for range 6 {
		w := f.world.changed(f.graph, func(_ string, _, _ int, x float64) float64 {
			return x * (1 + 1e-13*(r.Float64()-0.5))
		})
		if v, err := f.eval(w, eval.Float); err == nil {
			out = append(out, v)
		}
	}
	return out
}
