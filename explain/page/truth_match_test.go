package page_test

import (
	"slices"
	"strings"

	"unroll/lang"
)

// substitution holds a formula of numbers against the formula of names that it was made of: in the
// place of each name stands its value.
type substitution struct {
	a      *audit
	s, n   *formula // names, numbers
	exact  bool     // so far all values are shown as they are
	either bool     // it is a matter of taste
	leaves int
}

// checkSubstituted wants the numbers of a formula to be the values of the names before it, each in
// its place, and "≈" before them if one of them is rounded. Without names before it the numbers are
// the terms of a sum that a general formula of the page says.
func (a *audit) checkSubstituted(c readChain, symbols, numbers *formula, sign string, m moment) {
	candidates := []*formula{symbols}
	if symbols == nil {
		candidates = a.formulas[a.words.canonical(c.left)]
		if r := *c.ref; len(r.at) > 0 && r.at[0].lo.letter == "" {
			m = m.with("t", r.at[0].lo.k)
			r.at = append([]span{{lo: point{letter: "t"}}}, r.at[1:]...)
			candidates = a.formulas[a.words.writeRef(&r)]
		}
	}
	for _, s := range candidates {
		for _, seen := range []bool{false, true} {
			m.seen = seen
			x := &substitution{a: a, s: s, n: numbers, exact: true}
			if !x.matches(s.expr, numbers.expr, m) {
				continue
			}
			a.counts["numbers in the place of names"] += x.leaves
			if x.exact == (sign == "≈") && !(x.exact && x.either) {
				a.wrong(c.where(), "the sign %s before %q", sign, numbers.text)
			}
			return
		}
	}
	a.wrong(c.where(), "the numbers of %q aren't the values of the names before it", numbers.text)
}

// term is a summand.
type term struct {
	minus bool
	x     lang.Expr
	at    moment
	one   bool // of a sum that is written out: only its value is told
}

// signed is a term without a sign, or with a minus, that it has its value behind the sign of another.
func (t term) signed(other bool) lang.Expr {
	if t.minus != other {
		return &lang.Unary{X: t.x}
	}
	return t.x
}

func (x *substitution) matches(s, n lang.Expr, m moment) bool {
	s, n = lang.Unparen(s), lang.Unparen(n)
	if x.leaf(s) {
		return x.same(s, n, m)
	}
	left, right := x.terms(s, m, false, true), x.terms(n, m, false, false)
	if len(left) != len(right) {
		left, right = x.nonzero(left, x.s), x.nonzero(right, x.n)
	}
	if len(left) != len(right) {
		left = x.terms(s, m, false, false)
	}
	switch {
	case len(left) != len(right) || len(left) == 0:
		return false
	case len(left) == 1 && !left[0].one:
		return x.structure(left[0].x, right[0].signed(left[0].minus), m)
	}
	for i, l := range left {
		r := right[i].signed(l.minus)
		switch {
		case right[i].minus && !l.minus && plain(right[i].x) && x.isZero(right[i].x):
			return false // 0 has no sign of its own
		case l.one && !x.same(l.x, r, l.at):
			return false
		case !l.one && !x.matches(l.x, r, m) && !(x.isZero(r) && x.beyond(l.x, m)):
			return false
		}
	}
	return true
}

// beyond tells a quotient that comes from beyond the end: it is 0, though what it is made of be 0/0.
func (x *substitution) beyond(s lang.Expr, m moment) bool {
	after, divides := false, false
	lang.Walk(s, func(e lang.Expr) bool {
		if b, ok := e.(*lang.Binary); ok && b.Op == "/" {
			divides = true
		}
		if name, ok := e.(*lang.Name); ok {
			r := x.s.refs[name.Name]
			after = after || strings.HasPrefix(r.name, "δ") && len(r.at) > 0 && m.point(r.at[0].lo) >= x.a.ends(m.series)
		}
		return true
	})
	v, err := reading{world: x.a.world, refs: x.s.refs, at: m}.value(s)
	return after && divides && err == nil && agrees(v, whole(0))
}

// leaf tells what is shown by its value: names, and what a derivative of a function is.
func (x *substitution) leaf(s lang.Expr) bool {
	switch s := s.(type) {
	case *lang.Name:
		return true
	case *lang.Call:
		r := x.s.refs[s.Fn]
		return r != nil && r.kind == aPrime
	}
	return false
}

