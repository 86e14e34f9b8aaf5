package randcell

import (
	"fmt"

	"unroll/op"
)

// expr writes an expression of a shape, in brackets wherever it needs some.
func (b *builder) expr(s op.Shape, depth int) string {
	if depth <= 0 {
		return b.leaf(s)
	}
	switch b.pick(9) {
	case 0, 1:
		return b.leaf(s)
	case 2, 3:
		sign := oneOf(b, "+", "-")
		b.feat(b.rowFeat(sign, 2))
		return fmt.Sprintf("(%s %s %s)", b.expr(s, depth-1), sign, b.expr(s, depth-1))
	case 4:
		return b.linear(s, depth-1)
	case 5:
		return b.bent(b.expr(s, depth-1))
	case 6:
		return fmt.Sprintf("(%s * %s)", b.literal(), b.expr(s, depth-1))
	case 7:
		return b.fit(b.anyRow(depth - 1))(s)
	}
	return b.product(s, depth-1)
}

// linear is a weight times something.
func (b *builder) linear(s op.Shape, depth int) string {
	if s.C > 1 {
		return fmt.Sprintf("(%s * %s)", b.weight(op.Scalar), b.expr(s, depth))
	}
	from := oneOf(b, op.Scalar, vec(2), vec(3))
	w := b.weight(mat(s.R, from.R))
	b.feat(b.rowFeat("*", 2))
	return fmt.Sprintf("(%s * %s)", w, b.expr(from, depth))
}

// bent is an activation that keeps numbers moderate and, in Rational, short.
func (b *builder) bent(x string) string {
	fn := ""
	switch b.mode {
	case Rational:
		fn = oneOf(b, "relu", "hard_tanh", "hard_tanh", "hard_sigmoid")
	case Analytic:
		fn = oneOf(b, "tanh", "tanh", "sigmoid")
	default:
		fn = oneOf(b, "tanh", "sigmoid", "relu", "hard_tanh")
	}
	b.feat(b.rowFeat(fn, 1))
	return fmt.Sprintf("%s(%s)", fn, bare(x))
}

// product is entry by entry; one side is calm.
func (b *builder) product(s op.Shape, depth int) string {
	b.feat(b.rowFeat(".*", 2))
	return fmt.Sprintf("(%s .* %s)", b.expr(s, depth), b.quiet(func() string { return b.expr(s, 0) }))
}

// quiet writes something without states and forecast inputs. Squares of states double the length
// of fractions at each step, so they are rare.
func (b *builder) quiet(x func() string) string {
	was := b.calm
	b.calm = was || b.mode == Rational || b.chance(50)
	defer func() { b.calm = was }()
	return x()
}

// leaf is something that is readable, brought to the shape; or a weight; or a number.
func (b *builder) leaf(s op.Shape) string {
	switch b.pick(10) {
	case 0:
		return b.weight(s)
	case 1:
		return b.list(s)
	case 2:
		return b.component(s)
	}
	atoms := b.atoms()
	if len(atoms) == 0 {
		return b.weight(s)
	}
	var same []atom
	for _, a := range atoms {
		if a.shape == s {
			same = append(same, a)
		}
	}
	if len(same) > 0 && b.chance(70) {
		return b.use(oneOf(b, same...))
	}
	a := oneOf(b, atoms...)
	return b.fit(b.use(a), a.shape)(s)
}

// fit brings an expression of one shape to another by a linear map, which loses nothing.
func (b *builder) fit(x string, from op.Shape) func(op.Shape) string {
	return func(to op.Shape) string {
		switch {
		case from == to:
			return x
		case from.C > 1 && to.C > 1:
			return fmt.Sprintf("(%s * %s * %s)", b.weight(mat(to.R, from.R)), x, b.weight(mat(from.C, to.C)))
		case from.C > 1:
			return b.fit(fmt.Sprintf("(%s * %s)", x, b.weight(vec(from.C))), vec(from.R))(to)
		case to.C > 1 && from == op.Scalar:
			return fmt.Sprintf("(%s * %s)", x, b.weight(to))
		case to.C > 1:
			b.feat(b.rowFeat("outer", 2))
			return fmt.Sprintf("outer(%s, %s)", b.fit(x, from)(vec(to.R)), b.weight(vec(to.C)))
		case from == op.Scalar:
			return fmt.Sprintf("(%s * %s)", x, b.weight(to))
		case to == op.Scalar && b.chance(50):
			b.feat(b.rowFeat("dot", 2))
			return fmt.Sprintf("dot(%s, %s)", b.weight(from), x)
		}
		return fmt.Sprintf("(%s * %s)", b.weight(mat(to.R, from.R)), x)
	}
}

// number is an expression that is known to be a number, so that it may stand for an array.
func (b *builder) number() string {
	var rigid []atom
	for _, a := range b.atoms() {
		if a.rigid {
			rigid = append(rigid, a)
		}
	}
	switch {
	case len(rigid) > 0 && b.chance(50):
		return b.use(oneOf(b, rigid...))
	case b.chance(30):
		return b.weight(op.Scalar)
	case b.chance(40):
		return b.component(op.Scalar)
	}
	return b.literal()
}

// component picks a part of an array: an entry, one that t picks, a row, a slice, a block.
func (b *builder) component(s op.Shape) string {
	switch {
	case s == op.Scalar && b.view.place != inConstant && b.chance(40):
		n := b.between(2, 3)
		b.feat("component of t", "component", b.rowFeat("mod", 2))
		b.reads.overTime = true
		return fmt.Sprintf("%s[t mod %d]", b.weight(vec(n)), n)
	case s == op.Scalar && b.chance(30):
		b.feat("component")
		return fmt.Sprintf("%s[%d, %d]", b.weight(mat(2, 3)), b.pick(2), b.pick(3))
	case s == op.Scalar:
		b.feat("component")
		x, n := b.nameOf(3)
		return fmt.Sprintf("%s[%d]", x, b.pick(n))
	case s.C == 1:
		b.feat("slice")
		from := b.pick(2)
		return fmt.Sprintf("%s[%d:%d]", b.weight(vec(s.R+1)), from, from+s.R-1)
	}
	b.feat("slice")
	return fmt.Sprintf("%s[%d:%d, 0:%d]", b.weight(mat(s.R+1, s.C)), 1, s.R, s.C-1)
}

// nameOf is a vector of at least two entries that a component can be taken of.
func (b *builder) nameOf(n int) (string, int) {
	var vectors []atom
	for _, a := range b.atoms() {
		if a.shape.C == 1 && a.shape.R > 1 {
			vectors = append(vectors, a)
		}
	}
	if len(vectors) == 0 || b.chance(30) {
		return b.weight(vec(n)), n
	}
	a := oneOf(b, vectors...)
	return b.use(a), a.shape.R
}
