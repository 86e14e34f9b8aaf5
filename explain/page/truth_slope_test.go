package page_test

import (
	"fmt"
	"maps"
	"regexp"
	"strings"

	"unroll"
	"unroll/series"
)

// slope is the derivative of the loss, or of a value at a step, by a weight or by an entry of one.
func (w *world) slope(r *ref, at moment) series.Array {
	by := r.by
	if w.copies[by.name] == 0 {
		return fault("%s is no weight", by.name)
	}
	if len(r.at) > 0 {
		return w.sensitivity(r, at)
	}
	if r.name != "L" {
		return w.probedAt(r, at.series, w.first) // the same at all steps
	}
	if by.series != "" || w.copies[by.name] == 1 {
		return entriesOf(w.slopes[by.name][w.copyOf(by, at)], by.at)
	}
	return entriesOf(w.allCopies(w.slopes[by.name]), by.at)
}

// allCopies is the derivative by a weight that each series has its own of, all moved alike.
func (w *world) allCopies(slopes []series.Array) series.Array {
	sum := slopes[0]
	for _, a := range slopes[1:] {
		sum = reading{world: w}.apply("+", sum, a)
	}
	return sum
}

// probes are derivatives of values at a step by every weight, once they are found: by the value's
// name, its series, time and entry.
type probes map[probe]map[string][]series.Array

type probe struct {
	name     string
	i, t, at int
}

// sensitivity is the derivative of a value at a step by an entry of a weight. It is found in another
// way than the page's: the loss is replaced by that value, and the gradient taken, from the back.
func (w *world) sensitivity(r *ref, at moment) series.Array {
	if r.at[0].slice {
		return window(at, r.at[0], func(t int) series.Array {
			one := *r
			one.at = []span{{lo: point{k: t}}}
			return w.sensitivity(&one, at)
		})
	}
	t, i, by := at.point(r.at[0].lo), at.series, r.by
	if !w.isStep(i, t) {
		return w.startSlope(r, i, t)
	}
	if r.name == "L" {
		return entriesOf(w.probed(probe{scoreOf(r), i, t, 0})[by.name][w.copyOf(by, at)], by.at)
	}
	return w.probedAt(r, i, t)
}

// probedAt is the derivative of an equation's value by an entry of a weight.
func (w *world) probedAt(r *ref, i, t int) series.Array {
	v, by, at := w.values[r.name], r.by, moment{series: i}
	if v == nil {
		return fault("the derivative of which %s?", r.name)
	}
	now := v(i, t)
	var all []series.Array
	for e := range now.Len() {
		a := entriesOf(w.probed(probe{r.name, i, t, e})[by.name][w.copyOf(by, at)], by.at)
		if a.Len() > 1 {
			return fault("a derivative by all of %s", by.name)
		}
		all = append(all, a)
	}
	out := stacked(all, false)
	out.R, out.C = now.R, now.C
	return out
}

// startSlope is the derivative of a start: that of an equation, or 1 by the weight that it is.
func (w *world) startSlope(r *ref, i, t int) series.Array {
	shape := w.at(r.name, moment{series: i}, t)
	out := present(series.Missing(shape.R, shape.C))
	for _, s := range w.run.Graph().States {
		if s.Node.Name == r.name && w.values[s.Start.Name] != nil {
			return w.probedAt(&ref{name: s.Start.Name, by: r.by}, i, w.first)
		}
		if s.Node.Name != r.name || s.Start.Name != r.by.name {
			continue
		}
		for e := range out.Rat {
			if len(r.by.at) == 0 || e == r.by.at[0].lo.k {
				out.Rat[e].SetInt64(1)
			}
		}
	}
	return out
}

// probed is the gradient of one entry of a value at a step.
func (w *world) probed(p probe) map[string][]series.Array {
	if out, ok := w.probes[p]; ok {
		return out
	}
	run, err := w.probing(p)
	if err != nil {
		fault("%v", err)
	}
	out, err := run.Gradient()
	if err != nil {
		fault("%v", err)
	}
	w.probes[p] = out
	return out
}

var (
	observation = regexp.MustCompile(`(?m)^([^#~\n]+?)(\s*~.*?)( when (.*))?$`)
	lossTerm    = regexp.MustCompile(`(?m)^loss .*$`)
)

// probing is the case with another loss: of what is observed only that counts, or of the values only
// that entry, which an input called probe says to be of interest.
func (w *world) probing(p probe) (*unroll.Run, error) {
	length := 1
	text := observation.ReplaceAllStringFunc(lossTerm.ReplaceAllString(w.text, ""), func(line string) string {
		m := observation.FindStringSubmatch(line)
		if isWeight(line) {
			return line
		}
		when := "0"
		if p.name == "L_t" || p.name == "L_t^"+m[1] {
			when = "probe == 1"
		}
		if m[4] != "" {
			when = "(" + m[4] + ")*(" + when + ")"
		}
		return m[1] + m[2] + " when " + when
	})
	if v := w.values[p.name]; !strings.HasPrefix(p.name, "L_t") {
		length = v(p.i, p.t).Len()
		if !w.feeds() {
			text = observation.ReplaceAllStringFunc(text, func(line string) string {
				if isWeight(line) {
					return line
				}
				return ""
			})
		}
		text += "\nloss " + map[bool]string{true: "probe*", false: "sum(probe .* "}[length == 1] + p.name + map[bool]string{false: ")"}[length == 1]
	}
	shape := ""
	if length > 1 {
		shape = fmt.Sprintf("[%d]", length)
	}
	cell, err := unroll.Parse(w.path, text+"\ninput probe"+shape+"\n")
	if err != nil {
		return nil, err
	}
	o := w.options
	o.Steps = 0
	run, err := cell.Bind(w.lit(p, length), o)
	if err == nil && w.other {
		err = stirWeights(run)
	}
	return run, err
}

// isWeight tells a weight that is drawn from what is observed.
func isWeight(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "weight") }

// feeds tells whether an own forecast is fed anywhere.
func (w *world) feeds() bool {
	for name := range w.forecast {
		if !w.everywhere(func(m moment, t int) bool { return !w.fed(name, m.series, t) }) {
			return true
		}
	}
	return false
}

// lit is the data with a column for a probe: 1 where it looks, and 0 elsewhere.
func (w *world) lit(p probe, n int) series.Set {
	all := w.run.Data().Series
	if len(all) == 0 {
		all = []series.Series{{ID: "1"}} // a cell without inputs
	}
	set := series.Set{}
	for i, s := range all {
		var column []series.Array
		for t := range w.ends(i) {
			a := present(series.Missing(n, 1))
			if p.i == i && p.t == t {
				a.Rat[p.at].SetInt64(1)
			}
			column = append(column, a)
		}
		columns := map[string]series.Column{"probe": series.Arrays(column...)}
		maps.Copy(columns, s.Columns)
		s.Columns = columns
		set.Series = append(set.Series, s)
	}
	return set
}
