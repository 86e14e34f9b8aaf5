package graph

import (
	"sort"

	"unroll/lang"
)

// statements elaborates the statements of the file, or of a cell's body (v says which).
func (p *program) statements(v *env, stmts []lang.Stmt) {
	for _, s := range stmts {
		switch s := s.(type) {
		case *lang.Input:
			for _, it := range s.Items {
				p.input(v, it)
			}
		case *lang.Weight:
			for _, it := range s.Items {
				p.weight(v, it)
			}
		case *lang.State:
			for _, it := range s.Items {
				p.state(v, it)
			}
		case *lang.Equation:
			p.equation(v, s)
		case *lang.Observe:
			p.observe(v, s)
		case *lang.Loss:
			l := &lossTerm{text: lang.PrintExpr(s.X), at: s.At, x: v.top(s.X, "loss")}
			if s.When != nil {
				l.when = v.top(s.When, "loss")
			}
			p.losses = append(p.losses, l)
		}
	}
}

// top elaborates an expression that isn't an equation: nothing in it may call a cell.
func (v *env) top(e lang.Expr, holder string) *expr {
	v.holder, v.draws = holder, map[string]int{}
	return v.expr(e)
}

func (p *program) input(v *env, it lang.InputItem) {
	in := &input{name: it.Name, known: it.Known, perSeries: it.PerSeries, at: it.At, shape: []dimension{}}
	if it.Shape != nil {
		if len(it.Shape.Dims) > 1 {
			p.errorf(it.Shape.At, "an input is a number or a vector at each time; give %s one dimension", it.Name)
			p.shaky = true
		} else {
			in.shape = v.dims(it.Shape, "input "+it.Name)
		}
	}
	if it.In != nil {
		if n, ok := v.static(it.In); ok {
			in.classes = p.wholeSize(n, it.In.Pos(), "of "+it.Name)
		} else {
			p.errorf(it.In.Pos(), "%s is not a size%s", lang.PrintExpr(it.In), v.sizeHelp(it.In))
		}
		if it.Shape != nil {
			p.errorf(it.At, "an integer input is one number at each time; leave out its shape")
		}
	}
	p.inputs[it.Name] = in
	p.inputOrder = append(p.inputOrder, in)
}

func (p *program) state(v *env, it lang.StateItem) {
	b, ok := v.names[it.Name]
	if !ok {
		p.errorf(it.At, "state %s has no equation%s", it.Name, v.movedBy(it.Name))
		return
	}
	if v == v.file && p.sizes[it.Name] != nil {
		p.errorf(it.At, "%s is a size, and a state belongs to an equation or an input; leave it out", it.Name)
		return
	}
	full := b.full
	if old := p.states[full]; old != nil {
		p.errorf(it.At, "%s has two starts, the first in line %d; leave one out", it.Name, old.at.Line)
		return
	}
	if it.Start == nil {
		p.errorf(it.At, "a state needs its start; write state %s = 0", it.Name)
		return
	}
	p.states[full] = &state{name: full, start: v.top(it.Start, full), at: it.At}
	if it.Shape != nil {
		p.shapeOf(full, v.dims(it.Shape, "state "+full))
	}
}

// movedBy says what to do about a state without an equation: one may be there under a wrong name.
func (v *env) movedBy(name string) string {
	var free []string
	for other, b := range v.names {
		if b.full != "" && len([]rune(name)) > 1 {
			free = append(free, other)
		}
	}
	sort.Strings(free)
	if near := maybe(name, free); near != "" {
		return near
	}
	return "; write one, as in " + name + " = …"
}

// shapeOf notes a declared shape of a series.
func (p *program) shapeOf(full string, dims []dimension) {
	if p.declared == nil {
		p.declared = map[string][][]dimension{}
	}
	p.declared[full] = append(p.declared[full], dims)
}

