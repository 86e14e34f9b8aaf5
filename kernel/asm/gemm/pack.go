package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The fields of the struct packing in gemm_pack.go.
const (
	packDst = 8 * iota
	packSrc
	packDstRow
	packSrcRow
	packDstGroup
	packSrcGroup
	packRows
	packGroups
	packVectors
	packMask
)

// pack is the function that copies rows, each cut into groups of one or two vectors, the last masked.
// The groups come to lie far apart: they are rows of different panels.
func (t target) pack() {
	TEXT("pack"+t.name, NOSPLIT, "func(p uintptr)")
	Doc(fmt.Sprintf("pack%s copies rows of groups of at most %d numbers.", t.name, 2*t.vector/t.size))
	Load(Param("p"), job)
	t.loadMask(field(packMask))
	CMPQ(field(packVectors), Imm(2))
	JEQ(LabelRef("rows_2"))
	t.packGroups(1)
	t.packGroups(2)
}

// packGroups is the loop over rows, with groups of so many vectors.
func (t target) packGroups(vectors int) {
	dst, src, dstRow, srcRow, dstGroup, srcGroup := reg.R8, reg.R9, reg.R10, reg.R11, reg.RAX, reg.RBX
	rows, groups, toRow, fromRow := reg.RDX, reg.RCX, reg.R12, reg.R13
	group := label("group", vectors)
	Label(label("rows", vectors))
	MOVQ(field(packDst), toRow)
	MOVQ(field(packSrc), fromRow)
	MOVQ(field(packDstRow), dstRow)
	MOVQ(field(packSrcRow), srcRow)
	MOVQ(field(packDstGroup), dstGroup)
	MOVQ(field(packSrcGroup), srcGroup)
	MOVQ(field(packRows), rows)
	Label(label("row", vectors))
	MOVQ(toRow, dst)
	MOVQ(fromRow, src)
	MOVQ(field(packGroups), groups)
	Label(group)
	for v := range vectors {
		t.load(Mem{Base: src, Disp: v * t.vector}, t.regs[v], v == vectors-1)
	}
	for v := range vectors {
		t.store(t.regs[v], Mem{Base: dst, Disp: v * t.vector}, false)
	}
	ADDQ(dstGroup, dst)
	ADDQ(srcGroup, src)
	DECQ(groups)
	JNE(LabelRef(group))
	ADDQ(dstRow, toRow)
	ADDQ(srcRow, fromRow)
	DECQ(rows)
	JNE(LabelRef(label("row", vectors)))
	VZEROUPPER()
	RET()
}

// peak is the function that shows how fast this core multiplies and adds.
func (t target) peak() {
	TEXT("peak"+t.name, NOSPLIT, "func(n int)")
	Doc(fmt.Sprintf("peak%s does n times 12 fused multiply-adds of %d numbers.", t.name, t.vector/t.size))
	Load(Param("n"), left)
	for _, v := range t.regs[:14] {
		t.zero(v)
	}
	Label("again")
	for _, v := range t.regs[:12] {
		t.fma(t.regs[12], t.regs[13], v)
	}
	DECQ(left)
	JNE(LabelRef("again"))
	VZEROUPPER()
	RET()
}
