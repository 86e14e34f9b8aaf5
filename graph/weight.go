package graph

import (
	"math/big"
	"slices"

	"unroll/lang"
)

func (p *program) weight(v *env, it lang.WeightItem) {
	full := v.names[it.Name].full
	fixed := it.Fixed || slices.Contains(p.choices.Hold, full)
	w := &weight{name: full, perSeries: it.PerSeries || p.choices.Each && !fixed, fixed: fixed, at: it.At}
	if it.Shape != nil {
		w.dims = v.dims(it.Shape, "weight "+full)
		w.scalar = len(w.dims) == 0
	}
	w.lo, w.hi = v.bound(it.Lo, "a bound of weight "+it.Name), v.bound(it.Hi, "a bound of weight "+it.Name)
	if w.lo != nil && w.hi != nil && w.lo.Cmp(w.hi) >= 0 {
		p.errorf(it.Lo.Pos(), "the interval of %s is empty; its lower end must be below its upper end", it.Name)
	}
	if it.Start != nil {
		w.start = v.top(it.Start, full)
		p.startInside(w, it.Name)
	}
	if it.Draw != nil {
		p.drawOf(v, w, it.Draw)
	}
	p.weights[full] = w
	p.weightOrder = append(p.weightOrder, w)
}

// bound is a number that must be known before the run; what says what it is for.
func (v *env) bound(e lang.Expr, what string) *big.Rat {
	if e == nil {
		return nil
	}
	n, ok := v.static(e)
	if !ok {
		v.p.errorf(e.Pos(), "%s is not a number; write %s as a number, or of sizes", lang.PrintExpr(e), what)
	}
	return n
}

// startInside reports a start that is a number outside the weight's interval.
func (p *program) startInside(w *weight, name string) {
	n := w.start.num
	if w.start.kind != xNum || (w.lo == nil || n.Cmp(w.lo) > 0) && (w.hi == nil || n.Cmp(w.hi) < 0) {
		return
	}
	p.errorf(w.start.at, "the start of %s, %s, is not inside its interval; give a number %s", name, w.start.text(), w.interval())
}

// interval is what a weight is kept in, in words.
func (w *weight) interval() string {
	switch {
	case w.hi == nil:
		return "above " + w.lo.RatString()
	case w.lo == nil:
		return "below " + w.hi.RatString()
	}
	return "between " + w.lo.RatString() + " and " + w.hi.RatString()
}

// draws of weights: how many arguments each takes. Their numbers are made in package weights.
var drawKinds = map[string]int{
	"glorot": 0, "he": 0, "orthogonal": 0, "identity": 0, "normal": 2, "uniform": 2, "spectral": 2,
}

// drawForms are how the starts are written.
var drawForms = map[string]string{
	"glorot": "glorot", "he": "he", "orthogonal": "orthogonal", "identity": "identity",
	"normal": "normal(mean, sd)", "uniform": "uniform(lo, hi)", "spectral": "spectral(radius, density)",
}

func (p *program) drawOf(v *env, w *weight, c *lang.Call) {
	want, ok := drawKinds[c.Fn]
	switch {
	case !ok:
		near := maybe(c.Fn, keys(drawKinds))
		if near == "" {
			near = "; write glorot, he, orthogonal, identity, normal(mean, sd), uniform(lo, hi) or spectral(radius, density)"
		}
		p.errorf(c.At, "%s is not a random start%s", c.Fn, near)
		return
	case len(c.Args) != want || len(c.After) > 0 || len(c.Sizes) > 0:
		p.errorf(c.At, "%s takes %s, not %d; write ~ %s", c.Fn, count(want, "number"), len(c.Args)+len(c.After)+len(c.Sizes), drawForms[c.Fn])
		return
	}
	w.draw = c.Fn
	for _, a := range c.Args {
		n := v.bound(a, "an argument of "+c.Fn)
		if n == nil {
			return
		}
		w.drawArgs = append(w.drawArgs, n)
	}
	switch a := w.drawArgs; {
	case c.Fn == "normal" && a[1].Sign() < 0:
		p.errorf(c.Args[1].Pos(), "the standard deviation of normal is negative; write a number from 0 on")
	case c.Fn == "uniform" && a[0].Cmp(a[1]) > 0:
		p.errorf(c.Args[0].Pos(), "the ends of uniform stand the wrong way round; the lower one is the first")
	}
}
