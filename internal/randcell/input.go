package randcell

import (
	"fmt"

	"unroll/op"
)

// input is a declared input.
type input struct {
	name      string
	shape     op.Shape
	classes   int    // integers 0..classes-1, if not 0
	table     string // the weight whose columns stand for the classes
	known     bool
	perSeries bool
	state     bool // has a state, so that its lags don't delay the first step
	forecast  bool // stands on the left of a ~
	values    values
	logged    bool // the left side is its logarithm
	feats     []string
}

// values says what kind of numbers an input holds.
type values int

const (
	halves values = iota
	positives
	counts
	zeroOne
)

// lag is what a lag of k adds to the first step.
func (in *input) lag(k int) int {
	if in.state {
		return 0
	}
	return k
}

// chooseFamily chooses how y is observed; what kind of numbers y holds follows.
func (b *builder) chooseFamily() {
	b.family = oneOf(b, families(b.mode)...)
	if b.mode == Analytic && b.fed && b.family.Name == "categorical" {
		b.family.Name = "squared" // the mode that is fed back jumps
	}
	b.feat("family " + b.family.Name)
}

// inputs declares the forecast input y and some others.
func (b *builder) inputs() {
	b.forecastInput()
	b.ins = append(b.ins, b.y)
	switch {
	case b.has("windows of vectors", 30):
		b.input(&input{name: "x", shape: vec(2)}, "input x[%s]", b.dim(2))
	case b.chance(60) || b.wanted["missing input"]:
		b.input(&input{name: "x", shape: op.Scalar}, "input x")
	}
	if b.has("known lead", 15) || b.wanted["lead window"] && b.chance(50) {
		b.input(&input{name: "z", shape: op.Scalar, known: true}, "input z known")
	}
	if b.has("per series input", 15) {
		b.input(&input{name: "k", shape: op.Scalar, perSeries: true, feats: []string{"per series input"}}, "input k per series")
	}
	if b.y.classes == 0 && (b.has("integer input", 10) || b.wanted["row embed"] || b.wanted["row onehot"]) {
		in := &input{name: "s", shape: op.Scalar, classes: 3, feats: []string{"integer input"}}
		b.input(in, "input s in 3")
		in.table = b.weight(mat(2, 3))
	}
}

func (b *builder) input(in *input, format string, args ...any) {
	b.declare(format, args...)
	if !in.known && !in.perSeries && in.classes == 0 && b.has("input state", 10) {
		b.inputState(in)
	}
	b.ins = append(b.ins, in)
}

// inputState gives an input a state: then its lags don't delay the first step.
func (b *builder) inputState(in *input) {
	in.state = true
	in.feats = append(in.feats, "input state")
	start := oneOf(b, "0", "1/2")
	if b.chance(30) {
		start = b.weight(in.shape)
	}
	b.declare("state %s%s = %s", in.name, dims(in.shape, b.dim), start)
}

func (b *builder) forecastInput() {
	b.y = &input{name: "y", shape: op.Scalar, forecast: true}
	switch b.family.Name {
	case "categorical":
		b.y.classes = 3
		b.y.feats = []string{"integer input"}
		b.declare("input y in 3")
		b.y.table = b.weight(mat(2, 3))
		return
	case "lognormal":
		b.y.values = positives
	case "poisson", "negbinomial":
		b.y.values = counts
	case "bernoulli":
		b.y.values = zeroOne
	}
	if b.mayReachAhead() && b.has("direct forecast", 12) {
		b.direct = b.between(2, 3)
	} else if b.mode != Rational && b.mayReachAhead() && b.has("left side log", 10) {
		b.y.logged, b.y.values = true, positives
	} else if !b.wanted["left side /"] && !b.wanted["left side -"] && b.chance(25) {
		b.y.shape = vec(2)
	}
	b.declare("input y%s", dims(b.y.shape, b.dim))
	if b.has("input state", 10) && !b.wanted["start of input"] {
		b.inputState(b.y)
	}
}

// mayReachAhead: the other families' own forecasts are of one number.
func (b *builder) mayReachAhead() bool { return b.y.values == halves && b.family.Name != "score" }

// summary is first, last, total or average of something. Of unlagged inputs it goes over all times
// and sees what is observed, so it may stand anywhere; of what is computed it may be read only by
// what that doesn't depend on, so only later.
func (b *builder) summary(fn string) written {
	b.feat(fn)
	b.reads.tied = true
	var done []*equation
	for _, e := range b.eqs {
		if b.view.place == inLater && e.overTime && !(b.fed && e.onY) {
			done = append(done, e)
		}
	}
	if len(done) > 0 && b.chance(50) {
		e := oneOf(b, done...)
		b.feat("summary of equation")
		b.reads.nowY = b.reads.nowY || e.onY
		b.reads.onY = b.reads.onY || e.onY
		return written{fmt.Sprintf("%s(%s)", fn, e.name), e.shape}
	}
	var plain []*input
	for _, in := range b.ins {
		if !in.perSeries && in.classes == 0 && !in.known && !(in.forecast && in.state) {
			plain = append(plain, in)
		}
	}
	if len(plain) == 0 {
		return written{fn + "(t * t)", op.Scalar}
	}
	in := oneOf(b, plain...)
	if in.forecast {
		b.needLag = max(b.needLag, 1) // so that y_0 is always before the cut-off
	}
	return written{fmt.Sprintf("%s(%s)", fn, oneOf(b, in.name, "2 * "+in.name, in.name+" + t")), in.shape}
}
