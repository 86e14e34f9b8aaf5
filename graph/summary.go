package graph

import (
	"unroll/op"
)

// summary is first, last, total or average of an expression over time, or pooled over the series.
func (b *builder) summary(e *expr, at place) *Node {
	x := e.args[0]
	at.k = 0 // a constant is the same at all times
	if e.name == "pooled" {
		return b.m.Pooled(b.expr(x, at))
	}
	if !b.p.isSeries(x) {
		return b.ofConstant(e, at)
	}
	alone := b.p.aloneness(x)
	if alone.now && alone.time && !b.allSteps(alone.sortedInputs()) {
		inside := place{over: Times, view: real}
		return b.summed(b.m.In(Times), e, b.expr(x, inside), alone.sortedInputs(), true)
	}
	inside := place{over: Steps, view: at.view, of: at.of}
	if b.mode() == Teacher {
		inside.view = real // steps at which a y in the text is missing are left out, so no forecast is read
	}
	if at.over == Times {
		inside.view = seen
	}
	return b.summed(b.m.In(Steps), e, b.expr(x, inside), nil, false)
}

// allSteps tells whether the steps are all times, and what equations see of some inputs is the data:
// then a summary of an equation reads the equation.
func (b *builder) allSteps(inputs []string) bool {
	for _, name := range inputs {
		if in := b.p.inputs[name]; b.feeds(in) || b.p.choices.Facts.Missing[name] {
			return false
		}
	}
	return b.t0 == 0
}

// ofConstant: a total counts the steps, the others are the constant itself.
func (b *builder) ofConstant(e *expr, at place) *Node {
	x := b.expr(e.args[0], at)
	if e.name != "total" {
		return x
	}
	m := b.m.In(Steps)
	if past := b.past(m, nil); past != nil {
		x = m.Row("where", past, x, m.Fill(x.Shape, zero))
	}
	return m.Total(x)
}

// summed adds over the times that count: first and last are totals under a mask.
func (b *builder) summed(m *Maker, e *expr, x *Node, inputs []string, all bool) *Node {
	none := m.Fill(x.Shape, zero)
	counted := b.counted(m, e.args[0], inputs, all)
	if e.name == "first" || e.name == "last" {
		return m.Total(m.Row("where", b.edgeMask(m, e, counted, inputs, all), x, none))
	}
	counted = b.past(m, counted)
	if counted == nil {
		counted = m.ones()
	} else {
		x = m.Row("where", counted, x, none)
	}
	total := m.Total(x)
	if e.name == "total" {
		return total
	}
	return m.Row("/", total, m.Total(counted))
}

// edgeMask is 1 at the first, or the last, of the times that count.
func (b *builder) edgeMask(m *Maker, e *expr, counted *Node, inputs []string, all bool) *Node {
	if !all && counted != nil {
		return b.edgeStep(e, b.past(b.m, counted))
	}
	spec := MaskSpec{Kind: First, Inputs: b.gappy(inputs), Cut: b.cut(inputs, all), Steps: !all}
	if e.name == "last" {
		spec.Kind = Last
	}
	n := m.Mask(spec, op.Scalar)
	if n.Pos.Src == nil {
		n.Pos = e.at
	}
	return n
}

// edgeStep is 1 at the first step at which something is 1, or the last: where it is, and wasn't
// before. What remembers that is a scan of its own.
func (b *builder) edgeStep(e *expr, counted *Node) *Node {
	k := 1
	if e.name == "last" {
		k = -1
	}
	met := b.m.Equation(b.freeName("met"), Steps, op.Scalar, e.at)
	met.Args = []*Node{b.m.Row("max", counted, b.m.Shift(met, k))}
	return b.m.Row(".*", counted, b.m.Row("-", b.m.Int(1), b.m.Shift(met, k)))
}

// past narrows what counts to the times that aren't still to come. (A First or Last mask does so by itself.)
func (b *builder) past(m *Maker, counted *Node) *Node {
	if !b.p.choices.Facts.Ahead {
		return counted
	}
	return m.both(counted, m.Mask(MaskSpec{Kind: Past}, op.Scalar))
}

// gappy are those of some inputs of which values are missing.
func (b *builder) gappy(inputs []string) []string {
	var out []string
	for _, name := range inputs {
		if b.p.choices.Facts.Missing[name] {
			out = append(out, name)
		}
	}
	return out
}

// counted is 1 at the times that a summary counts: where its inputs are observed, and for an input
// that is forecast not after the time to which it is fed. It is nil if all times count.
func (b *builder) counted(m *Maker, x *expr, inputs []string, all bool) *Node {
	var c *Node
	and := func(n *Node) { c = m.both(c, n) }
	if !all {
		b.presence(x, and)
	}
	for _, name := range inputs {
		if b.p.choices.Facts.Missing[name] {
			and(b.whole(m, b.observedMask(m, name, 0)))
		}
	}
	if cut := b.cut(inputs, all); cut != nil {
		and(m.Row("<=", m.Time(), m.Int(*cut)))
	}
	return c
}

// whole is 1 where all entries of a mask are.
func (b *builder) whole(m *Maker, mask *Node) *Node {
	if mask.Shape == op.Scalar {
		return mask
	}
	return m.Row("==", b.sumAll(m, mask), m.Int(mask.Shape.Len()))
}

// sumAll is the sum of all entries.
func (b *builder) sumAll(m *Maker, n *Node) *Node { return m.SumAll(n) }

// cut is the last time at which a forecast input is observed, if the run has one.
func (b *builder) cut(inputs []string, all bool) *int {
	if !all {
		return nil
	}
	mode := b.mode()
	if mode != ObservedTo && mode != Free {
		return nil
	}
	for _, name := range inputs {
		in := b.p.inputs[name]
		if in.forecast == nil {
			continue
		}
		ahead := -in.forecast.leaf.p
		k := max(0, b.t0+ahead-1) // time 0, where the series begins, is observed in any case
		if mode == ObservedTo {
			k = max(k, b.p.choices.Feed.K)
		}
		return &k
	}
	return nil
}
