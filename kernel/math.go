package kernel

import "math"

// What the operations are on one entry, in plain Go.

func inf[T Real]() T { return T(math.Inf(1)) }

func truth[T Real](yes bool) T {
	if yes {
		return 1
	}
	return 0
}

func abs[T Real](a T) T { return T(math.Abs(float64(a))) }

// sign leaves 0 and NaN as they are.
func sign[T Real](a T) T {
	switch {
	case a > 0:
		return 1
	case a < 0:
		return -1
	}
	return a
}

// sqrt is rounded once: a float64 has more than twice the digits of a float32.
func sqrt[T Real](a T) T { return T(math.Sqrt(float64(a))) }

func floor[T Real](a T) T { return T(math.Floor(float64(a))) }

// flush is +0 where a is below the smallest normal number.
func flush[T Real](a T) T {
	if abs(a) < smallest[T]() {
		return 0
	}
	return a
}

// smallest is the smallest normal number.
func smallest[T Real]() T {
	if sizeOf[T]() == 4 {
		return T(float32(0x1p-126))
	}
	x := 0x1p-1022
	return T(x)
}

func over[T Real](p, q T) T {
	if p == 0 {
		return 0
	}
	return p / q
}

func gated[T Real](p, q T) T {
	if p == 0 {
		return 0
	}
	return p * q
}

func kept[T Real](p, q T) T {
	if abs(q) < inf[T]() {
		return p
	}
	return 0
}

func where[T Real](c, a, b T) T {
	if c != 0 {
		return a
	}
	return b
}

// fma is a·b + c, rounded once.
func fma[T Real](a, b, c T) T {
	if sizeOf[T]() == 8 {
		return T(math.FMA(float64(a), float64(b), float64(c)))
	}
	return T(fma32(float64(a), float64(b), float64(c)))
}

// fma32 is a·b + c of numbers that are float32, so that rounding it to float32 rounds once. The
// product is exact; the sum is rounded to odd, and so never lies between two float32 where the
// exact one doesn't.
func fma32(a, b, c float64) float64 {
	p := a * b
	s := p + c
	if s == 0 || math.IsInf(s, 0) || math.IsNaN(s) {
		return s
	}
	t := s - p
	rest := (p - (s - t)) + (c - t) // what s lacks, exactly
	bits := math.Float64bits(s)
	switch {
	case rest == 0 || bits&1 == 1:
	case (rest > 0) == (s > 0):
		bits++
	default:
		bits--
	}
	return math.Float64frombits(bits)
}

// functions are the smooth operations.
var functions = [codes]func(float64) float64{
	Exp: math.Exp, Log: logarithm, Tanh: math.Tanh, Sigmoid: sigmoid, Softplus: softplus, Elu: elu, Selu: selu,
}

func smooth[T Real](c Code, dst, x []T) {
	f := functions[c]
	for i, a := range x {
		dst[i] = T(f(float64(a)))
	}
}

// logarithm is Go's, which on amd64 is wrong below the smallest normal number.
func logarithm(a float64) float64 {
	if 0 < a && a < smallest[float64]() {
		return math.Log(a*0x1p54) - 54*math.Ln2
	}
	return math.Log(a)
}

// sigmoid takes the exponential of what isn't positive, so that both tails are accurate.
func sigmoid(a float64) float64 {
	e := math.Exp(-math.Abs(a))
	if a >= 0 {
		return 1 / (1 + e)
	}
	return e / (1 + e)
}

// softplus doesn't overflow: the exponential is of what isn't positive.
func softplus(a float64) float64 { return max(a, 0) + math.Log1p(math.Exp(-math.Abs(a))) }

func elu(a float64) float64 { return max(a, 0) + math.Expm1(min(a, 0)) }

// selu has the constants of Klambauer and others (2017): λ, and λ·α.
func selu(a float64) float64 {
	if a > 0 {
		return 1.0507009873554804934 * a
	}
	return 1.7580993408473768599 * math.Expm1(a)
}
