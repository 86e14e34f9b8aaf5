package page_test

import (
	"fmt"
	"math"
	"math/big"
	"strings"

	"unroll"
	"unroll/explain"
	"unroll/internal/near"
	"unroll/series"
)

// learningRate is that of a solution that is not told one.
var learningRate = big.NewRat(1, 10)

var zero = new(big.Rat)

// checkPrime holds the formula of a function's derivative, tanh′(a), against differences: at places
// where no function has a corner.
func (a *audit) checkPrime(c readChain, name string) {
	a.counts["derivatives of functions"]++
	a.wantEquals(c)
	for _, x := range []float64{-2.1, -0.7, 0.4, 1.3} {
		r := reading{world: a.world}
		y := r.apply(name, number(x))
		const eps = 1e-6
		slope := (r.apply(name, number(x+eps)).Float64(0) - r.apply(name, number(x-eps)).Float64(0)) / (2 * eps)
		for _, f := range c.xs {
			v, err := reading{world: a.world, refs: f.refs, free: map[string]series.Array{"a": number(x), "y": y}}.value(f.expr)
			if err != nil || !near.Close(v.Float64(0), slope, 1e-6) {
				a.wrong(c.where(), "at a = %v it gives %v (%v), and the slope is %v", x, v, err, slope)
			}
		}
	}
}

// wantEquals wants no other sign than "=" in a chain.
func (a *audit) wantEquals(c readChain) {
	for _, l := range c.links {
		if l.sign != "=" {
			a.wrong(c.where(), "the sign %s", l.sign)
		}
	}
}

// checkIdentity wants both sides of an equation to be the same.
func (a *audit) checkIdentity(c readChain) {
	a.counts["identities"]++
	a.wantEquals(c)
	left, err := a.value(c.left, moment{series: a.series})
	for _, x := range c.xs {
		right, err2 := a.value(x, moment{series: a.series})
		if err != nil || err2 != nil || !near.Close(left.Float64(0), right.Float64(0), 1e-9) || left.Exact() && !agrees(left, right) {
			a.wrong(c.where(), "%v (%v) on the left, %v (%v) on the right", left, err, right, err2)
		}
	}
}

// checkStart checks what a state is before the first step, or after the last.
func (a *audit) checkStart(c readChain) {
	a.counts["starts"]++
	for _, t := range []int{a.first - 1, a.ends(0)} {
		m := moment{}.with("t", t)
		truth, err := a.value(c.left, m)
		if v, err2 := a.value(c.xs[0], m); err == nil && err2 == nil && agrees(v, truth) {
			return
		}
	}
	a.wrong(c.where(), "it isn't so, neither before the first step nor after the last")
}

// movedWeight is a weight after one step of gradient descent.
func (a *audit) movedWeight(r *ref, m moment) series.Array {
	if a.copies[r.name] == 0 || a.slopes[r.name] == nil {
		return fault("%s is no weight that is moved", r.name)
	}
	if theta, by, value := a.theta(r, m); value != nil {
		out := make([]float64, theta.Len())
		for e := range out {
			out[e] = value(theta.Float64(e) - 0.1*by.Float64(e))
		}
		return series.Floats(theta.R, theta.C, out)
	}
	from, slope := a.run.Weights()[r.name][a.copyOf(r, m)], a.slopes[r.name][a.copyOf(r, m)]
	x := reading{world: a.world}
	return x.apply("-", from, x.apply(".*", series.Number(learningRate), slope))
}

// theta are the numbers behind a weight that is kept in an interval, the derivative of the loss by
// them, and what the weight is of such a number; nothing of other weights.
func (a *audit) theta(r *ref, m moment) (theta, slope series.Array, value func(float64) float64) {
	for _, w := range a.run.Graph().Weights {
		if w.Name == r.name && (w.Lo != nil || w.Hi != nil) {
			value = within(w.Lo, w.Hi)
			k := a.copyOf(r, m)
			now := a.run.Weights()[r.name][k]
			theta, slope := make([]float64, now.Len()), make([]float64, now.Len())
			for e := range theta {
				at := behind(value, now.Float64(e))
				const eps = 1e-5
				by := (value(at+eps) - value(at-eps)) / (2 * eps)
				theta[e], slope[e] = at, by*a.slopes[r.name][k].Float64(e)
			}
			return series.Floats(now.R, now.C, theta), series.Floats(now.R, now.C, slope), value
		}
	}
	return theta, slope, nil
}

