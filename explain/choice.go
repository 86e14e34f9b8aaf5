package explain

import (
	"unroll/graph"
	"unroll/notation"
	"unroll/series"
)

// constantArray is an array of the file; one number if all its entries are.
func constantArray(n *graph.Node) series.Array {
	for _, v := range n.Value {
		if v.Cmp(n.Value[0]) != 0 {
			return series.Rats(n.Shape.R, n.Shape.C, n.Value)
		}
	}
	return series.Number(n.Value[0])
}

// where is one of two: the start of a state, a forecast that is fed, or a choice of the file.
func (p *paper) where(n *graph.Node, m moment) notation.Math {
	lagged := p.isLag(n)
	switch {
	case lagged && m.values && m.t >= p.v.T(m.series):
		return p.expr(n.Args[1], m) // read beyond the end, it looks back to a step
	case (lagged || n.Fed != "") && m.values:
		return p.value(n, m)
	case (lagged || n.Fed != "") && m.general:
		return p.expr(n.Args[1], m)
	case lagged:
		// Before the first step the name stands too: h_0.
		return p.expr(n.Args[1], m)
	case n.Fed != "":
		return p.expr(p.taken(n, m), m)
	}
	if !m.general && timeOnly(n.Args[0]) {
		return p.expr(p.taken(n, m), m)
	}
	if p.alike(n.Args[1], n.Args[2]) {
		return p.expr(n.Args[1], m) // they differ in what is 0 where nothing comes back
	}
	return notation.Choice(p.expr(n.Args[0], m), p.expr(n.Args[1], m), p.expr(n.Args[2], m))
}

// alike tells whether two nodes are the same formula.
func (p *paper) alike(a, b *graph.Node) bool {
	q := *p // that counts by itself
	return same(q.expr(a, general), q.expr(b, general))
}

// timeOnly tells a condition that the time and the data's gaps decide, whatever the values.
func timeOnly(c *graph.Node) bool {
	return !within(c, func(n *graph.Node) bool {
		switch n.Kind {
		case graph.Mask, graph.Const, graph.Time, graph.Row:
			return false
		}
		return true
	})
}

// isLag tells a lag with its start from any other choice.
func (p *paper) isLag(n *graph.Node) bool {
	c := n.Args[0]
	return c.Kind == graph.Mask && c.Mask.Kind == graph.Inside && n.Args[1].Kind == graph.Shift
}

// taken is the side that is taken at a step: of an array of which only entries are missing, the
// observed one.
func (p *paper) taken(n *graph.Node, m moment) *graph.Node {
	c := p.v.At(n.Args[0], m.series, m.t)
	for i := range c.Len() {
		if c.Float64(i) != 0 {
			return n.Args[1]
		}
	}
	return unstopped(n.Args[2])
}

// unstopped is a forecast without the stop that makes it a number to the derivative.
func unstopped(n *graph.Node) *graph.Node {
	if n.Kind == graph.Row && n.Row.Name == "stop" {
		return n.Args[0]
	}
	if n.Kind == graph.Shift && n.Args[0].Kind == graph.Row && n.Args[0].Row.Name == "stop" {
		return &graph.Node{Kind: graph.Shift, K: n.K, Args: []*graph.Node{n.Args[0].Args[0]}, Scope: n.Scope, Shape: n.Shape}
	}
	return n
}

// prime is the derivative of a function at what it is given: relu'(a).
func (p *paper) prime(n, of *graph.Node, m moment) notation.Math {
	if m.values {
		return p.value(n, m)
	}
	return primed(template(of.Row.TeX), p.expr(of.Args[0], m))
}

// primed puts a prime behind the name of a function.
func primed(f, x notation.Math) notation.Math {
	row, ok := f.(notation.Row)
	if !ok || len(row) == 0 {
		return notation.Fill(f, x)
	}
	head := notation.Script{Base: row[0], Sup: notation.Sign{Text: "′", Kind: notation.Dots}}
	return notation.Fill(append(notation.Row{head}, row[1:]...), x)
}
