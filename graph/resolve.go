package graph

import "strings"

// resolve replaces each name by the one thing it stands for, once all calls have been made, and
// reports those that stand for nothing.
func (p *program) resolve() {
	seen := map[*expr]bool{}
	p.eachExpr(func(e *expr) {
		walk(e, seen, p.resolveName)
	})
	for name, dims := range p.declared {
		if to := p.real(name); to != name {
			p.declared[to] = append(p.declared[to], dims...)
			delete(p.declared, name)
		}
	}
}

// eachExpr visits every expression of the program.
func (p *program) eachExpr(visit func(*expr)) {
	for _, q := range p.eqOrder {
		visit(q.x)
	}
	for _, w := range p.weightOrder {
		if w.start != nil {
			visit(w.start)
		}
	}
	for _, name := range keys(p.states) {
		visit(p.states[name].start)
	}
	for _, o := range p.observes {
		o.each(visit)
	}
	for _, l := range p.losses {
		visit(l.x)
		if l.when != nil {
			visit(l.when)
		}
	}
}

func (o *observe) each(visit func(*expr)) {
	visit(o.left)
	for _, a := range append(append([]*expr{}, o.args...), o.after...) {
		visit(a)
	}
	if o.when != nil {
		visit(o.when)
	}
}

// walk visits an expression and all that is within it, each once.
func walk(e *expr, seen map[*expr]bool, visit func(*expr)) {
	if seen[e] {
		return
	}
	seen[e] = true
	visit(e)
	for _, a := range e.args {
		walk(a, seen, visit)
	}
	for _, s := range e.pick {
		if s.at != nil {
			walk(s.at, seen, visit)
		}
	}
}

func (p *program) resolveName(e *expr) {
	switch e.kind {
	case xName, xLag, xWindow, xObserved, xUnwindow:
	default:
		return
	}
	e.name = p.real(e.name)
	if !p.knows(e.name) {
		p.errorf(e.at, "%s is not defined%s", e.name, maybe(e.name, p.names()))
		return
	}
	if e.kind == xObserved && (p.inputs[e.name] == nil || p.inputs[e.name].perSeries) {
		p.errorf(e.at, "observed asks whether the data has a value, and %s is not a series of the data; give it an input", e.name)
	}
	if e.kind != xName && p.weights[e.name] != nil {
		p.errorf(e.at, "%s is a weight, the same at all times; leave out the bracket, or write %s[0] for a component", e.name, short(e.name))
	}
}

// short is the last part of a dotted name.
func short(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }
