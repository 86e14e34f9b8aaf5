package main

import (
	"math"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// rowOperation is one that goes row by row.
type rowOperation struct {
	name  string
	write func(m *machine)
}

// rowOperations are in the order of package kernel's Codes.
func rowOperations() []rowOperation {
	return []rowOperation{
		{"Spread", (*machine).spread},
		{"SumRow", func(m *machine) { m.reduce(0, (*machine).plus, false) }},
		{"MaxRow", func(m *machine) { m.reduce(math.Inf(-1), (*machine).max, false) }},
		{"DotRow", func(m *machine) { m.reduce(0, (*machine).plus, true) }},
		{"AddRow", func(m *machine) { m.byRow(of2(add), 2) }},
		{"SubRow", func(m *machine) { m.byRow(of2(sub), 2) }},
		{"MulRow", func(m *machine) { m.byRow(of2(mul), 2) }},
		{"GatedRow", func(m *machine) { m.byRow(func(m *machine) entrywise { return m.unlessZero(mul) }, 2) }},
		{"MulAddRow", func(m *machine) { m.byRow(ofFMA(fma213), 3) }},
		{"NegMulAddRow", func(m *machine) { m.byRow(ofFMA(fnma213), 3) }},
	}
}

// plus is a + b.
func (m *machine) plus(a, b vec) vec { return m.get(add, b, a) }

// rows makes an operation that goes row by row.
func (m *machine) rows(op rowOperation) string {
	name := m.function(op.name)
	m.later = nil
	op.write(m)
	next()
	if m.later != nil {
		m.later()
	}
	return name
}

func mem(base reg.Register, disp int) operand.Mem { return operand.Mem{Base: base, Disp: disp} }

// spread writes each entry a row wide, in whole vectors: what they write beyond the row is written
// again by the next one. Where a vector would pass the array's padded end, single entries are written.
func (m *machine) spread() {
	source, rowBytes, last, end := arg[0], arg[1], arg[2], reg.R12
	width(rowBytes)
	MOVQ(mem(rowBytes, 0), last)
	MOVQ(mem(rowBytes, 8), rowBytes)
	point(0, dst)
	point(1, source)
	SHLQ(operand.U8(6), last)
	LEAQ(operand.Mem{Base: dst, Index: last, Scale: 1, Disp: -vectorBytes}, last)
	MOVQ(word(table, 2), count)
	Label("row")
	m.ways = 1
	a := m.get(broadcast, mem(source, 0))
	ADDQ(operand.I8(int8(m.size())), source)
	LEAQ(operand.Mem{Base: dst, Index: rowBytes, Scale: 1}, end)
	Label("vector")
	CMPQ(dst, last)
	JA(operand.LabelRef("entry"))
	for i := range m.pieces() {
		m.do(movu, a, mem(dst, i*m.bytes()))
	}
	ADDQ(operand.I8(vectorBytes), dst)
	CMPQ(dst, end)
	JB(operand.LabelRef("vector"))
	Label("ended")
	MOVQ(end, dst)
	DECQ(count)
	JNZ(operand.LabelRef("row"))
	JMP(operand.LabelRef("done"))
	Label("entry")
	m.storeOne(a, mem(dst, 0))
	ADDQ(operand.I8(int8(m.size())), dst)
	CMPQ(dst, end)
	JB(operand.LabelRef("entry"))
	JMP(operand.LabelRef("ended"))
	Label("done")
}

// storeOne stores the first entry.
func (m *machine) storeOne(a vec, to operand.Mem) {
	m.do(storeFirst, vec{a[0].(reg.Vec).AsX()}, to)
}

// reduce joins the entries of each row, or their products with those of another: those a vector apart into
// one lane, in order, then each half of the lanes with the other.
func (m *machine) reduce(start float64, join func(m *machine, a, b vec) vec, products bool) {
	row, rowBytes, rest, at, left, other := arg[0], arg[2], reg.RDX, reg.R12, reg.RAX, arg[1]
	m.ways = m.pieces()
	none := m.num(start)
	m.sealed = true
	width(rowBytes)
	MOVQ(mem(rowBytes, 8), rowBytes)
	point(0, dst)
	point(1, row)
	if products {
		point(2, other)
		SUBQ(row, other) // how far the other row is
	}
	MOVQ(rowBytes, rest)
	ANDQ(operand.I8(vectorBytes-1), rest)
	masks := m.restMasks(rest)
	MOVQ(word(table, 2), count)
	Label("row")
	acc := m.load(none)
	MOVQ(row, at)
	MOVQ(rowBytes, left)
	SUBQ(operand.I8(vectorBytes), left)
	JL(operand.LabelRef("rest"))
	Label("vector")
	next := m.reg()
	for i, r := range next {
		VMOVUPS(mem(at, i*m.bytes()), r)
	}
	if products {
		for i, r := range next {
			(&machine{double: m.double, wide: m.wide, ways: 1}).do(fma231, operand.Mem{Base: at, Index: other, Scale: 1, Disp: i * m.bytes()}, r, acc[i])
		}
	} else {
		m.do(mova, join(m, acc, next), acc)
	}
	ADDQ(operand.I8(vectorBytes), at)
	SUBQ(operand.I8(vectorBytes), left)
	JGE(operand.LabelRef("vector"))
	Label("rest")
	TESTQ(rest, rest)
	JZ(operand.LabelRef("halves"))
	if products {
		a := m.loadWhere(masks, operand.Mem{Base: at}, none)
		m.do(fma231, m.loadWhere(masks, operand.Mem{Base: at, Index: other, Scale: 1}, none), a, acc)
	} else {
		m.do(mova, join(m, acc, m.loadWhere(masks, operand.Mem{Base: at}, none)), acc)
	}
	Label("halves")
	m.halve(acc, join)
	ADDQ(rowBytes, row)
	ADDQ(operand.I8(int8(m.size())), dst)
	DECQ(count)
	JNZ(operand.LabelRef("row"))
}

// restMasks are where entries lie in the last, partial vector of so many bytes, of which there are
// fewer than in a whole one.
func (m *machine) restMasks(bytes reg.GPPhysical) mask {
	if m.wide {
		k, n, ones := K(), reg.RAX, reg.RBX
		MOVQ(bytes, n)
		SHRQ(operand.U8(map[bool]int{false: 2, true: 3}[m.double]), n)
		MOVQ(operand.I32(-1), ones)
		BZHIQ(n, ones, ones)
		KMOVW(ones.As32(), k)
		return mask{k}
	}
	from := reg.RAX
	LEAQ(slidingMask(), from)
	SUBQ(bytes, from)
	r := m.reg()
	for i := range r {
		VMOVUPS(mem(from, vectorBytes+i*m.bytes()), r[i])
	}
	return r
}

// slidingMask is a vector of ones and then one of zeros: read n bytes before the second, its first n bytes are set.
func slidingMask() operand.Mem {
	if d, ok := data["sliding"]; ok {
		return d
	}
	d := GLOBL("sliding", attr.RODATA|attr.NOPTR)
	for at := range 2 * vectorBytes / 8 {
		ones := uint64(math.MaxUint64)
		if 8*at >= vectorBytes {
			ones = 0
		}
		DATA(8*at, operand.U64(ones))
	}
	data["sliding"] = d
	return d
}

// loadWhere reads memory where the mask holds, and only there; elsewhere it is none.
func (m *machine) loadWhere(where mask, at operand.Mem, none operand.Op) vec {
	r, single := m.load(none), &machine{double: m.double, ways: 1}
	for i := range r {
		from := at
		from.Disp += i * m.bytes()
		if m.wide {
			single.do(movu, from, where[i], r[i])
			continue
		}
		x := YMM()
		single.do(maskLoad, from, where[i], x)
		VBLENDVPS(where[i], x, r[i], r[i])
	}
	return r
}

// halve joins the halves of a vector until one entry is left, and stores it.
func (m *machine) halve(acc vec, join func(m *machine, a, b vec) vec) {
	half := &machine{double: m.double, ways: 1}
	low, high := acc[:1], acc[1:]
	if m.wide {
		high = half.reg()
		VEXTRACTF64X4(operand.U8(1), acc[0], high[0])
		low = vec{acc[0].(reg.Vec).AsY()}
	}
	low = join(half, low, high)
	quarter := &machine{double: m.double, narrow: true, ways: 1}
	high = quarter.reg()
	VEXTRACTF128(operand.U8(1), low[0], high[0])
	low = join(quarter, vec{low[0].(reg.Vec).AsX()}, high)
	for _, order := range []uint8{0xee, 0x55}[:8/m.size()] {
		high = quarter.reg()
		VPERMILPS(operand.U8(order), low[0], high[0])
		low = join(quarter, low, high)
	}
	m.storeRow(low)
}

// storeRow stores what was made of a row; of a single row, in all lanes.
func (m *machine) storeRow(a vec) {
	CMPQ(word(table, 2), operand.U8(1))
	JEQ(operand.LabelRef("lanes"))
	one := &machine{double: m.double, wide: m.wide, ways: 1}
	one.storeOne(a, mem(dst, 0))
	Label("stored")
	m.later = func() {
		Label("lanes")
		all := one.get(broadcast, a[0].(reg.Vec).AsX())
		for i := range m.pieces() {
			VMOVUPS(all[0], mem(dst, i*m.bytes()))
		}
		JMP(operand.LabelRef("stored"))
	}
}

// byRow makes an operation whose second argument is a number for each row: vector by vector, the rest of a row
// under a mask. The first argument may be fixed.
func (m *machine) byRow(make func(m *machine) entrywise, args int) {
	rowBytes, rest, whole, left, fixed := reg.R12, reg.RDX, reg.R12, reg.RBX, reg.RAX
	m.ways = m.pieces()
	f := make(m)
	none := m.num(0)
	m.sealed = true
	width(rowBytes)
	MOVQ(mem(rowBytes, 8), rowBytes)
	for i := range 1 + args {
		point(i, append([]reg.GPPhysical{dst}, arg...)[i])
	}
	MOVQ(rowBytes, rest)
	ANDQ(operand.I8(vectorBytes-1), rest)
	masks := m.restMasks(rest)
	SHRQ(operand.U8(6), whole)
	MOVBQZX(operand.Mem{Base: pc, Disp: atStep}, fixed)
	MOVQ(word(table, 2), count)
	Label("row")
	by := m.reg()
	for i := range by {
		(&machine{double: m.double, wide: m.wide, ways: 1}).do(broadcast, mem(arg[1], 0), by[i:i+1])
	}
	ADDQ(operand.I8(int8(m.size())), arg[1])
	MOVQ(whole, left)
	SUBQ(operand.I8(2), left)
	JL(operand.LabelRef("one"))
	Label("vectors")
	for range 2 {
		m.oneByRow(f, args, by, m.loadWhole, m.storeWhole)
		m.along(args, fixed)
	}
	SUBQ(operand.I8(2), left)
	JGE(operand.LabelRef("vectors"))
	Label("one")
	ADDQ(operand.I8(2), left)
	JZ(operand.LabelRef("rest"))
	m.oneByRow(f, args, by, m.loadWhole, m.storeWhole)
	m.along(args, fixed)
	Label("rest")
	TESTQ(rest, rest)
	JZ(operand.LabelRef("ended"))
	m.oneByRow(f, args, by, func(at reg.Register) vec { return m.loadWhere(masks, operand.Mem{Base: at}, none) }, func(y vec) { m.storeWhere(masks, y) })
	ADDQ(rest, dst)
	if args == 3 {
		ADDQ(rest, arg[2])
	}
	TESTQ(fixed, fixed)
	JZ(operand.LabelRef("ended"))
	ADDQ(rest, arg[0])
	Label("ended")
	DECQ(count)
	JNZ(operand.LabelRef("row"))
}

// along moves the pointers of byRow on by a vector.
func (m *machine) along(args int, fixed reg.Register) {
	ADDQ(operand.I8(vectorBytes), dst)
	ADDQ(fixed, arg[0])
	if args == 3 {
		ADDQ(operand.I8(vectorBytes), arg[2])
	}
}

// oneByRow does one vector.
func (m *machine) oneByRow(f entrywise, args int, by vec, load func(at reg.Register) vec, store func(y vec)) {
	x := [3]vec{load(arg[0]), by}
	if args == 3 {
		x[2] = load(arg[2])
	}
	store(f(x))
}

// loadWhole and storeWhole read and write a vector.

func (m *machine) loadWhole(at reg.Register) vec {
	x := m.reg()
	for i, r := range x {
		VMOVUPS(mem(at, i*m.bytes()), r)
	}
	return x
}

func (m *machine) storeWhole(y vec) {
	for i, r := range y {
		VMOVUPS(r, mem(dst, i*m.bytes()))
	}
}

// storeWhere writes memory where the mask holds, and only there.
func (m *machine) storeWhere(where mask, y vec) {
	one := &machine{double: m.double, ways: 1}
	for i, r := range y {
		to := mem(dst, i*m.bytes())
		if m.wide {
			one.do(movu, r, where[i], to)
		} else {
			one.do(maskStore, r, where[i], to)
		}
	}
}
