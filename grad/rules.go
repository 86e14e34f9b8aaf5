package grad

import (
	"fmt"
	"math/big"
	"strings"

	"unroll/graph"
	"unroll/op"
)

// contribution is what comes back to one argument of a reader: for a row by its formula in the table,
// for the kinds that are about time by their duals.
func (d *differ) contribution(r reader) *graph.Node {
	g := d.adjoint(r.n)
	if g == nil {
		return nil
	}
	m := d.m.In(over(r.n))
	switch r.n.Kind {
	case graph.Row:
		return d.rowRule(m, r, g)
	case graph.Shift:
		return d.m.Shift(d.atSteps(within(g, r.n.K)), -r.n.K)
	case graph.Window:
		return d.m.Fold(d.atSteps(g), r.n.P, r.n.Q)
	case graph.Fold:
		return d.m.Window(d.atSteps(g), r.n.P, r.n.Q)
	case graph.Name, graph.Total, graph.Pooled:
		return g
	}
	panic(fmt.Sprintf("grad: %s is read and has no derivative", r.n))
}

// atSteps is what comes back at the steps, and 0 at other times: data alone, which a rule may come
// down to, has values there.
func (d *differ) atSteps(g *graph.Node) *graph.Node {
	if g.Scope != graph.Times {
		return g
	}
	return d.m.Row(".*", d.m.Mask(graph.MaskSpec{Kind: graph.Inside}, op.Scalar), g)
}

// within drops the mask of a lag's start: where(inside(t-k), g, 0), looked at from t+k, is g there.
func within(g *graph.Node, k int) *graph.Node {
	if g.Kind == graph.Row && g.Row.Name == "where" && g.Args[2].IsZero() && g.Args[1].Shape == g.Shape {
		if c := g.Args[0]; c.Kind == graph.Mask && c.Mask.Kind == graph.Inside && c.Mask.K == k {
			return g.Args[1]
		}
	}
	return g
}

// rowRule is the row's own formula, guarded where it has to be.
func (d *differ) rowRule(m *graph.Maker, r reader, g *graph.Node) *graph.Node {
	n := r.n
	formula := n.Row.Deriv[r.arg]
	bind := map[string]*graph.Node{"g": g, "y": n}
	for i, name := range n.Row.Args {
		bind[name] = n.Args[i]
	}
	if d.needsGuard(n, formula) {
		return guarded(m, r, g, formula, bind)
	}
	x := m.Rule(n.Row.Name, formula, bind)
	if x.Kind == graph.Row && x.Row.Name == "gated" {
		return gated(m, x.Args[0], x.Args[1])
	}
	return x
}

// gated is g times x, 0 where g is. No gate is needed where g is a number that isn't 0, or x is a
// number.
func gated(m *graph.Maker, g, x *graph.Node) *graph.Node {
	open := g.Kind == graph.Const
	for _, v := range g.Value {
		open = open && v.Sign() != 0
	}
	if open || x.Kind == graph.Const {
		return m.Row(".*", g, x)
	}
	return m.Row("gated", g, x)
}

// guarded is a rule whose value is 0 where g is, though the rest of it may be undefined there: an
// entry for itself, what runs over lines for a line whose g is all 0. A rule that is linear in g
// entry by entry is g times what it is at g = 1. In others each factor of g is 0 instead of
// undefined where only such entries of g meet it: so that the derivative by g, which isn't 0
// there, stays what it is.
func guarded(m *graph.Maker, r reader, g *graph.Node, formula string, bind map[string]*graph.Node) *graph.Node {
	n, used := r.n, m.Row("!=", g, m.Int(0))
	defined := func(used, x *graph.Node) *graph.Node {
		return m.Row("where", m.Row("==", used, m.Int(0)), m.Row("kept", x, x), x)
	}
	switch n.Row.Form {
	case op.Product:
		a, b := n.Args[0], n.Args[1]
		bind[n.Row.Args[0]] = defined(m.Row("*", used, ones(m, g.Shape.C, a.Shape.C)), a)
		bind[n.Row.Args[1]] = defined(columns(m, used, b), b)
		return m.Rule(n.Row.Name, formula, bind)
	case op.Along:
		bind["y"] = defined(m.Row("spread", m.Row("sum", used), n), n)
		bind[n.Row.Args[0]] = defined(m.Row("spread", m.Row("sum", used), n), n.Args[0])
		return m.Rule(n.Row.Name, formula, bind)
	case op.Reduce:
		bind["g"] = ones(m, g.Shape.R, g.Shape.C)
		return gated(m, m.Row("spread", g, n.Args[r.arg]), m.Rule(n.Row.Name, formula, bind))
	}
	if n.Row.Name == notLinear {
		bind[n.Row.Args[1]] = defined(used, n.Args[1])
		return m.Rule(n.Row.Name, formula, bind)
	}
	bind["g"] = m.Int(1)
	return gated(m, g, m.Rule(n.Row.Name, formula, bind))
}

func ones(m *graph.Maker, rows, cols int) *graph.Node {
	return m.Fill(op.Shape{R: rows, C: cols}, big.NewRat(1, 1))
}

// columns is not 0 in each column of x, the right side of a product, that an entry of the result is made of
// which isn't 0 in used.
func columns(m *graph.Maker, used, x *graph.Node) *graph.Node {
	if used.Shape.C == 1 {
		return m.Row("spread", m.Row("sum", used), x)
	}
	return m.Row("*", ones(m, x.Shape.R, used.Shape.R), used)
}

// needsGuard tells whether a rule could multiply a 0 that a mask made by something undefined.
func (d *differ) needsGuard(n *graph.Node, formula string) bool {
	if !d.masked[n] || n.Row.Name == "where" {
		return false
	}
	switch n.Row.Form {
	case op.Entrywise, op.Product, op.Reduce, op.Along:
	default:
		return false // only moves entries of g
	}
	for _, safe := range []string{"over(", "gated(", "kept("} {
		if strings.HasPrefix(formula, safe) {
			return false
		}
	}
	if strings.HasPrefix(formula, "-over(") && !d.risky[n.Args[0]] {
		return false // the numerator is defined
	}
	if formula == "g" || formula == "-g" || formula == "spread(g, a)" {
		return false
	}
	if n.Row.Name == notLinear {
		return d.risky[n.Args[1]] // it looks at nothing else
	}
	if d.risky[n] {
		return true
	}
	for _, a := range n.Args {
		if d.risky[a] {
			return true
		}
	}
	return false
}
