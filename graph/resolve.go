package graph

import (
	"sort"
	"strings"

	"unroll/internal/spell"
)

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
	full := p.real(e.name)
	if !p.knows(full) {
		p.errorf(e.at, "%s %s", e.said(), p.unreached(full, e.said()))
		e.kind, e.args = xNone, nil
		return
	}
	e.name = full
	if e.kind == xObserved && (p.inputs[e.name] == nil || p.inputs[e.name].perSeries) {
		p.errorf(e.at, "observed asks whether the data has a value, and %s is not a series of the data; give it an input", e.said())
		e.kind = xNone
		return
	}
	if w := p.weights[e.name]; w != nil && e.kind != xName {
		help := "leave out the bracket"
		if e.kind == xLag {
			help += ", or write " + e.said() + "[0] for a component"
		}
		p.errorf(e.at, "%s is a weight, the same at all times; %s", e.said(), help)
		e.kind = xNone
	}
}

// unreached says that a full name stands for nothing; said is how it stands in the file.
func (p *program) unreached(full, said string) string {
	prefix := strings.TrimSuffix(full, said)
	head, rest := cutDot(said)
	var near, inside []string
	for _, name := range p.names() {
		if name, ok := strings.CutPrefix(name, prefix); ok {
			near = append(near, name)
			if within, ok := strings.CutPrefix(name, head+"."); ok {
				inside = append(inside, within)
			}
		}
	}
	sort.Strings(near)
	sort.Strings(inside)
	switch {
	case rest == "":
		return "is not defined" + maybeOf(said, "known", near)
	case len(inside) == 0:
		return "is not defined, since " + head + " is not a call of a cell; leave out " + rest
	}
	if best := spell.Nearest(rest[1:], inside); best != "" {
		return "is not defined; did you mean " + head + "." + best + "?"
	}
	return "is not defined" + maybeOf(said, "in "+head, inside)
}

// short is the last part of a dotted name.
func short(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }
