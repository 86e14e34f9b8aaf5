package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

var ymm = []reg.VecPhysical{
	reg.Y0, reg.Y1, reg.Y2, reg.Y3, reg.Y4, reg.Y5, reg.Y6, reg.Y7,
	reg.Y8, reg.Y9, reg.Y10, reg.Y11, reg.Y12, reg.Y13, reg.Y14, reg.Y15,
}

var zmm = []reg.VecPhysical{
	reg.Z0, reg.Z1, reg.Z2, reg.Z3, reg.Z4, reg.Z5, reg.Z6, reg.Z7,
	reg.Z8, reg.Z9, reg.Z10, reg.Z11, reg.Z12, reg.Z13, reg.Z14, reg.Z15,
	reg.Z16, reg.Z17, reg.Z18, reg.Z19, reg.Z20, reg.Z21, reg.Z22, reg.Z23,
	reg.Z24, reg.Z25, reg.Z26, reg.Z27, reg.Z28, reg.Z29, reg.Z30, reg.Z31,
}

func (t target) avx512() bool { return t.vector == 64 }

// maskReg holds the mask of a last vector that is not whole: K1, or the last of the 16 registers.
func (t target) maskReg() operand.Op {
	if t.avx512() {
		return reg.K1
	}
	return reg.Y15
}

func (t target) loadMask(from operand.Mem) {
	if t.avx512() {
		KMOVW(from, reg.K1)
	} else {
		VMOVUPS(from, reg.Y15)
	}
}

func (t target) zero(v reg.VecPhysical) {
	if t.avx512() {
		VPXORD(v, v, v)
	} else {
		VXORPS(v, v, v)
	}
}

// load loads a vector; what is beyond the mask is 0 and isn't read.
func (t target) load(from operand.Mem, v reg.VecPhysical, masked bool) {
	switch {
	case !masked:
		VMOVUPS(from, v)
	case t.avx512() && t.size == 4:
		VMOVUPS_Z(from, reg.K1, v)
	case t.avx512():
		VMOVUPD_Z(from, reg.K1, v)
	case t.size == 4:
		VMASKMOVPS(from, t.maskReg(), v)
	default:
		VMASKMOVPD(from, t.maskReg(), v)
	}
}

// store stores a vector; what is beyond the mask isn't written.
func (t target) store(v reg.VecPhysical, to operand.Mem, masked bool) {
	switch {
	case !masked:
		VMOVUPS(v, to)
	case t.avx512() && t.size == 4:
		VMOVUPS(v, reg.K1, to)
	case t.avx512():
		VMOVUPD(v, reg.K1, to)
	case t.size == 4:
		VMASKMOVPS(v, t.maskReg(), to)
	default:
		VMASKMOVPD(v, t.maskReg(), to)
	}
}

func (t target) broadcast(from operand.Mem, v reg.VecPhysical) {
	if t.size == 4 {
		VBROADCASTSS(from, v)
	} else {
		VBROADCASTSD(from, v)
	}
}

// fma is sum += a·b.
func (t target) fma(b operand.Op, a, sum reg.VecPhysical) {
	if t.size == 4 {
		VFMADD231PS(b, a, sum)
	} else {
		VFMADD231PD(b, a, sum)
	}
}

func (t target) add(b operand.Op, sum reg.VecPhysical) {
	if t.size == 4 {
		VADDPS(b, sum, sum)
	} else {
		VADDPD(b, sum, sum)
	}
}