func number(x float64) series.Array { return series.Floats(1, 1, []float64{x}) }

// within makes any number one of an interval.
func within(lo, hi *big.Rat) func(float64) float64 {
	softplus := func(x float64) float64 { return math.Log1p(math.Exp(x)) }
	var low, high float64
	if lo != nil {
		low, _ = lo.Float64()
	}
	if hi != nil {
		high, _ = hi.Float64()
	}
	switch {
	case hi == nil:
		return func(x float64) float64 { return low + softplus(x) }
	case lo == nil:
		return func(x float64) float64 { return high - softplus(x) }
	}
	return func(x float64) float64 { return low + (high-low)/(1+math.Exp(-x)) }
}

// behind is the number that a monotone function makes a value of.
func behind(value func(float64) float64, at float64) float64 {
	low, high := -50.0, 50.0
	if value(low) > value(high) {
		low, high = high, low
	}
	for range 200 {
		if middle := (low + high) / 2; value(middle) < at {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// lossWith is the loss of a fresh run with other weights. Where forecasts that are fed are numbers,
// they may keep what they were.
func (w *world) lossWith(weights map[string][]series.Array, kept bool) (series.Array, error) {
	return remembered(w, fmt.Sprint("loss", kept, weights), func() (series.Array, error) { return w.findLoss(weights, kept) })
}

// remembered is what was found before, or is found now: of a case many pages are checked.
func remembered[T any](w *world, what string, find func() (T, error)) (T, error) {
	if a, ok := w.memory[what]; ok {
		return a.(T), nil
	}
	a, err := find()
	if err == nil {
		w.memory[what] = a
	}
	return a, err
}

func (w *world) findLoss(weights map[string][]series.Array, kept bool) (series.Array, error) {
	if kept && w.options.Feedback == "stop" {
		c := w.run.Case()
		stopped, err := w.run.Eval(w.run.Graph())
		if err != nil {
			return series.Array{}, err
		}
		c.Run.Stopped = stopped
		all := map[string][]series.Array{}
		for name, a := range w.run.Weights() {
			all[name] = a
		}
		for name, a := range weights {
			all[name] = a
		}
		c.Run.Weights = all
		s, err := explain.Solve(c, nil)
		if err != nil {
			return series.Array{}, err
		}
		return *s.Loss, nil
	}
	run, err := w.bind(w.options)
	if err != nil {
		return series.Array{}, err
	}
	for name, all := range weights {
		if err := run.Set(name, all...); err != nil {
			return series.Array{}, err
		}
	}
	return run.Loss()
}

// outcome is the loss of a run, and its derivatives by the weights.
type outcome struct {
	loss   series.Array
	slopes map[string][]series.Array
}

// inReading is what the case comes to in another reading.
func (w *world) inReading(feed, feedback string) (outcome, error) {
	return remembered(w, "reading "+feed+" "+feedback, func() (out outcome, err error) {
		o := w.options
		o.Feed, o.Feedback = feed, feedback
		run, err := w.bind(o)
		if err == nil {
			out.loss, err = run.Loss()
		}
		if err == nil {
			out.slopes, err = run.Gradient()
		}
		return out, err
	})
}

// direct are the derivatives of the case in which all values of other steps are numbers; a start
// is none of them.
func (w *world) direct() (map[string][]series.Array, error) {
	return remembered(w, "direct", w.findDirect)
}

func (w *world) findDirect() (map[string][]series.Array, error) {
	c := w.truthCase
	c.text = lagged.ReplaceAllString(c.text, fmt.Sprintf("where(t-$1 >= %d, stop($0), $0)", w.first))
	c.text = windowed.ReplaceAllString(c.text, "stop($0)")
	c.text = ahead.ReplaceAllString(c.text, "stop($0)")
	run, err := c.bind(w.options)
	if err != nil {
		return nil, err
	}
	return run.Gradient()
}

// shapedAs is the case with every state a vector of H numbers.
func (w *world) shapedAs(H string) (*unroll.Run, error) {
	c := w.truthCase
	c.text = declared.ReplaceAllStringFunc(c.text, func(line string) string {
		names, start, _ := strings.Cut(line, "=")
		return wordInState.ReplaceAllString(names, "$1$2["+H+"]$3") + "=" + start
	})
	return c.bind(w.options)
}
