package graph

import "sort"

// aloneness is what an expression over time is made of, as far as summaries and lags ask.
type aloneness struct {
	now    bool            // only inputs now, t and constants: a summary of it is over all its times
	lagged bool            // only inputs (at any time), t and constants: a lag of it is a lag of them
	time   bool            // holds t or an input
	inputs map[string]bool // the inputs that its text reads
}

// analyse finds which equations are series, and checks that what is lagged may be.
func (p *program) analyse() {
	for changed := true; changed; {
		changed = false
		for i := range p.eqOrder {
			// Forward and backward in turn, for files in either order.
			for _, q := range []*equation{p.eqOrder[i], p.eqOrder[len(p.eqOrder)-1-i]} {
				if !q.series && p.isSeries(q.x) {
					q.series, changed = true, true
				}
			}
		}
	}
	p.findUnknown()
	seen := map[*expr]bool{}
	p.eachExpr(func(e *expr) { walk(e, seen, p.checkLag) })
	p.eachExpr(p.checkSummaries)
	p.checkStarts()
	for _, name := range keys(p.states) {
		if p.weights[name] != nil {
			p.errorf(p.states[name].at, "%s is a weight, and a state belongs to an equation or an input; leave it out, or rename one", short(name))
		}
	}
}

// findUnknown finds the equations of which nothing can be said, since something in them is wrong.
func (p *program) findUnknown() {
	for changed := true; changed; {
		changed = false
		for _, q := range p.eqOrder {
			if !q.unknown && p.isUnknown(q.x) {
				q.unknown, changed = true, true
			}
		}
	}
}

// isUnknown tells whether something in an expression is wrong.
func (p *program) isUnknown(e *expr) bool {
	found := false
	walk(e, map[*expr]bool{}, func(e *expr) {
		q := p.eqs[e.reads()]
		found = found || e.kind == xNone || q != nil && q.unknown
	})
	return found
}

// reads is the name that an expression is a value of, "" if it is none.
func (e *expr) reads() string {
	switch e.kind {
	case xName, xLag, xWindow, xObserved, xUnwindow:
		return e.name
	}
	return ""
}

// checkStarts reports starts of weights that read weights: they are taken before there are any.
func (p *program) checkStarts() {
	for _, w := range p.weightOrder {
		if w.start == nil || p.isUnknown(w.start) {
			continue
		}
		if p.isSeries(w.start) {
			p.errorf(w.start.at, "the start of %s is taken once, and %s has a value at each time; write first(…) or average(…)", short(w.name), w.start.text())
			continue
		}
		if other := p.weightIn(w.start, map[*expr]bool{}); other != "" {
			p.errorf(w.start.at, "the start of %s reads the weight %s; make it of numbers, sizes and data", short(w.name), other)
		}
	}
}

// weightIn is a weight that an expression depends on, "" if there is none.
func (p *program) weightIn(e *expr, seen map[*expr]bool) string {
	found := ""
	walk(e, seen, func(e *expr) {
		name := e.reads()
		switch {
		case found != "":
		case p.weights[name] != nil:
			found = name
		case p.eqs[name] != nil:
			found = p.weightIn(p.eqs[name].x, seen)
		}
	})
	return found
}

// isSeries tells whether an expression has a value at each time, given what is known of equations.
func (p *program) isSeries(e *expr) bool { return p.hasSeries(e, map[*expr]bool{}) }

// hasSeries is isSeries for what hasn't been seen; in the rest there is no series.
func (p *program) hasSeries(e *expr, seen map[*expr]bool) bool {
	if seen[e] {
		return false
	}
	seen[e] = true
	switch e.kind {
	case xTime, xLag, xWindow, xUnwindow, xObserved, xDraw:
		return true
	case xSeriesSum:
		return false
	case xName:
		if in := p.inputs[e.name]; in != nil {
			return !in.perSeries
		}
		q := p.eqs[e.name]
		return q != nil && q.series
	}
	for _, a := range parts(e) {
		if p.hasSeries(a, seen) {
			return true
		}
	}
	return false
}

// isFree tells whether an expression is a constant that may be of any shape: made of weights and
// numbers. A summary of a series has the series' shape.
func (p *program) isFree(e *expr) bool {
	free := true
	seen := map[*expr]bool{}
	var look func(e *expr)
	look = func(e *expr) {
		switch e.kind {
		case xTime, xLag, xWindow, xUnwindow, xObserved, xDraw, xSeriesSum:
			free = false
		case xName:
			q := p.eqs[e.name]
			free = free && (p.weights[e.name] != nil || q != nil && !q.series)
			if q != nil && free {
				walk(q.x, seen, look)
			}
		}
	}
	walk(e, seen, look)
	return free
}

