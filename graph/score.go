package graph

import (
	"fmt"

	"unroll/lang"
	"unroll/op"
)

// scores makes each `~` and each `loss` term, and the loss: the sum of all.
func (b *builder) scores() {
	var loss *Node
	add := func(n *Node) {
		if loss == nil {
			loss = n
		} else {
			loss = b.m.Row("+", loss, n)
		}
	}
	for _, o := range b.p.observes {
		s := b.score(o)
		if s == nil {
			continue
		}
		b.g.Scores = append(b.g.Scores, s)
		sum := b.gather(s.Value)
		if b.p.choices.Mean {
			sum = b.m.Row("/", sum, b.m.Row("max", b.scored(s), b.m.Int(1)))
		}
		add(sum)
	}
	for _, l := range b.p.losses {
		add(b.gather(b.lossTerm(l)))
	}
	if b.p.choices.Each && loss != nil && loss.Scope == Series {
		b.g.Own, loss = loss, b.m.Pooled(loss)
	}
	b.g.Loss = loss
}

// scored is how many entries a `~` scores, at all steps and in all series; in each, if it has a loss of its own.
func (b *builder) scored(s *Score) *Node {
	n := s.Count
	if s.Value.Scope >= Steps {
		n = b.m.Total(n)
	}
	if b.p.choices.Each {
		return n
	}
	return b.m.Pooled(n)
}

// gather adds over the steps and over the series, as far as a value has them, and only over the steps if
// each series has a loss of its own.
func (b *builder) gather(n *Node) *Node {
	if n.Scope >= Steps {
		n = b.m.Total(n)
	}
	if n.Scope == Series && !b.p.choices.Each {
		n = b.m.Pooled(n)
	}
	return n
}

// score is one `~`: at each step the sum of the scores of the entries that are observed.
func (b *builder) score(o *observe) *Score {
	leftAt := place{over: Steps, view: scored, left: true, of: o}
	faults := len(b.p.errs)
	y := b.expr(o.left, leftAt)
	v := b.missScore(o, y)
	b.shapeError(o)
	if len(b.p.errs) > faults {
		return nil
	}
	if o.family.Density && o.left.kind == xRow {
		leaf := o.leaf
		slope := b.slope(o.left, leaf, leftAt)
		v = b.m.Row("-", v, b.m.Row("log", b.m.Row("abs", slope)))
	}
	counts := b.counts(o, v)
	s := &Score{Input: o.input.name, Text: o.text, Pos: o.at, Ahead: -o.leaf.p}
	if counts == nil {
		s.Count = b.m.Int(v.Shape.Len())
	} else {
		counts = b.fit(counts, v.Shape, o.at, o.input.name)
		v = b.m.Row("where", counts, v, b.m.Fill(v.Shape, zero))
		s.Count = b.m.SumAll(counts)
	}
	s.Value = b.m.SumAll(v)
	if !o.input.perSeries {
		s.Value = b.m.overTime(s.Value)
	}
	if o.input.perSeries && s.Value.Scope == Global {
		s.Value = b.m.Row("+", s.Value, b.m.Row(".*", b.m.Int(0), b.inputLeaf(o.input)))
	}
	if o.first {
		if o.leaf.kind == xWindow {
			s.Window = o.leaf.p - o.leaf.q + 1
		}
		s.Forecast = b.carried(o)
		s.Sampled = drawable(o.family)
		if o.family.Name == "quantile" && b.p.choices.Facts.Ahead {
			for _, q := range b.quantiles(o) {
				s.Quantiles = append(s.Quantiles, Quantile{q.P, b.carryBack(o, q.Value)})
			}
		}
	}
	return s
}

// missScore is the score of each entry, or of all together where the family says so.
func (b *builder) missScore(o *observe, y *Node) *Node {
	at := place{over: Steps, view: scored, of: o}
	switch o.family.Name {
	case "score":
		return b.expr(o.args[0], at)
	case "quantile":
		var sum *Node
		for i, q := range o.args {
			bind := map[string]*Node{"y": y, o.family.Args[0]: b.expr(q, at), o.family.Args[1]: b.expr(o.after[i], at)}
			v := b.m.Rule("quantile", o.family.Score, bind)
			if sum == nil {
				sum = v
			} else {
				sum = b.m.Row("+", sum, v)
			}
		}
		return sum
	}
	bind := map[string]*Node{"y": y}
	for i, a := range o.args {
		bind[o.family.Args[i]] = b.expr(a, at)
	}
	return b.m.Rule(o.family.Name, o.family.Score, bind)
}

func (b *builder) shapeError(o *observe) {
	if err := b.m.Err(); err != nil {
		b.errorf(o.at, "%s scores %s: %v; make the shapes of its arguments that of %s", o.family.Name, o.left.text(), err, o.left.text())
	}
}

