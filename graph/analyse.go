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
		for _, q := range p.eqOrder {
			if !q.series && p.isSeries(q.x) {
				q.series, changed = true, true
			}
		}
	}
	seen := map[*expr]bool{}
	p.eachExpr(func(e *expr) { walk(e, seen, p.checkLag) })
	p.eachExpr(p.checkSummaries)
}

// isSeries tells whether an expression has a value at each time, given what is known of equations.
func (p *program) isSeries(e *expr) bool {
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
	for _, a := range e.args {
		if p.isSeries(a) {
			return true
		}
	}
	for _, s := range e.pick {
		if s.at != nil && p.isSeries(s.at) {
			return true
		}
	}
	return false
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
	case !q.series:
		p.errorf(e.at, "%s is a constant, the same at all times; leave out the bracket", e.name)
	case p.states[e.name] != nil || e.kind == xUnwindow:
	case !p.aloneOf(q).lagged:
		word := "lag"
		if e.p < 0 {
			word = "lead"
		}
		p.errorf(e.at, "%s has no state, so its %s has no value before the first step; write state %s = 0", e.name, word, short(e.name))
	}
}

func (p *program) checkSummaries(root *expr) {
	walk(root, map[*expr]bool{}, func(e *expr) {
		if e.kind != xSeriesSum {
			return
		}
		series := p.isSeries(e.args[0])
		switch {
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
	switch e.kind {
	case xTime, xObserved:
		a.time = true
		a.now = e.p == 0
	case xDraw, xUnwindow:
		a.now, a.lagged = false, false
	case xSeriesSum:
		return a
	case xName, xLag, xWindow:
		p.aloneName(e, a)
		return a
	}
	for _, x := range parts(e) {
		a.join(p.aloneness(x))
	}
	return a
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
