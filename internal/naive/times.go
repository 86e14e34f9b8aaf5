package naive

import (
	"fmt"

	"unroll/lang"
)

// inSteps tells whether equations have a value at time s.
func (r *run) inSteps(ser, s int) bool { return s >= r.t0 && s < r.data[ser].T }

// atTime is `x[t-1]`, or a window.
func (r *run) atTime(e *lang.Index, offsets []int, c at) matrix {
	name, ok := lang.Unparen(e.X).(*lang.Name)
	if !ok {
		fail("a time stands behind what is not a name")
	}
	d := r.resolved(name.Name, c.sc)
	if c.mode == scoring && c.obs.covers(d, offsets) {
		return r.observedAt(c.obs, c.ser, c.t)
	}
	if e.Items[0].Hi == nil {
		return r.read(d, offsets[0], c)
	}
	var rows []matrix
	for _, k := range offsets {
		m := r.read(d, k, c)
		if m.c > 1 {
			fail("a window of the matrix %s", d.name)
		}
		rows = append(rows, m.transposed())
	}
	return stack(rows)
}

// read is the value of d at time t + off, as an expression at c sees it.
func (r *run) read(d *def, off int, c at) matrix {
	switch {
	case d.kind == isSize:
		return scalar(whole(r.sizeOf(d)))
	case d.kind == isWeight:
		return r.weightOf(d, c.ser)
	case d.kind == isInput && d.input.PerSeries:
		return r.data[c.ser].consts[d]
	case d.kind == isInput:
		return r.readInput(d, c.t+off, off, c)
	case r.reachOf(d) != ofTime:
		return r.value(d, c.ser, 0, seen)
	}
	return r.readEquation(d, c.t+off, off, c)
}

func (r *run) sizeOf(d *def) int {
	if d.expr == nil {
		given, ok := r.opt.Sizes[d.name]
		if !ok {
			fail("the size %s is not given", d.name)
		}
		return given
	}
	return r.constant(d.expr, d.sc)
}

func (r *run) weightOf(d *def, ser int) matrix {
	copies := r.weights[d]
	switch {
	case len(copies) == 0:
		fail("the weight %s is not given", d.name)
	case len(copies) == 1:
		return copies[0]
	case !d.weight.PerSeries || len(copies) != len(r.data):
		fail("the weight %s has %d copies", d.name, len(copies))
	}
	return copies[ser]
}

func (r *run) readEquation(d *def, s, off int, c at) matrix {
	switch {
	case c.mode == plain:
		return r.value(d, c.ser, s, plain)
	case d.state == nil && r.inputsAlone(d):
		return r.value(d, c.ser, s, seen)
	case d.state == nil && off != 0:
		fail("%s has no state for t%+d", d.name, off)
	case d.state != nil && !r.inSteps(c.ser, s):
		return r.start(d, c.ser, s)
	}
	return r.value(d, c.ser, s, seen)
}

func (r *run) readInput(d *def, s, off int, c at) matrix {
	if c.mode == plain {
		return r.raw(d, c.ser, s)
	}
	if d.state != nil && !r.inSteps(c.ser, s) {
		return r.start(d, c.ser, s)
	}
	if off > 0 && d.state == nil && !d.input.Known {
		fail("%s has no state for t%+d", d.name, off)
	}
	if c.mode == real || c.mode == scoring && c.obs.covers(d, []int{off}) {
		return r.raw(d, c.ser, s)
	}
	return r.seen(d, c.ser, s)
}

// raw is the input as the data have it.
func (r *run) raw(d *def, ser, s int) matrix {
	times := r.data[ser].columns[d]
	if s < 0 || s >= len(times) {
		fail("%s has no value at t = %d of series %s", d.name, s, r.id(ser))
	}
	return times[s]
}

// start is the state of d at time s.
func (r *run) start(d *def, ser, s int) matrix {
	m := r.fit(r.eval(d.state.Start, at{sc: d.stateSc, ser: ser, t: s, mode: plain}), d)
	if m.single() && d.argument && d.shape == nil {
		like, ok := r.try(func() matrix { return r.value(d, ser, r.t0, seen) })
		if ok {
			return m.expand(like.r, like.c)
		}
	}
	return m
}

// unwindow is the overlapping sum of d[t+a : t+b]: at each time it adds what the windows of the
// later steps say of it. The window of step t+k saw this time k steps ago.
func (r *run) unwindow(e *lang.Call, c at) matrix {
	ix, ok := lang.Unparen(e.Args[0]).(*lang.Index)
	if !ok {
		fail("unwindow wants d[t+a : t+b]")
	}
	offsets, ok := r.offsets(ix, c.sc)
	name, isName := lang.Unparen(ix.X).(*lang.Name)
	if !ok || !isName || ix.Items[0].Hi == nil {
		fail("unwindow wants d[t+a : t+b]")
	}
	d := r.resolved(name.Name, c.sc)
	sum := scalar(whole(0))
	for i, k := range offsets {
		if !r.inSteps(c.ser, c.t+k) {
			continue
		}
		m := r.value(d, c.ser, c.t+k, seen)
		if m.r != len(offsets) {
			fail("unwindow of %d steps wants as many entries, not %d", len(offsets), m.r)
		}
		sum = each(addDual, sum, m.row(len(offsets)-1-i).transposed())
	}
	return sum
}

func missing(d *def, t int, id string) Dual {
	return undefined(fmt.Sprintf("%s is missing at t = %d of series %s", d.name, t, id))
}
