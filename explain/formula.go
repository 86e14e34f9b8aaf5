package explain

import (
	"slices"

	"unroll/graph"
	"unroll/notation"
	"unroll/op"
)

// formula is a node as a formula of its own.
func (p *paper) formula(n *graph.Node, m moment) notation.Math {
	p.size = 0
	return p.expr(n, m)
}

// expr is a node as it stands in a formula: by its name if it has one.
func (p *paper) expr(n *graph.Node, m moment) notation.Math {
	if p.symbol(n) != nil {
		return p.leaf(n, m)
	}
	if eq := p.defines[n]; eq != nil && p.deriving {
		return p.leaf(eq, m)
	}
	if p.size++; p.size > maxSize {
		return dots
	}
	return p.inner(n, m)
}

// maxSize is how many operations a formula may have; what is left out of a longer one are dots.
const maxSize = 200

// inner is a node written out.
func (p *paper) inner(n *graph.Node, m moment) notation.Math {
	switch n.Kind {
	case graph.Const:
		return p.constant(n, m)
	case graph.Time:
		return m.time()
	case graph.Name:
		return p.expr(n.Args[0], m)
	case graph.Mask:
		return p.mask(n, m)
	case graph.Draw:
		return p.draw(n, m)
	case graph.Shift:
		if m.values && m.t-n.K >= p.v.T(m.series) && holdsQuotient(n.Args[0]) {
			return p.value(n, m) // 0, and not 0/0
		}
		return p.expr(n.Args[0], m.back(n.K))
	case graph.Window:
		return p.window(n, m)
	case graph.Fold:
		return p.fold(n, m)
	case graph.Total:
		return p.total(n, m)
	case graph.Pooled:
		return p.pooled(n, m)
	}
	return p.row(n, m)
}

// holdsQuotient tells whether a formula divides by what changes over time, and so is 0 beyond the end.
func holdsQuotient(n *graph.Node) bool {
	if n.Kind != graph.Row {
		return false
	}
	divides := n.Row.Name == "/" || n.Row.Name == "over"
	return divides && n.Args[1].Scope >= graph.Steps || slices.ContainsFunc(n.Args, holdsQuotient)
}

// constant is an array of the file: one number stands for an array of it.
func (p *paper) constant(n *graph.Node, m moment) notation.Math {
	m.values = true
	a := constantArray(n)
	p.seen = append(p.seen, a)
	return p.write(a, p.form)
}

// mask is 1 or 0 by the time, or by what the data has.
func (p *paper) mask(n *graph.Node, m moment) notation.Math {
	if m.values {
		return p.value(n, m)
	}
	switch n.Mask.Kind {
	case graph.Observed:
		return notation.Fill(template(`\operatorname{observed}(#1)`), notation.At(notation.Symbol(n.Mask.Inputs[0]), m.back(n.Mask.K).time()))
	case graph.Inside:
		return notation.Fill(template(`[#1 \ge #2]`), m.back(n.Mask.K).time(), notation.Int(p.g.T0))
	}
	return notation.Fill(template(`[#1 = #2]`), m.time(), p.edge(n))
}

// edge is the first or the last time that counts: a number where the data leaves no doubt.
func (p *paper) edge(n *graph.Node) notation.Math {
	if t, ok := p.edgeTime(n); ok {
		return notation.Int(t)
	}
	if n.Mask.Kind == graph.First {
		return notation.Word{Text: "first"}
	}
	return notation.Word{Text: "last"}
}

// edgeTime is the time of a mask that is 1 at the first or the last time, of one series without gaps.
func (p *paper) edgeTime(n *graph.Node) (t int, ok bool) {
	if n.Kind != graph.Mask || p.many || p.v == nil || len(n.Mask.Inputs) > 0 || n.Mask.Cut != nil {
		return 0, false
	}
	switch n.Mask.Kind {
	case graph.First:
		if n.Mask.Steps {
			return p.g.T0, true
		}
		return 0, true
	case graph.Last:
		return p.v.T(0) - 1, true
	}
	return 0, false
}

