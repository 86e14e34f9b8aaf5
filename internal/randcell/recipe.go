package randcell

import (
	"fmt"
	"strings"

	"unroll/op"
)

// written is an expression and its shape.
type written struct {
	text  string
	shape op.Shape
}

// anyRow is a call of some row.
func (b *builder) anyRow(depth int) (string, op.Shape) {
	w := b.row(oneOf(b, rows(b.mode)...), depth)
	return w.text, w.shape
}

// row calls a row: as its recipe says if it has one, otherwise as its form and sign say, so that a
// new row is drawn without a word here.
func (b *builder) row(r op.Row, depth int) written {
	if r.Name == "noise" && b.mode == Rational && b.cell.Training {
		return written{b.literal(), op.Scalar}
	}
	b.feat(feature(r))
	if recipe, ok := recipes[fmt.Sprintf("%s/%d", r.Name, len(r.Args))]; ok {
		return recipe(b, depth)
	}
	switch {
	case r.Form == op.Product:
		x := b.expr(vec(2), depth)
		return written{fmt.Sprintf("(%s * %s)", b.weight(mat(3, 2)), x), vec(3)}
	case r.Form == op.Transposed:
		return written{fmt.Sprintf("(%s' * %s)", b.weight(mat(2, 3)), b.expr(vec(2), depth)), vec(3)}
	case r.Sign != "":
		return b.signed(r, depth)
	}
	return b.plainCall(r, depth)
}

// signed is a row that is written with a sign before or between its arguments.
func (b *builder) signed(r op.Row, depth int) written {
	s := b.someShape()
	switch {
	case len(r.Args) == 1:
		return written{fmt.Sprintf("(%s%s)", r.Sign, b.expr(s, depth)), s}
	case r.Sign == "*":
		return written{fmt.Sprintf("(%s * %s)", b.number(), b.expr(s, depth)), s}
	}
	x, y := b.expr(s, depth), ""
	switch {
	case b.chance(30):
		y = b.quiet(b.number)
	case r.Sign == "+" || r.Sign == "-":
		y = b.expr(s, depth)
	default:
		y = b.quiet(func() string { return b.expr(s, depth) })
	}
	return written{fmt.Sprintf("(%s %s %s)", x, r.Sign, y), s}
}

// plainCall is f(a, b, …) with arguments of one shape.
func (b *builder) plainCall(r op.Row, depth int) written {
	s := b.someShape()
	if r.Form != op.Entrywise && s == op.Scalar {
		s = vec(2)
	}
	var args []string
	for range r.Args {
		args = append(args, bare(b.expr(s, depth)))
	}
	out := s
	switch {
	case r.Form == op.Reduce && s.C > 1:
		out = vec(s.R)
	case r.Form == op.Reduce:
		out = op.Scalar
	}
	return written{fmt.Sprintf("%s(%s)", r.Name, strings.Join(args, ", ")), out}
}

func (b *builder) someShape() op.Shape {
	return oneOf(b, op.Scalar, op.Scalar, vec(2), vec(3), mat(2, 2))
}

// rowFeat is the feature of a row that is called by name.
func (b *builder) rowFeat(name string, args int) string {
	for _, r := range table().Rows {
		if r.Name == name && (len(r.Args) == args || name == "fill") {
			return feature(r)
		}
	}
	return "row " + name
}

// positive is an expression that is above 0 whatever it reads.
func (b *builder) positive(s op.Shape) string {
	switch {
	case s == op.Scalar && b.chance(25):
		return "(" + b.literal() + ")"
	case b.mode != Rational && b.chance(50):
		return fmt.Sprintf("exp(tanh(%s))", bare(b.expr(s, 1)))
	}
	x := b.quiet(func() string { return b.leaf(s) })
	return fmt.Sprintf("(%s + (%s) .* (%s))", oneOf(b, "1", "1/2"), x, x)
}

// condition is 0 or 1; in Analytic it depends on the time alone.
func (b *builder) condition(s op.Shape) string {
	if b.view.place == inConstant {
		return "(1 > 2)"
	}
	if b.mode == Analytic || b.chance(30) {
		b.reads.overTime = true
		return oneOf(b, "(t > 2)", "(t mod 2 == 0)", "(t <= 3)", "(t != 2)")
	}
	sign := oneOf(b, ">", "<", ">=", "<=", "==", "!=")
	b.feat(b.rowFeat(sign, 2))
	return fmt.Sprintf("(%s %s %s)", b.expr(s, 0), sign, oneOf(b, b.literal(), b.expr(s, 0)))
}
