package main

import (
	"math"

	"github.com/mmcloughlin/avo/operand"
)

// The exponential goes by a = n·log 2 + r with a whole n and |r| ≤ log 2/2, the logarithm by
// a = 2^k·(1+f) with 1+f between √½ and √2. The polynomials are minimax: of (e^r-1-r)/r² by r, relative to
// e^r; and of (2·atanh(z)/z-2)/z² by z², relative to 2·atanh(z)/z, for |z| ≤ 0.1716 (the logarithm)
// and ≤ 1/3 (that of numbers from 1 to 2).

// polynomials have the constant term first.
type polynomials struct{ exp, log, log1p []float64 }

var ofFloat32 = polynomials{
	exp:   []float64{0.4999999343803523397, 0.1666652039187902625, 0.04166838934051597754, 0.008368745828137842715, 0.001381462052837436887},
	log:   []float64{0.6666677641780720602, 0.3997753691473603476, 0.2987185902897413817},
	log1p: []float64{0.666664130913981848, 0.400217014385815001, 0.2799910410598546358, 0.2802463030745921136},
}

var ofFloat64 = polynomials{
	exp: []float64{
		0.5000000000000010669, 0.166666666666664115, 0.04166666666652972676, 0.008333333333494986217, 0.001388888894376021046,
		0.0001984126950575085371, 0.00002480149294946301486, 2.755758682645607284e-6, 2.763030629262763533e-7, 2.500001120812371156e-8,
	},
	log: []float64{
		0.6666666666666734562, 0.3999999999941354771, 0.2857142874266477468, 0.2222219854236123999, 0.181835660435726867,
		0.153140038108097507, 0.1479644417150928446,
	},
	log1p: []float64{
		0.6666666666666630384, 0.4000000000015724236, 0.2857142854785357126, 0.2222222396975263005, 0.1818174392431903181,
		0.1538655993154406048, 0.133009735325868716, 0.1210608627677064969, 0.08340102841661454766, 0.1701857078418562745,
	},
}

func (m *machine) polynomials() polynomials {
	if m.double {
		return ofFloat64
	}
	return ofFloat32
}

// mantissa is how many bits a number has behind its first, and bias what its exponent is written with.
func (m *machine) mantissa() (bits, bias uint64) {
	if m.double {
		return 52, 1023
	}
	return 23, 127
}

// coefficients loads a polynomial's.
func (m *machine) coefficients(c []float64) []operand.Op {
	out := make([]operand.Op, len(c))
	for i, x := range c {
		out[i] = m.num(x)
	}
	return out
}

// polynomial is c[0] + c[1]·x + ….
func (m *machine) polynomial(c []operand.Op, x vec) vec {
	last := len(c) - 1
	y := m.load(c[last])
	for i := last - 1; i >= 0; i-- {
		m.do(fma213, c[i], x, y)
	}
	return y
}

// split is log 2 in two numbers, of which the first is so short that n times it is exact.
func (m *machine) split() (hi, lo float64) {
	if m.double {
		return 6.93147180369123816490e-01, 1.90821492927058770002e-10
	}
	hi = 0.693145751953125
	return hi, math.Ln2 - hi
}

// reduction is the constants of a = n·log 2 + r.
type reduction struct {
	m             *machine
	perLn2, shift operand.Op
	hi, lo        operand.Op
	series        []operand.Op
}

// reduction loads them. Adding a large number, shift, rounds to a whole number, which then stands in the last bits,
// with offset added.
func (m *machine) reduction(offset uint64) *reduction {
	bits, _ := m.mantissa()
	hi, lo := m.split()
	shift := 1.5*math.Ldexp(1, int(bits)) + float64(offset)
	return &reduction{m, m.num(math.Log2E), m.num(shift), m.num(hi), m.num(lo), m.coefficients(m.polynomials().exp)}
}

// of gives n, the sum in whose last bits n+offset stands, r, and u with r·u = e^r - 1 - r. It changes a.
func (k *reduction) of(a vec) (n, sum, r, u vec) {
	m := k.m
	sum = m.load(k.shift)
	m.do(fma231, k.perLn2, a, sum)
	n = m.get(sub, k.shift, sum)
	r = a
	m.do(fnma231, k.hi, n, r)
	m.do(fnma231, k.lo, n, r)
	u = m.polynomial(k.series, r)
	m.do(mul, r, u, u)
	return n, sum, r, u
}

// exponential is e^a for a in bounds that reach from a result of 0 to one of infinity. It changes a.
type exponential struct {
	*reduction
	least, most, one, signBit operand.Op
}

func (m *machine) exponential() *exponential {
	_, bias := m.mantissa()
	least, most := -105.0, 89.0
	if m.double {
		least, most = -746, 710
	}
	return &exponential{m.reduction(2 * bias), m.num(least), m.num(most), m.num(1), m.signBit()}
}

