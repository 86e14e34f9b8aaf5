package explain

import (
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
	case graph.Mask:
		return p.mask(n, m)
	case graph.Draw:
		return p.draw(n, m)
	case graph.Shift:
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

// constant is an array of the file: one number stands for an array of it.
func (p *paper) constant(n *graph.Node, m moment) notation.Math {
	m.values = true
	a := p.constantArray(n)
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
	case graph.First:
		return notation.Fill(template(`[#1 = \operatorname{first}]`), m.time())
	}
	return notation.Fill(template(`[#1 = \operatorname{last}]`), m.time())
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
	span := notation.Fill(template(`#1 : #2`), m.back(from).time(), m.back(to).time())
	if s := p.symbol(of); s != nil {
		return s(span)
	}
	return notation.Script{Base: notation.Bracket(p.expr(of, m)), Sub: span}
}

// fold is the overlapping sum of windows: what comes back to one time from all windows that hold it.
func (p *paper) fold(n *graph.Node, m moment) notation.Math {
	if m.values {
		return p.value(n, m)
	}
	j := notation.Ident{Name: "j"}
	entry := notation.Script{Base: notation.Bracket(p.expr(n.Args[0], m)), Sub: j}
	return notation.Big{Sign: "∑", Below: j, X: entry}
}

// total is a sum over the steps; with values it is the value itself.
func (p *paper) total(n *graph.Node, m moment) notation.Math {
	if m.values {
		return p.value(n, m)
	}
	if x, k := begins(n.Args[0]); x != nil && k == 1 {
		return p.expr(x, moment{t: p.g.T0})
	}
	sum := notation.Big{Sign: "∑", Below: notation.Ident{Name: "t"}, X: p.expr(n.Args[0], general)}
	if !p.many && p.v != nil && n.Args[0].Scope == graph.Steps {
		sum.Below = notation.Fill(template(`#1 = #2`), sum.Below, notation.Int(p.g.T0))
		sum.Above = notation.Int(p.v.T(0) - 1)
		if x, k := begins(n.Args[0]); x != nil {
			sum.X, sum.Above = p.expr(x, general), notation.Int(p.g.T0+k-1)
		}
	}
	return sum
}

// begins is what counts at the first k steps alone: what comes back to the start of a state.
func begins(n *graph.Node) (x *graph.Node, k int) {
	if n.Kind != graph.Row || n.Row.Name != "where" || !n.Args[1].IsZero() {
		return nil, 0
	}
	c := n.Args[0]
	if c.Kind != graph.Mask || c.Mask.Kind != graph.Inside || c.Mask.K < 1 {
		return nil, 0
	}
	return n.Args[2], c.Mask.K
}

// pooled is a sum over the series, which goes without saying where there is one.
func (p *paper) pooled(n *graph.Node, m moment) notation.Math {
	if m.values {
		return p.value(n, m)
	}
	x := p.expr(n.Args[0], m)
	if !p.many {
		return x
	}
	return notation.Big{Sign: "∑", Below: notation.Word{Text: "series"}, X: x}
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
	case "+", "-", "neg", ".*", "over", "gated", "kept":
		return p.arithmetic(n, m)
	case "slice":
		return p.slice(n, m)
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

// arithmetic is what is added, multiplied and divided. Where a number is a factor, a dot stands
// between.
func (p *paper) arithmetic(n *graph.Node, m moment) notation.Math {
	a := n.Args[0]
	switch n.Row.Name {
	case "neg":
		return notation.Neg(p.expr(a, m))
	case "kept":
		return p.expr(a, m)
	case "over":
		return notation.Fill(template(`\frac{#1}{#2}`), p.expr(a, m), p.expr(n.Args[1], m))
	case "+":
		return notation.Sum(p.expr(a, m), p.expr(n.Args[1], m))
	case "-":
		return notation.Sum(p.expr(a, m), notation.Neg(p.expr(n.Args[1], m)))
	}
	b := n.Args[1]
	switch {
	case isOnes(a):
		return p.expr(b, m)
	case isOnes(b):
		return p.expr(a, m)
	case a.Shape == op.Scalar || b.Shape == op.Scalar:
		return notation.Product(p.expr(a, m), p.expr(b, m))
	}
	return notation.Fill(template(`#1 \odot #2`), p.expr(a, m), p.expr(b, m))
}

// isOnes tells the mask that is 1 at every step: it gives a constant a value at each.
func isOnes(n *graph.Node) bool {
	return n.Kind == graph.Mask && n.Mask.Kind == graph.Inside && n.Mask.K == 0
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
