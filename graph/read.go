package graph

import (
	"fmt"

	"unroll/op"
)

// read is a name's value, k steps back from where we are.
func (b *builder) read(e *expr, k int, at place) *Node {
	if w := b.p.weights[e.name]; w != nil {
		return b.named[e.name]
	}
	if in := b.p.inputs[e.name]; in != nil {
		if in.perSeries {
			return b.inputLeaf(in)
		}
		return b.readInput(e, in, at.k+k, at)
	}
	q := b.p.eqs[e.name]
	if !q.series {
		return b.equation(q)
	}
	return b.readSeries(e, q, at.k+k, at)
}

// readSeries is an equation's value k steps back.
func (b *builder) readSeries(e *expr, q *equation, k int, at place) *Node {
	alone := b.p.aloneOf(q)
	switch {
	case at.start && !(alone.lagged || alone.now):
		b.errorf(e.at, "a start holds constants, t and inputs, and %s has a value only from the first step on; give it a start of its own", short(q.name))
		return b.m.Fill(b.in.shapeOf(q.name), zero)
	case at.start, at.over == Times:
		// At any time, before the first step too: what it is made of.
		at.k = k
		return b.expr(q.x, at)
	case k == 0:
		return b.equation(q)
	case b.p.states[q.name] != nil:
		return b.lag(b.equation(q), q.name, k)
	}
	return b.expr(q.x, place{k: k, over: at.over})
}

// lag is a series with a state, k steps back: its start where that is before the first step (for
// leads: after the last).
func (b *builder) lag(n *Node, name string, k int) *Node {
	value := b.m.Shift(n, k)
	start := b.start(name, k, n.Shape)
	if isZero(start) {
		return value
	}
	return b.m.Row("where", b.m.Mask(MaskSpec{Kind: Inside, K: k}, op.Scalar), value, start)
}

// start is the state of a series at the time t-k.
func (b *builder) start(name string, k int, s op.Shape) *Node {
	at := b.states[name]
	if at == nil {
		at = &State{Node: b.named[name], At: map[int]*Node{}}
		if in := b.p.inputs[name]; in != nil {
			at.Node = b.inputLeaf(in)
		}
		b.states[name] = at
		at.Start = b.startAt(name, 0, s)
		b.g.States = append(b.g.States, at)
	}
	if at.At[k] == nil {
		at.At[k] = b.startAt(name, k, s)
	}
	return at.At[k]
}

func (b *builder) startAt(name string, k int, s op.Shape) *Node {
	st := b.p.states[name]
	return b.fit(b.expr(st.start, place{k: k, over: Steps, view: real, start: true}), s, st.start.at, name)
}

func (b *builder) inputLeaf(in *input) *Node {
	scope := Times
	if in.perSeries {
		scope = Series
	}
	return b.m.Add(&Node{Kind: Input, Name: in.name, Scope: scope, Shape: b.in.shapeOf(in.name), Pos: in.at})
}

// readInput is the value of an input k steps back: the observed one, or the own forecast if the run
// feeds that.
func (b *builder) readInput(e *expr, in *input, k int, at place) *Node {
	leaf := b.inputLeaf(in)
	if at.start {
		return b.m.Shift(leaf, k)
	}
	value := leaf
	if k != 0 {
		value = b.m.In(at.over).Shift(leaf, k)
	}
	if at.view != real && !at.scores(in, k, k) && at.over == Steps {
		value = b.fed(in, k, value)
	}
	if k == 0 {
		return value
	}
	if b.p.states[in.name] != nil {
		start := b.start(in.name, k, leaf.Shape)
		return b.m.Row("where", b.m.Mask(MaskSpec{Kind: Inside, K: k}, op.Scalar), value, start)
	}
	b.reach(e, in, k, at)
	return value
}

// scores tells whether an input from k = p to k = q steps back is what the `~` that we are in scores.
func (at place) scores(in *input, p, q int) bool {
	return at.view == scored && at.of.input == in && p <= at.of.leaf.p && q >= at.of.leaf.q
}

// reach notes a lag of an input without state: the largest is the first step. A lead needs the
// input to be known ahead, unless it stands on the left of `~`.
func (b *builder) reach(e *expr, in *input, k int, at place) {
	if k < 0 && !in.known && !at.left {
		b.errorf(e.at, "%s is read ahead of its time, at t+%d; write input %s known if it is known ahead, or state %s = 0 for what comes after the end", in.name, -k, in.name, in.name)
	}
	if k > b.g.T0 {
		b.g.T0 = k
		b.g.Cause = e.text()
		b.g.CausePos = e.at
	}
}

// asked notes that the file itself looks whether an input is there.
func (b *builder) asked(name string) {
	for _, c := range b.g.Inputs {
		if c.Name == name {
			c.Asked = true
		}
	}
}

// observedMask is 1 where the data has an input k steps back.
func (b *builder) observedMask(m *Maker, name string, k int) *Node {
	in := b.p.inputs[name]
	s := b.in.shapeOf(name)
	if k == 0 && !b.p.choices.Facts.Missing[name] && !in.known {
		return m.Fill(s, oneRat)
	}
	return m.Mask(MaskSpec{Kind: Observed, K: k, Inputs: []string{name}}, s)
}

// pick takes components, or rows.
func (b *builder) pick(m *Maker, e *expr, at place) *Node {
	a := b.expr(e.args[0], at)
	spans := e.pick
	if len(spans) == 1 {
		all := span{lo: 0, hi: a.Shape.C - 1}
		if a.Shape.R == 1 && a.Shape.C > 1 {
			spans = []span{{lo: 0, hi: 0}, spans[0]}
		} else {
			spans = []span{spans[0], all}
		}
	}
	for i, s := range spans {
		if n := [2]int{a.Shape.R, a.Shape.C}[i]; s.at == nil && s.hi >= n {
			b.errorf(e.at, "index %d is outside: %s is %s; components are counted from 0 to %d", s.hi, e.args[0].text(), a.Shape, n-1)
			return b.m.Fill(b.in.of[e].fixed(), zero)
		}
	}
	rows, cols := spans[0], spans[1]
	if rows.at == nil && cols.at == nil {
		return m.Row("slice", a, m.Int(rows.lo), m.Int(rows.width()), m.Int(cols.lo), m.Int(cols.width()))
	}
	a = b.indexed(m, a, rows, at)
	return m.Row("'", b.indexed(m, m.Row("'", a), cols, at))
}

// indexed takes rows of a: a slice, or the one that an expression of t says.
func (b *builder) indexed(m *Maker, a *Node, s span, at place) *Node {
	if s.at != nil {
		one := m.Row("onehot", b.expr(s.at, at), m.Int(a.Shape.R))
		return m.Row("*", m.Row("'", one), a)
	}
	return m.Row("slice", a, m.Int(s.lo), m.Int(s.width()), m.Int(0), m.Int(a.Shape.C))
}

// timeText is a time as it is written: t, t-1, t+2.
func timeText(k int) string {
	switch {
	case k > 0:
		return fmt.Sprintf("t-%d", k)
	case k < 0:
		return fmt.Sprintf("t+%d", -k)
	}
	return "t"
}
