package op

import "math"

// maxOrder is how high the order of a polygamma function may be.
const maxOrder = 100

// gammas are the logarithm of the gamma function and its derivatives.
func gammas() []Row {
	return []Row{
		{
			Name: "lgamma", Args: a1, TeX: `\log\Gamma(#1)`,
			Doc:      "The logarithm of the absolute value of the gamma function; lgamma(n + 1) is log(n!).",
			Float:    float1(func(a float64) float64 { v, _ := math.Lgamma(a); return v }),
			Deriv:    []string{"gated(g, polygamma(0, a))"},
			Singular: true, Ulps: 16, Examples: example("lgamma(5)", "≈ 3.1781"),
		},
		{
			Name: "polygamma", Args: []string{"n", "a"}, Hidden: true, TeX: `\psi^{(#1)}(#2)`,
			Doc:      "The derivative of order n + 1 of lgamma, n a whole number from 0 to 100; of order 0 the digamma function.",
			Note:     "Abramowitz and Stegun (1964), Handbook of mathematical functions, 6.4.6, 6.4.7 and 6.4.11.",
			Float:    float2(polygamma),
			Deriv:    []string{"", "gated(g, polygamma(n + 1, a))"},
			Singular: true, Ulps: 64, Examples: []Example{{"polygamma(0, 1)", "≈ -0.5772"}, {"polygamma(1, 1)", "≈ 1.6449"}},
		},
	}
}

// polygamma is accurate to a few units in the last place of the largest term it adds. At a pole,
// a whole number that isn't positive, it is infinite if n is odd, and otherwise undefined: NaN.
func polygamma(order, a float64) float64 {
	switch {
	case order != math.Trunc(order) || order < 0 || order > maxOrder || math.IsNaN(a):
		return math.NaN()
	case a > 0:
		return fromAbove(int(order), a)
	case a == math.Trunc(a) && math.Mod(order, 2) == 1:
		return math.Inf(1)
	case a == math.Trunc(a):
		return math.NaN()
	case a > -32:
		return fromAbove(int(order), a) // loses less than the reflection
	}
	// ψₙ(a) = (−1)ⁿ ψₙ(1−a) − π·dⁿ/daⁿ cot(πa)
	n := int(order)
	return alternate(n)*fromAbove(n, 1-a) - math.Pi*cotDerivative(n, a)
}

// alternate is (−1)ⁿ.
func alternate(n int) float64 { return float64(1 - n%2*2) }

// fromAbove goes up by the recurrence to where the asymptotic series is accurate.
func fromAbove(n int, a float64) float64 {
	below, factorial := 0.0, math.Gamma(float64(n+1))
	for ; a < float64(16+n); a++ {
		below += math.Pow(a, -float64(n+1))
	}
	// ψₙ(a) = ψₙ(a+1) − (−1)ⁿ n! / aⁿ⁺¹
	return asymptotic(n, a) - alternate(n)*factorial*below
}

// bernoulli2k are the Bernoulli numbers B₂, B₄, …
var bernoulli2k = []float64{
	1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510,
	43867.0 / 798, -174611.0 / 330, 854513.0 / 138, -236364091.0 / 2730,
}

// asymptotic is the series in 1/a², for a large against n.
func asymptotic(n int, a float64) float64 {
	if n == 0 {
		sum := 0.0
		for k := len(bernoulli2k); k > 0; k-- {
			sum = (sum + bernoulli2k[k-1]/float64(2*k)) / (a * a)
		}
		return math.Log(a) - 1/(2*a) - sum
	}
	// (−1)ⁿ⁺¹ times (n−1)!/aⁿ + n!/(2aⁿ⁺¹) + Σ B₂ₖ (2k+n−1)!/((2k)! a²ᵏ⁺ⁿ), from the smallest term
	factor := math.Gamma(float64(n)) * math.Pow(a, -float64(n)) // of which each term is a multiple
	sum := 0.0
	for k := len(bernoulli2k); k > 0; k-- {
		ratio := 1.0 // (2k+n−1)! / ((2k)! (n−1)! a²ᵏ)
		for i := 1; i <= 2*k; i++ {
			ratio *= float64(n-1+i) / (float64(i) * a)
		}
		sum += bernoulli2k[k-1] * ratio
	}
	return -alternate(n) * factor * (1 + float64(n)/(2*a) + sum)
}

// cotDerivative is the n-th derivative of cot(πa) by a. Each is a polynomial in c = cot(πa), as
// the derivative of c is −π(1 + c²).
func cotDerivative(n int, a float64) float64 {
	p := []float64{0, 1} // coefficients of 1, c, c², …
	for range n {
		q := make([]float64, len(p)+1)
		for k := 1; k < len(p); k++ {
			q[k-1] -= math.Pi * float64(k) * p[k]
			q[k+1] -= math.Pi * float64(k) * p[k]
		}
		p = q
	}
	c, sum := cot(a-math.Round(a)), 0.0
	for k := len(p) - 1; k >= 0; k-- {
		sum = sum*c + p[k]
	}
	return sum
}

// cot is cot(πr) for r between −1/2 and 1/2, and 0 at both.
func cot(r float64) float64 {
	if math.Abs(r) < 0.25 {
		return 1 / math.Tan(math.Pi*r)
	}
	return math.Copysign(math.Tan(math.Pi*(0.5-math.Abs(r))), r)
}
