package graph

import (
	"unroll/op"
)

// inference finds the shape of every expression by unification: each expression has a shape whose
// dimensions may be open, and each operation relates shapes. What can't be decided yet waits.
type inference struct {
	p       *program
	names   map[string]shape
	of      map[*expr]shape
	rigid   *rigidity // what is a number whatever the shapes
	likely  *rigidity // what is a number unless a matrix is reduced in it
	waiting []relation
	open    []string // names that came out as numbers only because nothing said otherwise
	moved   bool
}

// relation is a constraint that waits: step makes what progress it can and says whether it is done.
// force decides, at the last, what nothing else has decided; it says no if it has nothing to decide.
type relation struct {
	e     *expr
	step  func() bool
	force func(stage int) bool
}

func (p *program) infer() *inference {
	in := &inference{p: p, names: map[string]shape{}, of: map[*expr]shape{}}
	if p.shaky {
		return in
	}
	in.rigid, in.likely = p.rigidity(false), p.rigidity(true)
	in.declareNames()
	in.statements()
	in.solve()
	in.checkEntries()
	return in
}

// declareNames gives every name its shape as far as it is declared.
func (in *inference) declareNames() {
	p := in.p
	for _, x := range p.inputOrder {
		in.names[x.name] = declaredShape(x.shape)
	}
	for _, w := range p.weightOrder {
		if w.dims == nil {
			in.names[w.name] = openShape()
		} else {
			in.names[w.name] = declaredShape(w.dims)
		}
	}
	for _, q := range p.eqOrder {
		s := openShape()
		if in.rigid.names[q.name] {
			s = numberShape()
		}
		in.names[q.name] = s
	}
	for _, name := range keys(p.declared) {
		for _, dims := range p.declared[name] {
			in.declare(name, dims)
		}
	}
}

func (in *inference) declare(name string, dims []dimension) {
	have, want := in.names[name], declaredShape(dims)
	if in.p.inputs[name] == nil && in.p.eqs[name] == nil {
		return
	}
	if !in.join(have, want) {
		in.p.errorf(in.p.declaredAt(name, dims), "%s is %s here and %s elsewhere%s; declare its shape once", short(name), want, have, have.origin())
	}
}

func declaredShape(dims []dimension) shape {
	s := numberShape()
	if len(dims) > 0 {
		s.r = known(dims[0].n, dims[0].by, dims[0].at)
	}
	if len(dims) > 1 {
		s.c = known(dims[1].n, dims[1].by, dims[1].at)
	}
	return s
}

// statements relates the shapes that statements bring together.
func (in *inference) statements() {
	p := in.p
	for _, q := range p.eqOrder {
		in.same(q.x, in.names[q.name], q.name)
	}
	for _, w := range p.weightOrder {
		if w.start != nil {
			in.stands(w.start, in.names[w.name], short(w.name))
		}
	}
	for _, name := range keys(p.states) {
		in.stands(p.states[name].start, in.names[name], short(name))
	}
	for _, o := range p.observes {
		in.observe(o)
	}
	for _, l := range p.losses {
		in.number(l.x, "a loss term")
		if l.when != nil {
			in.number(l.when, "a condition")
		}
	}
}

// same makes an equation's right side and its name one shape.
func (in *inference) same(e *expr, want shape, name string) {
	got := in.infer(e)
	if !in.join(got, want) {
		in.p.errorf(e.at, "%s is %s%s, and what stands here is %s%s; make the shapes the same", short(name), want, want.origin(), got, got.origin())
	}
}

// number makes an expression a number; name says what it is.
func (in *inference) number(e *expr, name string) {
	if got := in.infer(e); !in.join(got, numberShape()) {
		in.p.errorf(e.at, "%s is a number, and %s is %s%s; make a number of it by sum, dot or a component", name, e.text(), got, got.origin())
	}
}

// stands is same, but a number may stand for an array.
func (in *inference) stands(e *expr, want shape, name string) {
	got := in.infer(e)
	in.wait(relation{e: e, step: func() bool {
		if in.isNumber(e, got) {
			return true
		}
		if in.undecided(e, got) {
			return false
		}
		if !in.join(got, want) {
			in.p.errorf(e.at, "%s is %s%s, and its start is %s%s; make the shapes the same", name, want, want.origin(), got, got.origin())
		}
		return got.isKnown()
	}, force: noForce})
}

