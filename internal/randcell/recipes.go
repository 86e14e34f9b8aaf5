package randcell

import (
	"fmt"

	"unroll/op"
)

// recipes say how a row is called that doesn't take just any arguments: for the sake of its shape,
// of where it is defined, or of numbers that stay moderate. By name and number of arguments.
var recipes map[string]func(b *builder, depth int) written

func init() {
	recipes = map[string]func(b *builder, depth int) written{
		"//2": divide, "^/2": powered, "power/2": powered, "mod/2": modulo, "where/3": where, "clip/3": clip,
		"log/1":    inside("log(%s)", (*builder).positive),
		"sqrt/1":   inside("sqrt(%s)", (*builder).positive),
		"lgamma/1": inside("lgamma(%s)", (*builder).positive),
		"exp/1":    inside("exp(tanh(%s))", (*builder).shallow),
		"norm/1":   vector("norm(concat(%s, 1))", op.Scalar), "normalize/1": vector("normalize(concat(%s, 1))", vec(3)),
		"concat/2": concat, "outer/2": outer, "embed/2": embed, "onehot/2": onehot,
		"fill/2": fill, "fill/3": fill, "slice/5": slice, "layer_norm/3": layerNorm, "clip_gradient/2": clipGradient,
		"dropout/2": dropout, "zoneout/3": zoneout, "noise/1": noise, "max/2": several("max"), "min/2": several("min"),
		"iota/1":  func(*builder, int) written { return written{"iota(3)", vec(3)} },
		"place/5": func(b *builder, _ int) written { return written{"place(" + b.leaf(vec(2)) + ", 1, 3, 0, 1)", vec(3)} },
	}
}

func (b *builder) shallow(s op.Shape) string { return b.expr(s, 1) }

// inside puts an expression of any shape into a text.
func inside(format string, x func(*builder, op.Shape) string) func(*builder, int) written {
	return func(b *builder, _ int) written {
		s := b.someShape()
		return written{fmt.Sprintf(format, bare(x(b, s))), s}
	}
}

// vector puts a vector of two into a text.
func vector(format string, out op.Shape) func(*builder, int) written {
	return func(b *builder, depth int) written {
		b.feat(b.rowFeat("concat", 2))
		return written{fmt.Sprintf(format, bare(b.expr(vec(2), depth))), out}
	}
}

func several(name string) func(*builder, int) written {
	return func(b *builder, depth int) written {
		s := b.someShape()
		other := b.number
		if b.chance(60) {
			other = func() string { return b.expr(s, depth) }
		}
		return written{fmt.Sprintf("%s(%s, %s)", name, bare(b.expr(s, depth)), other()), s}
	}
}

// divide divides by what is never 0, or in a side that is not taken where it is.
func divide(b *builder, depth int) written {
	s := b.someShape()
	if b.mode == Analytic || !b.has("undefined side", 30) {
		return written{fmt.Sprintf("(%s / %s)", b.expr(s, depth), b.positive(s)), s}
	}
	return b.undefinedSide(s, depth)
}

func (b *builder) undefinedSide(s op.Shape, depth int) written {
	x := b.quiet(func() string { return b.leaf(s) })
	b.feat("undefined side", b.rowFeat("where", 3), b.rowFeat("!=", 2), b.rowFeat("/", 2))
	return written{fmt.Sprintf("where(%s != 0, %s / %s, %s)", x, b.expr(s, depth), x, b.leaf(s)), s}
}

func powered(b *builder, _ int) written {
	s := b.someShape()
	if b.mode != Rational && b.chance(50) {
		return written{fmt.Sprintf("(%s ^ %s)", b.positive(s), oneOf(b, "(1/2)", "1.5", "(-1)", b.weight(op.Scalar))), s}
	}
	x := b.quiet(func() string { return b.expr(s, 0) })
	return written{fmt.Sprintf("(%s ^ %s)", x, oneOf(b, "2", "3")), s}
}

func modulo(b *builder, depth int) written {
	s := b.someShape()
	return written{fmt.Sprintf("(%s mod %s)", b.expr(s, depth), oneOf(b, "2", "(3/2)", "3")), s}
}

func where(b *builder, depth int) written {
	s := b.someShape()
	return written{fmt.Sprintf("where(%s, %s, %s)", bare(b.condition(s)), bare(b.expr(s, depth)), bare(b.expr(s, depth))), s}
}

func clip(b *builder, depth int) written {
	s := b.someShape()
	return written{fmt.Sprintf("clip(%s, %s, %s)", bare(b.expr(s, depth)), oneOf(b, "-1", "0", "-1/2"), b.literal()), s}
}

func clipGradient(b *builder, depth int) written {
	s := b.someShape()
	return written{fmt.Sprintf("clip_gradient(%s, %s)", bare(b.expr(s, depth)), b.literal()), s}
}

func concat(b *builder, depth int) written {
	if b.chance(30) {
		return written{fmt.Sprintf("concat(%s, %s, %s)", b.expr(op.Scalar, 0), b.expr(op.Scalar, 0), b.expr(vec(2), 0)), vec(4)}
	}
	return written{fmt.Sprintf("concat(%s, %s)", bare(b.expr(vec(2), depth)), bare(b.expr(op.Scalar, depth))), vec(3)}
}

func outer(b *builder, depth int) written {
	return written{fmt.Sprintf("outer(%s, %s)", bare(b.expr(vec(2), depth)), b.quiet(func() string { return b.expr(vec(3), 0) })), mat(2, 3)}
}

// whole is an expression with whole values 0..n-1.
func (b *builder) whole(n int) string {
	if b.view.place == inConstant {
		return fmt.Sprint(b.pick(n))
	}
	b.reads.overTime = true
	return fmt.Sprintf("t mod %d", n)
}

func embed(b *builder, _ int) written {
	return written{fmt.Sprintf("embed(%s, %s)", b.weight(mat(2, 3)), b.whole(3)), vec(2)}
}

func onehot(b *builder, _ int) written {
	return written{fmt.Sprintf("onehot(%s, 3)", b.whole(3)), vec(3)}
}

func fill(b *builder, depth int) written {
	b.feat("derivative helper fill")
	n := b.between(2, 3)
	return written{fmt.Sprintf("fill(%s, %d)", bare(b.expr(op.Scalar, depth)), n), vec(n)}
}

func slice(b *builder, _ int) written { return written{b.component(vec(2)), vec(2)} }

func layerNorm(b *builder, depth int) written {
	return written{fmt.Sprintf("layer_norm(%s, %s, %s)", bare(b.expr(vec(3), depth)), b.weight(vec(3)), b.weight(vec(3))), vec(3)}
}

func dropout(b *builder, depth int) written {
	s := b.someShape()
	b.reads.tied, b.reads.overTime = true, true
	return written{fmt.Sprintf("dropout(%s, %s)", bare(b.expr(s, depth)), oneOf(b, "1/2", "1/4")), s}
}

func zoneout(b *builder, depth int) written {
	s := b.someShape()
	b.reads.tied, b.reads.overTime = true, true
	return written{fmt.Sprintf("zoneout(%s, %s, %s)", bare(b.expr(s, depth)), bare(b.expr(s, 0)), oneOf(b, "1/2", "1/4")), s}
}

func noise(b *builder, _ int) written {
	b.reads.tied, b.reads.overTime = true, true
	return written{fmt.Sprintf("noise(%s)", b.literal()), op.Scalar}
}