// draw is a random number, by what it is for.
func (p *paper) draw(n *graph.Node, m moment) notation.Math {
	if m.values {
		return p.value(n, m)
	}
	return notation.At(notation.Symbol(n.Draw.ID), m.time())
}

// window is a stack of values: y_{t-3 : t-1}.
func (p *paper) window(n *graph.Node, m moment) notation.Math {
	return p.span(n, n.Args[0], n.P, n.Q, m)
}

// span is a node that is a window of a series.
func (p *paper) span(n, of *graph.Node, from, to int, m moment) notation.Math {
	if m.values {
		return p.value(n, m)
	}
	if of.Kind == graph.Mask && of.Mask.Kind == graph.Observed {
		times := notation.Fill(template(`#1 : #2`), m.back(from+of.Mask.K).time(), m.back(to+of.Mask.K).time())
		return notation.Fill(template(`\operatorname{observed}(#1)`), notation.At(notation.Symbol(of.Mask.Inputs[0]), times))
	}
	span := notation.Fill(template(`#1 : #2`), m.back(from).time(), m.back(to).time())
	if s := p.symbol(of); s != nil {
		return s(span)
	}
	return notation.Script{Base: notation.Bracket(p.expr(of, m)), Sub: span}
}

// row is an operation on its arguments.
func (p *paper) row(n *graph.Node, m moment) notation.Math {
	if of := p.primes[n]; of != nil {
		return p.prime(n, of, m)
	}
	if n.Said != nil && n.Said.Row == nil {
		return p.span(n, n.Said.Args[0], n.Said.P, n.Said.Q, m)
	}
	if n.Said != nil {
		return p.call(n.Said.Row, n.Said.Args, m)
	}
	switch n.Row.Name {
	case "where":
		return p.where(n, m)
	case "+", "-", "neg", ".*", "/", "over", "gated", "kept":
		return p.arithmetic(n, m)
	case "slice":
		return p.slice(n, m)
	case "is_index": // the rest of onehot
		if m.values {
			return p.value(n, m)
		}
		return notation.Fill(template(`e_{#1}`), p.expr(n.Args[1], m))
	case "sum":
		if a, b := dotted(n.Args[0]); a != nil {
			return notation.Fill(template(`{#1}^\top #2`), p.expr(a, m), p.expr(b, m))
		}
	case "fill", "spread": // a number that stands for an array
		return p.expr(n.Args[0], m)
	}
	return p.call(n.Row, n.Args, m)
}

// call is a row by its template.
func (p *paper) call(r *op.Row, args []*graph.Node, m moment) notation.Math {
	all := make([]notation.Math, len(args))
	for i, a := range args {
		all[i] = p.expr(a, m)
	}
	return notation.Fill(template(r.TeX), all...)
}

// slice is a component of a vector or a matrix, or several.
func (p *paper) slice(n *graph.Node, m moment) notation.Math {
	if m.values {
		return p.value(n, m)
	}
	at := make([]int, 5)
	for i, a := range n.Args[1:] {
		at[i+1] = int(a.Value[0].Num().Int64())
	}
	index := span(at[1], at[2])
	if n.Args[0].Shape.C > 1 {
		index = notation.Fill(template(`#1, #2`), index, span(at[3], at[4]))
	}
	x := p.expr(n.Args[0], m)
	if p.names[n.Args[0]] == nil && n.Args[0].Kind != graph.Shift {
		x = notation.Bracket(x)
	}
	return notation.At(x, index)
}

func span(from, count int) notation.Math {
	if count == 1 {
		return notation.Int(from)
	}
	return notation.Fill(template(`#1 : #2`), notation.Int(from), notation.Int(from+count-1))
}

// dotted are the factors of a sum of products entry by entry: aᵀ·b, if they are columns.
func dotted(n *graph.Node) (a, b *graph.Node) {
	if n.Kind != graph.Row || n.Row.Name != ".*" || n.Said != nil || n.Shape.C > 1 {
		return nil, nil
	}
	if a, b = n.Args[0], n.Args[1]; a.Shape != b.Shape || isNumber(a) || isNumber(b) {
		return nil, nil
	}
	return a, b
}