// checkLag reports lags of constants, and of series that have no state and are not inputs.
func (p *program) checkLag(e *expr) {
	if e.kind != xLag && e.kind != xWindow && e.kind != xUnwindow {
		return
	}
	if in := p.inputs[e.name]; in != nil {
		if in.perSeries {
			p.errorf(e.at, "%s is one value a series, the same at all times; leave out the bracket", e.name)
		}
		return // a lead of an input is judged where it is read: on the left of ~ it may lie ahead
	}
	q := p.eqs[e.name]
	switch {
	case q == nil:
	case q.unknown:
	case !q.series:
		p.errorf(e.at, "%s is a constant, the same at all times; leave out the bracket", e.said())
	case e.kind == xWindow && e.p-e.q >= maxUnroll && !p.plainWindow(e):
		p.errorf(e.at, "a window of %d entries is too long here; the most is %d, unless %s starts at 0", e.p-e.q+1, maxUnroll, e.said())
	case p.states[e.name] != nil || e.kind == xUnwindow:
	case !p.aloneOf(q).lagged:
		word := "lag"
		if e.p < 0 {
			word = "lead"
		}
		p.errorf(e.at, "%s has no state, so its %s has no value before the first step; write state %s = 0", e.said(), word, short(e.name))
	}
}

// plainWindow tells whether a window is one node, and not made of its entries one by one.
func (p *program) plainWindow(e *expr) bool {
	st := p.states[e.name]
	return st != nil && st.start.kind == xNum && st.start.num.Sign() == 0
}

func (p *program) checkSummaries(root *expr) {
	walk(root, map[*expr]bool{}, func(e *expr) {
		if e.kind != xSeriesSum {
			return
		}
		series := p.isSeries(e.args[0])
		switch {
		case p.isUnknown(e.args[0]):
		case e.name == "pooled" && series:
			p.errorf(e.at, "pooled adds a constant of each series, and %s has a value at each time; write pooled(total(…))", e.args[0].text())
		}
	})
}

func (p *program) aloneOf(q *equation) *aloneness {
	if q.alone == nil {
		q.alone = &aloneness{} // while it is looked at: a loop is not of inputs alone
		q.alone = p.aloneness(q.x)
	}
	return q.alone
}

// aloneness of an expression; of what is within a summary nothing counts, since that is a constant.
func (p *program) aloneness(e *expr) *aloneness {
	a := &aloneness{now: true, lagged: true, inputs: map[string]bool{}}
	p.addAloneness(e, a, map[*expr]bool{})
	return a
}

func (p *program) addAloneness(e *expr, a *aloneness, seen map[*expr]bool) {
	if seen[e] {
		return
	}
	seen[e] = true
	switch e.kind {
	case xTime, xObserved:
		a.time = true
		a.now = a.now && e.p == 0
	case xDraw, xUnwindow:
		a.now, a.lagged = false, false
	case xSeriesSum:
		return
	case xName, xLag, xWindow:
		name := &aloneness{now: true, lagged: true, inputs: map[string]bool{}}
		p.aloneName(e, name)
		a.join(name)
		return
	}
	for _, x := range parts(e) {
		p.addAloneness(x, a, seen)
	}
}

func (p *program) aloneName(e *expr, a *aloneness) {
	now := e.kind == xName
	if in := p.inputs[e.name]; in != nil {
		if !in.perSeries {
			a.time, a.now = true, now
			a.inputs[e.name] = true
		}
		return
	}
	q := p.eqs[e.name]
	if q == nil || !q.series {
		return
	}
	of := p.aloneOf(q)
	a.time = of.time
	a.now = now && of.now
	a.lagged = of.lagged && p.states[e.name] == nil
	if of.now || a.lagged {
		for in := range of.inputs {
			a.inputs[in] = true
		}
	}
}

func (a *aloneness) join(b *aloneness) {
	a.now = a.now && b.now
	a.lagged = a.lagged && b.lagged
	a.time = a.time || b.time
	for in := range b.inputs {
		a.inputs[in] = true
	}
}

// parts are the expressions directly within e.
func parts(e *expr) []*expr {
	all := append([]*expr{}, e.args...)
	for _, s := range e.pick {
		if s.at != nil {
			all = append(all, s.at)
		}
	}
	return all
}

func (a *aloneness) sortedInputs() []string {
	names := keys(a.inputs)
	sort.Strings(names)
	return names
}
