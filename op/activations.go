package op

import (
	"math"
	"math/big"
)

// activations are the usual ones of networks, entry by entry.
func activations() []Row {
	return append(rectifiers(), sigmoids()...)
}

// rectifiers pass what is positive.
func rectifiers() []Row {
	return []Row{
		{
			Name: "relu", Args: a1, Degree: Alike, TeX: `\operatorname{relu}(#1)`,
			Doc:   "a where it is positive, 0 elsewhere.",
			Note:  "Nair and Hinton (2010), Rectified linear units improve restricted Boltzmann machines. At 0 the derivative is 0, as in PyTorch.",
			Float: float1(func(a float64) float64 { return max(a, 0) }),
			Exact: exact(func(x []*big.Rat) *big.Rat { return ratMax(x[0], new(big.Rat)) }),
			Deriv: []string{"g .* (a > 0)"}, Examples: []Example{{"relu(-2)", "0"}, {"relu(1/2)", "1/2"}},
		},
		{
			Name: "leaky_relu", Args: a1, TeX: `\operatorname{leaky\_relu}(#1)`,
			Doc:     "a where it is positive, a/100 elsewhere.",
			Note:    "Maas, Hannun and Ng (2013), Rectifier nonlinearities improve neural network acoustic models; PyTorch's slope.",
			Body:    "where(a > 0, a, a/100)",
			Inverse: []string{"where(y > 0, y, 100*y)"}, Examples: example("leaky_relu(-2)", "-1/50"),
		},
		{
			Name: "elu", Args: a1, TeX: `\operatorname{elu}(#1)`,
			Doc:   "a where it is positive, exp(a) − 1 elsewhere.",
			Note:  "Clevert, Unterthiner and Hochreiter (2016), Fast and accurate deep network learning by exponential linear units.",
			Float: float1(func(a float64) float64 { return max(a, 0) + math.Expm1(min(a, 0)) }),
			Deriv: []string{"g .* where(a > 0, 1, y + 1)"},
			Ulps:  4, Examples: example("elu(-1)", "≈ -0.6321"),
		},
		{
			Name: "selu", Args: a1, TeX: `\operatorname{selu}(#1)`,
			Doc:   "λ·a where a is positive, λ·α·(exp(a) − 1) elsewhere, with λ = 1.0507… and α = 1.6732….",
			Note:  "Klambauer, Unterthiner, Mayr and Hochreiter (2017), Self-normalizing neural networks.",
			Float: float1(selu),
			Deriv: []string{"g .* where(a > 0, 1.0507009873554804934, y + 1.7580993408473768599)"},
			Ulps:  4, Examples: example("selu(1)", "≈ 1.0507"),
		},
		{
			Name: "gelu", Args: a1, TeX: `\operatorname{gelu}(#1)`,
			Doc:  "a times the standard normal distribution function at a.",
			Note: "Hendrycks and Gimpel (2016), Gaussian error linear units; the exact form, not the one with tanh.",
			Body: "a .* (1 + erf(a / sqrt(2))) / 2", Examples: example("gelu(1)", "≈ 0.8413"),
		},
		{
			Name: "silu", Args: a1, TeX: `\operatorname{silu}(#1)`,
			Doc:  "a·sigmoid(a).",
			Note: "Elfwing, Uchibe and Doya (2018), Sigmoid-weighted linear units.",
			Body: "a .* sigmoid(a)", Examples: example("silu(1)", "≈ 0.7311"),
		},
		{
			Name: "softplus", Args: a1, TeX: `\operatorname{softplus}(#1)`,
			Doc:     "log(1 + exp(a)), a smooth relu.",
			Note:    "Dugas, Bengio, Bélisle, Nadeau and Garcia (2001), Incorporating second-order functional knowledge for better option pricing.",
			Body:    "log(1 + exp(a))",
			Float:   float1(softplus),
			Deriv:   []string{"g .* sigmoid(a)"},
			Inverse: []string{"y + log(1 - exp(-y))"},
			Ulps:    4, Examples: example("softplus(0)", "≈ 0.6931"),
		},
	}
}

// sigmoids rise from one bound to another.
func sigmoids() []Row {
	return []Row{
		{
			Name: "sigmoid", Args: a1, TeX: `\sigma(#1)`,
			Doc:     "1/(1 + exp(−a)), between 0 and 1.",
			Body:    "1 / (1 + exp(-a))",
			Float:   float1(sigmoid),
			Deriv:   []string{"g .* (y .* (1 - y))"},
			Inverse: []string{"log(y / (1 - y))"},
			Ulps:    4, Examples: []Example{{"sigmoid(0)", "0.5"}, {"sigmoid(1)", "≈ 0.7311"}},
		},
		{
			Name: "tanh", Args: a1, TeX: `\tanh(#1)`,
			Doc:     "The hyperbolic tangent, between −1 and 1.",
			Float:   float1(math.Tanh),
			Deriv:   []string{"g .* ((1 + y) .* (1 - y))"},
			Inverse: []string{"log((1 + y) / (1 - y)) / 2"},
			Ulps:    4, Examples: example("tanh(1)", "≈ 0.7616"),
		},
		{
			Name: "hard_sigmoid", Args: a1, TeX: `\operatorname{hard\_sigmoid}(#1)`,
			Doc:   "a/6 + 1/2, kept between 0 and 1.",
			Note:  "PyTorch's slope; Courbariaux, Bengio and David (2015), BinaryConnect, has a/2 + 1/2. At the bounds the derivative is 0.",
			Float: float1(func(a float64) float64 { return min(max(a/6+0.5, 0), 1) }),
			Exact: exact(ratHardSigmoid),
			Deriv: []string{"g .* ((a > -3) .* (a < 3) / 6)"},
			Ulps:  1, Examples: []Example{{"hard_sigmoid(1)", "2/3"}, {"hard_sigmoid(-4)", "0"}},
		},
		{
			Name: "hard_tanh", Args: a1, TeX: `\operatorname{hard\_tanh}(#1)`,
			Doc:   "a, kept between −1 and 1.",
			Note:  "Collobert (2004), Large scale machine learning. At the bounds the derivative is 0, as in PyTorch.",
			Float: float1(func(a float64) float64 { return min(max(a, -1), 1) }),
			Exact: exact(func(x []*big.Rat) *big.Rat {
				return ratMin(ratMax(x[0], big.NewRat(-1, 1)), big.NewRat(1, 1))
			}),
			Deriv: []string{"g .* ((a > -1) .* (a < 1))"}, Examples: example("hard_tanh(3/2)", "1"),
		},
	}
}

func selu(a float64) float64 {
	if a > 0 {
		return 1.0507009873554804934 * a
	}
	return 1.7580993408473768599 * math.Expm1(a)
}

// softplus doesn't overflow: the exponential is of what isn't positive.
func softplus(a float64) float64 { return max(a, 0) + math.Log1p(math.Exp(-math.Abs(a))) }

// sigmoid takes the exponential of what isn't positive, so that both tails are accurate.
func sigmoid(a float64) float64 {
	e := math.Exp(-math.Abs(a))
	if a >= 0 {
		return 1 / (1 + e)
	}
	return e / (1 + e)
}

func ratHardSigmoid(x []*big.Rat) *big.Rat {
	v := new(big.Rat).Quo(x[0], big.NewRat(6, 1))
	v.Add(v, big.NewRat(1, 2))
	return ratMin(ratMax(v, new(big.Rat)), big.NewRat(1, 1))
}
