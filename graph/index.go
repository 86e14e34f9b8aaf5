package graph

import (
	"math/big"

	"unroll/lang"
)

// index elaborates what stands in square brackets: a time, a window of times, or components.
func (v *env) index(e *lang.Index) *expr {
	if len(e.Items) > 1 {
		for _, r := range e.Items {
			if _, ok := lang.TimeOf(r.Lo); ok && mentionsTime(r.Lo) {
				v.p.errorf(r.Lo.Pos(), "a time stands alone in its brackets; take components in brackets of their own, as in x[t-1][0]")
				return none()
			}
		}
	}
	if len(e.Items) == 1 {
		if from, ok := lang.TimeOf(e.Items[0].Lo); ok {
			return v.times(e, from)
		}
		if hi := e.Items[0].Hi; hi != nil {
			if _, ok := lang.TimeOf(hi); ok {
				v.p.errorf(e.Items[0].Lo.Pos(), "a window has times at both ends; write %s[t-3 : t-1]", lang.PrintExpr(e.X))
				return none()
			}
		}
	}
	return v.components(e)
}

// mentionsTime tells whether t stands in an expression.
func mentionsTime(e lang.Expr) bool {
	found := false
	lang.Walk(e, func(e lang.Expr) bool {
		n, ok := e.(*lang.Name)
		found = found || ok && n.Name == "t"
		return !found
	})
	return found
}

// begin is where what stands before brackets begins.
func begin(e *lang.Index) lang.Pos {
	if i, ok := e.X.(*lang.Index); ok {
		return begin(i)
	}
	return e.X.Pos()
}

// times is name[t-p], or the window name[t-p : t-q].
func (v *env) times(e *lang.Index, from lang.Expr) *expr {
	n, ok := lang.Unparen(e.X).(*lang.Name)
	if !ok || n.Name == "t" {
		v.p.errorf(begin(e), "only a name has values at other times; %s", nameFirst(e.X))
		return none()
	}
	if _, ok := v.static(n); ok {
		v.p.errorf(n.At, "%s is a number, the same at all times; leave out the bracket", n.Name)
		return none()
	}
	x := v.name(n)
	if x.kind != xName {
		return none()
	}
	p, ok := v.lag(from)
	if !ok {
		return none()
	}
	out := &expr{kind: xLag, at: n.At, src: e, name: x.name, p: p, q: p}
	if hi := e.Items[0].Hi; hi != nil {
		return v.window(e, out, hi)
	}
	if p == 0 {
		out.kind = xName
	}
	return out
}

// nameFirst is what to do about a time of what is not a name.
func nameFirst(e lang.Expr) string {
	e = lang.Unparen(e)
	if n, ok := e.(*lang.Name); ok && n.Name == "t" {
		return "t is the time itself, so write t-1"
	}
	return "give it one first, as in a = " + lang.PrintExpr(e)
}

func (v *env) window(e *lang.Index, out *expr, hi lang.Expr) *expr {
	to, ok := lang.TimeOf(hi)
	if !ok {
		v.p.errorf(hi.Pos(), "a window has times at both ends; write %s[t-3 : t-1]", lang.PrintExpr(e.X))
		return none()
	}
	q, ok := v.lag(to)
	if !ok {
		return none()
	}
	out.kind, out.q = xWindow, q
	if v.reverse && out.p < out.q {
		// Backwards, the window is the mirror image: its entries stand in the mirrored order too.
		out.p, out.q, out.flip = out.q, out.p, true
	}
	if out.flip && out.p-out.q >= maxUnroll {
		v.p.errorf(begin(e), "a window of %d entries is too long inside backward; the most is %d", out.p-out.q+1, maxUnroll)
		return none()
	}
	if out.p < out.q {
		v.p.errorf(begin(e), "the window ends before it begins; write the earlier time first")
		return none()
	}
	return out
}

// lag is the k of t-k: offset is what is added to t. Inside `backward` a lag is a lead.
func (v *env) lag(offset lang.Expr) (int, bool) {
	n, ok := v.static(offset)
	switch {
	case !ok:
		v.p.errorf(offset.Pos(), "a lag must be known before the run, and this one isn't; write a whole number, as in t-1, or t-p with size p = 1")
	case !n.IsInt():
		v.p.errorf(offset.Pos(), "a lag is a whole number of steps, not %s; write t-1", new(big.Rat).Abs(n).RatString())
		ok = false
	case n.Num().CmpAbs(big.NewInt(maxLag)) > 0:
		v.p.errorf(offset.Pos(), "a lag of %s is too large; the most is %d", shorten(new(big.Rat).Abs(n).RatString()), maxLag)
		ok = false
	}
	if !ok {
		return 0, false
	}
	k := -int(n.Num().Int64())
	if v.reverse {
		k = -k
	}
	return k, true
}

// components is A[i], A[i, j], b[2:5], s0[t mod 24].
func (v *env) components(e *lang.Index) *expr {
	if len(e.Items) > 2 {
		v.p.errorf(e.At, "a value has at most two dimensions; give one or two indices")
		return none()
	}
	out := &expr{kind: xPick, at: begin(e), src: e, args: []*expr{v.expr(e.X)}}
	for _, r := range e.Items {
		s, ok := v.span(r)
		if !ok {
			return none()
		}
		out.pick = append(out.pick, s)
	}
	return out
}

func (v *env) span(r lang.Range) (span, bool) {
	lo, ok := v.static(r.Lo)
	if !ok && r.Hi == nil {
		return span{one: true, at: v.expr(r.Lo)}, true
	}
	hi := lo
	if r.Hi != nil {
		var okHi bool
		hi, okHi = v.static(r.Hi)
		ok = ok && okHi
	}
	if !ok {
		v.p.errorf(r.Lo.Pos(), "the ends of a slice must be known before the run; write whole numbers, as in x[0:2], or sizes")
		return span{}, false
	}
	for i, n := range []*big.Rat{lo, hi} {
		if !smallWhole(n) {
			at := r.Lo.Pos()
			if i > 0 {
				at = r.Hi.Pos()
			}
			v.p.errorf(at, "%s is not an index; components are counted by whole numbers, from 0 on", shorten(n.RatString()))
			return span{}, false
		}
	}
	if lo.Cmp(hi) > 0 {
		v.p.errorf(r.Lo.Pos(), "the slice ends before it begins; write the smaller index first")
		return span{}, false
	}
	return span{lo: int(lo.Num().Int64()), hi: int(hi.Num().Int64()), one: r.Hi == nil}, true
}

func smallWhole(n *big.Rat) bool {
	return n.IsInt() && n.Sign() >= 0 && n.Num().IsInt64() && n.Num().Int64() <= maxEntries
}
