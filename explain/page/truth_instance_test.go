package page_test

import (
	"fmt"
	"strings"

	"unroll/lang"
)

// checkInstance wants a formula of one step to be the general one at that step, if the page has a
// general one: h_2 = relu(w·h_1 + v·y_1) of h_t = relu(w·h_{t−1} + v·y_{t−1}). Where a step takes one
// side of a choice, or sees a forecast, it may look otherwise.
func (a *audit) checkInstance(c readChain, x *formula, m moment) {
	r := c.ref
	if len(r.at) == 0 || r.at[0].slice || r.at[0].lo.letter != "" {
		return
	}
	t := r.at[0].lo.k
	if !a.isStep(m.series, t) {
		return // a start
	}
	general := *r
	general.at = append([]span{{lo: point{letter: "t"}}}, r.at[1:]...)
	all := a.formulas[a.words.writeRef(&general)]
	words := *a.words
	words.loose = true
	for _, g := range all {
		at := g.atStep(t)
		says := words.canonical(x)
		if g.chooses() || says == words.canonical(at) || says == words.canonical(a.withForecasts(at, m)) {
			return
		}
	}
	if len(all) > 0 {
		a.wrong(c.where(), "%q isn't %q at t = %d", x.text, all[0].text, t)
	}
}

// chooses tells whether a formula has a choice or a condition.
func (f *formula) chooses() bool {
	found := false
	lang.Walk(f.expr, func(e lang.Expr) bool {
		if call, ok := e.(*lang.Call); ok && call.Fn == "where" {
			found = true
		}
		if b, ok := e.(*lang.Binary); ok && strings.Contains("== != <= >=", b.Op) {
			found = true
		}
		return !found
	})
	return found
}

// withForecasts is a formula of one step with the cell's own forecast in the place of each input of
// which the equations see it.
func (a *audit) withForecasts(f *formula, m moment) *formula {
	out := &formula{text: f.text, expr: f.expr, refs: map[string]*ref{}}
	for name, r := range f.refs {
		one := *r
		if own := a.forecast[r.name]; own != nil && r.kind == aName && len(r.at) > 0 && a.fed(r.name, m.series, r.at[0].lo.k) {
			for _, n := range a.run.Graph().Names {
				if a.everywhere(func(m moment, t int) bool { return agrees(a.values[n.Name](m.series, t), own(m.series, t)) }) {
					one.name = n.Name
				}
			}
		}
		out.refs[name] = &one
	}
	return out
}

// atStep is a general formula with a number in the place of t.
func (f *formula) atStep(t int) *formula {
	out := &formula{text: f.text, expr: f.expr, refs: map[string]*ref{}}
	for name, r := range f.refs {
		out.refs[name] = r.atStep(t)
	}
	return out
}

func (r *ref) atStep(t int) *ref {
	put := func(p point) point {
		if p.letter == "t" {
			return point{k: p.k + t}
		}
		return p
	}
	out := *r
	if r.name == "t" && len(r.at) == 0 {
		out.name = fmt.Sprint(t)
	}
	out.at, out.to = nil, put(r.to)
	for _, s := range r.at {
		out.at = append(out.at, span{put(s.lo), put(s.hi), s.slice})
	}
	if r.by != nil {
		out.by = r.by.atStep(t)
	}
	return &out
}
