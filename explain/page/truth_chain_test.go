package page_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"

	"unroll/lang"
	"unroll/series"
)

// audit holds a page against a fresh run, and notes what is wrong on it.
type audit struct {
	*world
	words  *vocabulary
	series int // that the page speaks of
	faults []string
	counts map[string]int

	formulas map[string][]*formula // general ones, by their left side
}

func (a *audit) wrong(where, format string, args ...any) {
	a.faults = append(a.faults, where+": "+fmt.Sprintf(format, args...))
}

// readChain is a chain whose parts were read.
type readChain struct {
	block
	left *formula
	ref  *ref       // of a left side that is one name
	xs   []*formula // nil for what is shortened with dots
}

// chain reads the parts of a chain.
func (a *audit) chain(b block) (readChain, bool) {
	c := readChain{block: b}
	var err error
	if c.left, err = a.words.formulaOf(b.left); err != nil {
		a.wrong(b.where(), "%v", err)
		return c, false
	}
	if name, ok := c.left.expr.(*lang.Name); ok {
		c.ref = c.left.refs[name.Name]
	}
	for _, l := range b.links {
		if strings.Contains(l.text, "…") {
			a.counts["links shortened"]++
			c.xs = append(c.xs, nil)
			continue
		}
		f, err := a.words.formulaOf(l.text)
		if err != nil {
			a.wrong(b.where(), "%v", err)
			return c, false
		}
		c.xs = append(c.xs, f)
	}
	for _, f := range append(c.xs, c.left) {
		a.findConstants(f)
	}
	return c, true
}

// where is a chain as it stands on the page, for a message.
func (b block) where() string {
	s := b.left
	for _, l := range b.links {
		s += " " + l.sign + " " + l.text
	}
	return s
}

// define notes what the page says of what it names: a_t = w·h_{t−1}.
func (a *audit) define(c readChain) {
	if c.ref == nil {
		return
	}
	for _, x := range c.xs {
		if x == nil || x.numeric() {
			continue
		}
		key := a.words.canonical(c.left)
		a.formulas[key] = append(a.formulas[key], x)
		if c.ref.kind == aName && c.ref.mentions("t") {
			a.defined[c.ref.name] = append(a.defined[c.ref.name], x)
		}
	}
}

// guarded notes what can't be read or evaluated while something is checked.
func (a *audit) guarded(where string, check func()) {
	defer func() {
		if e := recover(); e != nil {
			why, ok := e.(unreadable)
			if !ok {
				panic(e)
			}
			a.wrong(where, "%s", why.why)
		}
	}()
	check()
}

// checkChain checks a chain: each of its links is what its left side is.
func (a *audit) checkChain(c readChain) {
	a.counts["chains"]++
	switch call, called := c.left.expr.(*lang.Call); {
	case called && c.left.refs[call.Fn] != nil && c.left.refs[call.Fn].kind == aPrime:
		a.checkPrime(c, c.left.refs[call.Fn].name)
	case c.ref == nil:
		a.checkIdentity(c)
	case c.left.general() && c.ref.kind == aName && a.starts[c.ref.name] != nil && c.xs[0] != nil && !c.xs[0].general():
		a.checkStart(c)
	case a.ofAnySeries(c.ref):
		for i := range a.world.series {
			a.checkAt(c, moment{series: i})
		}
	case !c.left.general():
		a.checkAt(c, a.of(c.ref, moment{series: a.series}))
	default:
		a.everywhere(func(m moment, t int) bool {
			if c.said && c.ref.name == "L" && !a.counted[scoreOf(c.ref)](m.series, t) {
				return true // it is said where it is scored
			}
			a.checkAt(c, a.of(c.ref, m))
			return true
		})
	}
}

// of is the moment that a name with a series of its own speaks of.
func (a *audit) of(r *ref, m moment) moment {
	for i, s := range a.run.Data().Series {
		if id := s.ID; r.series == id || r.by != nil && r.by.series == id {
			m.series = i
		}
	}
	return m
}

// ofAnySeries tells a weight of the i-th series, whichever that is, and what is the derivative by it.
func (a *audit) ofAnySeries(r *ref) bool {
	return r.series == anySeries || r.by != nil && r.by.series == anySeries
}

// checkAt checks a chain at a moment.
func (a *audit) checkAt(c readChain, m moment) {
	truth, known := a.truth(c, m)
	rounded := false
	var symbols *formula
	for k, x := range c.xs {
		sign := c.links[k].sign
		rounded = rounded || sign == "≈"
		switch {
		case x == nil:
		case !x.numeric():
			symbols = x
			if (sign == "≈") != a.hasRounded(x) {
				a.wrong(c.where(), "the sign %s before the formula %q", sign, x.text)
			}
			if known {
				a.counts["formulas evaluated"]++
				a.checkFormula(c, x, m, truth)
				a.checkInstance(c, x, m)
			}
		case !known:
			a.wrong(c.where(), "nobody knows what %s is", c.block.left)
		case plain(x.expr):
			a.counts["values compared"]++
			a.checkShown(c, x, sign, truth)
		default:
			a.counts["sums in numbers"]++
			a.checkNumbers(c, x, rounded, truth)
			a.checkSubstituted(c, symbols, x, sign, m)
		}
	}
}

