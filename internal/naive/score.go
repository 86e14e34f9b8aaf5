package naive

import (
	"math/big"

	"unroll/lang"
)

// families are the rational ones that score a miss by one forecast, with their numbers of arguments.
var families = map[string]int{"squared": 1, "absolute": 1, "huber": 2}

// loss is the sum of all scores and terms.
func (r *run) loss() Dual {
	sum := whole(0)
	for _, o := range r.observed {
		score, entries := r.scores(o)
		if r.opt.Mean && entries > 0 {
			score = lift(divDual)([]Dual{score, whole(entries)})
		}
		sum = plus(sum, score)
	}
	for _, l := range r.terms {
		sum = plus(sum, r.term(l))
	}
	return sum
}

// scores are a statement's score and its number of scored entries, over all series.
func (r *run) scores(o *observation) (sum Dual, entries int) {
	sum = whole(0)
	parts := append(append([]lang.Expr{o.node}, o.Family.Args...), o.Left, o.When)
	for ser := range r.data {
		for _, t := range r.timesOf(ser, parts...) {
			score, n := r.scoreAt(o, ser, t)
			sum, entries = plus(sum, score), entries+n
		}
	}
	return sum, entries
}

// timesOf are the steps; just one time if all the expressions are constants.
func (r *run) timesOf(ser int, parts ...lang.Expr) []int {
	for _, e := range parts {
		if e != nil && r.reach(e, r.file) == ofTime {
			var steps []int
			for t := r.t0; t < r.data[ser].T; t++ {
				steps = append(steps, t)
			}
			return steps
		}
	}
	return []int{0}
}

// scoreAt scores the observed entries of y at one step.
func (r *run) scoreAt(o *observation, ser, t int) (Dual, int) {
	y := r.observedAt(o, ser, t)
	var there []int
	for i, x := range y.e {
		if x.V != nil {
			there = append(there, i)
		}
	}
	c := at{sc: r.file, ser: ser, t: t, mode: scoring, obs: o}
	if len(there) == 0 || !r.holds(o.When, c) {
		return whole(0), 0
	}
	if o.Family.Fn == "score" {
		return r.check(r.freeScore(o, there, y, c), c), len(there)
	}
	left := c
	left.hole, left.fill = o.node, y
	ly := r.eval(o.Left, left).expand(y.r, y.c)
	var args []matrix
	for _, a := range o.Family.Args {
		args = append(args, r.eval(a, c).expand(y.r, y.c))
	}
	sum := whole(0)
	for _, i := range there {
		var x []Dual
		for _, a := range args {
			x = append(x, a.e[i])
		}
		sum = plus(sum, r.family(o.Family, ly.e[i], x))
	}
	return r.check(sum, c), len(there)
}

// observedAt is what a statement observes at time t; what lies beyond the data is missing.
func (r *run) observedAt(o *observation, ser, t int) matrix {
	if o.y.input.PerSeries {
		return r.data[ser].consts[o.y]
	}
	var rows []matrix
	for _, k := range o.offsets {
		if t+k < r.data[ser].T {
			rows = append(rows, r.raw(o.y, ser, t+k).transposed())
		} else {
			rows = append(rows, scalar(missing(o.y, t+k, r.id(ser))))
		}
	}
	if !o.window {
		return rows[0].transposed()
	}
	return stack(rows)
}

// holds tells whether a `when` lets a step count.
func (r *run) holds(when lang.Expr, c at) bool {
	if when == nil {
		return true
	}
	m := r.eval(when, c)
	if !m.single() {
		fail("when wants a number")
	}
	return r.check(m.e[0], c).V.Sign() != 0
}

// check refuses an undefined number.
func (r *run) check(x Dual, c at) Dual {
	if x.V == nil {
		fail("at t = %d of series %s: %s", c.t, r.id(c.ser), x.why)
	}
	return x
}

// freeScore is `score(EXPR; m)`: the sum of the expression's entries where y is observed, or the
// expression once if it is a number.
func (r *run) freeScore(o *observation, there []int, y matrix, c at) Dual {
	m := r.eval(o.Family.Args[0], c)
	if m.single() {
		return m.e[0]
	}
	m = m.expand(y.r, y.c)
	sum := whole(0)
	for _, i := range there {
		sum = plus(sum, m.e[i])
	}
	return sum
}

// family scores one number against the arguments.
func (r *run) family(f *lang.Call, y Dual, args []Dual) Dual {
	if f.Fn == "quantile" {
		return pinball(y, args, r.levels(f))
	}
	if families[f.Fn] == 0 {
		panic(fault{ErrIrrational})
	}
	if families[f.Fn] != len(args) {
		fail("%s wants %d arguments", f.Fn, families[f.Fn])
	}
	miss := minus(y, args[0])
	switch f.Fn {
	case "absolute":
		return lift(absDual)([]Dual{miss})
	case "huber":
		return lift(huber)([]Dual{miss, args[1]})
	}
	return times(miss, miss)
}

// huber is e²/2 up to |e| = d, and d(|e| - d/2) beyond.
func huber(x []Dual) Dual {
	e, d := x[0], x[1]
	if rat().Abs(e.V).Cmp(d.V) <= 0 {
		return times(number(half), times(e, e))
	}
	return times(d, minus(absDual(x[:1]), times(number(half), d)))
}

// pinball is the sum over the quantiles q of max(p(y-q), (p-1)(y-q)).
func pinball(y Dual, q []Dual, p []*big.Rat) Dual {
	if len(q) != len(p) {
		fail("%d quantiles and %d levels", len(q), len(p))
	}
	sum := whole(0)
	for i := range q {
		miss := minus(y, q[i])
		over := times(number(p[i]), miss)
		under := times(number(rat().Sub(p[i], one)), miss)
		sum = plus(sum, lift(pick(1))([]Dual{over, under}))
	}
	return sum
}

// levels are the probabilities of a quantile family.
func (r *run) levels(f *lang.Call) []*big.Rat {
	var p []*big.Rat
	for _, e := range f.After {
		m := r.eval(e, at{sc: r.file})
		p = append(p, r.check(m.e[0], at{}).V)
	}
	return p
}

// term is a `loss`: at every step, or once for each series, or once.
func (r *run) term(l *lang.Loss) Dual {
	parts := []lang.Expr{l.X, l.When}
	reach := r.reach(l.X, r.file)
	if l.When != nil {
		reach = max(reach, r.reach(l.When, r.file))
	}
	sum := whole(0)
	for ser := range r.data {
		if reach == ofFile && ser > 0 {
			break
		}
		for _, t := range r.timesOf(ser, parts...) {
			sum = plus(sum, r.termAt(l, ser, t))
		}
	}
	return sum
}

// termAt is a `loss` at one step; a step at which it reads a missing y is left out.
func (r *run) termAt(l *lang.Loss, ser, t int) Dual {
	c := at{sc: r.file, ser: ser, t: t, mode: real}
	isForecast := func(d *def) bool { return r.forecast[d] != nil }
	if r.missingIn(l.X, r.file, ser, t, isForecast) || !r.holds(l.When, c) {
		return whole(0)
	}
	m := r.eval(l.X, c)
	if !m.single() {
		fail("a loss is a number, not %d×%d", m.r, m.c)
	}
	return r.check(m.e[0], c)
}
