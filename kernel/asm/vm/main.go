// The assembly of package kernel's programs: an operation each, which ends in a jump to the next.
//
//	go run ./vm -family avx2 -out ../vm_avx2_amd64.s -pkg kernel
//
// Handlers have no frame and call nothing. What they share is in registers (see handler.go).
// A family's table of handlers is in the order of kernel's Codes, with the end of a program behind
// the last.
package main

import (
	"flag"
	"strings"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func main() {
	family := flag.String("family", "avx2", "avx2 or avx512")
	flag.Parse()
	ConstraintExpr("!noasm")
	for _, double := range []bool{false, true} {
		m := &machine{double: double, wide: *family == "avx512"}
		m.table(strings.ToUpper(*family))
	}
	if *family == "avx2" {
		enter()
	}
	end()
	Generate()
}

// address is the address of a function, as a datum. avo knows none: it is a number that prints otherwise.
type address struct {
	operand.U64
	function string
}

// Asm is the address's text.
func (a address) Asm() string { return "$·" + static(a.function) + "(SB)" }

// table makes the handlers, the table of their addresses, and a function that tells where it is.
func (m *machine) table(family string) {
	var names []string
	for _, op := range operations() {
		names = append(names, m.handler(op))
	}
	for _, op := range rowOperations() {
		names = append(names, m.rows(op))
	}
	for _, add := range []bool{false, true} {
		names = append(names, m.product(add))
	}
	kind := m.kind()
	t := GLOBL("handlers"+kind, attr.RODATA|attr.NOPTR)
	for i, name := range append(names, "vmEnd") {
		DATA(8*i, address{function: name})
	}
	TEXT("vmTable"+family+kind, attr.NOSPLIT, "func() *uintptr")
	Doc("vmTable" + family + kind + " is where the table of handlers begins.")
	LEAQ(t, reg.RAX)
	Store(reg.RAX, ReturnIndex(0))
	RET()
}

// enter begins a program: its table is the argument.
func enter() {
	TEXT("vmEnter", attr.NOSPLIT, "func(table *uintptr)")
	Doc("vmEnter runs the program that a table is of.")
	Load(Param("table"), table)
	MOVQ(word(table, 0), pc)
	MOVQ(word(table, 1), steps)
	jump()
}

// end comes after the last instruction: it moves the origins on and begins anew, or returns.
func end() {
	TEXT(static("vmEnd"), attr.NOSPLIT, "func()")
	n, from, by := reg.RCX, reg.R8, reg.R9
	DECQ(steps)
	JZ(operand.LabelRef("done"))
	MOVQ(word(table, 3), n)
	LEAQ(word(table, 4), from)
	MOVQ(n, by)
	SHLQ(operand.U8(5), by)
	ADDQ(from, by)
	Label("group")
	y := reg.Y0
	VMOVDQU(operand.Mem{Base: from}, y)
	VPADDQ(operand.Mem{Base: by}, y, y)
	VMOVDQU(y, operand.Mem{Base: from})
	ADDQ(operand.U8(32), from)
	ADDQ(operand.U8(32), by)
	DECQ(n)
	JNZ(operand.LabelRef("group"))
	MOVQ(word(table, 0), pc)
	jump()
	Label("done")
	VZEROUPPER()
	RET()
}
