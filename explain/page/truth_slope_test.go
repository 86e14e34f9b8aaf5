package page_test

import (
	"fmt"
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
		return fault("the derivative of which %s?", r.name)
	}
	return entriesOf(w.slopes[by.name][w.copyOf(by, at)], by.at)
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
	t, i, by := at.point(r.at[0].lo), at.series, r.by
	if t < w.first || t >= w.ends(i) {
		return w.startSlope(r, i, t)
	}
	if r.name == "L" {
		return entriesOf(w.probed(probe{"L", i, t, 0})[by.name][w.copyOf(by, at)], by.at)
	}
	v := w.values[r.name]
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

// startSlope is the derivative of a start: 1 by the weight that it is.
func (w *world) startSlope(r *ref, i, t int) series.Array {
	shape := w.at(r.name, moment{series: i}, t)
	out := present(series.Missing(shape.R, shape.C))
	for _, s := range w.run.Graph().States {
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
	observation = regexp.MustCompile(`(?m)^(\w+\s*~.*)$`)
	lossTerm    = regexp.MustCompile(`(?m)^loss .*$`)
)

// probing is the case with another loss: what is observed counts where an input (probe) is 1, and
// so does each value, of which another input says the entry.
func (w *world) probing(p probe) (*unroll.Run, error) {
	var b strings.Builder
	text := lossTerm.ReplaceAllString(w.text, "")
	b.WriteString(observation.ReplaceAllString(text, "$1 when probe_l == 1") + "\ninput probe_l\n")
	for k, n := range w.run.Graph().Names {
		if n.Shape.Len() == 1 {
			fmt.Fprintf(&b, "input probe_%d\nloss probe_%d*%s\n", k, k, n.Name)
		} else {
			fmt.Fprintf(&b, "input probe_%d[%d]\nloss dot(probe_%d, %s)\n", k, n.Shape.Len(), k, n.Name)
		}
	}
	set := series.Set{}
	all := w.run.Data().Series
	if len(all) == 0 {
		all = []series.Series{{ID: "1"}} // a cell without inputs
	}
	for i, s := range all {
		s.Columns = cloned(s.Columns)
		s.Columns["probe_l"] = w.lit(p, "L", 1, i)
		for k, n := range w.run.Graph().Names {
			s.Columns[fmt.Sprintf("probe_%d", k)] = w.lit(p, n.Name, n.Shape.Len(), i)
		}
		set.Series = append(set.Series, s)
	}
	cell, err := unroll.Parse(w.path, b.String())
	if err != nil {
		return nil, err
	}
	o := w.options
	o.Steps = 0
	return cell.Bind(set, o)
}

// lit is a column of zeros but for where a probe looks.
func (w *world) lit(p probe, name string, n, i int) []series.Array {
	var all []series.Array
	for t := range w.ends(i) {
		a := present(series.Missing(n, 1))
		if p.name == name && p.i == i && p.t == t {
			a.Rat[p.at].SetInt64(1)
		}
		all = append(all, a)
	}
	return all
}

func cloned(columns map[string][]series.Array) map[string][]series.Array {
	out := map[string][]series.Array{}
	for name, c := range columns {
		out[name] = c
	}
	return out
}
