package kernel

import "math"

// What the smooth operations of float64 are held to: sums of two floats, of about 32 digits.

type sum struct{ hi, lo float64 }

// scaled is (hi+lo)·2^shift, for what may be below the smallest normal number.
type scaled struct {
	sum
	shift int
}

func twoSum(a, b float64) sum {
	s := a + b
	t := s - a
	return sum{s, (a - (s - t)) + (b - t)}
}

func (x sum) plus(y sum) sum {
	s, t := twoSum(x.hi, y.hi), twoSum(x.lo, y.lo)
	s = twoSum(s.hi, s.lo+t.hi)
	return twoSum(s.hi, s.lo+t.lo)
}

func (x sum) minus(y sum) sum { return x.plus(sum{-y.hi, -y.lo}) }

func (x sum) times(y sum) sum {
	p := x.hi * y.hi
	return twoSum(p, math.FMA(x.hi, y.hi, -p)+(x.hi*y.lo+x.lo*y.hi))
}

func (x sum) over(y sum) sum {
	q := x.hi / y.hi
	rest := x.minus(y.times(sum{q, 0}))
	p := rest.hi / y.hi
	rest = rest.minus(y.times(sum{p, 0}))
	return twoSum(q, p).plus(sum{rest.hi / y.hi, 0})
}

func (x sum) ldexp(n int) sum { return sum{math.Ldexp(x.hi, n), math.Ldexp(x.lo, n)} }

var ln2 = sum{math.Ln2, 2.319046813846299558417771e-17}

// reduceExp gives n and e^r - 1, with x = n·log 2 + r.
func reduceExp(x sum) (n int, rest sum) {
	k := math.Round(x.hi / math.Ln2)
	r := x.minus(ln2.times(sum{k, 0}))
	for i := 25; i > 0; i-- {
		rest = r.over(sum{float64(i), 0}).times(sum{1, 0}.plus(rest))
	}
	return int(k), rest
}

func expSum(x float64) scaled {
	n, rest := reduceExp(sum{x, 0})
	return scaled{rest.plus(sum{1, 0}), n}
}

func expm1Sum(x sum) sum {
	n, rest := reduceExp(x)
	return rest.ldexp(n).plus(sum{math.Ldexp(1, n), 0}.minus(sum{1, 0}))
}

// log1pSum makes a float's logarithm better by a step of Newton's.
func log1pSum(e sum) sum {
	y := math.Log1p(e.hi)
	f := e.plus(expm1Sum(sum{-y, 0}).times(e.plus(sum{1, 0})))
	return sum{y, 0}.plus(f.minus(f.times(f).times(sum{0.5, 0})))
}

func logSum(x float64) sum {
	m, k := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, k = 2*m, k-1
	}
	return ln2.times(sum{float64(k), 0}).plus(log1pSum(sum{m - 1, 0}))
}

func tanhSum(x float64) sum {
	e := expm1Sum(sum{math.Min(2*math.Abs(x), 80), 0})
	t := e.over(e.plus(sum{2, 0}))
	return sum{math.Copysign(t.hi, x), t.lo * math.Copysign(1, x)}
}

// tails are sigmoid and softplus, which are e^x where that is tiny.
func tails(c Code, x float64) scaled {
	e := expSum(-math.Abs(x))
	if e.shift < -900 && x < 0 {
		return e
	}
	small := e.ldexp(e.shift)
	switch {
	case c == Sigmoid && x < 0:
		return scaled{small.over(small.plus(sum{1, 0})), 0}
	case c == Sigmoid:
		return scaled{sum{1, 0}.over(small.plus(sum{1, 0})), 0}
	}
	return scaled{log1pSum(small).plus(sum{math.Max(x, 0), 0}), 0}
}

// precise is a smooth operation, for a finite x at which it doesn't overflow.
func precise(c Code, x float64) scaled {
	switch c {
	case Exp:
		return expSum(x)
	case Log:
		return scaled{logSum(x), 0}
	case Tanh:
		return scaled{tanhSum(x), 0}
	case Sigmoid, Softplus:
		return tails(c, x)
	}
	above, below := 1.0, 1.0
	if c == Selu {
		above, below = 1.0507009873554804934, 1.7580993408473768599
	}
	if x > 0 {
		return scaled{sum{above, 0}.times(sum{x, 0}), 0}
	}
	return scaled{sum{below, 0}.times(expm1Sum(sum{math.Max(x, -80), 0})), 0}
}
