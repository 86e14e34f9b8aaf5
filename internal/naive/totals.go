package naive

import (
	"unroll/lang"
)

// overTime is first, last, total or average.
func (r *run) overTime(e *lang.Call, c at) matrix {
	x := e.Args[0]
	times, c := r.counted(x, c)
	if len(times) == 0 {
		if e.Fn == "total" {
			return scalar(whole(0))
		}
		fail("%s over no time of series %s", e.Fn, r.id(c.ser))
	}
	switch e.Fn {
	case "first":
		return r.evalAt(x, times[0], c)
	case "last":
		return r.evalAt(x, times[len(times)-1], c)
	}
	sum := scalar(whole(0))
	for _, s := range times {
		sum = each(addDual, sum, r.evalAt(x, s, c))
	}
	if e.Fn == "average" {
		return each(divDual, sum, scalar(whole(len(times))))
	}
	return sum
}

func (r *run) evalAt(e lang.Expr, s int, c at) matrix {
	c.t = s
	return r.eval(e, c)
}

// counted are the times that an expression is totalled over, and where it is evaluated. One of
// unlagged inputs and t alone goes over all times, any other over the steps.
func (r *run) counted(x lang.Expr, c at) ([]int, at) {
	var times []int
	if inputs, ok := r.plainInputs(x, c.sc); ok {
		c.mode = plain
		for s := range r.data[c.ser].T {
			if r.allThere(inputs, c.ser, s) {
				times = append(times, s)
			}
		}
		return times, c
	}
	if c.mode == plain {
		c.mode = seen
	}
	for s := r.t0; s < r.data[c.ser].T; s++ {
		if !r.missingIn(x, c.sc, c.ser, s, func(*def) bool { return true }) {
			times = append(times, s)
		}
	}
	return times, c
}

// allThere tells whether the inputs are observed at s, and none that is forecast lies after the cut-off.
func (r *run) allThere(inputs []*def, ser, s int) bool {
	for _, d := range inputs {
		if o := r.forecast[d]; o != nil && r.feed.limited && s > max(0, r.feed.last, r.t0+o.ahead()-1) {
			return false
		}
		if !defined(r.raw(d, ser, s)) {
			return false
		}
	}
	return true
}

func defined(m matrix) bool {
	for _, x := range m.e {
		if x.V == nil {
			return false
		}
	}
	return true
}

// missingIn tells whether an input that e's own text reads at time s, lagged or not, is missing.
func (r *run) missingIn(e lang.Expr, sc *scope, ser, s int, counts func(d *def) bool) bool {
	for _, rd := range r.reads(e, sc, false) {
		if rd.d == nil || rd.d.kind != isInput || rd.d.input.PerSeries || !counts(rd.d) {
			continue
		}
		for _, k := range rd.offsets {
			outside := rd.d.state != nil && !r.inSteps(ser, s+k)
			if outside || s+k < 0 || s+k >= len(r.data[ser].columns[rd.d]) {
				continue
			}
			if !defined(r.raw(rd.d, ser, s+k)) {
				return true
			}
		}
	}
	return false
}

// pooled is the sum over the series of a constant of each.
func (r *run) pooled(e *lang.Call, c at) matrix {
	if r.reach(e.Args[0], c.sc) == ofTime {
		fail("pooled wants a constant of each series")
	}
	sum := scalar(whole(0))
	for ser := range r.data {
		c.ser = ser
		sum = each(addDual, sum, r.eval(e.Args[0], c))
	}
	return sum
}