// same tells whether numbers are shown that a name stands for, or a term of a sum gives.
func (x *substitution) same(s, n lang.Expr, m moment) bool {
	value, err := reading{world: x.a.world, refs: x.s.refs, at: m}.value(s)
	if err != nil {
		return false
	}
	page, err := reading{world: x.a.world, refs: x.n.refs}.value(n)
	if err != nil {
		return false
	}
	x.leaves++
	right, exactly := shows(page, value)
	if name, ok := s.(*lang.Name); ok && exactly && x.a.inexact(x.s.refs[name.Name]) {
		x.either = true // a start, or 0 behind the end, of an equation whose values aren't exact
	}
	if !right && !plain(n) { // a term in numbers that are rounded
		right = x.a.near(&formula{expr: n, refs: x.n.refs}, page, value)
	}
	x.exact = x.exact && exactly
	return right
}

// inexact tells whether a name is of an equation or an adjoint whose values are float64s, or may be
// made of such.
func (a *audit) inexact(r *ref) bool {
	v := a.values[r.name]
	if loss := a.values["L"]; v == nil && loss != nil && a.defined[r.name] != nil {
		v = loss
	}
	return r.kind == aName && v != nil && !v(0, a.first).Exact()
}

// structure compares what is no sum.
func (x *substitution) structure(s, n lang.Expr, m moment) bool {
	s, n = lang.Unparen(s), lang.Unparen(n)
	if plain(s) {
		return plain(n) && x.same(s, n, m) // 5/2 as 2.5
	}
	if op := productOf(s); op != "" {
		before := *x
		if x.factors(factorsOf(s, op), keptWhole(n, op), m) {
			return true
		}
		*x = before
		return x.factors(keptWhole(s, op), keptWhole(n, op), m)
	}
	switch s := s.(type) {
	case *lang.Binary:
		b, ok := n.(*lang.Binary)
		if strings.Contains("== != <= >=", s.Op) && (!ok || b.Op != s.Op) {
			return x.same(s, n, m) // a condition that is shown by its value
		}
		return ok && b.Op == s.Op && x.matches(s.X, b.X, m) && x.matches(s.Y, b.Y, m)
	case *lang.Transpose:
		t, ok := n.(*lang.Transpose)
		return ok && x.matches(s.X, t.X, m)
	case *lang.List:
		l, ok := n.(*lang.List)
		return ok && x.all(s.Items, l.Items, m)
	case *lang.Call:
		if r := x.s.refs[s.Fn]; r != nil {
			return x.same(s, n, m) // a sum that is shown by its value
		}
		c, ok := n.(*lang.Call)
		return ok && c.Fn == s.Fn && x.all(s.Args, c.Args, m)
	}
	return x.leaf(s) && x.same(s, n, m)
}

// factors compares products: a minus may stand at any of the factors, and a fraction be one factor or
// two.
func (x *substitution) factors(s, n []factor, m moment) bool {
	if len(s) == 0 || len(n) == 0 {
		return len(s) == len(n)
	}
	before := *x
	for _, minus := range []bool{false, true} {
		to := n[0].x
		if minus {
			if !plain(to) {
				break
			}
			to = &lang.Unary{X: to}
		}
		rest := slices.Clone(n[1:])
		if minus != (s[0].minus != n[0].minus) {
			if len(rest) == 0 && !x.zero(s[0], m) {
				continue
			}
			if len(rest) > 0 {
				rest[0].minus = !rest[0].minus
			}
		}
		if s[0].below == n[0].below && x.matches(s[0].x, to, m) && x.factors(s[1:], rest, m) {
			return true
		}
		*x = before
	}
	if split := factorsOf(n[0].x, "*"); len(split) == 2 && !n[0].below {
		split[0].minus = split[0].minus != n[0].minus
		return x.factors(s, append(split, n[1:]...), m)
	}
	return false
}

// zero tells whether a factor is 0, so that its sign doesn't matter.
func (x *substitution) zero(f factor, m moment) bool {
	v, err := reading{world: x.a.world, refs: x.s.refs, at: m}.value(f.x)
	return err == nil && agrees(v, whole(0))
}

// isZero tells whether a number of the page is 0.
func (x *substitution) isZero(n lang.Expr) bool {
	v, err := reading{world: x.a.world, refs: x.n.refs}.value(n)
	return err == nil && agrees(v, whole(0))
}

func (x *substitution) all(s, n []lang.Expr, m moment) bool {
	for i := range s {
		if i >= len(n) || !x.matches(s[i], n[i], m) {
			return false
		}
	}
	return len(s) == len(n)
}
