package op

import (
	"math"
	"math/big"
)

// smooth are the functions of one number that aren't activations.
func smooth() []Row {
	return []Row{
		{
			Name: "exp", Args: a1, TeX: `\exp(#1)`,
			Doc:      "The exponential.",
			Float:    float1(math.Exp),
			Deriv:    []string{"g .* y"},
			Inverse:  []string{"log(y)"},
			Singular: true, Ulps: 2, Examples: []Example{{"exp(0)", "1"}, {"exp(1)", "≈ 2.7183"}},
		},
		{
			Name: "log", Args: a1, TeX: `\log(#1)`,
			Doc:      "The natural logarithm; undefined below 0.",
			Float:    float1(math.Log),
			Deriv:    []string{"over(g, a)"},
			Inverse:  []string{"exp(y)"},
			Singular: true, Ulps: 2, Examples: example("log(2)", "≈ 0.6931"),
		},
		{
			Name: "sqrt", Args: a1, Degree: Halved, TeX: `\sqrt{#1}`,
			Doc:      "The square root; undefined below 0.",
			Float:    float1(math.Sqrt),
			Deriv:    []string{"over(g, 2*y)"},
			Inverse:  []string{"y^2"},
			Singular: true, Ulps: 0.5, Examples: example("sqrt(2)", "≈ 1.4142"),
		},
		{
			Name: "abs", Args: a1, Degree: Alike, TeX: `\left|#1\right|`,
			Doc:   "The absolute value.",
			Note:  "At 0 the derivative is 0, as in PyTorch.",
			Float: float1(math.Abs),
			Exact: exact1((*big.Rat).Abs),
			Deriv: []string{"g .* sign(a)"}, Examples: example("abs(-1/2)", "1/2"),
		},
		{
			Name: "sign", Args: a1, Degree: Held, TeX: `\operatorname{sign}(#1)`,
			Doc:   "1 where a is positive, −1 where it is negative, 0 at 0.",
			Float: float1(sign),
			Exact: exact(func(x []*big.Rat) *big.Rat { return big.NewRat(int64(x[0].Sign()), 1) }),
			Deriv: none1, Examples: example("sign(-3)", "-1"),
		},
		{
			Name: "sin", Args: a1, TeX: `\sin(#1)`,
			Doc:   "The sine, of an angle in radians.",
			Float: float1(math.Sin),
			Deriv: []string{"g .* cos(a)"},
			Ulps:  2, Examples: example("sin(1)", "≈ 0.8415"),
		},
		{
			Name: "cos", Args: a1, TeX: `\cos(#1)`,
			Doc:   "The cosine, of an angle in radians.",
			Float: float1(math.Cos),
			Deriv: []string{"-g .* sin(a)"},
			Ulps:  2, Examples: example("cos(1)", "≈ 0.5403"),
		},
		{
			Name: "erf", Args: a1, TeX: `\operatorname{erf}(#1)`,
			Doc:   "The error function, 2/√π times the integral of exp(−x²) from 0 to a.",
			Float: float1(math.Erf),
			Deriv: []string{"g .* (1.1283791670955125739 * exp(-a^2))"},
			Ulps:  4, Examples: example("erf(1)", "≈ 0.8427"),
		},
	}
}

// sign leaves 0 and NaN as they are.
func sign(a float64) float64 {
	switch {
	case a > 0:
		return 1
	case a < 0:
		return -1
	}
	return a
}
