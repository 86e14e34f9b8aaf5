package randcell

import (
	"fmt"
	"slices"

	"unroll/op"
)

// later writes equations without states, that may read both clusters: one for each feature that is
// wanted and not there yet. All of them go into the forecast.
func (b *builder) later() {
	b.view = view{place: inLater, noNow: b.fed}
	for _, f := range []string{"window", "window with start", "lead window", "known lead", "per series input",
		"integer input", "windows of vectors", "input state", "input alone lag",
		"lag beyond 1", "lead beyond 1"} {
		if b.wanted[f] && !b.feats[f] {
			b.extra(func() (written, bool) { return b.readWith(f) })
		}
	}
	for _, f := range []string{"first", "last", "total", "average"} {
		if b.wanted[f] && !b.feats[f] || b.chance(8) {
			b.extra(func() (written, bool) { return b.summary(f), true })
		}
	}
	b.laterForms()
	for {
		b.reads = reads{}
		ws := b.someWanted(1)
		if len(ws) == 0 {
			return
		}
		b.named(ws[0])
	}
}

// laterForms writes what is neither a row nor a read.
func (b *builder) laterForms() {
	forms := []struct {
		name string
		make func() (written, bool)
	}{
		{"pooled", b.pooled}, {"unwindow", b.unwindow}, {"observed", b.observed},
		{"slice", func() (written, bool) { return written{b.component(vec(2)), vec(2)}, true }},
		{"component", func() (written, bool) { return written{b.component(op.Scalar), op.Scalar}, true }},
		{"component of t", func() (written, bool) { return b.seasonal(), true }},
		{"undefined side", func() (written, bool) { return b.undefinedSide(b.someShape(), 1), true }},
		{"derivative helper fill", func() (written, bool) { return fill(b, 1), true }},
	}
	for _, f := range forms {
		if b.mode == Analytic && f.name == "undefined side" {
			continue
		}
		if b.wanted[f.name] && !b.feats[f.name] || b.chance(4) {
			b.extra(f.make)
		}
	}
}

// extra writes an equation for something, if it can be had.
func (b *builder) extra(x func() (written, bool)) {
	b.reads = reads{}
	if w, ok := x(); ok {
		b.named(w)
	}
}

// named gives an expression that has just been written a name.
func (b *builder) named(w written) {
	name := b.name("v")
	b.say("%s = %s", name, bare(w.text))
	b.eqs = append(b.eqs, &equation{name: name, shape: w.shape, place: inLater, reads: b.reads})
	b.reads = reads{}
}

// readWith reads something that has a feature. What may be read is partly drawn, hence the tries.
func (b *builder) readWith(feature string) (written, bool) {
	for range 8 {
		for _, a := range b.atoms() {
			if slices.Contains(a.feats, feature) {
				text := b.use(a)
				return written{fmt.Sprintf("1/2 * %s", text), a.shape}, true
			}
		}
	}
	return written{}, false
}

func (b *builder) seasonal() written {
	b.feat("component", "component of t", b.rowFeat("mod", 2))
	b.reads.overTime = true
	return written{fmt.Sprintf("%s[t mod 3]", b.weight(vec(3))), op.Scalar}
}

// pooled adds a constant of each series over the series.
func (b *builder) pooled() (written, bool) {
	b.feat("pooled")
	w := b.summary("total")
	return written{fmt.Sprintf("1/4 * pooled(%s)", w.text), w.shape}, true
}

// unwindow is the overlapping sum of a series of windows, which looks ahead.
func (b *builder) unwindow() (written, bool) {
	b.feat("unwindow")
	was := b.view.noY
	b.view.noY = was || b.fed
	defer func() { b.view.noY = was }()
	n := b.between(2, 3)
	name := b.name("d")
	b.say("%s = t * %s + %s", name, b.weight(vec(n)), b.expr(vec(n), 1))
	from := b.pick(2)
	b.reads.tied, b.reads.overTime = true, true
	b.reads.nowY = b.reads.onY
	return written{fmt.Sprintf("unwindow(%s[%s : %s])", name, offset(from), offset(from+n-1)), op.Scalar}, true
}

func (b *builder) observed() (written, bool) {
	in := b.y
	b.feat("observed")
	b.reads.tied, b.reads.overTime = true, true
	if in.state || b.chance(50) {
		return written{fmt.Sprintf("observed(%s)", in.name), in.shape}, true
	}
	b.t0 = max(b.t0, 1)
	return written{fmt.Sprintf("observed(%s[t-1])", in.name), in.shape}, true
}
