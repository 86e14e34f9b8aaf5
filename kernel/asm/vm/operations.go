package main

import (
	"math"

	"github.com/mmcloughlin/avo/operand"
)

// entrywise writes an operation on registers, which it may change, and gives its result.
type entrywise func(x [3]vec) vec

// operation is an operation from entry to entry.
type operation struct {
	name string
	args int
	long bool                       // so long that a loop over single vectors is best
	make func(m *machine) entrywise // loads the constants
}

// operations are in the order of package kernel's Codes.
func operations() []operation {
	ops := []operation{
		{"Copy", 1, false, func(*machine) entrywise { return func(x [3]vec) vec { return x[0] } }},
		{"Neg", 1, false, func(m *machine) entrywise { return m.withConst(xor, m.num(math.Copysign(0, -1))) }},
		{"Abs", 1, false, func(m *machine) entrywise { return m.withConst(and, m.notSign()) }},
		{"Sign", 1, false, (*machine).sign},
		{"Sqrt", 1, false, (*machine).sqrt},
		{"Floor", 1, false, func(m *machine) entrywise { return func(x [3]vec) vec { return m.floor(x[0]) } }},
		{"Relu", 1, false, (*machine).relu},
		{"HardTanh", 1, false, (*machine).hardTanh},
		{"HardSigmoid", 1, false, (*machine).hardSigmoid},
		{"Flush", 1, false, (*machine).flush},
		{"Exp", 1, true, (*machine).exp},
		{"Log", 1, true, (*machine).log},
		{"Tanh", 1, true, (*machine).tanh},
		{"Sigmoid", 1, true, (*machine).sigmoid},
		{"Softplus", 1, true, (*machine).softplus},
		{"Elu", 1, true, (*machine).elu},
		{"Selu", 1, true, (*machine).selu},
		{"Add", 2, false, of2(add)},
		{"Sub", 2, false, of2(sub)},
		{"Mul", 2, false, of2(mul)},
		{"Div", 2, false, of2(div)},
		{"Max", 2, false, func(m *machine) entrywise { return func(x [3]vec) vec { return m.max(x[0], x[1]) } }},
		{"Min", 2, false, func(m *machine) entrywise { return func(x [3]vec) vec { return m.min(x[0], x[1]) } }},
	}
	for _, c := range []struct {
		name     string
		relation uint8
	}{{"Eq", equal}, {"Ne", notEqual}, {"Lt", less}, {"Le", lessEqual}, {"Gt", greater}, {"Ge", greaterEqual}} {
		ops = append(ops, operation{c.name, 2, false, func(m *machine) entrywise { return m.truth(c.relation) }})
	}
	return append(ops,
		operation{"Over", 2, false, func(m *machine) entrywise { return m.unlessZero(div) }},
		operation{"Gated", 2, false, func(m *machine) entrywise { return m.unlessZero(mul) }},
		operation{"Kept", 2, false, (*machine).kept},
		operation{"Where", 3, false, (*machine).where},
		operation{"Clip", 3, false, func(m *machine) entrywise {
			return func(x [3]vec) vec { return m.min(m.max(x[0], x[1]), x[2]) }
		}},
		operation{"MulAdd", 3, false, ofFMA(fma213)},
		operation{"MulSub", 3, false, ofFMA(fms213)},
		operation{"NegMulAdd", 3, false, ofFMA(fnma213)},
	)
}

// of2 is one instruction of two arguments.
func of2(p pair) func(*machine) entrywise {
	return func(m *machine) entrywise { return func(x [3]vec) vec { return m.get(p, x[1], x[0]) } }
}

// ofFMA is a multiply-add of three arguments.
func ofFMA(p pair) func(*machine) entrywise {
	return func(m *machine) entrywise {
		return func(x [3]vec) vec {
			m.do(p, x[2], x[1], x[0])
			return x[0]
		}
	}
}

// withConst is one instruction of an argument and a constant.
func (m *machine) withConst(p pair, k operand.Op) entrywise {
	return func(x [3]vec) vec { return m.get(p, k, x[0]) }
}

// notSign is all bits but the sign.
func (m *machine) notSign() operand.Op { return m.pattern(m.bits(math.Copysign(0, -1)) - 1) }

func (m *machine) signBit() operand.Op { return m.num(math.Copysign(0, -1)) }

// sign: 1 with the sign of a, or a where it is 0 or NaN.
func (m *machine) sign() entrywise {
	one, bit, zero := m.num(1), m.signBit(), m.num(0)
	return func(x [3]vec) vec {
		signed := m.get(or, one, m.get(and, bit, x[0]))
		return m.choose(m.compare(unlike, x[0], zero), signed, x[0])
	}
}

func (m *machine) sqrt() entrywise {
	return func(x [3]vec) vec { return m.get(squareRoot, x[0]) }
}

// relu: a unless it is at most 0; NaN stays, -0 becomes 0.
func (m *machine) relu() entrywise {
	zero := m.num(0)
	return func(x [3]vec) vec { return m.keep(m.compare(notLessEqual, x[0], zero), x[0]) }
}

// within keeps a between two constants; NaN stays.
func (m *machine) within(a vec, lo, hi operand.Op) vec {
	a = m.get(larger, a, m.in(lo)) // the instruction gives its second argument, a, if one is NaN
	return m.get(smaller, a, m.in(hi))
}

func (m *machine) hardTanh() entrywise {
	lo, hi := m.num(-1), m.num(1)
	return func(x [3]vec) vec { return m.within(x[0], lo, hi) }
}

func (m *machine) hardSigmoid() entrywise {
	zero, one, three, six := m.num(0), m.num(1), m.num(3), m.num(6)
	return func(x [3]vec) vec {
		return m.within(m.get(div, six, m.get(add, three, x[0])), zero, one)
	}
}

func (m *machine) flush() entrywise {
	smallest := 0x1p-126
	if m.double {
		smallest = 0x1p-1022
	}
	least, notSign := m.num(smallest), m.notSign()
	return func(x [3]vec) vec {
		return m.keep(m.compare(notLess, m.get(and, notSign, x[0]), least), x[0])
	}
}

// max is the larger, 0 over -0, and NaN if one is.
func (m *machine) max(a, b vec) vec {
	either := m.get(and, m.get(larger, a, b), m.get(larger, b, a)) // they differ where both are 0
	return m.choose(m.compare(unordered, a, b), m.get(add, a, b), either)
}

// min is the smaller, -0 over 0, and NaN if one is.
func (m *machine) min(a, b vec) vec {
	either := m.get(or, m.get(smaller, a, b), m.get(smaller, b, a))
	return m.choose(m.compare(unordered, a, b), m.get(add, a, b), either)
}

func (m *machine) truth(relation uint8) entrywise {
	one := m.num(1)
	return func(x [3]vec) vec { return m.keep(m.compare(relation, x[0], x[1]), one) }
}

// unlessZero is one instruction of two arguments, but 0 where the first is 0.
func (m *machine) unlessZero(p pair) entrywise {
	zero := m.num(0)
	return func(x [3]vec) vec {
		return m.keep(m.compare(notEqual, x[0], zero), m.get(p, x[1], x[0]))
	}
}

func (m *machine) kept() entrywise {
	notSign, infinite := m.notSign(), m.num(math.Inf(1))
	return func(x [3]vec) vec {
		return m.keep(m.compare(less, m.get(and, notSign, x[1]), infinite), x[0])
	}
}

func (m *machine) where() entrywise {
	zero := m.num(0)
	return func(x [3]vec) vec { return m.choose(m.compare(notEqual, x[0], zero), x[1], x[2]) }
}
