package randcell

import (
	"fmt"

	"unroll/op"
)

// atom is something that may be read: a name now, at another time, or a window of one.
type atom struct {
	text  string
	shape op.Shape
	rigid bool // known to be a number, so that it may stand for an array
	wild  bool // a state or a forecast input: nonlinear in it, fractions grow long
	reads
	ahead int
	feats []string
}

// atoms lists what may be read where we are.
func (b *builder) atoms() []atom {
	var all []atom
	if b.view.place != inConstant {
		all = append(all, atom{text: "t", shape: op.Scalar, rigid: true, reads: reads{overTime: true}})
	}
	for _, in := range b.ins {
		all = append(all, b.inputAtoms(in)...)
	}
	for _, e := range b.eqs {
		all = append(all, b.equationAtoms(e)...)
	}
	for _, e := range b.cluster {
		all = append(all, b.shifted(e)...)
	}
	var fit []atom
	for _, a := range all {
		if b.mayRead(a) {
			fit = append(fit, a)
		}
	}
	return fit
}

func (b *builder) mayRead(a atom) bool {
	return !(b.view.noY && a.onY || b.view.noNow && a.nowY || b.calm && a.wild ||
		b.view.place == inConstant && a.overTime)
}

func (b *builder) inputAtoms(in *input) []atom {
	base := atom{text: in.name, shape: in.shape, rigid: in.shape == op.Scalar, wild: in.forecast, feats: in.feats,
		reads: reads{overTime: !in.perSeries, onY: in.forecast, nowY: in.forecast, tied: in.state}}
	if in.perSeries {
		return []atom{base}
	}
	all := []atom{base}
	for k := 1; k <= b.maxLag; k++ {
		a := at(base, -k)
		a.nowY, a.lag = false, in.lag(k)
		all = append(all, a)
	}
	if in.known {
		a := at(base, b.between(1, 2))
		a.tied, a.feats = true, append([]string{"known lead"}, in.feats...)
		all = append(all, a)
	}
	if in.classes > 0 {
		return b.classAtoms(in, all)
	}
	return append(all, b.windows(in, base)...)
}

// classAtoms are the ways to read an integer input: a column of a weight, or a vector of 0 and 1.
func (b *builder) classAtoms(in *input, from []atom) []atom {
	var all []atom
	for _, a := range from {
		column, unit := a, a
		column.text, column.shape, column.rigid = fmt.Sprintf("embed(%s, %s)", in.table, a.text), vec(2), false
		column.feats = append([]string{b.rowFeat("embed", 2)}, a.feats...)
		unit.text, unit.shape, unit.rigid = fmt.Sprintf("onehot(%s, %d)", a.text, in.classes), vec(in.classes), false
		unit.feats = append([]string{b.rowFeat("onehot", 2)}, a.feats...)
		all = append(all, column, unit)
		if !in.forecast {
			all = append(all, a)
		}
	}
	return all
}

// windows of an input: back, and ahead if it is known.
func (b *builder) windows(in *input, base atom) []atom {
	p := b.between(1, b.maxLag)
	to := 1 - p + b.pick(p)
	a := window(base, -p, to)
	a.nowY, a.lag = in.forecast && to == 0, in.lag(p)
	if in.state {
		a.feats = append(a.feats, "window with start")
	}
	all := []atom{a}
	if in.known {
		w := window(base, b.pick(2), 2)
		w.tied, w.feats = true, append(w.feats, "lead window", "known lead")
		all = append(all, w)
	}
	return all
}

// equationAtoms are an equation now, and at other times where it has values there.
func (b *builder) equationAtoms(e *equation) []atom {
	now := b.base(e)
	now.reads = e.reads
	now.tied = now.tied || e.state
	all := []atom{now}
	switch {
	case e.state:
		all = append(all, b.shifted(e)...)
	case !e.tied && e.overTime && e.lag+b.maxLag <= 4:
		k := b.between(1, b.maxLag)
		a := at(now, -k)
		a.rigid, a.nowY, a.lag, a.feats = false, false, e.lag+k, append(a.feats, "input alone lag")
		all = append(all, a)
	}
	return all
}

func (b *builder) base(e *equation) atom {
	r := e.reads
	r.tied, r.lag, r.overTime = true, 0, true
	return atom{text: e.name, shape: e.shape, wild: e.state || e.onY || e.tied, reads: r}
}

// shifted are a state's values at other times: lags, leads, windows of both. Inside a cluster all
// go the cluster's way. What is ahead must not hang on a forecast that would hang on it.
func (b *builder) shifted(e *equation) []atom {
	var all []atom
	base := b.base(e)
	base.nowY = false
	k, p := b.between(1, b.maxLag), b.between(2, 3)
	if b.view.place != inBackward || e.place == inForward {
		back := window(base, -p, -1)
		if back.feats != nil {
			back.feats = append(back.feats, "window with start")
		}
		all = append(all, at(base, -1), at(base, -k), back)
	}
	if (b.view.place == inLater || b.view.place == inBackward && e.place == inBackward) &&
		!(b.fed && e.onY) && !e.dataStart {
		lead, wide := at(base, k), window(base, b.pick(2), 2)
		if b.view.place == inBackward {
			wide = window(base, 1, 2)
		}
		lead.feats = append(lead.feats, "lead")
		if wide.feats != nil {
			wide.feats = append(wide.feats, "lead window")
		}
		lead.nowY, wide.nowY = e.onY, e.onY
		all = append(all, lead, wide)
	}
	return all
}

func offset(k int) string {
	switch {
	case k == 0:
		return "t"
	case k < 0:
		return fmt.Sprintf("t-%d", -k)
	}
	return fmt.Sprintf("t+%d", k)
}

// at is an atom's name k steps from now.
func at(a atom, k int) atom {
	a.text = fmt.Sprintf("%s[%s]", a.text, offset(k))
	a.ahead = max(0, k)
	a.feats = append(beyond(k, k), a.feats...)
	return a
}

// beyond are the features of what is read further away than the next step, or the last.
func beyond(from, to int) []string {
	var out []string
	if from < -1 {
		out = append(out, "lag beyond 1")
	}
	if to > 1 {
		out = append(out, "lead beyond 1")
	}
	return out
}

// window is an atom's name from now+from to now+to: a vector, or of a vector a matrix.
func window(a atom, from, to int) atom {
	n := to - from + 1
	a.feats = append(append([]string{"window"}, beyond(from, to)...), a.feats...)
	switch {
	case a.shape == op.Scalar:
		a.shape = vec(n)
	case a.shape.C == 1:
		a.shape = mat(n, a.shape.R)
		a.feats = append(a.feats, "windows of vectors")
	default: // a matrix has no windows
		a.feats = nil
		return at(a, from)
	}
	a.text = fmt.Sprintf("%s[%s : %s]", a.text, offset(from), offset(to))
	a.rigid, a.ahead = false, max(0, to)
	return a
}

// use notes what reading an atom means for what is being written, and gives its text.
func (b *builder) use(a atom) string {
	b.reads.onY = b.reads.onY || a.onY
	b.reads.nowY = b.reads.nowY || a.nowY
	b.reads.tied = b.reads.tied || a.tied
	b.reads.overTime = b.reads.overTime || a.overTime
	b.reads.lag = max(b.reads.lag, a.lag)
	b.t0 = max(b.t0, a.lag)
	b.ahead = max(b.ahead, a.ahead)
	b.feat(a.feats...)
	return a.text
}
