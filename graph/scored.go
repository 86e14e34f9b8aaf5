package graph

import "unroll/lang"

// declaredAt is where a shape is declared; empty brackets stand where the name is.
func (p *program) declaredAt(name string, dims []dimension) lang.Pos {
	switch {
	case len(dims) > 0:
		return dims[0].at
	case p.states[name] != nil:
		return p.states[name].at
	}
	return p.eqs[name].at
}

func (in *inference) observe(o *observe) {
	y := in.infer(o.left)
	args := append(append([]*expr{}, o.args...), nil...)
	if o.family.Name == "score" {
		in.infer(o.args[0])
		args = o.after
	}
	if o.family.Whole {
		in.logits(o, y)
		args = nil
	}
	for _, a := range args {
		in.argument(o, a, y)
	}
	if o.when != nil {
		in.number(o.when, "a condition")
	}
}

// argument of a family has y's shape, or is a number.
func (in *inference) argument(o *observe, a *expr, y shape) {
	got := in.infer(a)
	in.wait(relation{e: a, step: func() bool {
		if in.isNumber(a, got) {
			return true
		}
		if in.undecided(a, got) {
			return false
		}
		if !in.join(got, y) {
			in.p.errorf(a.at, "%s is %s%s, and %s, which it is compared with, is %s%s; give it the same shape, or a number", o.left.text(), y, y.origin(), a.text(), got, got.origin())
			return true
		}
		return got.isKnown()
	}, force: noForce})
}

// logits are a vector, one entry a class.
func (in *inference) logits(o *observe, y shape) {
	got := in.infer(o.args[0])
	classes := &dim{}
	if o.input != nil && o.input.classes > 0 {
		classes = known(o.input.classes, "the classes of "+o.input.name, o.input.at)
	}
	if !in.join(got, shape{classes, one()}) {
		in.p.errorf(o.args[0].at, "%s takes one number a class, %s, and this is %s%s; make the shapes the same", o.family.Name, shape{classes, one()}, got, got.origin())
	}
	if !in.join(y, numberShape()) {
		in.p.errorf(o.left.at, "%s scores an integer, and %s is %s; write input s in V", o.family.Name, o.left.text(), y)
	} else if o.input != nil && o.input.classes == 0 {
		in.p.errorf(o.left.at, "%s scores an integer, and %s is any number; write input %s in V", o.family.Name, o.left.text(), o.input.name)
	}
}
