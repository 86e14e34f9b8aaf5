package graph

import (
	"unroll/op"
)

// findObserved finds what each `~` is about: the input that stands first on its left, where it lies
// furthest ahead; what else of it stands there is known by then, as in log(y/y[t-1]). The first `~`
// about a name is its forecast.
func (p *program) findObserved() {
	for _, o := range p.observes {
		tied := false
		walk(o.left, map[*expr]bool{}, func(e *expr) {
			if e.kind != xName && e.kind != xLag && e.kind != xWindow {
				return
			}
			in := p.inputs[e.name]
			switch {
			case in == nil || o.input != nil && in != o.input:
			case o.input == nil || e.q < o.leaf.q:
				o.input, o.leaf, tied = in, e, false
			case e.q == o.leaf.q:
				tied = true
			}
		})
		switch {
		case o.input == nil && p.isUnknown(o.left):
			continue
		case o.input == nil:
			p.errorf(o.at, "the left side of ~ holds no input, so nothing is observed; write y ~ … for an input y")
			continue
		case tied:
			p.errorf(o.at, "%s stands more than once on the left of ~, so that a forecast can't be carried back to it; write it once", o.input.name)
		case o.leaf.p > 0:
			p.errorf(o.leaf.at, "the left side of ~ lies in the past; write %s, or a time ahead", o.input.name)
		}
		if o.input.forecast == nil {
			o.input.forecast = o
			o.first = true
		}
	}
}

// mode is the feed that has an effect: a sampled one is drawn in training only.
func (b *builder) mode() FeedMode {
	c := b.p.choices
	if c.Feed.Mode == Sampled && !c.Training {
		return Teacher
	}
	return c.Feed.Mode
}

// feeds tells whether what equations see of an input may be the model's own forecast.
func (b *builder) feeds(in *input) bool {
	if in.forecast == nil || in.perSeries {
		return false
	}
	return b.mode() != Teacher || b.p.choices.Facts.Missing[in.name]
}

// fed is what equations see of y, k steps back: the observed value, or the own forecast.
func (b *builder) fed(in *input, k int, value *Node) *Node {
	if !b.feeds(in) {
		return value
	}
	own, ahead := b.ownForecast(in.forecast)
	return fedFrom(in, b.m.Row("where", b.sees(b.m, in, k, ahead), value, b.m.Shift(own, k+ahead)))
}

// fedFrom notes at a node that it is what equations see of an input.
func fedFrom(in *input, n *Node) *Node {
	if n.Kind == Row && n.Row.Name == "where" {
		n.Fed = in.name
	}
	return n
}

// fedWindow is the same for a window of y.
func (b *builder) fedWindow(in *input, p, q int, value *Node) *Node {
	own, ahead := b.ownForecast(in.forecast)
	all := b.m.In(Times)
	sees := all.Fit(b.sees(all, in, 0, ahead), b.in.shapeOf(in.name))
	return b.m.Row("where", b.m.Window(sees, p, q), value, b.m.Window(own, p+ahead, q+ahead))
}

// sees is 1 where the equations see the observed y of k steps back. Before the first own forecast,
// which is made at t0 for the time t0+ahead, it is always the observed one.
func (b *builder) sees(m *Maker, in *input, k, ahead int) *Node {
	first := b.t0 + ahead
	s := b.time(m, place{k: k})
	var c *Node
	switch b.mode() {
	case Teacher:
		return b.observedMask(m, in.name, k)
	case Sampled:
		u := m.Add(&Node{Kind: Draw, Scope: Steps, Shape: b.in.shapeOf(in.name), Draw: DrawSpec{Kind: Uniform, ID: in.name + "_fed"}, Pos: in.at})
		keep := b.m.Shift(b.m.Row(">=", u, b.m.Number(b.p.choices.Feed.P)), k)
		c = m.Row("where", m.Row("<", s, m.Int(first)), m.Int(1), keep)
	default:
		last := first - 1
		if b.p.choices.Feed.Mode == ObservedTo {
			last = max(last, b.p.choices.Feed.K)
		}
		c = m.Row("<=", s, m.Int(last))
	}
	if b.p.choices.Facts.Missing[in.name] {
		c = m.Row(".*", c, b.observedMask(m, in.name, k))
	}
	return c
}

// ownForecast is the model's own forecast of y as it is fed back: made at t for the time t+ahead.
func (b *builder) ownForecast(o *observe) (n *Node, ahead int) {
	ahead = -o.leaf.p
	n = b.own[o]
	if n == nil {
		n = b.makeOwn(o)
	}
	if o.leaf.kind == xWindow && b.p.choices.Facts.Ahead {
		n, ahead = b.inWindows(o, n, ahead), 0
	}
	if b.p.choices.Stop {
		n = b.m.Row("stop", n)
	}
	return n, ahead
}

