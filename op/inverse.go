package op

import "math"

// inverses are inverse distribution functions: with u uniform between 0 and 1, a draw.
func inverses() []Row {
	return []Row{
		{
			Name: "poisson_inverse", Args: []string{"u", "rate"}, Hidden: true, TeX: `F^{-1}_{\operatorname{Poisson}(#2)}(#1)`,
			Doc:   "The least count that a Poisson variable of mean rate doesn't exceed with a probability of u or more.",
			Float: float2(poissonInverse),
			Deriv: none2, Examples: example("poisson_inverse(1/2, 5/2)", "≈ 2"),
		},
		{
			Name: "negbinomial_inverse", Args: []string{"u", "mean", "shape"}, Hidden: true, TeX: `F^{-1}_{\operatorname{NB}(#2, #3)}(#1)`,
			Doc:   "The least count that a negative binomial variable of that mean and shape doesn't exceed with a probability of u or more.",
			Float: func(x []float64) float64 { return negbinomialInverse(x[0], x[1], x[2]) },
			Deriv: []string{"", "", ""}, Examples: example("negbinomial_inverse(1/2, 5/2, 3/2)", "≈ 2"),
		},
	}
}

// countLaw is a distribution of counts: the probability of 0, that of k+1 over that of k, and the
// probability of k or less.
type countLaw struct {
	zero  float64
	ratio func(k float64) float64
	upTo  func(k float64) float64
}

const (
	leastSum  = 1e-290 // a probability of 0 from which the others can be added up
	mostSum   = 1000   // counts that are added up one by one
	mostCount = 1e15   // counts that a float64 still tells apart
	mostRate  = 1e7    // above, a Poisson variable is the expansion of Cornish and Fisher to within one
)

func poissonInverse(u, rate float64) float64 {
	switch {
	case !(rate >= 0) || !(u > 0 && u < 1):
		return math.NaN()
	case rate > mostRate:
		z := math.Sqrt2 * math.Erfinv(2*u-1)
		return math.Floor(rate + math.Sqrt(rate)*z + (z*z+2)/6)
	}
	return countLaw{
		zero:  math.Exp(-rate),
		ratio: func(k float64) float64 { return rate / (k + 1) },
		upTo:  func(k float64) float64 { return gammaAbove(k+1, rate) },
	}.inverse(u, rate)
}

func negbinomialInverse(u, mean, shape float64) float64 {
	if !(mean >= 0 && shape > 0) || math.IsInf(mean, 1) || !(u > 0 && u < 1) {
		return math.NaN()
	}
	p := shape / (shape + mean) // of ending a run of failures
	return countLaw{
		zero:  math.Exp(-shape * math.Log1p(mean/shape)),
		ratio: func(k float64) float64 { return (k + shape) / (k + 1) * mean / (shape + mean) },
		upTo:  func(k float64) float64 { return betaBelow(shape, k+1, p) },
	}.inverse(u, mean)
}

// inverse adds probabilities up from 0, if the count isn't far; otherwise it halves the range in which it is.
func (c countLaw) inverse(u, mean float64) float64 {
	if c.zero > leastSum {
		p, sum := c.zero, c.zero
		for k := 0.0; k < mostSum; k++ {
			if u <= sum {
				return k
			}
			p *= c.ratio(k)
			sum += p
		}
	}
	lo, hi := -1.0, math.Ceil(mean)+1
	for c.upTo(hi) < u {
		if lo, hi = hi, 2*hi; hi > mostCount {
			return hi
		}
	}
	for hi-lo > 1 {
		if mid := math.Floor(lo + (hi-lo)/2); c.upTo(mid) < u {
			lo = mid
		} else {
			hi = mid
		}
	}
	return hi
}

const (
	converged = 1e-15
	tiny      = 1e-300  // stands for 0 where it would be divided by
	mostTerms = 100_000 // some times the square root of the largest count that is found so
)

// gammaAbove is the regularised upper incomplete gamma function Q(a, x): by its series below a, by its continued
// fraction above (Press et al., Numerical recipes, 6.2).
func gammaAbove(a, x float64) float64 {
	if x == 0 {
		return 1
	}
	l, _ := math.Lgamma(a)
	front := math.Exp(a*math.Log(x) - x - l)
	if x < a+1 {
		term := 1 / a
		sum := term
		for n := 1.0; n < mostTerms && term > sum*converged; n++ {
			term *= x / (a + n)
			sum += term
		}
		return 1 - front*sum
	}
	b := x + 1 - a
	f := fraction(b, func(n float64) (num, den float64) { return -n * (n - a), b + 2*n })
	return front / f
}

// betaBelow is the regularised incomplete beta function I_x(a, b), from the side on which its fraction converges fast.
func betaBelow(a, b, x float64) float64 {
	if x >= (a+1)/(a+b+2) {
		return 1 - betaNear(b, a, 1-x)
	}
	return betaNear(a, b, x)
}

// betaNear is I_x(a, b) by its continued fraction (Press et al., 6.4).
func betaNear(a, b, x float64) float64 {
	if x <= 0 {
		return 0
	}
	few, _ := math.Lgamma(min(a, b))
	front := math.Exp(gammaRise(max(a, b), min(a, b))-few+a*math.Log(x)+b*math.Log1p(-x)) / a
	f := fraction(1, func(n float64) (num, den float64) {
		m := math.Floor(n / 2)
		if math.Mod(n, 2) == 0 {
			return m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m)), 1
		}
		return -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1)), 1
	})
	return front / f
}

// gammaRise is log Γ(a+b) − log Γ(a), also where both are so large that their difference is lost: then by
// Stirling's formula.
func gammaRise(a, b float64) float64 {
	if a < 1000 {
		above, _ := math.Lgamma(a + b)
		below, _ := math.Lgamma(a)
		return above - below
	}
	return b*math.Log(a) + (a+b-0.5)*math.Log1p(b/a) - b + 1/(12*(a+b)) - 1/(12*a)
}

// fraction is the continued fraction first + num₁/(den₁ + num₂/(den₂ + …)), by Lentz's method.
func fraction(first float64, term func(n float64) (num, den float64)) float64 {
	f, c, d := nonzero(first), nonzero(first), 0.0
	for n := 1.0; n < mostTerms; n++ {
		num, den := term(n)
		d = 1 / nonzero(den+num*d)
		c = nonzero(den + num/c)
		f *= c * d
		if math.Abs(c*d-1) < converged {
			break
		}
	}
	return f
}

func nonzero(x float64) float64 {
	if math.Abs(x) < tiny {
		return tiny
	}
	return x
}