// of is e^a.
func (k *exponential) of(a vec) vec {
	return k.inside(k.m.within(a, k.least, k.most))
}

// inside is e^a for an a within the bounds. In 1 + r + r·u the rounding of 1 + r is made good.
func (k *exponential) inside(a vec) vec {
	m := k.m
	n, sum, r, u := k.reduction.of(a)
	y := m.get(add, k.one, r)
	lost := m.get(sub, m.get(sub, k.one, y), r)
	m.do(fma231, r, u, lost)
	m.do(add, lost, y, y)
	if m.wide {
		return m.get(scalef, n, y)
	}
	return k.scale(y, sum)
}

// scale is y·2^n in two factors, as 2^n itself may be no normal number; only the second product rounds.
// In sum stands n + 2·bias, of which half is the exponent of a factor as it is written.
func (k *exponential) scale(y, sum vec) vec {
	m := k.m
	bits, _ := m.mantissa()
	half := m.get(shiftRight, operand.U8(1), sum)
	other := m.get(subInt, half, sum)
	m.do(mul, m.get(shiftLeft, operand.U8(bits), half), y, y)
	m.do(mul, m.get(shiftLeft, operand.U8(bits), other), y, y)
	return y
}

func (m *machine) exp() entrywise {
	k := m.exponential()
	return func(x [3]vec) vec { return k.of(x[0]) }
}

// ofMinus is e^-|a|: in (0, 1], or 0.
func (k *exponential) ofMinus(a vec) vec {
	m := k.m
	minus := m.get(or, k.signBit, a)
	return k.inside(m.get(larger, minus, m.in(k.least)))
}

// sigmoid: with e = e^-|a| and q = e/(1+e), it is 1 - q for positive a, and e - e·q, which is q, for
// negative ones, so that both tails are accurate and the rounding of q counts for little.
func (m *machine) sigmoid() entrywise {
	k := m.exponential()
	return func(x [3]vec) vec {
		e := k.ofMinus(x[0])
		q := m.get(div, m.get(add, k.one, e), e)
		y := m.choose(m.negative(x[0]), e, m.in(k.one))
		m.do(fnma213, y, y, q)
		return q
	}
}

// expm1 is e^a - 1 for a from -50 to 50: below, the result would be -1 too. It changes a.
type expm1 struct {
	*reduction
	one operand.Op
}

func (m *machine) expm1() *expm1 {
	_, bias := m.mantissa()
	return &expm1{m.reduction(bias), m.num(1)}
}

// of is 2^n·(e^r - 1) + (2^n - 1).
func (k *expm1) of(a vec) vec {
	m := k.m
	bits, _ := m.mantissa()
	_, sum, r, u := k.reduction.of(a)
	m.do(fma213, r, u, r)
	scale := m.get(shiftLeft, operand.U8(bits), sum)
	m.do(fma213, m.get(sub, k.one, scale), scale, r)
	return r
}

// tanh: with h = (e^(2|a|) - 1)/2 it is h/(1+h), which is 1 - 1/(1+h) for large |a|, h - h·q for small ones, q the
// quotient, so that its rounding counts for little; and it has the sign of a.
func (m *machine) tanh() entrywise {
	k := m.expm1()
	bit, half, most := m.signBit(), m.num(0.5), m.num(50)
	return func(x [3]vec) vec {
		a := m.get(andNot, x[0], m.in(bit))
		h := k.of(m.get(smaller, m.get(add, a, a), m.in(most)))
		m.do(mul, half, h, h)
		small := m.compare(less, h, k.one)
		q := m.get(div, m.get(add, k.one, h), m.choose(small, h, m.in(k.one)))
		large := m.get(sub, q, m.in(k.one))
		m.do(fnma213, h, h, q)
		return m.get(or, m.get(and, bit, x[0]), m.choose(small, q, large))
	}
}

// elu: max(a, 0) + e^min(a, 0) - 1.
func (m *machine) elu() entrywise {
	k, zero, least := m.expm1(), m.num(0), m.num(-50)
	return func(x [3]vec) vec {
		e := k.of(m.within(x[0], least, zero))
		return m.get(add, m.get(larger, x[0], m.in(zero)), e)
	}
}

// selu has the constants of Klambauer and others (2017): λ, and λ·α.
func (m *machine) selu() entrywise {
	k, zero, least := m.expm1(), m.num(0), m.num(-50)
	above, below := m.num(1.0507009873554804934), m.num(1.7580993408473768599)
	return func(x [3]vec) vec {
		e := k.of(m.within(x[0], least, zero))
		m.do(mul, below, e, e)
		return m.choose(m.compare(greater, x[0], zero), m.get(mul, above, x[0]), e)
	}
}
