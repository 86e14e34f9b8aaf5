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

// rowRule is the row's own formula.
func (d *differ) rowRule(m *graph.Maker, r reader, g *graph.Node) *graph.Node {
	n := r.n
	formula := n.Row.Deriv[r.arg]
	bind := map[string]*graph.Node{"g": g, "y": n}
	for i, name := range n.Row.Args {
		bind[name] = n.Args[i]
	}
	if !d.needsGuard(n, formula) {
		return m.Rule(n.Row.Name, formula, bind)
	}
	return guarded(m, r, g, formula, bind)
}

// guarded is a rule whose value is 0 where g is, though the rest of it may be undefined there: an
// entry for itself, what runs over lines for a line whose g is all 0. A product leaves out the
// entries of its factors that only such entries of g meet.
func guarded(m *graph.Maker, r reader, g *graph.Node, formula string, bind map[string]*graph.Node) *graph.Node {
	n, used := r.n, m.Row("!=", g, m.Int(0))
	drop := func(unused, x *graph.Node) *graph.Node {
		return m.Row("where", m.Row("==", unused, m.Int(0)), m.Zeros(x.Shape), x)
	}
	switch n.Row.Form {
	case op.Product:
		a, b := n.Args[0], n.Args[1]
		ones := func(rows, cols int) *graph.Node { return m.Fill(op.Shape{R: rows, C: cols}, big.NewRat(1, 1)) }
		bind[n.Row.Args[0]] = drop(m.Row("*", used, ones(g.Shape.C, a.Shape.C)), a)
		bind[n.Row.Args[1]] = drop(m.Row("*", ones(b.Shape.R, g.Shape.R), used), b)
		return m.Rule(n.Row.Name, formula, bind)
	case op.Reduce:
		return drop(m.Row("spread", used, n.Args[r.arg]), m.Rule(n.Row.Name, formula, bind))
	case op.Along:
		return drop(m.Row("spread", m.Row("sum", used), n), m.Rule(n.Row.Name, formula, bind))
	}
	return m.Row("where", m.Row("==", g, m.Int(0)), m.Zeros(n.Shape), m.Rule(n.Row.Name, formula, bind))
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
	for _, safe := range []string{"over(", "where(g "} {
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

// survey finds who reads whom where a derivative passes, what it is wanted for, and where a mask
// may hide an undefined value.
func (d *differ) survey() {
	d.readers = map[*graph.Node][]reader{}
	d.masked = map[*graph.Node]bool{}
	live := []*graph.Node{d.of}
	seen := map[*graph.Node]bool{d.of: true}
	for len(live) > 0 {
		n := live[0]
		live = live[1:]
		args := d.passes(n)
		for _, r := range args {
			a := r.node()
			d.readers[a] = append(d.readers[a], r)
			hides := n.Kind == graph.Row && n.Row.Name == "where" || d.masked[n] && n.Kind != graph.Shift && n.Kind != graph.Window
			if !seen[a] || hides && !d.masked[a] {
				d.masked[a] = d.masked[a] || hides
				if !seen[a] {
					live = append(live, a)
				}
				seen[a] = true
			}
		}
	}
	d.spreadMasks()
	d.findWanted(seen)
	d.findRisky(seen)
}

// passes are the arguments of a node that a derivative passes to.
func (d *differ) passes(n *graph.Node) []reader {
	switch n.Kind {
	case graph.Const, graph.Weight, graph.Input, graph.Time, graph.Mask, graph.Draw:
		return nil
	case graph.Row:
		var out []reader
		for i := range n.Args {
			if i < len(n.Row.Deriv) && n.Row.Deriv[i] != "" {
				out = append(out, reader{n, i})
			}
		}
		return out
	}
	return []reader{{n, 0}}
}

// spreadMasks carries "a mask may hide it" from readers to what they read, until nothing changes.
func (d *differ) spreadMasks() {
	var queue []*graph.Node
	for n := range d.masked {
		if d.masked[n] {
			queue = append(queue, n)
		}
	}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		if n.Kind == graph.Shift || n.Kind == graph.Window {
			continue
		}
		for _, r := range d.passes(n) {
			if a := r.node(); !d.masked[a] {
				d.masked[a] = true
				queue = append(queue, a)
			}
		}
	}
}

// findWanted marks weights and equations and all that depends on them.
func (d *differ) findWanted(seen map[*graph.Node]bool) {
	d.wanted = map[*graph.Node]bool{}
	var queue []*graph.Node
	for n := range seen {
		if n.Kind == graph.Weight || n.Kind == graph.Name {
			d.wanted[n] = true
			queue = append(queue, n)
		}
	}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for _, r := range d.readers[n] {
			if !d.wanted[r.n] {
				d.wanted[r.n] = true
				queue = append(queue, r.n)
			}
		}
	}
}

// findRisky marks what may be undefined at a moment: what is made of a singular row. Values of
// other times are taken to be defined.
func (d *differ) findRisky(seen map[*graph.Node]bool) {
	d.risky = map[*graph.Node]bool{}
	for changed := true; changed; {
		changed = false
		for n := range seen {
			if !d.risky[n] && d.isRisky(n) {
				d.risky[n], changed = true, true
			}
		}
	}
}

func (d *differ) isRisky(n *graph.Node) bool {
	switch n.Kind {
	case graph.Row:
		if n.Row.Singular {
			return true
		}
	case graph.Name:
	default:
		return false
	}
	for _, a := range n.Args {
		if d.risky[a] {
			return true
		}
	}
	return false
}
