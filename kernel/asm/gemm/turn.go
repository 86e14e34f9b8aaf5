package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// turn is the function that copies square blocks, one below the other, and turns each round: a vector of
// 32 bytes by as many rows. Both families use it.
func (t target) turn() {
	side := t.vector / t.size
	TEXT(fmt.Sprintf("turnFloat%d", 8*t.size), NOSPLIT, "func(p uintptr)")
	Doc(fmt.Sprintf("turnFloat%d copies blocks of %d×%d numbers, turned round.", 8*t.size, side, side))
	Load(Param("p"), job)
	dst, src, dstRow, srcRow, dstRow3, srcRow3, blocks := reg.R8, reg.R9, reg.R10, reg.R11, reg.R12, reg.R13, reg.RCX
	for _, f := range []struct {
		at int
		to reg.GPPhysical
	}{{packDst, dst}, {packSrc, src}, {packDstRow, dstRow}, {packSrcRow, srcRow}, {packRows, blocks}} {
		MOVQ(field(f.at), f.to)
	}
	LEAQ(Mem{Base: srcRow, Index: srcRow, Scale: 2}, srcRow3)
	LEAQ(Mem{Base: dstRow, Index: dstRow, Scale: 2}, dstRow3)
	Label("block")
	half, quarter := side/2, rowsAt(src, srcRow, srcRow3)
	LEAQ(Mem{Base: src, Index: srcRow, Scale: uint8(half)}, reg.RAX)
	lower := rowsAt(reg.RAX, srcRow, srcRow3)
	to := rowsAt(dst, dstRow, dstRow3)
	for part := range 2 { // half of what was a row becomes half of the rows
		for r := range half {
			v := t.regs[r]
			from := quarter[r].Offset(part * 16)
			VMOVUPS(from, v.(reg.Vec).AsX())
			VINSERTF128(Imm(1), lower[r].Offset(part*16), v, v)
		}
		for r, v := range t.turnedHalf() {
			VMOVUPS(v, to[r])
		}
		LEAQ(Mem{Base: dst, Index: dstRow, Scale: uint8(half)}, dst)
	}
	ADDQ(Imm(uint64(t.vector)), src)
	DECQ(blocks)
	JNE(LabelRef("block"))
	VZEROUPPER()
	RET()
}

// rowsAt are four rows from a base on.
func rowsAt(base, row, row3 reg.GPPhysical) []Mem {
	return []Mem{{Base: base}, {Base: base, Index: row, Scale: 1}, {Base: base, Index: row, Scale: 2}, {Base: base, Index: row3, Scale: 1}}
}

// turnedHalf turns round what each 16 bytes of the first registers hold.
func (t target) turnedHalf() []reg.VecPhysical {
	r := t.regs
	if t.size == 8 {
		VUNPCKLPD(r[1], r[0], r[8])
		VUNPCKHPD(r[1], r[0], r[9])
		return r[8:10]
	}
	VUNPCKLPS(r[1], r[0], r[4])
	VUNPCKHPS(r[1], r[0], r[5])
	VUNPCKLPS(r[3], r[2], r[6])
	VUNPCKHPS(r[3], r[2], r[7])
	VSHUFPS(Imm(0x44), r[6], r[4], r[8])
	VSHUFPS(Imm(0xee), r[6], r[4], r[9])
	VSHUFPS(Imm(0x44), r[7], r[5], r[10])
	VSHUFPS(Imm(0xee), r[7], r[5], r[11])
	return r[8:12]
}