// truth is what the left side is in the fresh run. Of what the page itself defines nothing is known
// but its definition.
func (a *audit) truth(c readChain, m moment) (truth series.Array, known bool) {
	r := c.ref
	if c.links[0].sign == "←" {
		return a.movedWeight(r, m), true
	}
	if r.kind == aName && a.defined[r.name] != nil && a.values[r.name] == nil && a.inputs[r.name] == nil && r.name != "L" && !strings.HasPrefix(r.name, "δ") {
		return series.Array{}, false
	}
	truth, err := reading{world: a.world, refs: c.left.refs, at: m}.value(c.left.expr)
	if err != nil {
		a.wrong(c.where(), "%v", err)
	}
	return truth, err == nil
}

// checkFormula wants a formula to give a value. The y in it may be what the equations see of it.
func (a *audit) checkFormula(c readChain, x *formula, m moment, truth series.Array) {
	r := reading{world: a.world, refs: x.refs, at: m, free: map[string]series.Array{}}
	if c.links[0].sign == "←" {
		r.free["θ"], r.free["∂L/∂θ"], _ = a.theta(c.ref, m)
	}
	v, err := r.value(x.expr)
	if err == nil && agrees(v, truth) {
		return
	}
	r.at.seen = true
	if seen, err := r.value(x.expr); err == nil && agrees(seen, truth) {
		return
	}
	if err != nil {
		a.wrong(c.where(), "%q %v", x.text, err)
		return
	}
	a.wrong(c.where(), "%q gives %v at %v, and the left side is %v", x.text, v, m, truth)
}

// checkShown compares a value on the page with the fresh run's. "=" says that it is that value,
// "≈" that it is rounded.
func (a *audit) checkShown(c readChain, x *formula, sign string, truth series.Array) {
	v, err := a.value(x, moment{})
	if err != nil {
		a.wrong(c.where(), "%v", err)
		return
	}
	right, exactly := shows(v, truth)
	switch {
	case !right:
		a.wrong(c.where(), "%q, and a fresh run gives %v", x.text, truth)
	case exactly != (sign != "≈"):
		a.wrong(c.where(), "the sign %s before %q, which is %v", sign, x.text, truth)
	}
}

// checkNumbers works out a formula of numbers: it must give the value, or, if its numbers are
// rounded, come as near to it as these allow.
func (a *audit) checkNumbers(c readChain, x *formula, rounded bool, truth series.Array) {
	v, err := a.value(x, moment{})
	switch {
	case err != nil:
		a.wrong(c.where(), "%v", err)
	case !rounded && !agrees(v, truth):
		a.wrong(c.where(), "%q is %v, and a fresh run gives %v", x.text, v, truth)
	case rounded && !a.near(x, v, truth):
		a.wrong(c.where(), "%q is %v, and a fresh run gives %v: that is more than rounding", x.text, v, truth)
	}
}

// near tells whether the numbers of a formula could have been rounded so that it gives v in place
// of the truth: each is moved by half a unit in its last place, and what that does is added up.
func (a *audit) near(x *formula, v, truth series.Array) bool {
	miss := make([]float64, v.Len())
	lang.Walk(x.expr, func(e lang.Expr) bool {
		n, ok := e.(*lang.Num)
		if !ok {
			return true
		}
		size, _ := n.Val.Float64()
		to := new(big.Rat)
		to.SetFloat64(size + half(size))
		moved, err := reading{world: a.world, refs: x.refs, moved: map[*lang.Num]*big.Rat{n: to}}.value(x.expr)
		for i := range miss {
			if err == nil {
				miss[i] += math.Abs(moved.Float64(i) - v.Float64(i))
			}
		}
		return true
	})
	for i := range miss {
		if want := entry(truth, i).Float64(0); math.Abs(v.Float64(i)-want) > 1.1*miss[i]+1e-12*math.Abs(want) {
			return false
		}
	}
	return true
}

// plain tells a number, or a list of numbers, from what is to be worked out.
func plain(e lang.Expr) bool {
	switch e := lang.Unparen(e).(type) {
	case *lang.Num:
		return true
	case *lang.Unary:
		return plain(e.X)
	case *lang.Binary:
		_, above := lang.Unparen(e.X).(*lang.Num)
		_, below := lang.Unparen(e.Y).(*lang.Num)
		return e.Op == "/" && above && below
	case *lang.List:
		return !slices.ContainsFunc(e.Items, func(e lang.Expr) bool { return !plain(e) })
	}
	return false
}
