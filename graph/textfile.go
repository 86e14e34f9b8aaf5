package graph

import (
	"math/big"

	"unroll/lang"
	"unroll/op"
)

// file puts the statements together.
func (w *writer) file() *lang.File {
	f := &lang.File{Src: &lang.Source{Name: w.g.Cell}}
	var starts, weights []lang.Stmt
	for _, p := range w.g.Weights {
		weights = append(weights, w.weight(p))
	}
	var loss lang.Expr
	if w.g.Loss != nil {
		loss = w.expr(w.g.Loss)
	}
	for _, n := range w.order {
		if s := w.starts[n]; s != nil {
			starts = append(starts, stateOf(w.names[n], w.start(s)))
		}
	}
	for _, s := range w.g.States {
		if s.Node.Kind == Input {
			starts = append(starts, stateOf(s.Node.Name, w.start(s.Start)))
		}
	}
	for _, in := range w.g.Inputs {
		it := lang.InputItem{Name: in.Name, Known: in.Known, PerSeries: in.PerSeries}
		if in.Classes > 0 {
			it.In = whole(in.Classes)
		} else if in.Shape != op.Scalar {
			it.Shape = &lang.Shape{Dims: []lang.Expr{whole(in.Shape.R)}}
		}
		f.Stmts = append(f.Stmts, &lang.Input{Items: []lang.InputItem{it}})
	}
	w.firstStep()
	f.Stmts = append(f.Stmts, starts...)
	f.Stmts = append(f.Stmts, w.states...)
	f.Stmts = append(f.Stmts, weights...)
	f.Stmts = append(f.Stmts, &lang.Gap{})
	f.Stmts = append(f.Stmts, w.eqs...)
	if loss != nil {
		f.Stmts = append(f.Stmts, &lang.Gap{}, &lang.Loss{X: loss})
	}
	return f
}

func (w *writer) weight(p *Param) lang.Stmt {
	it := lang.WeightItem{Name: w.names[p.Node], Shape: w.shape(p.Node.Shape), PerSeries: p.PerSeries, Fixed: p.Fixed}
	if p.Lo != nil {
		it.Lo = ratExpr(p.Lo)
	}
	if p.Hi != nil {
		it.Hi = ratExpr(p.Hi)
	}
	if p.Start != nil {
		it.Start = w.start(p.Start)
	} else {
		it.Draw = &lang.Call{Fn: p.Draw, Text: p.Draw}
		for _, a := range p.DrawArgs {
			it.Draw.Args = append(it.Draw.Args, ratExpr(a))
		}
	}
	return &lang.Weight{Items: []lang.WeightItem{it}}
}

func whole(n int) lang.Expr { return ratExpr(big.NewRat(int64(n), 1)) }

// ratExpr is an exact number: a decimal if that is no longer than the quotient, its sign before it.
func ratExpr(v *big.Rat) lang.Expr {
	if v.Sign() < 0 {
		x := ratExpr(new(big.Rat).Neg(v))
		if q, ok := x.(*lang.Binary); ok {
			q.X = &lang.Unary{Text: "-", X: q.X}
			return q
		}
		return &lang.Unary{Text: "-", X: x}
	}
	if digits, exact := v.FloatPrec(); exact {
		if text := v.FloatString(digits); v.IsInt() || len(text) <= len(v.RatString()) {
			return &lang.Num{Text: text, Val: v}
		}
	}
	whole := func(n *big.Int) lang.Expr { return &lang.Num{Text: n.String(), Val: new(big.Rat).SetInt(n)} }
	return binary("/", whole(v.Num()), whole(v.Denom()))
}
