package step

import (
	"math"
	"math/cmplx"
)

// one makes the formula of a function of one number.
func one(f func(complex128) complex128) func([]complex128) complex128 {
	return func(x []complex128) complex128 { return f(x[0]) }
}

// compare makes the formula of a comparison of real parts.
func compare(f func(a, b float64) bool) func([]complex128) complex128 {
	return func(x []complex128) complex128 { return truth(f(real(x[0]), real(x[1]))) }
}

// flat makes the formula of a function that has no derivative.
func flat(f func(float64) float64) func([]complex128) complex128 {
	return func(x []complex128) complex128 { return complex(f(real(x[0])), 0) }
}

// entries are the rows that run entry by entry, by name and number of arguments.
var entries = map[string]func(x []complex128) complex128{
	"+/2":     func(x []complex128) complex128 { return x[0] + x[1] },
	"-/2":     func(x []complex128) complex128 { return x[0] - x[1] },
	"neg/1":   func(x []complex128) complex128 { return -x[0] },
	".*/2":    func(x []complex128) complex128 { return x[0] * x[1] },
	"//2":     func(x []complex128) complex128 { return x[0] / x[1] },
	"over/2":  func(x []complex128) complex128 { return masked(x[0], x[1], x[0]/x[1]) },
	"gated/2": func(x []complex128) complex128 { return masked(x[0], x[1], x[0]*x[1]) },
	"kept/2": func(x []complex128) complex128 {
		if !finite(x[1]) {
			return 0
		}
		return x[0]
	},
	"mod/2":   mod,
	"^/2":     power,
	"power/2": power,

	"==/2": compare(func(a, b float64) bool { return a == b }),
	"!=/2": compare(func(a, b float64) bool { return a != b }),
	"</2":  compare(func(a, b float64) bool { return a < b }),
	"<=/2": compare(func(a, b float64) bool { return a <= b }),
	">/2":  compare(func(a, b float64) bool { return a > b }),
	">=/2": compare(func(a, b float64) bool { return a >= b }),

	"where/3": func(x []complex128) complex128 {
		if real(x[0]) != 0 {
			return x[1]
		}
		return x[2]
	},
	"max/2":   func(x []complex128) complex128 { return larger(x[0], x[1]) },
	"min/2":   func(x []complex128) complex128 { return -larger(-x[0], -x[1]) },
	"clip/3":  clip,
	"stop/1":  flat(func(a float64) float64 { return a }),
	"sign/1":  flat(sign),
	"floor/1": flat(math.Floor),
	"abs/1":   one(func(a complex128) complex128 { return complex(sign(real(a)), 0) * a }),
	"relu/1":  one(func(a complex128) complex128 { return within(a, 0, math.Inf(1)) }),

	"hard_tanh/1":    one(func(a complex128) complex128 { return within(a, -1, 1) }),
	"hard_sigmoid/1": one(func(a complex128) complex128 { return (within(a, -3, 3) + 3) / 6 }),

	"elu/1":      one(func(a complex128) complex128 { return elu(a, 1, 1) }),
	"selu/1":     one(func(a complex128) complex128 { return elu(a, 1.0507009873554804934, 1.6732632423543772848) }),
	"softplus/1": one(softplus),
	"sigmoid/1":  one(sigmoid),
	"tanh/1":     one(tanh),
	"exp/1":      one(cmplx.Exp),
	"log/1":      one(func(a complex128) complex128 { return defined(a, cmplx.Log) }),
	"sqrt/1":     one(func(a complex128) complex128 { return defined(a, cmplx.Sqrt) }),
	"sin/1":      one(cmplx.Sin),
	"cos/1":      one(cmplx.Cos),
}

// lines are the rows that run over a vector.
var lines = map[string]func(x []complex128) []complex128{
	"max/1":       func(x []complex128) []complex128 { return []complex128{largest(x)} },
	"argmax/1":    func(x []complex128) []complex128 { return []complex128{argmax(x)} },
	"logsumexp/1": logsumexp,
	"softmax/1":   softmax,
	"norm/1":      norm,
}

// defined is undefined below 0, as it is in real numbers.
func defined(a complex128, f func(complex128) complex128) complex128 {
	if real(a) < 0 {
		return cmplx.NaN()
	}
	return f(a)
}

// masked is y, made of p and q, but 0 where p is; and where p is only a step away from 0, 0 if y is
// undefined.
func masked(p, q, y complex128) complex128 {
	if p == 0 || real(p) == 0 && (q == 0 || !finite(q)) {
		return 0
	}
	return y
}

