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
		{"SumRow", func(m *machine) { m.reduce(0, func(m *machine, a, b vec) vec { return m.get(add, b, a) }) }},
		{"MaxRow", func(m *machine) { m.reduce(math.Inf(-1), (*machine).max) }},
	}
}

// rows makes an operation that goes row by row.
func (m *machine) rows(op rowOperation) string {
	name := m.function(op.name)
	op.write(m)
	next()
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

// reduce joins the entries of each row: those a vector apart into one lane, in order, then each half
// of the lanes with the other.
func (m *machine) reduce(start float64, join func(m *machine, a, b vec) vec) {
	row, rowBytes, rest, at, left := arg[0], arg[1], arg[2], reg.R12, reg.RAX
	m.ways = m.pieces()
	none := m.num(start)
	m.sealed = true
	width(rowBytes)
	MOVQ(mem(rowBytes, 8), rowBytes)
	point(0, dst)
	point(1, row)
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
	m.do(mova, join(m, acc, next), acc)
	ADDQ(operand.I8(vectorBytes), at)
	SUBQ(operand.I8(vectorBytes), left)
	JGE(operand.LabelRef("vector"))
	Label("rest")
	TESTQ(rest, rest)
	JZ(operand.LabelRef("halves"))
	m.do(mova, join(m, acc, m.loadWhere(masks, at, none)), acc)
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
func (m *machine) loadWhere(where mask, at reg.Register, none operand.Op) vec {
	r, single := m.load(none), &machine{double: m.double, ways: 1}
	for i := range r {
		from := mem(at, i*m.bytes())
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
	quarter.storeOne(low, mem(dst, 0))
}
