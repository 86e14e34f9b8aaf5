package op

import (
	"math"
	"math/big"
)

// maxPowerBits is how long an exact power may become; a longer one isn't computed.
const maxPowerBits = 1 << 22

// powers are written alike: `^`, and its whole powers, which are never singular.
func powers() []Row {
	return []Row{
		{
			Name: "^", Args: ab, Degree: Powered, Sign: "^", TeX: `{#1}^{#2}`,
			Doc:   "The power, entry by entry. It is exact for whole exponents; 0 to a negative power is undefined, and so is a negative number to one that isn't whole.",
			Float: float2(math.Pow),
			Exact: exact(func(x []*big.Rat) *big.Rat { return ratPower(x[0], x[1]) }),
			Deriv: []string{
				"gated(g, b .* a^(b - 1))",
				"gated(g, gated(y, log(a)))",
			},
			Inverse:  []string{"y^(1/b)", "log(y) / log(a)"},
			Note:     "By b the derivative is 0 where the power is, so at a = 0, as in PyTorch.",
			Singular: true, Ulps: 4, Examples: []Example{{"(2/3)^2", "4/9"}, {"2^(-1)", "1/2"}},
		},
		{
			Name: "power", Args: []string{"a", "n"}, Degree: Powered, Sign: "^", Hidden: true, TeX: `{#1}^{#2}`,
			Doc:   "The power a^n for a whole constant n that isn't negative. a^0 is 1.",
			Float: float2(math.Pow),
			Exact: exact(func(x []*big.Rat) *big.Rat { return ratPower(x[0], x[1]) }),
			// max keeps a^0 from having the derivative 0 * a^(-1), undefined at 0.
			Deriv:   []string{"g .* (n * a^max(n - 1, 0))", ""},
			Inverse: []string{"y^(1/n)", ""},
			Ulps:    4, Examples: example("power(2/3, 2)", "4/9"),
		},
	}
}

// ratPower is nil if the exponent isn't whole, or the power undefined or far too long.
func ratPower(a, n *big.Rat) *big.Rat {
	switch {
	case !n.IsInt() || a.Sign() == 0 && n.Sign() < 0:
		return nil
	case n.Sign() == 0:
		return big.NewRat(1, 1)
	case a.IsInt() && a.Num().IsInt64() && a.Num().Int64() >= -1 && a.Num().Int64() <= 1:
		if a.Sign() < 0 && n.Num().Bit(0) == 0 {
			return big.NewRat(1, 1)
		}
		return a
	}
	bits := max(a.Num().BitLen(), a.Denom().BitLen())
	if n.Num().BitLen() > 31 || bits*int(new(big.Int).Abs(n.Num()).Int64()) > maxPowerBits {
		return nil
	}
	e := new(big.Int).Abs(n.Num())
	p, q := new(big.Int).Exp(a.Num(), e, nil), new(big.Int).Exp(a.Denom(), e, nil)
	if n.Sign() < 0 {
		p, q = q, p
	}
	return new(big.Rat).SetFrac(p, q)
}
