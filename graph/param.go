package graph

import "math/big"

// weights makes the weights' nodes.
func (b *builder) weights() {
	for _, w := range b.p.weightOrder {
		scope := Global
		if w.perSeries {
			scope = Series
		}
		n := b.m.Add(&Node{Kind: Weight, Name: w.name, Scope: scope, Shape: b.in.shapeOf(w.name), Pos: w.at})
		b.named[w.name] = n
		b.g.Weights = append(b.g.Weights, &Param{
			Node: n, Name: w.name, PerSeries: w.perSeries, Fixed: w.fixed, Lo: w.lo, Hi: w.hi,
			Draw: w.draw, DrawArgs: w.drawArgs, Pos: w.at,
		})
	}
}

// starts makes the starts of weights: expressions of numbers and data. A weight without one has
// glorot if it is a map, and otherwise 0, or the middle of its interval.
func (b *builder) starts() {
	for i, w := range b.p.weightOrder {
		p := b.g.Weights[i]
		switch {
		case w.draw != "":
		case w.start != nil:
			p.Start = b.fit(b.expr(w.start, place{over: Steps, view: real, start: true}), p.Node.Shape, w.start.at, w.name)
			if p.Start.Scope >= Steps {
				b.errorf(w.start.at, "the start of %s is taken once, and %s has a value at each time; write first(…) or average(…)", short(w.name), w.start.text())
			} else if p.Start.Scope == Series && !w.perSeries {
				p.Start = b.m.Row("/", b.m.Pooled(p.Start), b.m.Pooled(b.m.Int(1)))
			}
		case w.lo != nil || w.hi != nil:
			p.Start = b.m.Fill(p.Node.Shape, middle(w.lo, w.hi))
		case w.dims == nil && p.Node.Shape.C > 1 || len(w.dims) == 2 || b.isMap(w):
			p.Draw = "glorot"
		default:
			p.Start = b.m.Fill(p.Node.Shape, new(big.Rat))
		}
	}
}

// middle is the start of a weight that is only constrained.
func middle(lo, hi *big.Rat) *big.Rat {
	one := big.NewRat(1, 1)
	switch {
	case lo == nil:
		return new(big.Rat).Sub(hi, one)
	case hi == nil:
		return new(big.Rat).Add(lo, one)
	}
	sum := new(big.Rat).Add(lo, hi)
	return sum.Quo(sum, big.NewRat(2, 1))
}

// isMap tells whether a weight stands as the left factor of a product anywhere: a linear map,
// even if what it maps is a number.
func (b *builder) isMap(w *weight) bool {
	found := false
	seen := map[*expr]bool{}
	b.p.eachExpr(func(e *expr) {
		walk(e, seen, func(e *expr) {
			if e.kind == xRow && e.row.Name == "*" && e.args[0].kind == xName && e.args[0].name == w.name {
				found = found || b.p.isSeries(e.args[1])
			}
		})
	})
	return found
}
