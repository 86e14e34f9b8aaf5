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
	for _, x := range []float64{-2.1, -0.7, 0.4, 1.3} {
		number := func(v float64) series.Array { return series.Floats(1, 1, []float64{v}) }
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

// checkIdentity wants both sides of an equation to be the same.
func (a *audit) checkIdentity(c readChain) {
	a.counts["identities"]++
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
	from, slope := a.run.Weights()[r.name][a.copyOf(r, m)], a.slopes[r.name][a.copyOf(r, m)]
	x := reading{world: a.world}
	if theta, by := a.theta(r, m); by.R > 0 {
		moved := theta.Float64(0) - 0.1*by.Float64(0)
		return series.Floats(1, 1, []float64{sigmoid(moved)})
	}
	return x.apply("-", from, x.apply(".*", series.Number(learningRate), slope))
}

// theta is the number behind a weight in (0, 1), of which it is the sigmoid, and the derivative of
// the loss by it; nothing if the weight isn't kept in an interval.
func (a *audit) theta(r *ref, m moment) (theta, slope series.Array) {
	for _, w := range a.run.Graph().Weights {
		if w.Name == r.name && w.Lo != nil && w.Hi != nil {
			k := a.copyOf(r, m)
			at, by := a.run.Weights()[r.name][k].Float64(0), a.slopes[r.name][k].Float64(0)
			return series.Floats(1, 1, []float64{math.Log(at) - math.Log1p(-at)}), series.Floats(1, 1, []float64{by * at * (1 - at)})
		}
	}
	return theta, slope
}

// lossWith is the loss of a fresh run with other weights. Where forecasts that are fed are numbers,
// they may keep what they were.
func (w *world) lossWith(weights map[string][]series.Array, kept bool) (series.Array, error) {
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

// read is a run of the case in another reading: the loss, and the derivatives by its weights.
func (w *world) read(feed, feedback string) (loss series.Array, slopes map[string][]series.Array, err error) {
	o := w.options
	o.Feed, o.Feedback = feed, feedback
	run, err := w.bind(o)
	if err != nil {
		return loss, nil, err
	}
	if loss, err = run.Loss(); err != nil {
		return loss, nil, err
	}
	slopes, err = run.Gradient()
	return loss, slopes, err
}

// direct are the derivatives of the case in which all values of other steps are numbers; a start
// is none of them.
func (w *world) direct() (map[string][]series.Array, error) {
	c := w.truthCase
	c.text = lagged.ReplaceAllString(c.text, fmt.Sprintf("where(t-$1 >= %d, stop($0), $0)", w.first))
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

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
