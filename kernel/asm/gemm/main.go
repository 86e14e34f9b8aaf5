// Command gemm writes the assembly of matrix products. One program makes all kernels: the width of a
// vector, the kind of numbers and the height of a tile are parameters.
//
// A tile is h rows of C by a panel of two vectors of columns (or the four or two panels beside each
// other that keep the pipes busy when there are only one or two rows). Its sums stay in registers: for
// each k, the panel's row is loaded, each entry of A is spread over a vector, and there is one fused
// multiply-add a row and vector. The sums start at 0 and run over k in order; then they are stored, or
// added to C.
package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/reg"
)

// target is what a kernel is made for.
type target struct {
	name   string // a suffix of functions' names
	vector int    // bytes of a vector
	size   int    // bytes of a number
	height int    // the most rows of a tile
	regs   []reg.VecPhysical
}

var targets = []target{
	{"AVX2Float32", 32, 4, 6, ymm},
	{"AVX2Float64", 32, 8, 6, ymm},
	{"AVX512Float32", 64, 4, 12, zmm},
	{"AVX512Float64", 64, 8, 12, zmm},
}

func main() {
	ConstraintExpr("!noasm")
	for _, t := range targets {
		t.tiles()
		t.pack()
		t.peak()
		if !t.avx512() {
			t.turn()
		}
	}
	Generate()
}