func (b *builder) makeOwn(o *observe) *Node {
	if e := b.plainForecast(o); e != nil {
		b.own[o] = b.equation(b.p.eqs[e.name])
		return b.own[o]
	}
	n := b.m.Equation(b.freeName(o.input.name+"_forecast"), Steps, b.in.shapeOf(o.input.name), o.at)
	b.own[o] = n
	f := b.carried(o)
	if o.leaf.kind == xWindow {
		f = b.firstRow(f, n.Shape)
	}
	n.Args = []*Node{b.fit(f, n.Shape, o.at, o.input.name)}
	return n
}

// firstRow is the first time of a forecast of several: a number, or a row made a vector.
func (b *builder) firstRow(f *Node, s op.Shape) *Node {
	row := b.m.Row("slice", f, b.m.Int(0), b.m.Int(1), b.m.Int(0), b.m.Int(f.Shape.C))
	if s != row.Shape {
		row = b.m.Row("'", row)
	}
	return row
}

// plainForecast is the equation that is the forecast as it stands, if there is one: `y ~ squared(yhat)`.
func (b *builder) plainForecast(o *observe) *expr {
	if b.samples(o) || o.left.kind != xName || o.family.Name == "quantile" || o.family.Name == "score" || o.family.Forecast != o.family.Args[0] {
		return nil
	}
	e := o.args[0]
	if e.kind != xName {
		return nil
	}
	q := b.p.eqs[e.name]
	if q == nil || !q.series || b.in.shapeOf(q.name) != b.in.shapeOf(o.input.name) {
		return nil
	}
	return e
}

// freeName is a name that the file doesn't use: one that is taken gets one more _.
func (b *builder) freeName(name string) string {
	for b.p.knows(name) || b.p.sizes[name] != nil {
		name += "_"
	}
	return name
}

// carried is the forecast of a `~`, carried back to y's scale: a vector if it is about several times.
func (b *builder) carried(o *observe) *Node { return b.carryBack(o, b.forecast(o)) }

// carryBack takes a value on the scale of the left side to y's.
func (b *builder) carryBack(o *observe, f *Node) *Node {
	left := b.expr(o.left, place{over: Steps, view: scored, left: true, of: o})
	f = b.fit(f, left.Shape, o.at, o.input.name)
	return b.invert(o.left, o.leaf, f, place{over: Steps, left: true})
}

// forecast is the family's forecast of the left side.
func (b *builder) forecast(o *observe) *Node {
	at := place{over: Steps}
	switch {
	case b.samples(o):
		return b.sample(o)
	case o.family.Name == "quantile":
		return b.expr(o.args[b.nearestHalf(o)], at)
	case o.family.Name == "score":
		return b.expr(o.after[0], at)
	}
	f := b.m.Rule(o.family.Name, o.family.Forecast, b.arguments(o))
	b.shapeError(o)
	return f
}

// arguments are what a family's arguments are, by the names that its formulas have for them.
func (b *builder) arguments(o *observe) map[string]*Node {
	bind := map[string]*Node{}
	for i, a := range o.args {
		bind[o.family.Args[i]] = b.expr(a, place{over: Steps})
	}
	return bind
}

// nearestHalf is which of the quantiles is the forecast: the one whose probability is nearest ½.
func (b *builder) nearestHalf(o *observe) int {
	best, bestMiss := 0, 2.0
	for i, e := range o.after {
		n := b.expr(e, place{over: Steps})
		if n.Kind != Const {
			continue
		}
		p, _ := n.Value[0].Float64()
		if miss := max(p-0.5, 0.5-p); miss < bestMiss {
			best, bestMiss = i, miss
		}
	}
	return best
}

// invert carries a value of the expression e back to the leaf within it, by the rows' inverses.
func (b *builder) invert(e, leaf *expr, value *Node, at place) *Node {
	if e == leaf {
		return value
	}
	i, r := b.towards(e, leaf)
	if i < 0 || r.Inverse == nil || r.Inverse[i] == "" {
		b.errorf(e.at, "a forecast can't be carried back through %s; the left side of ~ must be an invertible expression, as log(y/l)", e.text())
		return value
	}
	bind := map[string]*Node{"y": value}
	for j, a := range e.args {
		if j != i {
			bind[r.Args[j]] = b.expr(a, at)
		}
	}
	return b.invert(e.args[i], leaf, b.m.Rule(r.Name, r.Inverse[i], bind), at)
}

// towards is which argument of e holds the leaf, and the row that joins them.
func (b *builder) towards(e, leaf *expr) (int, *op.Row) {
	if e.kind != xRow {
		return -1, nil
	}
	r := e.row
	if r.Name == "*" {
		r = b.p.table.Lookup(".*", 2)
	}
	for i, a := range e.args {
		holds := false
		walk(a, map[*expr]bool{}, func(x *expr) { holds = holds || x == leaf })
		if holds {
			return i, r
		}
	}
	return -1, r
}
