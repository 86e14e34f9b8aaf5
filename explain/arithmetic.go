package explain

import (
	"unroll/graph"
	"unroll/notation"
	"unroll/op"
)

// arithmetic is what is added, multiplied and divided. Where a number is a factor, a dot stands
// between.
func (p *paper) arithmetic(n *graph.Node, m moment) notation.Math {
	a := n.Args[0]
	switch n.Row.Name {
	case "neg":
		return negative(p.expr(a, m))
	case "kept":
		return p.expr(a, m)
	case "over", "/":
		return quotient(p.expr(a, m), p.expr(n.Args[1], m))
	case "+":
		return notation.Sum(p.expr(a, m), p.addend(n.Args[1], m))
	case "-":
		return notation.Sum(p.expr(a, m), notation.Neg(p.expr(n.Args[1], m)))
	}
	return p.times(a, n.Args[1], m)
}

// addend is a later term of a sum: there a minus stands before 0 too, x − 0.
func (p *paper) addend(n *graph.Node, m moment) notation.Math {
	if isNegative(n) && p.symbol(n) == nil && p.primes[n] == nil {
		return notation.Neg(p.expr(n.Args[0], m))
	}
	return p.expr(n, m)
}

// quotient is x/y, a minus of x in front of it.
func quotient(x, y notation.Math) notation.Math {
	if row, ok := x.(notation.Row); ok && len(row) > 1 && row[0] == minus && len(notation.Terms(row)) == 1 {
		return notation.Neg(quotient(row[1:], y))
	}
	return notation.Fill(template(`\frac{#1}{#2}`), x, y)
}

var minus = notation.Math(notation.Sign{Text: "−", Kind: notation.Prefix})

// negative is −x; of 0, which values may be, 0.
func negative(x notation.Math) notation.Math {
	if notation.Text(x) == "0" {
		return x
	}
	return notation.Neg(x)
}

// times is a product entry by entry: with a dot where a number is a factor. A minus stands in front,
// and a sum behind.
func (p *paper) times(a, b *graph.Node, m moment) notation.Math {
	switch {
	case isOnes(a), a.Kind == graph.Const && b.Shape.Len() >= a.Shape.Len() && isOne(a):
		return p.expr(b, m)
	case isOnes(b):
		return p.expr(a, m)
	case isNegative(a) && !m.values:
		return notation.Neg(p.times(a.Args[0], b, m))
	case isNegative(b) && !m.values:
		return notation.Neg(p.times(a, b.Args[0], m))
	case !isNumber(a) && !isNumber(b):
		return notation.Fill(template(`#1 \odot #2`), p.expr(a, m), p.expr(b, m))
	}
	if isSum(a) && !isSum(b) {
		a, b = b, a
	}
	return notation.Product(p.expr(a, m), p.expr(b, m))
}

// isSum tells a sum over time or over series.
func isSum(n *graph.Node) bool { return n.Kind == graph.Total || n.Kind == graph.Pooled }

// isOne tells the number 1, and an array of ones.
func isOne(n *graph.Node) bool {
	for _, v := range n.Value {
		if v.Cmp(whole(1)) != 0 {
			return false
		}
	}
	return true
}

func isNegative(n *graph.Node) bool { return n.Kind == graph.Row && n.Row.Name == "neg" }

// isNumber tells what is written as a number: also one that stands for an array.
func isNumber(n *graph.Node) bool {
	if n.Shape == op.Scalar {
		return true
	}
	if n.Kind == graph.Const {
		return constantArray(n).Len() == 1
	}
	return n.Kind == graph.Row && (n.Row.Name == "fill" || n.Row.Name == "spread") && n.Args[0].Shape == op.Scalar
}

// isOnes tells the mask that is 1 at every step: it gives a constant a value at each.
func isOnes(n *graph.Node) bool {
	return n.Kind == graph.Mask && n.Mask.Kind == graph.Inside && n.Mask.K == 0
}
