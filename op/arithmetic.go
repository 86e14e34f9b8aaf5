package op

import (
	"math"
	"math/big"
)

// arithmetic is what stands between two numbers, entry by entry.
func arithmetic() []Row {
	return []Row{
		{
			Name: "+", Args: ab, Degree: Alike, Sign: "+", TeX: `#1 + #2`,
			Doc:     "The sum, entry by entry.",
			Float:   float2(func(a, b float64) float64 { return a + b }),
			Exact:   exact2((*big.Rat).Add),
			Deriv:   []string{"g", "g"},
			Inverse: []string{"y - b", "y - a"},
			Ulps:    0.5, Examples: example("1/2 + 1/3", "5/6"),
		},
		{
			Name: "-", Args: ab, Degree: Alike, Sign: "-", TeX: `#1 - #2`,
			Doc:     "The difference, entry by entry.",
			Float:   float2(func(a, b float64) float64 { return a - b }),
			Exact:   exact2((*big.Rat).Sub),
			Deriv:   []string{"g", "-g"},
			Inverse: []string{"y + b", "a - y"},
			Ulps:    0.5, Examples: example("1/2 - 1/3", "1/6"),
		},
		{
			Name: ".*", Args: ab, Degree: Added, Sign: ".*", TeX: `#1 \odot #2`,
			Doc:     "The product, entry by entry.",
			Float:   float2(func(a, b float64) float64 { return a * b }),
			Exact:   exact2((*big.Rat).Mul),
			Deriv:   []string{"g .* b", "a .* g"},
			Inverse: []string{"y / b", "y / a"},
			Ulps:    0.5, Examples: example("[2, 3] .* [4, 1/2]", "[8, 3/2]"),
		},
		{
			Name: "/", Args: ab, Degree: Subtracted, Sign: "/", TeX: `\frac{#1}{#2}`,
			Doc:      "The quotient, entry by entry; undefined if b is 0.",
			Float:    float2(func(a, b float64) float64 { return a / b }),
			Exact:    exact(func(x []*big.Rat) *big.Rat { return quotient(x[0], x[1]) }),
			Deriv:    []string{"over(g, b)", "-over(over(g .* a, b), b)"},
			Inverse:  []string{"y .* b", "a / y"},
			Singular: true, Ulps: 0.5, Examples: example("3 / 4", "3/4"),
		},
		{
			Name: "mod", Args: ab, Degree: Alike, Sign: "mod", TeX: `#1 \bmod #2`,
			Doc:      "The remainder a − b·floor(a/b), of b's sign; undefined if b is 0.",
			Float:    float2(mod),
			Exact:    exact(ratMod),
			Deriv:    []string{"g", "gated(g, -floor(a / b))"},
			Singular: true, Ulps: 0.5, Examples: []Example{{"7 mod 3", "1"}, {"-1 mod 24", "23"}},
		},
		{
			Name: "neg", Args: a1, Degree: Alike, Sign: "-", TeX: `-#1`,
			Doc:     "The negative.",
			Float:   float1(func(a float64) float64 { return -a }),
			Exact:   exact1((*big.Rat).Neg),
			Deriv:   []string{"-g"},
			Inverse: []string{"-y"}, Examples: example("-(1/2)", "-1/2"),
		},
		{
			Name: "over", Args: []string{"p", "q"}, Degree: Subtracted, Hidden: true, TeX: `\frac{#1}{#2}`,
			Doc:   "The quotient p/q, but 0 where p is 0, whatever q is.",
			Note:  "It stands in derivatives: what has no part in the loss passes nothing on, even where the quotient is undefined.",
			Float: float2(over),
			Exact: unlessZero(quotient),
			// By p it is 0 where 1/q is undefined: p is a 0 that a mask made, and its derivative passes the mask again.
			Deriv:    []string{"over(kept(g, 1/q), q)", "-over(over(g .* p, q), q)"},
			Singular: true, Ulps: 0.5, Examples: []Example{{"over(0, 0)", "0"}, {"over(3, 4)", "3/4"}},
		},
		{
			Name: "gated", Args: []string{"p", "q"}, Degree: Added, Hidden: true, TeX: `#1 \odot #2`,
			Doc:   "The product p .* q, but 0 where p is 0, whatever q is.",
			Note:  "It stands in derivatives, as over does. By p its derivative is q at p = 0 too, but 0 where q is undefined.",
			Float: float2(gated),
			Exact: unlessZero(times),
			// Whatever the order, what q is where it is undefined is never looked at.
			Deriv: []string{"gated(kept(g, q), q)", "g .* p"},
			Ulps:  0.5, Examples: []Example{{"gated(0, 5)", "0"}, {"gated(3, 1/4)", "3/4"}},
		},
		{
			Name: "kept", Args: []string{"p", "q"}, Degree: OfFirst, Hidden: true, TeX: `\operatorname{kept}(#1, #2)`,
			Doc:   "p where q is defined, 0 elsewhere.",
			Note:  "It stands in derivatives of derivatives: what comes back to a factor that a mask made 0, through another that is undefined.",
			Float: float2(kept),
			Exact: ratKept,
			Deriv: []string{"kept(g, q)", ""}, Examples: example("kept(3, 4)", "3"),
		},
		{
			Name: "floor", Args: a1, Hidden: true, TeX: `\lfloor #1 \rfloor`,
			Doc:   "The largest whole number that isn't above a.",
			Float: float1(math.Floor),
			Exact: exact(func(x []*big.Rat) *big.Rat { return ratFloor(x[0]) }),
			Deriv: none1, Examples: example("floor(-1/2)", "-1"),
		},
	}
}

func quotient(a, b *big.Rat) *big.Rat {
	if b.Sign() == 0 {
		return nil
	}
	return new(big.Rat).Quo(a, b)
}

func over(p, q float64) float64 {
	if p == 0 {
		return 0
	}
	return p / q
}

// unlessZero is f of p and q, but 0 where p is 0: only elsewhere does it look at q.
func unlessZero(f func(p, q *big.Rat) *big.Rat) func(x []*big.Rat) *big.Rat {
	return func(x []*big.Rat) *big.Rat {
		switch {
		case x[0] == nil:
			return nil
		case x[0].Sign() == 0:
			return new(big.Rat)
		case x[1] == nil:
			return nil
		}
		return f(x[0], x[1])
	}
}

func gated(p, q float64) float64 {
	if p == 0 {
		return 0
	}
	return p * q
}

func times(p, q *big.Rat) *big.Rat { return new(big.Rat).Mul(p, q) }

func kept(p, q float64) float64 {
	if math.IsNaN(q) || math.IsInf(q, 0) {
		return 0
	}
	return p
}

func ratKept(x []*big.Rat) *big.Rat {
	if x[1] == nil {
		return new(big.Rat)
	}
	return x[0]
}

// mod is exact where math.Mod is: the formula with floor would round twice.
func mod(a, b float64) float64 {
	r := math.Mod(a, b)
	if r != 0 && (r < 0) != (b < 0) {
		r += b
	}
	return r
}

func ratMod(x []*big.Rat) *big.Rat {
	q := quotient(x[0], x[1])
	if q == nil {
		return nil
	}
	q = ratFloor(q)
	return q.Sub(x[0], q.Mul(q, x[1]))
}

func ratFloor(a *big.Rat) *big.Rat {
	// Div rounds down, as denominators are positive.
	return new(big.Rat).SetInt(new(big.Int).Div(a.Num(), a.Denom()))
}
