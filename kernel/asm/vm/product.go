package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Registers of a product's own. A panel is two vectors of columns, as package kernel packs them; only
// the last one may be one vector.
var (
	rowA    = arg[0]  // the row that is multiplied
	panel   = arg[1]  // where the panels begin that are next
	stride  = arg[2]  // bytes from a panel to the next
	stride3 = reg.R12 // three times that
	left    = reg.RAX // vectors of the result
	atA     = reg.RDX
	atPanel = reg.RBX
)

// unrolled is how many terms the loop over them does at once, so that little besides the products is
// in flight: then those of the next instruction can begin while these wait for each other.
const unrolled = 4

// product makes dst = a·B, or dst += a·B, of one row: groups of vectors, whose sums stay in registers.
// A sum starts at 0 and runs over the terms in order; then it is stored, or added to what is there.
func (m *machine) product(add bool) string {
	name := m.function(map[bool]string{false: "MatVec", true: "MatVecAdd"}[add])
	MOVL(mem(pc, atOrigin+4*3), left.As32())
	MOVQ(m.terms(), stride)
	SHLQ(operand.U8(map[bool]int{false: 6, true: 7}[m.wide]), stride)
	point(0, dst)
	point(1, rowA)
	point(2, panel)
	LEAQ(operand.Mem{Base: stride, Index: stride, Scale: 2}, stride3)
	for _, vectors := range []int{8, 4, 2, 1} {
		m.columns(vectors, add)
	}
	next()
	return name
}

// terms is where the record has their number.
func (m *machine) terms() operand.Mem { return mem(pc, atOffset+8*3) }

// columns does so many vectors of the result at once, while there are as many.
func (m *machine) columns(vectors int, add bool) {
	label := func(s string) string { return fmt.Sprintf("%s_%d", s, vectors) }
	again, done := label("columns"), label("done")
	if vectors == 8 {
		Label(again)
	}
	CMPQ(left, operand.U8(uint8(vectors)))
	JLT(operand.LabelRef(done))
	m.ways = vectors
	sums := m.reg()
	for _, r := range sums {
		m.zero(r)
	}
	MOVQ(m.terms(), count)
	MOVQ(rowA, atA)
	MOVQ(panel, atPanel)
	SUBQ(operand.U8(unrolled), count)
	JLT(operand.LabelRef(label("rest")))
	Label(label("terms"))
	m.someTerms(sums, unrolled)
	SUBQ(operand.U8(unrolled), count)
	JGE(operand.LabelRef(label("terms")))
	Label(label("rest"))
	ADDQ(operand.U8(unrolled), count)
	JZ(operand.LabelRef(label("store")))
	Label(label("term"))
	m.someTerms(sums, 1)
	DECQ(count)
	JNZ(operand.LabelRef(label("term")))
	Label(label("store"))
	m.storeSums(sums, add)
	SUBQ(operand.U8(uint8(vectors)), left)
	m.forward(vectors)
	if vectors == 8 {
		JMP(operand.LabelRef(again))
	}
	Label(done)
}

// zero makes a register 0.
func (m *machine) zero(r reg.Register) {
	if m.wide {
		VPXORD(r, r, r)
	} else {
		VXORPS(r, r, r)
	}
}

// someTerms adds n terms to each sum, and moves on by them.
func (m *machine) someTerms(sums vec, n int) {
	one := &machine{double: m.double, wide: m.wide, ways: 1}
	pitch := min(2, len(sums)) * m.bytes()
	at := []operand.Mem{{Base: atPanel}, {Base: atPanel, Index: stride, Scale: 1}, {Base: atPanel, Index: stride, Scale: 2}, {Base: atPanel, Index: stride3, Scale: 1}}
	for i := range n {
		a := one.get(broadcast, mem(atA, i*m.size()))
		for v, sum := range sums {
			from := at[v/2]
			from.Disp = i*pitch + v%2*m.bytes()
			one.do(fma231, from, a, vec{sum})
		}
	}
	ADDQ(operand.U8(uint8(n*m.size())), atA)
	ADDQ(operand.I32(int32(n*pitch)), atPanel)
}

// storeSums stores the sums, or adds what is there and stores them.
func (m *machine) storeSums(sums vec, plus bool) {
	one := &machine{double: m.double, wide: m.wide, ways: 1}
	for v, sum := range sums {
		to := mem(dst, v*m.bytes())
		if plus {
			one.do(add, to, vec{sum}, vec{sum})
		}
		VMOVUPS(sum, to)
	}
}

// forward goes on to the next vectors. After one there are none.
func (m *machine) forward(vectors int) {
	if vectors == 1 {
		return
	}
	ADDQ(operand.I32(int32(vectors*m.bytes())), dst)
	switch vectors {
	case 8:
		LEAQ(operand.Mem{Base: panel, Index: stride, Scale: 4}, panel)
	case 4:
		LEAQ(operand.Mem{Base: panel, Index: stride, Scale: 2}, panel)
	default:
		ADDQ(stride, panel)
	}
}
