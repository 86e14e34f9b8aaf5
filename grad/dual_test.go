package grad_test

import (
	"fmt"
	"math/big"

	"unroll/op"
)

// dual is v + d·ε with ε² = 0: a number and its derivative along one direction. Computing with
// them is differentiation forward, which shares nothing with the rules of the table. A v that is
// nil is undefined.
type dual struct{ v, d *big.Rat }

func constantDual(v *big.Rat) dual { return dual{v, new(big.Rat)} }

func wholeDual(n int) dual { return constantDual(big.NewRat(int64(n), 1)) }

func truthDual(yes bool) dual {
	if yes {
		return wholeDual(1)
	}
	return wholeDual(0)
}

func (a dual) plus(b dual) dual {
	return dual{new(big.Rat).Add(a.v, b.v), new(big.Rat).Add(a.d, b.d)}
}

func (a dual) times(b dual) dual {
	left, right := new(big.Rat).Mul(a.v, b.d), new(big.Rat).Mul(a.d, b.v)
	return dual{new(big.Rat).Mul(a.v, b.v), left.Add(left, right)}
}

func (a dual) scaled(p, q int64) dual { return a.times(constantDual(big.NewRat(p, q))) }

func (a dual) minus(b dual) dual { return a.plus(b.scaled(-1, 1)) }

// inverse is 1/a, whose derivative is −a′/a².
func (a dual) inverse() dual {
	if a.v.Sign() == 0 {
		return dual{}
	}
	inv := new(big.Rat).Inv(a.v)
	d := new(big.Rat).Mul(inv, inv)
	return dual{inv, d.Mul(d, a.d).Neg(d)}
}

func (a dual) over(b dual) dual {
	if b = b.inverse(); b.v == nil {
		return b
	}
	return a.times(b)
}

func (a dual) floor() dual {
	return constantDual(new(big.Rat).SetInt(new(big.Int).Div(a.v.Num(), a.v.Denom())))
}

// power is a repeated product.
func (a dual) power(n int64) dual {
	out := wholeDual(1)
	for range max(n, -n) {
		out = out.times(a)
	}
	if n < 0 {
		return out.inverse()
	}
	return out
}

// larger is the maximum; of equals, each passes half of its derivative.
func (a dual) larger(b dual) dual {
	switch a.v.Cmp(b.v) {
	case 1:
		return a
	case -1:
		return b
	}
	return dual{a.v, a.plus(b).scaled(1, 2).d}
}

func (a dual) neg() dual { return a.scaled(-1, 1) }

// within is a between lo and hi, with no derivative at the bounds.
func (a dual) within(lo, hi int64) dual {
	switch {
	case a.v.Cmp(big.NewRat(lo, 1)) <= 0:
		return wholeDual(int(lo))
	case a.v.Cmp(big.NewRat(hi, 1)) >= 0:
		return wholeDual(int(hi))
	}
	return a
}

func clipDual(x []dual) dual {
	switch {
	case x[0].v.Cmp(x[1].v) < 0:
		return x[1]
	case x[0].v.Cmp(x[2].v) > 0:
		return x[2]
	}
	return x[0]
}

func absDual(x []dual) dual { return x[0].scaled(int64(x[0].v.Sign()), 1) }

func reluDual(x []dual) dual {
	if x[0].v.Sign() > 0 {
		return x[0]
	}
	return wholeDual(0)
}

// modDual is a − b·floor(a/b), floor being flat.
func modDual(x []dual) dual {
	q := x[0].over(x[1])
	if q.v == nil {
		return q
	}
	return x[0].minus(x[1].times(q.floor()))
}

func powerDual(x []dual) dual {
	if !x[1].v.IsInt() || x[1].d.Sign() != 0 {
		panic("an exact power has a whole constant exponent")
	}
	return x[0].power(x[1].v.Num().Int64())
}

func compared(holds func(cmp int) bool) func([]dual) dual {
	return func(x []dual) dual { return truthDual(holds(x[0].v.Cmp(x[1].v))) }
}

// entryDuals are the rational rows that are computed entry by entry.
var entryDuals = map[string]func(x []dual) dual{
	"+/2":             func(x []dual) dual { return x[0].plus(x[1]) },
	"-/2":             func(x []dual) dual { return x[0].minus(x[1]) },
	".*/2":            func(x []dual) dual { return x[0].times(x[1]) },
	"//2":             func(x []dual) dual { return x[0].over(x[1]) },
	"over/2":          func(x []dual) dual { return x[0].over(x[1]) },
	"gated/2":         func(x []dual) dual { return x[0].times(x[1]) },
	"kept/2":          func(x []dual) dual { return x[0] },
	"mod/2":           modDual,
	"neg/1":           func(x []dual) dual { return x[0].neg() },
	"floor/1":         func(x []dual) dual { return x[0].floor() },
	"^/2":             powerDual,
	"power/2":         powerDual,
	"==/2":            compared(func(c int) bool { return c == 0 }),
	"!=/2":            compared(func(c int) bool { return c != 0 }),
	"</2":             compared(func(c int) bool { return c < 0 }),
	"<=/2":            compared(func(c int) bool { return c <= 0 }),
	">/2":             compared(func(c int) bool { return c > 0 }),
	">=/2":            compared(func(c int) bool { return c >= 0 }),
	"max/2":           func(x []dual) dual { return x[0].larger(x[1]) },
	"min/2":           func(x []dual) dual { return x[0].neg().larger(x[1].neg()).neg() },
	"clip/3":          clipDual,
	"stop/1":          func(x []dual) dual { return constantDual(x[0].v) },
	"clip_gradient/2": func(x []dual) dual { return x[0] },
	"relu/1":          reluDual,
	"hard_sigmoid/1":  func(x []dual) dual { return x[0].within(-3, 3).scaled(1, 6).plus(wholeDual(1).scaled(1, 2)) },
	"hard_tanh/1":     func(x []dual) dual { return x[0].within(-1, 1) },
	"abs/1":           absDual,
	"sign/1":          func(x []dual) dual { return wholeDual(x[0].v.Sign()) },
	"is_index/3":      func(x []dual) dual { return truthDual(x[0].v.Cmp(x[1].v) == 0) },
}

// lineDuals are the rational rows that are computed on a vector.
var lineDuals = map[string]func(x []dual) dual{
	"max/1":    largestDual,
	"argmax/1": func(x []dual) dual { return wholeDual(largestAt(x)) },
}

func largestAt(x []dual) int {
	at := 0
	for i := range x {
		if x[i].v.Cmp(x[at].v) > 0 {
			at = i
		}
	}
	return at
}

// largestDual is the largest entry; equals share the derivative evenly.
func largestDual(x []dual) dual {
	top, d, n := x[largestAt(x)].v, new(big.Rat), int64(0)
	for _, e := range x {
		if e.v.Cmp(top) == 0 {
			d, n = d.Add(d, e.d), n+1
		}
	}
	return dual{top, d.Quo(d, big.NewRat(n, 1))}
}

func key(r *op.Row) string { return fmt.Sprintf("%s/%d", r.Name, len(r.Args)) }
