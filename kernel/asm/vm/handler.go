package main

import (
	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Registers that all handlers share. The table is words: where the program begins, the steps that
// are left, the number of rows, the groups of four origins, the origins (addresses), how far each
// moves in a step, and of each width the number of vectors of an array and the bytes of a row.
var (
	pc    = reg.RSI // the record of the instruction
	table = reg.RDI
	steps = reg.R13 // left, this one included
)

// Registers of a handler's own.
var (
	dst   = reg.R8
	arg   = []reg.GPPhysical{reg.R9, reg.R10, reg.R11}
	count = reg.RCX                                     // vectors left
	step  = []reg.GPPhysical{reg.RAX, reg.RBX, reg.RDX} // bytes from an argument's vector to its next: 0 if it is fixed
)

// A record of an instruction: the handler, four offsets (bytes), then as 32 bits four places of
// origins in the table and the place of the width, then three steps as bytes.
const (
	recordBytes = 64
	atOffset    = 8
	atOrigin    = 40
	atWidth     = 56
	atStep      = 60
	vectorBytes = 64
)

func word(r reg.Register, i int) operand.Mem { return operand.Mem{Base: r, Disp: 8 * i} }

// function begins a handler.
func (m *machine) function(op string) string {
	family := "avx2"
	if m.wide {
		family = "avx512"
	}
	name := family + m.kind() + op
	TEXT(static(name), attr.NOSPLIT, "func()")
	m.konsts, m.sealed = map[uint64]operand.Op{}, false
	return name
}

// static is the name of a function that only its file knows: nothing in Go declares it.
func static(name string) string { return name + "<>" }

// next goes on to the next instruction's handler.
func next() {
	ADDQ(operand.U8(recordBytes), pc)
	jump()
}

// jump goes to the handler that the record names. avo takes a jump without a label for a mistake:
// here it is where the function ends.
func jump() {
	to := operand.Mem{Base: pc}
	Instruction(&ir.Instruction{Opcode: "JMP", Operands: []operand.Op{to}, Inputs: []operand.Op{to}, IsTerminal: true})
}

// point loads the address of the i-th operand, the result first.
func point(i int, r reg.GPPhysical) {
	MOVL(operand.Mem{Base: pc, Disp: atOrigin + 4*i}, r.As32())
	MOVQ(operand.Mem{Base: table, Index: r, Scale: 1}, r)
	ADDQ(operand.Mem{Base: pc, Disp: atOffset + 8*i}, r)
}

// width loads the place of the instruction's width in the table, as an address.
func width(r reg.GPPhysical) {
	MOVL(operand.Mem{Base: pc, Disp: atWidth}, r.As32())
	ADDQ(table, r)
}

// handler makes an operation from entry to entry.
func (m *machine) handler(op operation) string {
	name := m.function(op.name)
	f := op.make(m)
	m.sealed = true
	width(count)
	MOVQ(operand.Mem{Base: count}, count)
	point(0, dst)
	for i := range op.args {
		point(1+i, arg[i])
	}
	if !op.long {
		CMPQ(count, operand.U8(1))
		JNE(operand.LabelRef("many"))
		m.vectors(op, f, 0, 1)
		next()
		Label("many")
	}
	for i := range op.args {
		MOVBQZX(operand.Mem{Base: pc, Disp: atStep + i}, step[i])
	}
	m.several(op, f)
	Label("single")
	m.vectors(op, f, 0, 1)
	m.advance(op, 1)
	DECQ(count)
	JNZ(operand.LabelRef("single"))
	Label("done")
	next()
	return name
}

// several does several vectors at a time.
func (m *machine) several(op operation, f entrywise) {
	at, rest := 4, 2
	if op.long {
		at, rest = m.sideBySide(op), 0
	}
	if at == 1 {
		return
	}
	SUBQ(operand.U8(at), count)
	JL(operand.LabelRef("rest"))
	Label("several")
	if op.long {
		m.vectors(op, f, 0, at)
		m.advance(op, at)
	}
	for range rest {
		m.vectors(op, f, 0, 1)
		m.vectors(op, f, 1, 1)
		m.advance(op, 2)
	}
	SUBQ(operand.U8(at), count)
	JGE(operand.LabelRef("several"))
	Label("rest")
	ADDQ(operand.U8(at), count)
	JZ(operand.LabelRef("done"))
}

// sideBySide is how many vectors of a long operation go side by side: the registers are enough for so many.
func (m *machine) sideBySide(op operation) int {
	if m.wide && op.name != "Log" {
		return 2
	}
	return 1
}

// pieces are how many registers a vector takes.
func (m *machine) pieces() int { return vectorBytes / m.bytes() }

// vectors does n vectors, 1 or 2, side by side: those that the pointers are at, or from the next on.
func (m *machine) vectors(op operation, f entrywise, from, n int) {
	m.ways = n * m.pieces()
	var x [3]vec
	for i := range op.args {
		x[i] = m.reg()
	}
	place := func(base, step reg.Register, i int) operand.Mem {
		at := operand.Mem{Base: base, Disp: i % m.pieces() * m.bytes()}
		switch after := from + i/m.pieces(); {
		case after > 0 && step == nil:
			at.Disp += vectorBytes * after
		case after > 0:
			at.Index, at.Scale = step, uint8(after)
		}
		return at
	}
	for i := range m.ways {
		for j := range op.args {
			VMOVUPS(place(arg[j], step[j], i), x[j][i])
		}
	}
	for i, r := range f(x) {
		VMOVUPS(r, place(dst, nil, i))
	}
}

// advance moves the pointers on by so many vectors.
func (m *machine) advance(op operation, by int) {
	ADDQ(operand.I32(by*vectorBytes), dst)
	for i := range op.args {
		LEAQ(operand.Mem{Base: arg[i], Index: step[i], Scale: uint8(by)}, arg[i])
	}
}