func (p *program) equation(v *env, s *lang.Equation) {
	if call, ok := lang.Unparen(s.X).(*lang.Call); ok && p.cells[call.Fn] != nil {
		if p.call(v, call, s.Left, v.prefix+s.Left[0].Name) == "" {
			p.unknownResults(v, s.Left)
		}
		return
	}
	if len(s.Left) > 1 {
		p.shaky = true // the other names are not known
		if call, ok := lang.Unparen(s.X).(*lang.Call); ok && !p.isFunction(call.Fn) {
			v.wrongCall(call, len(call.Args))
		} else {
			p.errorf(s.Left[1].At, "only a call of a cell gives several results; write one equation for each name")
		}
		p.unknownResults(v, s.Left)
		return
	}
	l := s.Left[0]
	full := v.names[l.Name].full
	v.holder, v.draws = full, map[string]int{}
	v.sole, _ = lang.Unparen(s.X).(*lang.Call)
	p.addEquation(&equation{name: full, x: v.withCall(s.X, full), at: l.At})
	if l.Shape != nil {
		p.shapeOf(full, v.dims(l.Shape, l.Name))
	}
}

// unknownResults makes names known of which no more can be said.
func (p *program) unknownResults(v *env, left []lang.Target) {
	for _, l := range left {
		p.addEquation(&equation{name: v.names[l.Name].full, x: none(), at: l.At})
	}
}

func (p *program) addEquation(q *equation) {
	if p.eqs[q.name] != nil {
		p.shaky = true
		if p.reported(q.at) {
			return
		}
		p.errorf(q.at, "%s is defined twice, first in line %d; each name has one definition", short(q.name), p.eqs[q.name].at.Line)
		return
	}
	p.eqs[q.name] = q
	p.eqOrder = append(p.eqOrder, q)
}

func (p *program) observe(v *env, s *lang.Observe) {
	o := &observe{at: s.At, text: lang.PrintExpr(s.Left) + " ~ " + lang.PrintExpr(s.Family)}
	o.family = p.table.Family(s.Family.Fn)
	if o.family == nil {
		var all []string
		for _, f := range p.table.Families {
			all = append(all, f.Name)
		}
		near := maybe(s.Family.Fn, all)
		if near == "" {
			near = "; write one of " + join(all)
		}
		p.errorf(s.Family.At, "%s is not a family of observations%s", s.Family.Fn, near)
		return
	}
	o.left = v.top(s.Left, "~")
	for _, a := range s.Family.Args {
		o.args = append(o.args, v.top(a, "~"))
	}
	for _, a := range s.Family.After {
		o.after = append(o.after, v.top(a, "~"))
	}
	if s.When != nil {
		o.when = v.top(s.When, "~")
	}
	if p.rightArguments(s.Family, o) {
		p.observes = append(p.observes, o)
	}
}

func (p *program) rightArguments(c *lang.Call, o *observe) bool {
	f := o.family
	switch {
	case f.Name == "quantile":
		if len(o.args) == 0 || len(o.args) != len(o.after) {
			p.errorf(c.At, "quantile takes as many probabilities as forecasts; write quantile(q1, q2; 0.1, 0.9)")
			return false
		}
		for _, a := range o.after {
			if a.kind == xNum && (a.num.Sign() <= 0 || a.num.Cmp(oneRat) >= 0) {
				p.errorf(a.at, "%s is not a probability of quantile; write a number between 0 and 1", a.text())
			}
		}
	case f.Name == "score":
		if len(o.args) != 1 || len(o.after) != 1 {
			p.errorf(c.At, "score takes an expression and the forecast; write score(EXPR; m)")
			return false
		}
	case len(o.args) != len(f.Args) || len(o.after) != 0:
		p.errorf(c.At, "%s takes %s, not %s; write %s(%s)", f.Name, count(len(f.Args), "argument"), given(len(o.args), len(o.after)), f.Name, join(f.Args))
		return false
	}
	if len(c.Sizes) > 0 {
		p.errorf(c.Sizes[0].At, "only a call of a cell takes sizes; leave %s out", c.Sizes[0].Name)
		return false
	}
	return true
}