// counts is 1 for the entries that are scored; nil if all are.
func (b *builder) counts(o *observe, v *Node) *Node {
	var c *Node
	leaf := o.leaf
	missing := b.p.choices.Facts.Missing[o.input.name]
	switch {
	case missing && o.input.perSeries:
		c = b.m.Add(&Node{Kind: Mask, Scope: Series, Shape: b.in.shapeOf(o.input.name),
			Mask: MaskSpec{Kind: Observed, Inputs: []string{o.input.name}}})
	case leaf.kind == xWindow:
		mask := b.m.In(Times).Mask(MaskSpec{Kind: Observed, Inputs: []string{o.input.name}}, b.in.shapeOf(o.input.name))
		c = b.m.Window(mask, leaf.p, leaf.q)
	case leaf.p != 0:
		c = b.m.Mask(MaskSpec{Kind: Observed, K: leaf.p, Inputs: []string{o.input.name}}, b.in.shapeOf(o.input.name))
	case missing:
		c = b.observedMask(b.m, o.input.name, 0)
	}
	if c != nil && v.Shape == op.Scalar {
		c = b.whole(b.m, c)
	}
	if o.when != nil {
		w := b.m.Row("!=", b.expr(o.when, place{over: Steps, view: real}), b.m.Int(0))
		c = b.m.both(c, w)
	}
	return c
}

// slope is the derivative of the left side by the y in it, entry by entry: a density of log(y/l)
// is one of y times this.
func (b *builder) slope(e, leaf *expr, at place) *Node {
	if e == leaf {
		return b.m.Int(1)
	}
	i, r := b.towards(e, leaf)
	if i < 0 {
		return b.m.Int(1)
	}
	bind := map[string]*Node{"g": b.m.Int(1), "y": b.expr(e, at)}
	for j, a := range e.args {
		bind[r.Args[j]] = b.expr(a, at)
	}
	formula := ""
	if r.Deriv != nil {
		formula = r.Deriv[i]
	}
	if formula == "" {
		b.errorf(e.at, "%s has no derivative to change the scale of a density by; use log, a product or a sum on the left of ~", r.Name)
		return b.m.Int(1)
	}
	return b.m.Row(".*", b.m.Rule(r.Name, formula, bind), b.slope(e.args[i], leaf, at))
}

// lossTerm is a further term of the loss, left out where it reads a y that is missing.
func (b *builder) lossTerm(l *lossTerm) *Node {
	at := place{over: Steps, view: real}
	x := b.expr(l.x, at)
	if x.Shape != op.Scalar {
		b.errorf(l.at, "a loss term is a number, and this is %s; write sum(…)", x.Shape)
		return b.m.Int(0)
	}
	var c *Node
	and := func(n *Node) { c = b.m.both(c, n) }
	if b.p.isSeries(l.x) {
		b.presence(l.x, and)
	}
	if l.when != nil {
		and(b.m.Row("!=", b.expr(l.when, at), b.m.Int(0)))
	}
	if c == nil {
		return x
	}
	return b.m.Row("where", c, x, b.m.Int(0))
}

// presence asks, for each y in the text of a term that is forecast and has missing values, that it be there.
func (b *builder) presence(e *expr, and func(*Node)) {
	b.presenceIn(e, and, map[*expr]bool{})
}

func (b *builder) presenceIn(e *expr, and func(*Node), seen map[*expr]bool) {
	if e.kind == xSeriesSum || seen[e] {
		return
	}
	seen[e] = true
	if e.kind == xName || e.kind == xLag || e.kind == xWindow {
		in := b.p.inputs[e.name]
		if in == nil || in.forecast == nil || !b.p.choices.Facts.Missing[e.name] {
			return
		}
		for k := e.p; k >= e.q; k-- {
			and(b.whole(b.m, b.observedMask(b.m, e.name, k)))
		}
	}
	for _, x := range parts(e) {
		b.presenceIn(x, and, seen)
	}
}

// checkFeed refuses a feed that no series reaches.
func (b *builder) checkFeed() {
	c := b.p.choices
	if c.Feed.Mode == ObservedTo && c.Facts.Longest > 0 && c.Feed.K >= c.Facts.Longest {
		b.errorf(lang.Pos{}, "--feed observed:%d is past the end: the longest series ends at t = %d; give at most observed:%d", c.Feed.K, c.Facts.Longest-1, c.Facts.Longest-1)
	}
}

// String names a feed as the command's flag does.
func (f Feed) String() string {
	switch f.Mode {
	case ObservedTo:
		return fmt.Sprintf("observed:%d", f.K)
	case Free:
		return "free"
	case Sampled:
		return "sampled:" + f.P.RatString()
	}
	return "teacher"
}
