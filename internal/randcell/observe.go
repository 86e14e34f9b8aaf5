package randcell

import (
	"fmt"
	"strings"

	"unroll/op"
)

// observe writes the forecast's equation and the observations.
func (b *builder) observe() {
	shape := b.y.shape
	switch {
	case b.direct > 0:
		shape = vec(b.direct)
		b.feat("direct forecast")
	case b.y.classes > 0:
		shape = vec(b.y.classes)
	}
	f := b.forecast(shape)
	left, f := b.left(f)
	b.say("%s ~ %s%s", left, b.scored(b.family.Name, f), b.when())
	if b.has("second score", 12) && left == "y" && b.family.Name != "categorical" && b.family.Name != "score" {
		b.feat("second score")
		b.say("y ~ squared(1/2 * %s)%s", f, b.when())
	}
}

// forecast writes an equation that adds up everything later, and something of its own.
func (b *builder) forecast(shape op.Shape) string {
	b.view = view{place: inLater, noNow: b.fed}
	name := b.name("f")
	b.reads = reads{}
	text := b.expr(shape, 2)
	for _, e := range b.eqs {
		if a := b.equationAtoms(e); b.mayRead(a[0]) && (e.place == inLater || b.chance(60)) {
			text += " + " + b.fit(b.use(a[0]), e.shape)(shape)
		} else if e.state && len(a) > 1 && b.mayRead(a[1]) {
			text += " + " + b.fit(b.use(a[1]), a[1].shape)(shape)
		}
	}
	text += b.needed(shape)
	if b.fed && b.mode != Rational {
		// What is fed back should not grow from step to step.
		text = fmt.Sprintf("2 * tanh(%s)", text)
		b.feat(b.rowFeat("tanh", 1))
	}
	b.say("%s = %s", name, text)
	b.eqs = append(b.eqs, &equation{name: name, shape: shape, place: inLater, reads: b.reads})
	return name
}

// needed is a lag of y as long as some start needs the first step to be late.
func (b *builder) needed(shape op.Shape) string {
	if b.needLag == 0 || b.y.state {
		return ""
	}
	y, s := fmt.Sprintf("y[t-%d]", b.needLag), b.y.shape
	if b.y.classes > 0 {
		y, s = fmt.Sprintf("embed(%s, %s)", b.y.table, y), vec(2)
	}
	b.t0 = max(b.t0, b.needLag)
	return " + " + b.fit(y, s)(shape)
}

// left is the left side of the observation, and the forecast of it.
func (b *builder) left(f string) (string, string) {
	if b.direct > 0 {
		return fmt.Sprintf("y[t+1 : t+%d]", b.direct), f
	}
	if b.y.logged {
		b.feat("left side log", b.rowFeat("log", 1))
		return oneOf(b, "log(y)", "log(y / 2)"), fmt.Sprintf("tanh(%s)", f)
	}
	if b.y.values != halves || b.y.shape != op.Scalar || b.y.classes > 0 || b.family.Name == "score" {
		return "y", f
	}
	b.view = view{place: inLater, noY: true}
	switch {
	case b.has("left side /", 10):
		b.feat("left side /", b.rowFeat("/", 2))
		return "y / " + b.positive(op.Scalar), f
	case b.has("left side -", 10):
		b.feat("left side -")
		return "y - " + b.leaf(op.Scalar), f
	}
	return "y", f
}

// scored is the call of a family on the forecast f.
func (b *builder) scored(family, f string) string {
	if b.y.values != halves && family != "bernoulli" && !b.y.logged {
		f = fmt.Sprintf("tanh(%s)", f)
		if b.y.values == counts {
			f = fmt.Sprintf("exp(%s)", f)
			b.feat(b.rowFeat("exp", 1))
		}
		b.feat(b.rowFeat("tanh", 1))
	}
	switch family {
	case "quantile":
		return fmt.Sprintf("quantile(%s - %s, %s, 2 * %s; 1/10, %s, 0.75)", f, b.literal(), f, f, oneOf(b, "1/2", "0.4"))
	case "score":
		return b.freeScore(f)
	}
	args := []string{f}
	for _, a := range b.family.Args[min(1, len(b.family.Args)):] {
		if family == b.family.Name {
			args = append(args, b.scale(a))
		}
	}
	return fmt.Sprintf("%s(%s)", family, strings.Join(args, ", "))
}

// freeScore is score(EXPR; m) with one of several expressions.
func (b *builder) freeScore(f string) string {
	score := fmt.Sprintf("%s * (y - %s) ^ 2", b.literal(), f)
	if b.mode != Analytic && b.chance(40) {
		score = fmt.Sprintf("abs(y - %s) / 2", f)
		b.feat(b.rowFeat("abs", 1))
	}
	return fmt.Sprintf("score(%s; %s)", score, f)
}

// scale is a further argument of a family: a positive number.
func (b *builder) scale(arg string) string {
	switch {
	case arg == "nu":
		return oneOf(b, "3", "5/2", "4")
	case b.chance(50):
		return b.literal()
	}
	a := b.weight(op.Scalar)
	if b.mode != Rational && b.chance(50) {
		return fmt.Sprintf("exp(%s)", a)
	}
	return fmt.Sprintf("1/2 + %s ^ 2", a)
}

// when limits a score or a loss to some steps.
func (b *builder) when() string {
	if !b.has("when", 12) {
		return ""
	}
	b.feat("when")
	b.view = view{place: inLater, noY: true}
	return " when " + bare(b.condition(op.Scalar))
}

// losses writes further terms: at each step, or of constants.
func (b *builder) losses() {
	if b.has("loss term", 15) {
		b.feat("loss term")
		e := b.eqs[b.pick(len(b.eqs))]
		b.view = view{place: inLater}
		b.say("loss 1/10 * (%s - %s) ^ 2%s", b.fit(e.name, e.shape)(op.Scalar), b.literal(), b.when())
	}
	if b.has("loss constant", 12) {
		b.feat("loss constant", b.rowFeat("sum", 1))
		w := b.weight(vec(2))
		b.say("loss 0.1 * sum(%s .* %s)", w, w)
	}
}
