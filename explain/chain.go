package explain

import (
	"unroll/graph"
	"unroll/notation"
	"unroll/series"
)

// body is what a node that has a name is made of.
func (p *paper) body(n *graph.Node, m moment) notation.Math {
	p.size = 0
	x := n
	if n.Kind == graph.Name {
		x = n.Args[0]
	}
	if x != n && p.symbol(x) != nil {
		return p.formula(x, m)
	}
	return p.inner(x, m)
}

// says is what a node is made of, in names. Numbers of the formula itself that are rounded make it ≈.
func (p *paper) says(n *graph.Node, m moment) Link {
	p.seen, p.form = nil, fractions
	x := p.body(n, m)
	if p.formOf(p.seen) == decimals {
		p.form = decimals
		x = p.body(n, m)
	}
	return Link{p.signOfAll(p.seen, p.form), x}
}

// fills tells an array that is written as a number.
func fills(n *graph.Node) bool {
	if n.Kind == graph.Name {
		n = n.Args[0]
	}
	return n.Shape.Len() > 1 && isNumber(n)
}

// chain is how a value that has a name comes about at a step: h_2 = relu(w·h_1) = relu(0.5·0) = 0.
func (p *paper) chain(n *graph.Node, m moment) Chain {
	p.used = nil
	c := Chain{Left: p.symbolAt(n, m), Mark: p.mark(n, m.series, m.t)}
	first := p.says(n, m)
	symbols := first.X
	a := p.v.At(n, m.series, m.t)
	values := p.withValues(n, m, a)
	c.Links = append(c.Links, first)
	if values.X != nil && !same(values.X, symbols) {
		c.Links = append(c.Links, values)
	}
	if end := (Link{p.sign(a, p.form), p.write(a, p.form)}); !same(end.X, c.Links[len(c.Links)-1].X) {
		c.Links = append(c.Links, end)
	}
	return c
}

// withValues is what a node is made of with the values in it, in the one form that fits them all and
// the result; nothing if they are too many to be read.
func (p *paper) withValues(n *graph.Node, m moment, result series.Array) Link {
	m.values = true
	p.seen, p.form = nil, fractions
	p.body(n, m)
	if p.size > maxSize {
		return Link{}
	}
	all := append(p.seen, result)
	p.form = p.formOf(all)
	for _, a := range all {
		if a.R > maxShown || a.C > maxShown {
			return Link{}
		}
	}
	return Link{p.signOfAll(all[:len(all)-1], p.form), p.body(n, m)}
}

func same(a, b notation.Math) bool { return notation.Text(a) == notation.Text(b) }

// relation is a value with the signs before it: = 1497/256 = 5.84765625, ≈ 0.7616.
func (w numbers) relation(a series.Array) []Link {
	f := w.formOf([]series.Array{a})
	links := []Link{{w.sign(a, f), w.write(a, f)}}
	if f != fractions || a.Len() > 1 {
		return links
	}
	if text, ok := series.ShortDecimal(a.Rat[0]); ok {
		return append(links, Link{"=", signed(text)})
	}
	return append(links, Link{"≈", signed(w.round(a.Rat[0]))})
}
