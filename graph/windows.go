package graph

import "unroll/op"

// window is the stack of a name's values from t-p to t-q.
func (b *builder) window(e *expr, at place) *Node {
	var n *Node
	if in := b.p.inputs[e.name]; in != nil && b.p.states[in.name] == nil {
		n = b.inputWindow(e, in, at)
	} else {
		n = b.stack(e, at)
	}
	if e.flip {
		n = b.m.Row("*", b.mirror(e.p-e.q+1), n)
	}
	return n
}

// inputWindow is a window of data.
func (b *builder) inputWindow(e *expr, in *input, at place) *Node {
	m := b.m.In(at.over)
	p, q := e.p+at.k, e.q+at.k
	leaf := b.inputLeaf(in)
	if !at.start {
		b.reach(e, in, p, at)
		b.reach(e, in, q, at)
	}
	value := m.Window(leaf, p, q)
	if at.view == real || at.scores(in, p, q) || at.over == Times || !b.feeds(in) {
		return value
	}
	return b.fedWindow(in, p, q, value)
}

// stack is a window of a series that has a state, or that is made of inputs.
func (b *builder) stack(e *expr, at place) *Node {
	p, last := e.p+at.k, e.q+at.k
	if n := b.startedWindow(e, p, last, at); n != nil {
		return n
	}
	var out *Node
	n := e.p - e.q + 1
	for k := e.p; k >= e.q; k-- {
		row := b.read(e, k, at)
		if row.Shape.R > 1 {
			row = b.m.Row("'", row)
		}
		row = b.m.Row("place", row, b.m.Int(e.p-k), b.m.Int(n), b.m.Int(0), b.m.Int(row.Shape.C))
		if out == nil {
			out = row
		} else {
			out = b.m.Row("+", out, row)
		}
	}
	b.sayWindow(out, e.name, p, last)
	return out
}

// startedWindow is a window of what has a state whose start is the same at all times: outside the steps it has
// the start. It is nil of anything else.
func (b *builder) startedWindow(e *expr, p, q int, at place) *Node {
	if b.p.states[e.name] == nil || at.start || at.over != Steps {
		return nil
	}
	var value, of *Node
	if eq := b.p.eqs[e.name]; eq != nil && eq.series {
		of = b.equation(eq)
		value = b.m.Window(of, p, q)
		if b.zeroStart(e.name) {
			return value
		}
	} else if in := b.p.inputs[e.name]; in != nil && !in.perSeries {
		of = b.inputLeaf(in)
		value = b.m.Window(of, p, q)
		if at.view != real && !at.scores(in, p, q) && b.feeds(in) {
			value = b.fedWindow(in, p, q, value)
		}
	}
	if value == nil {
		return nil
	}
	start := b.start(e.name, p, of.Shape)
	if start.Scope > Series {
		return nil
	}
	if of.Shape.R > 1 {
		start = b.m.Row("'", start)
	}
	n := p - q + 1
	ones := b.m.Fill(op.Shape{R: n, C: 1}, oneRat)
	inside := b.m.Window(b.m.Mask(MaskSpec{Kind: Inside}, op.Scalar), p, q)
	if wide := value.Shape.C; wide > 1 {
		inside = b.m.Row("*", inside, b.m.Fill(op.Shape{R: 1, C: wide}, oneRat))
	}
	start = b.fit(b.m.Row("*", ones, start), value.Shape, e.at, e.name)
	out := b.m.Row("where", inside, value, start)
	b.sayWindow(out, e.name, p, q)
	return out
}

// sayWindow notes at a node of which series it is a window.
func (b *builder) sayWindow(n *Node, name string, p, q int) {
	var of *Node
	if in := b.p.inputs[name]; in != nil {
		of = b.inputLeaf(in)
	} else {
		of = b.equation(b.p.eqs[name])
	}
	if n.Kind == Row && n.Said == nil {
		n.Said = &Said{Args: []*Node{of}, P: p, Q: q}
	}
}

// zeroStart tells whether a state is 0 whatever the time.
func (b *builder) zeroStart(name string) bool {
	x := b.p.states[name].start
	return x.kind == xNum && x.num.Sign() == 0
}

// mirror is the n×n matrix that turns the rows around.
func (b *builder) mirror(n int) *Node {
	values := b.m.Fill(op.Shape{R: n, C: n}, zero).Value
	values = append(values[:0:0], values...)
	for i := range n {
		values[i*n+n-1-i] = oneRat
	}
	return b.m.Array(op.Shape{R: n, C: n}, values)
}
