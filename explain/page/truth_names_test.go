package page_test

import (
	"strings"

	"unroll/series"
)

// named is what a name on the page stands for.
func (w *world) named(r *ref, at moment) series.Array {
	switch {
	case r.kind == isPresent:
		return presence(w.inputs[r.name](at.series, at.point(r.at[0].lo)))
	case r.kind == aSlope:
		return w.slope(r, at)
	case r.name == "t" && len(r.at) == 0:
		return whole(at.point(point{letter: "t"}))
	case r.name == "first" && len(r.at) == 0:
		return whole(w.first)
	case r.name == "last" && len(r.at) == 0:
		return whole(w.ends(at.series) - 1)
	case r.name == "η":
		return series.Number(learningRate)
	case w.copies[r.name] > 0:
		return entriesOf(w.run.Weights()[r.name][w.copyOf(r, at)], r.at)
	case len(r.at) == 0:
		if v := w.values[r.name]; v != nil {
			return v(at.series, 0)
		}
		return fault("%s is not defined", r.name)
	}
	when := r.at[0]
	name := r.name
	if name == "L" {
		name = scoreOf(r)
	}
	if !when.slice {
		return entriesOf(w.at(name, at, at.point(when.lo)), r.at[1:])
	}
	return window(at, when, func(t int) series.Array { return w.at(name, at, t) })
}

// scoreOf is the name of a score: several are told apart by what they score.
func scoreOf(r *ref) string {
	if r.series != "" {
		return "L_t^" + r.series
	}
	return "L_t"
}

// window is a stack of what a value is at several times.
func window(at moment, when span, value valuedAt) series.Array {
	var rows []series.Array
	for t := at.point(when.lo); t <= at.point(when.hi); t++ {
		rows = append(rows, value(t))
	}
	return stacked(rows, rows[0].Len() > 1)
}

type valuedAt func(t int) series.Array

// anySeries stands above a weight where it may be of any series: α^{(i)}.
const anySeries = "i"

// copyOf is which copy of a weight is meant: of the series that the name says, or that is read.
func (w *world) copyOf(r *ref, at moment) int {
	for i, s := range w.run.Data().Series {
		if s.ID == r.series {
			return i
		}
	}
	if r.series != "" && r.series != anySeries {
		fault("no series %s", r.series)
	}
	return min(at.series, w.copies[r.name]-1)
}

// at is a value at a time.
func (w *world) at(name string, m moment, t int) series.Array {
	i := m.series
	if !w.isStep(i, t) && w.started(name, i, t) {
		return w.starts[name](i, t)
	}
	if v := w.inputs[name]; v != nil {
		if own := w.forecast[name]; own != nil && m.seen && w.fed(name, i, t) {
			return own(i, t)
		}
		return present(v(i, t))
	}
	if v := w.values[name]; v != nil {
		return v(i, t)
	}
	if of, ok := strings.CutPrefix(name, "δ"); ok {
		return w.adjoint(of)(i, t)
	}
	if len(w.defined[name]) == 0 {
		return fault("%s is not defined", name)
	}
	f := w.defined[name][0]
	a := reading{world: w, refs: f.refs, at: m.with("t", t)}.of(f.expr)
	if !w.isStep(i, t) {
		return present(series.Missing(a.R, a.C)) // as all that isn't a step
	}
	return a
}

// fed tells whether the equations see the cell's own forecast of an input.
func (w *world) fed(name string, i, t int) bool {
	if t < w.first {
		return false
	}
	if !w.inputs[name](i, t).HasAll() {
		return true
	}
	switch how, last, _ := strings.Cut(w.options.Feed, ":"); how {
	case "free":
		return true
	case "observed":
		return t > (&formulaScanner{}).point(last).k
	}
	return false
}
