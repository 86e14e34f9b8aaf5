package page_test

import (
	"unroll/lang"
	"unroll/series"
)

// factor is a factor, or what is divided by, with the minus before it.
type factor struct {
	x            lang.Expr
	minus, below bool
}

// productOf is the sign of a product: "*" with "/", or ".*"; "" of anything else.
func productOf(e lang.Expr) string {
	switch e := lang.Unparen(e).(type) {
	case *lang.Unary:
		return productOf(e.X)
	case *lang.Binary:
		switch e.Op {
		case "*", "/":
			return "*"
		case ".*":
			return ".*"
		}
	}
	return ""
}

// factorsOf takes a product apart.
func factorsOf(e lang.Expr, op string) []factor {
	switch e := lang.Unparen(e).(type) {
	case *lang.Unary:
		all := factorsOf(e.X, op)
		all[0].minus = !all[0].minus
		return all
	case *lang.Binary:
		if productOf(e) != op {
			break
		}
		right := []factor{{x: e.Y}}
		if e.Op != "/" {
			right = factorsOf(e.Y, op)
		}
		right[0].below = e.Op == "/"
		return append(factorsOf(e.X, op), right...)
	}
	return []factor{{x: e}}
}

// keptWhole takes a product apart, but leaves fractions of numbers whole.
func keptWhole(e lang.Expr, op string) []factor {
	if b, ok := lang.Unparen(e).(*lang.Binary); ok && !plain(b) && productOf(b) == op {
		right := []factor{{x: b.Y}}
		if b.Op != "/" {
			right = keptWhole(b.Y, op)
		}
		right[0].below = b.Op == "/"
		return append(keptWhole(b.X, op), right...)
	}
	if u, ok := lang.Unparen(e).(*lang.Unary); ok && !plain(u) {
		all := keptWhole(u.X, op)
		all[0].minus = !all[0].minus
		return all
	}
	return []factor{{x: e}}
}

// terms are the summands of an expression; a sum over steps is written out if that is wanted.
func (x *substitution) terms(e lang.Expr, m moment, minus, expand bool) []term {
	switch e := e.(type) {
	case *lang.Binary:
		if e.Op == "+" || e.Op == "-" {
			return append(x.terms(e.X, m, minus, expand), x.terms(e.Y, m, minus != (e.Op == "-"), expand)...)
		}
	case *lang.Unary:
		if call, ok := e.X.(*lang.Call); ok && expand {
			return x.terms(call, m, !minus, expand)
		}
		return []term{{minus: !minus, x: e.X, at: m}}
	case *lang.Call:
		if r := x.s.refs[e.Fn]; r != nil && r.kind == aSum && expand {
			var all []term
			for _, at := range (reading{world: x.a.world, at: m}).moments(r) {
				for _, t := range x.terms(e.Args[0], at, minus, expand) {
					t.one = true
					all = append(all, t)
				}
			}
			return all
		}
	}
	return []term{{minus: minus, x: e, at: m}}
}

// nonzero are the terms that aren't 0: what doesn't count is left out of a sum in numbers.
func (x *substitution) nonzero(all []term, f *formula) []term {
	var out []term
	for _, t := range all {
		v, err := reading{world: x.a.world, refs: f.refs, at: t.at}.value(t.x)
		if err == nil && !agrees(v, series.Number(zero)) {
			out = append(out, t)
		}
	}
	return out
}
