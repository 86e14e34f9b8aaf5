package randcell

import (
	"fmt"
	"strings"

	"unroll/op"
)

// forward writes a cluster of states that depend on each other through lags, and sometimes a
// stateless equation before it.
func (b *builder) forward() {
	b.view = view{place: inForward, noNow: b.chance(60)}
	if b.has("input alone lag", 25) {
		b.aloneEquation()
	}
	b.states(b.between(1, 2), "h")
}

// aloneEquation is one of inputs alone: its lag is the same expression of lagged inputs.
func (b *builder) aloneEquation() {
	x := b.y
	if n := len(b.ins); n > 1 {
		x = b.ins[b.pick(n)]
	}
	if x.classes > 0 || x.perSeries || x.state {
		return
	}
	e := b.equate(b.name("q"), x.shape, func() string {
		b.reads = reads{overTime: true, onY: x.forecast, nowY: x.forecast, lag: 1}
		b.t0 = max(b.t0, 1)
		return fmt.Sprintf("%s - %s * %s[t-1]", x.name, b.literal(), x.name)
	})
	if b.wanted["input alone lag"] {
		b.t0 = max(b.t0, e.lag+1)
		b.feat("input alone lag")
		b.equate(b.name("q"), x.shape, func() string {
			b.reads = reads{overTime: true, tied: true, onY: x.forecast}
			return e.name + "[t-1]"
		})
	}
}

// backward writes a cluster of states that depend on each other through leads.
func (b *builder) backward() {
	if !b.has("lead", 20) && !b.wanted["lead window"] && !b.wanted["lead beyond 1"] {
		return
	}
	b.view = view{place: inBackward, noY: b.fed}
	b.states(1, "r")
}

// states writes a cluster: its names and starts first, since each may read all, lagged.
func (b *builder) states(n int, stem string) {
	b.cluster = nil
	for i := range n {
		s := b.stateShape(i)
		e := &equation{name: b.name(stem), shape: s, state: true, place: b.view.place}
		e.reads = reads{overTime: true, tied: true, onY: !b.view.noY, nowY: !b.view.noY && !b.view.noNow}
		b.start(e)
		b.cluster = append(b.cluster, e)
	}
	for _, e := range b.cluster {
		b.say("%s = %s", e.name, bare(b.update(e)))
	}
	b.eqs = append(b.eqs, b.cluster...)
	b.cluster = nil
}

func (b *builder) stateShape(i int) op.Shape {
	switch {
	case i == 0 && (b.has("matrix state", 10) || b.wanted["wide matrix"]):
		b.feat("matrix state")
		return b.widened("wide matrix", mat(2, 2), mat(5, 4))
	case b.has("vector state", 50) || b.wanted["wide vector"]:
		b.feat("vector state")
		return b.widened("wide vector", vec(b.between(2, 3)), vec(oneOf(b, 8, 9, 16, 17, 33)))
	}
	return op.Scalar
}

// widened is a shape, or in a Large cell now and then a wide one instead.
func (b *builder) widened(feature string, usual, wide op.Shape) op.Shape {
	if b.mode != Large || !b.has(feature, 30) {
		return usual
	}
	b.feat(feature)
	return wide
}

// update is a state's equation: its own past (or future), and more, bent half of the time.
func (b *builder) update(e *equation) string {
	own := e.name + "[t-1]"
	if b.view.place == inBackward {
		own = e.name + "[t+1]"
		b.feat("lead")
	}
	var loop string
	switch w := b.weight(op.Scalar); {
	case e.shape == op.Scalar || b.chance(30):
		loop = fmt.Sprintf("%s * %s", w, own)
	default:
		loop = fmt.Sprintf("%s * %s", b.weight(mat(e.shape.R, e.shape.R)), own)
	}
	text := fmt.Sprintf("(%s + %s", loop, b.expr(e.shape, 2))
	for _, want := range b.someWanted(1) {
		text += " + " + b.fit(want.text, want.shape)(e.shape)
	}
	text += ")"
	if b.mode != Rational || b.chance(60) {
		return b.bent(text)
	}
	return text
}

// someWanted writes up to n rows that are wanted and not there yet.
func (b *builder) someWanted(n int) []written {
	var out []written
	for _, r := range rows(b.mode) {
		if f := feature(r); b.wanted[f] && !b.feats[f] && len(out) < n {
			out = append(out, b.row(r, 1))
		}
	}
	return out
}

// start declares a state with one of the ways to begin.
func (b *builder) start(e *equation) {
	b.declare("state %s%s = %s", e.name, dims(e.shape, b.dim), b.startText(e))
}

func (b *builder) startText(e *equation) string {
	switch {
	case e.place == inForward && b.has("start of input", 15):
		if text, ok := b.startOfInput(e); ok {
			delete(b.wanted, "start of input")
			return text
		}
	case b.has("start of t", 15):
		delete(b.wanted, "start of t")
		return b.startOfTime(e.shape)
	case b.has("learnt start", 25):
		delete(b.wanted, "learnt start")
		b.feat("learnt start")
		return b.weight(e.shape)
	case e.shape != op.Scalar && b.chance(30):
		return b.list(e.shape)
	}
	return oneOf(b, "0", "0", "1/2", "-1")
}

// startOfTime depends on the time that is wanted, which may be negative.
func (b *builder) startOfTime(s op.Shape) string {
	b.feat("start of t")
	if s == op.Scalar {
		b.feat("component", "component of t")
		return fmt.Sprintf("%s[t mod 3]", b.weight(vec(3)))
	}
	return fmt.Sprintf("t * %s", b.weight(s))
}

// startOfInput reads an input: its first value, or that at the time that is wanted, which must not
// be before time 0.
func (b *builder) startOfInput(e *equation) (string, bool) {
	var fit []*input
	for _, in := range b.ins {
		if in.shape == e.shape && !in.perSeries && in.classes == 0 && !in.known && !in.state {
			fit = append(fit, in)
		}
	}
	if len(fit) == 0 || b.y.state {
		return "", false
	}
	in := oneOf(b, fit...)
	b.feat("start of input")
	e.dataStart = true
	if b.chance(50) {
		b.feat("first")
		b.needLag = max(b.needLag, 1)
		return fmt.Sprintf("first(%s) + %s", in.name, b.weight(e.shape)), true
	}
	b.needLag = max(b.needLag, 3) // the furthest that a state is looked back at
	return fmt.Sprintf("%s %s %s", in.name, oneOf(b, "+", "-"), strings.TrimSpace(b.weight(e.shape))), true
}
