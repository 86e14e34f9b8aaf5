package explain

import (
	"unroll/graph"
	"unroll/notation"
)

// fold is the overlapping sum of windows: what comes back to one time from all windows that hold it,
// from each its entry for that time.
func (p *paper) fold(n *graph.Node, m moment) notation.Math {
	var terms []notation.Math
	if m.values {
		if n.P-n.Q >= maxShown || n.Shape.Len() > 1 {
			return p.value(n, m)
		}
		for j := 0; j <= n.P-n.Q; j++ {
			a := p.v.At(n.Args[0], m.series, m.t+n.P-j).At(j, 0)
			p.seen = append(p.seen, a)
			terms = append(terms, p.write(a, p.form))
		}
		return notation.Sum(terms...)
	}
	for j := 0; j <= n.P-n.Q; j++ {
		if j >= maxShown-1 && j < n.P-n.Q {
			if j == maxShown-1 {
				terms = append(terms, dots)
			}
			continue
		}
		of := notation.Bracket(p.expr(n.Args[0], m.back(j-n.P)))
		terms = append(terms, notation.At(of, notation.Int(j)))
	}
	return notation.Sum(terms...)
}

// total is a sum over the steps; with values it is the value itself.
func (p *paper) total(n *graph.Node, m moment) notation.Math {
	if m.values {
		return p.value(n, m)
	}
	of := n.Args[0]
	switch x, k := begins(of); {
	case x != nil && k == 1:
		return p.expr(x, moment{t: p.g.T0})
	case of.Kind == graph.Row && of.Row.Name == "where" && of.Args[2].IsZero():
		if t, ok := p.edgeTime(of.Args[0]); ok {
			return p.expr(of.Args[1], moment{t: t})
		}
	}
	sum := notation.Big{Sign: "∑", Below: notation.Ident{Name: "t"}, X: p.expr(n.Args[0], general)}
	if !p.many && p.v != nil && n.Args[0].Scope == graph.Steps {
		sum.Below = notation.Fill(template(`#1 = #2`), sum.Below, notation.Int(p.g.T0))
		sum.Above = notation.Int(p.v.T(0) - 1)
		if x, k := begins(n.Args[0]); x != nil {
			sum.X, sum.Above = p.expr(x, general), notation.Int(p.g.T0+k-1)
		}
	}
	return outward(sum)
}

// outward takes a minus that is before the whole of a sum out of it.
func outward(sum notation.Big) notation.Math {
	row, ok := sum.X.(notation.Row)
	if !ok || len(row) < 2 || len(notation.Terms(row)) > 1 || row[0] != minus {
		return sum
	}
	sum.X = row[1:]
	return notation.Neg(sum)
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