func finite(z complex128) bool { return !math.IsNaN(real(z)) && !math.IsInf(real(z), 0) }

// mod follows the branch of floor.
func mod(x []complex128) complex128 {
	q := math.Floor(real(x[0]) / real(x[1]))
	return x[0] - complex(q, 0)*x[1]
}

// power multiplies for a small whole exponent: a logarithm would lose the step beside π if the base
// is negative.
func power(x []complex128) complex128 {
	a, n := x[0], real(x[1])
	switch {
	case imag(x[1]) != 0 || n != math.Trunc(n) || math.Abs(n) > 64:
		if real(a) < 0 {
			return cmplx.NaN()
		}
		return cmplx.Pow(a, x[1])
	case n < 0:
		return 1 / power([]complex128{a, complex(-n, 0)})
	}
	p := complex(1, 0)
	for range int(n) {
		p *= a
	}
	return p
}

func sign(a float64) float64 {
	switch {
	case a > 0:
		return 1
	case a < 0:
		return -1
	}
	return a
}

// larger is the mean where both are equal.
func larger(a, b complex128) complex128 {
	switch {
	case real(a) > real(b):
		return a
	case real(a) < real(b):
		return b
	}
	return (a + b) / 2
}

// clip takes a at the bounds.
func clip(x []complex128) complex128 {
	switch a := real(x[0]); {
	case a < real(x[1]):
		return x[1]
	case a > real(x[2]):
		return x[2]
	}
	return x[0]
}

// within has no derivative at the bounds.
func within(a complex128, lo, hi float64) complex128 {
	if real(a) > lo && real(a) < hi {
		return a
	}
	return complex(min(max(real(a), lo), hi), 0)
}

func elu(a complex128, scale, below float64) complex128 {
	if real(a) > 0 {
		return complex(scale, 0) * a
	}
	return complex(scale*below, 0) * (cmplx.Exp(a) - 1)
}

// tanh doesn't overflow: far out it is ±1, and its derivative 4·exp(−2|a|).
func tanh(a complex128) complex128 {
	if x := math.Abs(real(a)); x > 20 {
		return complex(math.Copysign(1, real(a)), 4*math.Exp(-2*x)*imag(a))
	}
	return cmplx.Tanh(a)
}

func sigmoid(a complex128) complex128 {
	if real(a) >= 0 {
		return 1 / (1 + cmplx.Exp(-a))
	}
	return cmplx.Exp(a) / (1 + cmplx.Exp(a))
}

// softplus takes the exponential of what isn't positive.
func softplus(a complex128) complex128 {
	if real(a) > 0 {
		return a + softplus(-a)
	}
	z := cmplx.Exp(a)
	x, y := real(z), imag(z)
	return complex(math.Log1p(2*x+x*x+y*y)/2, math.Atan2(y, 1+x))
}

// largest is the mean of those that are equally large.
func largest(x []complex128) complex128 {
	m := top(x)
	sum, count := complex(0, 0), 0
	for _, z := range x {
		if real(z) == m {
			sum += z
			count++
		}
	}
	return sum / complex(float64(count), 0)
}

// argmax is the index of the first of the largest.
func argmax(x []complex128) complex128 {
	for i, z := range x {
		if real(z) == top(x) {
			return complex(float64(i), 0)
		}
	}
	return cmplx.NaN()
}

func top(x []complex128) float64 {
	m := math.Inf(-1)
	for _, z := range x {
		m = max(m, real(z))
	}
	return m
}

func logsumexp(x []complex128) []complex128 {
	m, sum := complex(top(x), 0), complex(0, 0)
	for _, z := range x {
		sum += cmplx.Exp(z - m)
	}
	return []complex128{m + cmplx.Log(sum)}
}

func softmax(x []complex128) []complex128 {
	m, sum := complex(top(x), 0), complex(0, 0)
	out := make([]complex128, len(x))
	for i, z := range x {
		out[i] = cmplx.Exp(z - m)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// norm has no derivative at 0.
func norm(x []complex128) []complex128 {
	sum, m := complex(0, 0), 0.0
	for _, z := range x {
		sum += z * z
		m = max(m, math.Abs(real(z)))
	}
	if m == 0 {
		return []complex128{0}
	}
	return []complex128{cmplx.Sqrt(sum)}
}
