package naive

import "math/big"

// Dual is an exact number and its derivatives by the entries of the weights, which are numbered;
// one that is absent is 0. V is nil for an undefined number, and why says what made it so.
type Dual struct {
	V   *big.Rat
	D   map[int]*big.Rat
	why string
}

// term is a factor and the number whose derivative it multiplies.
type term struct {
	by *big.Rat
	of Dual
}

var (
	zero = big.NewRat(0, 1)
	one  = big.NewRat(1, 1)
	half = big.NewRat(1, 2)
)

func number(v *big.Rat) Dual { return Dual{V: v} }
func whole(n int) Dual       { return Dual{V: big.NewRat(int64(n), 1)} }
func undefined(why string) Dual {
	return Dual{why: why}
}

// linear is the number v whose derivative is the sum of the terms: the chain rule.
func linear(v *big.Rat, terms ...term) Dual {
	d := map[int]*big.Rat{}
	for _, tm := range terms {
		if tm.by.Sign() == 0 {
			continue
		}
		for i, di := range tm.of.D {
			if d[i] == nil {
				d[i] = new(big.Rat)
			}
			d[i].Add(d[i], new(big.Rat).Mul(tm.by, di))
		}
	}
	return Dual{V: v, D: d}
}

// lift makes a function of defined numbers one of any: undefined in, undefined out.
func lift(f func(x []Dual) Dual) func(x []Dual) Dual {
	return func(x []Dual) Dual {
		for _, xi := range x {
			if xi.V == nil {
				return xi
			}
		}
		return f(x)
	}
}

func rat() *big.Rat { return new(big.Rat) }

func truth(b bool) Dual {
	if b {
		return number(one)
	}
	return number(zero)
}

func addDual(x []Dual) Dual {
	return linear(rat().Add(x[0].V, x[1].V), term{one, x[0]}, term{one, x[1]})
}

func subDual(x []Dual) Dual {
	return linear(rat().Sub(x[0].V, x[1].V), term{one, x[0]}, term{rat().Neg(one), x[1]})
}

func mulDual(x []Dual) Dual {
	return linear(rat().Mul(x[0].V, x[1].V), term{x[1].V, x[0]}, term{x[0].V, x[1]})
}

func divDual(x []Dual) Dual {
	a, b := x[0], x[1]
	if b.V.Sign() == 0 {
		return undefined("a division by zero")
	}
	q := rat().Quo(a.V, b.V)
	return linear(q, term{rat().Inv(b.V), a}, term{rat().Neg(rat().Quo(q, b.V)), b})
}

// modDual is a - b*floor(a/b).
func modDual(x []Dual) Dual {
	a, b := x[0], x[1]
	if b.V.Sign() == 0 {
		return undefined("mod by zero")
	}
	floor := floorOf(rat().Quo(a.V, b.V))
	v := rat().Sub(a.V, rat().Mul(b.V, floor))
	return linear(v, term{one, a}, term{rat().Neg(floor), b})
}

func floorOf(q *big.Rat) *big.Rat {
	n := new(big.Int).Div(q.Num(), q.Denom()) // Euclidean, so the floor for a positive denominator
	return rat().SetInt(n)
}

// powDual is a^n for a whole n without derivatives.
func powDual(x []Dual) Dual {
	a, n := x[0], x[1]
	if !n.V.IsInt() || len(n.D) > 0 {
		panic(fault{ErrIrrational})
	}
	if !n.V.Num().IsInt64() || n.V.Num().Int64() > 10000 || n.V.Num().Int64() < -10000 {
		fail("an exponent is too large")
	}
	k := int(n.V.Num().Int64())
	if k < 0 && a.V.Sign() == 0 {
		return undefined("a division by zero")
	}
	if k == 0 {
		return number(one)
	}
	return linear(power(a.V, k), term{rat().Mul(n.V, power(a.V, k-1)), a})
}

// power is a^k by repeated multiplication.
func power(a *big.Rat, k int) *big.Rat {
	if k < 0 {
		return rat().Inv(power(a, -k))
	}
	v := big.NewRat(1, 1)
	for range k {
		v.Mul(v, a)
	}
	return v
}

func compare(holds func(sign int) bool) func(x []Dual) Dual {
	return func(x []Dual) Dual { return truth(holds(x[0].V.Cmp(x[1].V))) }
}

// pick is max (sign 1) or min (sign -1) of two, half of the derivative to each if they are equal.
func pick(sign int) func(x []Dual) Dual {
	return func(x []Dual) Dual {
		switch sign * x[0].V.Cmp(x[1].V) {
		case 1:
			return x[0]
		case -1:
			return x[1]
		}
		return linear(x[0].V, term{half, x[0]}, term{half, x[1]})
	}
}

// slope is a function of one number that is a line around x: value v, derivative d.
func slope(v *big.Rat, d *big.Rat, x Dual) Dual { return linear(v, term{d, x}) }

func relu(x []Dual) Dual {
	if x[0].V.Sign() > 0 {
		return x[0]
	}
	return number(zero)
}

func leakyRelu(x []Dual) Dual {
	if x[0].V.Sign() > 0 {
		return x[0]
	}
	leak := big.NewRat(1, 100)
	return slope(rat().Mul(leak, x[0].V), leak, x[0])
}

func absDual(x []Dual) Dual {
	return slope(rat().Abs(x[0].V), big.NewRat(int64(x[0].V.Sign()), 1), x[0])
}

func signDual(x []Dual) Dual { return whole(x[0].V.Sign()) }

func stopDual(x []Dual) Dual { return number(x[0].V) }

// clip is x[0] between x[1] and x[2]; at a bound it still passes the derivative on.
func clip(x []Dual) Dual {
	v := x[0]
	if v.V.Cmp(x[1].V) < 0 {
		v = x[1]
	}
	if v.V.Cmp(x[2].V) > 0 {
		v = x[2]
	}
	return v
}

func hardTanh(x []Dual) Dual {
	if rat().Abs(x[0].V).Cmp(one) >= 0 {
		return whole(x[0].V.Sign())
	}
	return x[0]
}

// hardSigmoid is x/6 + 1/2 between 0 and 1.
func hardSigmoid(x []Dual) Dual {
	sixth := big.NewRat(1, 6)
	v := rat().Add(rat().Mul(x[0].V, sixth), half)
	switch {
	case v.Sign() <= 0:
		return number(zero)
	case v.Cmp(one) >= 0:
		return number(one)
	}
	return slope(v, sixth, x[0])
}
