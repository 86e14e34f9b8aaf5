package grad

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"unroll/graph"
	"unroll/lang"
	"unroll/op"
)

// push is the tangent of a node that is no equation: the kinds that are about time are linear, and a
// row has its rules.
func (p *pusher) push(n *graph.Node) *graph.Node {
	m := p.m.In(over(n))
	if n.Kind == graph.Row {
		t := p.row(m, n)
		if t == nil {
			return nil
		}
		return m.Fit(t, n.Shape)
	}
	t := p.read(reader{n, 0})
	if t == nil {
		return nil
	}
	switch n.Kind {
	case graph.Shift:
		return p.m.Shift(t, n.K)
	case graph.Window:
		return m.Window(t, n.P, n.Q)
	case graph.Fold:
		return m.Fold(t, n.P, n.Q)
	case graph.Total:
		return p.m.In(n.Args[0].Scope).Total(t)
	case graph.Pooled:
		return m.Pooled(t)
	}
	panic(fmt.Sprintf("grad: %s changes and has no derivative", n))
}

// row is the tangent of a row's value.
func (p *pusher) row(m *graph.Maker, n *graph.Node) *graph.Node {
	switch {
	case n.Row.Name == notLinear:
		if p.err == nil {
			p.err = fmt.Errorf("%s%s cuts what comes back, and no derivative goes forward through it; leave it out for the sensitivities by %s", where(n.Pos), n.Row.Name, p.by.Name)
		}
		return nil
	case n.Row.Name == "where":
		return p.choice(m, n)
	case n.Row.Form == op.Product:
		return p.product(m, n)
	case n.Row.Terms != nil:
		return m.Row(n.Row.Name, p.moved(n)...)
	}
	var sum *graph.Node
	for _, r := range passes(n) {
		t := p.read(r)
		if t == nil {
			continue
		}
		x := p.rule(m, r, t)
		if sum != nil {
			x = m.Row("+", sum, x)
		}
		sum = x
	}
	return sum
}

// moved are a linear row's arguments with those that derivatives pass to in place by their tangents.
func (p *pusher) moved(n *graph.Node) []*graph.Node {
	args := slices.Clone(n.Args)
	for _, r := range passes(n) {
		if args[r.arg] = p.read(r); args[r.arg] == nil {
			args[r.arg] = p.m.Zeros(r.node().Shape)
		}
	}
	return args
}

// choice takes the tangent of what is taken. A lag whose start doesn't change is 0 before the first
// step, as lags are.
func (p *pusher) choice(m *graph.Maker, n *graph.Node) *graph.Node {
	args := p.moved(n)
	c, a := n.Args[0], args[1]
	if args[2].IsZero() && a.Kind == graph.Shift && c.Kind == graph.Mask && c.Mask.Kind == graph.Inside && c.Mask.K == a.K {
		return a
	}
	return m.Row("where", args...)
}

// product changes in one factor at a time.
func (p *pusher) product(m *graph.Maker, n *graph.Node) *graph.Node {
	var sum *graph.Node
	for _, r := range passes(n) {
		t := p.read(r)
		if t == nil {
			continue
		}
		args := slices.Clone(n.Args)
		args[r.arg] = t
		x := m.Row(n.Row.Name, args...)
		if sum != nil {
			x = m.Row("+", sum, x)
		}
		sum = x
	}
	return sum
}

// rule is what a change t of one argument makes of a row's value: the row's own formula, with t for g.
// Where it is a factor times t the factor stands in front, as on paper.
func (p *pusher) rule(m *graph.Maker, r reader, t *graph.Node) *graph.Node {
	n := r.n
	bind := map[string]*graph.Node{"y": n}
	for i, name := range n.Row.Args {
		bind[name] = n.Args[i]
	}
	at := func(g *graph.Node) *graph.Node {
		bind["g"] = g
		return m.Rule(n.Row.Name, n.Row.Deriv[r.arg], bind)
	}
	switch {
	case n.Row.Form == op.Along:
		return at(t) // the matrix of its derivatives is symmetric
	case n.Row.Form == op.Reduce:
		local := at(m.Fill(n.Shape, big.NewRat(1, 1)))
		p.local[local] = n
		return m.Row("sum", m.Row(".*", local, t))
	}
	x := at(t)
	if x.Kind == graph.Row && x.Row.Name == "gated" {
		p.local[x.Args[1]] = n
		return gated(m, x.Args[0], x.Args[1])
	}
	local := at(m.Int(1))
	if f := n.Row.Local(); f != "" {
		local = m.Rule(n.Row.Name, f, bind)
	}
	if local.Kind == graph.Const || slices.Contains(n.Args, local) || divides(n.Row.Deriv[r.arg]) {
		return x
	}
	p.local[local] = n
	return m.Row(".*", local, t)
}

// divides tells whether a rule is a quotient of g, and best left as it is.
func divides(formula string) bool {
	return strings.HasPrefix(strings.TrimPrefix(formula, "-"), "over(")
}

// where is the beginning of a message about a place in the file.
func where(at lang.Pos) string {
	if at.Src == nil {
		return ""
	}
	return fmt.Sprintf("%s:%d:%d: ", at.Src.Name, at.Line, at.Col)
}
