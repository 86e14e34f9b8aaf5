package main

import (
	"math"

	"github.com/mmcloughlin/avo/operand"
)

// logarithm is the constants of log(1+f) = f - (f²/2 - t).
type logarithm struct {
	m         *machine
	half, two operand.Op
	series    []operand.Op
}

func (m *machine) logarithm(series []float64) *logarithm {
	return &logarithm{m, m.num(0.5), m.num(2), m.coefficients(series)}
}

// of gives f²/2 and t = z·(f²/2 + z²·P(z²)), with z = f/(2+f).
func (k *logarithm) of(f vec) (square, t vec) {
	m := k.m
	z := m.get(div, m.get(add, k.two, f), f)
	w := m.get(mul, z, z)
	square = m.get(mul, f, m.get(mul, k.half, f))
	t = m.polynomial(k.series, w)
	m.do(fma213, square, w, t)
	m.do(mul, z, t, t)
	return square, t
}

// log: k·log 2 + log(1+f).
func (m *machine) log() entrywise {
	l := m.logarithm(m.polynomials().log)
	bits, bias := m.mantissa()
	hi, lo := m.split()
	ln2hi, ln2lo, one := m.num(hi), m.num(lo), m.num(1)
	normal, up := m.num(math.Ldexp(1, 1-int(bias))), m.num(math.Ldexp(1, int(bits)+2))
	root := m.bits(math.Sqrt(0.5))
	lift, fraction := m.pattern(m.bits(1)-root), m.pattern(1<<bits-1)
	rootBits, whole := m.pattern(root), math.Ldexp(1, int(bits))
	wholeOp, exponent := m.num(whole), m.num(whole+float64(bias))
	exponentUp := m.num(whole + float64(bias+bits) + 2)
	special := m.specials()
	return func(x [3]vec) vec {
		a := x[0]
		tiny := m.compare(less, a, normal)
		scaled := m.choose(tiny, m.get(mul, up, a), a)
		offset := m.choose(tiny, exponentUp, m.in(exponent))
		ix := m.get(addInt, lift, scaled)
		n := m.get(or, wholeOp, m.get(shiftRight, operand.U8(bits), ix))
		m.do(sub, offset, n, n)
		m.do(and, fraction, ix, ix)
		m.do(addInt, rootBits, ix, ix)
		f := m.get(sub, one, ix)
		square, t := l.of(f)
		m.do(fma231, ln2lo, n, t)
		m.do(sub, t, square, square)
		m.do(sub, f, square, square)
		m.do(fms213, square, m.in(ln2hi), n)
		return special(a, n)
	}
}

// specials puts in what the logarithm is of 0, of what is below, and of infinity and NaN.
func (m *machine) specials() func(a, y vec) vec {
	zero, infinite, below, none := m.num(0), m.num(math.Inf(1)), m.num(math.Inf(-1)), m.num(math.NaN())
	return func(a, y vec) vec {
		y = m.choose(m.compare(notLess, a, infinite), a, y)
		y = m.choose(m.compare(equal, a, zero), below, y)
		return m.choose(m.compare(less, a, zero), none, y)
	}
}

// softplus: max(a, 0) + log(1+e), with e = e^-|a|.
func (m *machine) softplus() entrywise {
	k := m.exponential()
	l := m.logarithm(m.polynomials().log1p)
	zero := m.num(0)
	return func(x [3]vec) vec {
		a := x[0]
		e := k.ofMinus(a)
		square, t := l.of(e)
		m.do(sub, t, square, square)
		m.do(sub, square, e, e)
		return m.get(add, e, m.get(larger, a, m.in(zero)))
	}
}