// isNumber tells that an expression is known to be a number.
func (in *inference) isNumber(e *expr, s shape) bool { return s.isNumber() || in.rigid.number(e) }

// undecided tells that an expression is a number unless a matrix is reduced in it, and that this
// isn't known yet.
func (in *inference) undecided(e *expr, s shape) bool {
	return !s.isArray() && in.likely.number(e)
}

func noForce(int) bool { return false }

func (in *inference) wait(r relation) {
	if !r.step() {
		in.waiting = append(in.waiting, r)
	}
}

// join makes two shapes one; it says no if they can't be.
func (in *inference) join(a, b shape) bool {
	m1, ok1 := a.r.join(b.r)
	m2, ok2 := a.c.join(b.c)
	in.moved = in.moved || m1 || m2
	return ok1 && ok2
}

// set makes a dimension known.
func (in *inference) set(d *dim, n int, e *expr) bool {
	m, ok := d.join(known(n, "", e.at))
	in.moved = in.moved || m
	return ok
}

// clash reports that the arguments of an operation don't meet, with both shapes and their origins.
func (in *inference) clash(e *expr, a, b shape, help string) {
	in.p.errorf(e.at, "%s meets %s%s and %s%s; %s", e.label(), a, a.origin(), b, b.origin(), help)
}

// solve lets the relations settle, then decides what is left, one thing at a time.
func (in *inference) solve() {
	in.settle()
	for range 10_000 {
		if len(in.p.errs) > 0 || !in.decide() {
			break
		}
		in.settle()
	}
}

func (in *inference) settle() {
	for in.moved = true; in.moved; {
		in.moved = false
		var still []relation
		for _, r := range in.waiting {
			if !r.step() {
				still = append(still, r)
			}
		}
		if len(still) < len(in.waiting) {
			in.moved = true
		}
		in.waiting = still
	}
}

// What is decided when nothing more follows, in this order; before columns stand the equations that
// are numbers unless a matrix is reduced in them, and after all the open equations, then weights.
const (
	joins    = iota // what is added to a number, and has no shape, is a number
	linear          // a constant with a name left of a product, without a shape, is a linear map
	lists           // a flat list is a column
	columns         // what is reduced, indexed or stacked is a column
	composed        // a constant that is an expression left of a product is a linear map too
	factors         // the left factor of an undecided product is a number
)

// decide takes the first open question.
func (in *inference) decide() bool {
	return in.force(joins) || in.force(linear) || in.force(lists) || in.likelyNumber() ||
		in.force(columns) || in.force(composed) || in.force(factors) || in.leftOpen()
}

// likelyNumber makes an equation a number that is one unless a matrix is reduced in it.
func (in *inference) likelyNumber() bool {
	for _, q := range in.p.eqOrder {
		if s := in.names[q.name]; in.likely.names[q.name] && !s.isKnown() && in.could(s, numberShape()) {
			return in.join(s, numberShape())
		}
	}
	return false
}

// leftOpen makes the first equation, or weight, that is still open a number.
func (in *inference) leftOpen() bool {
	for _, q := range in.p.eqOrder {
		if in.toNumber(q.name) {
			return true
		}
	}
	for _, w := range in.p.weightOrder {
		if in.toNumber(w.name) {
			return true
		}
	}
	return false
}

// force lets the first relation that can decide something do so. Names that are linear maps are
// all so at once: that one is doesn't depend on another.
func (in *inference) force(stage int) bool {
	decided := false
	for _, r := range in.waiting {
		if r.force(stage) {
			decided = true
			if stage != linear {
				break
			}
		}
	}
	return decided
}

// toNumber closes what is open of a name's shape.
func (in *inference) toNumber(name string) bool {
	s := in.names[name]
	if s.isKnown() {
		return false
	}
	if s.r.value() == 0 && s.c.value() <= 1 {
		in.open = append(in.open, name)
	}
	for _, d := range []*dim{s.r, s.c} {
		if d.value() == 0 {
			d.join(one())
		}
	}
	return true
}

// shapeOf is the shape of a name, once all is solved.
func (in *inference) shapeOf(name string) op.Shape { return in.names[name].fixed() }

// fixed is the shape with what is open closed to 1.
func (s shape) fixed() op.Shape { return op.Shape{R: max(1, s.r.value()), C: max(1, s.c.value())} }
