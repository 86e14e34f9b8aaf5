package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Registers. The bases of A are of rows 0, 3, 6 and 9: with the distance rs of rows, scaled by 1 or 2,
// they reach all 12. Tiles of one or two rows use only the first, and have the distance of panels, and
// three times that, in the others.
var (
	job   = reg.RDI
	rs    = reg.RAX // bytes from a row of A to the next
	cs    = reg.RBX // bytes from a column of A to the next
	ldb   = reg.RDX // bytes from a row of the panel to the next
	left  = reg.RCX // of k
	b     = reg.RSI // where in the panel
	bases = []reg.GPPhysical{reg.R8, reg.R9, reg.R10, reg.R11}
	c     = reg.R12 // the panel's columns of C
	panel = reg.R13 // where the panel begins

	panel1, panel3 = reg.R10, reg.R11
	row, ldc       = reg.R8, reg.R9 // while storing
)

// The fields of the struct job in gemm_tile.go.
const (
	jobC = 8 * iota
	jobA
	jobB
	jobLdc
	jobRs
	jobCs
	jobLdb
	jobLdbTail
	jobBTail
	jobPanel
	jobK
	jobPanels
	jobTail
	jobHeight
	jobTiles
	jobTileA
	jobTileC
	jobAdd
	jobFromC
	jobFromA
	jobFromB
	jobAtA
	jobAtC
	jobLeft
	jobMask
)

func field(offset int) Mem { return Mem{Base: job, Disp: offset} }

// tiles is the function that runs a job: tiles of one height, each over a run of panels.
func (t target) tiles() {
	TEXT("tiles"+t.name, NOSPLIT, "func(j uintptr)")
	Doc(fmt.Sprintf("tiles%s runs a job of tiles at most %d rows high and %d columns wide.", t.name, t.height, 2*t.vector/t.size))
	Load(Param("j"), job)
	MOVQ(field(jobRs), rs)
	MOVQ(field(jobCs), cs)
	for _, f := range [][3]int{{jobA, jobFromA, jobAtA}, {jobC, jobFromC, jobAtC}} {
		MOVQ(field(f[0]), reg.R8)
		ADDQ(field(f[1]), reg.R8)
		MOVQ(reg.R8, field(f[2]))
	}
	t.loadMask(field(jobMask))
	for h := 1; h < t.height; h++ {
		CMPQ(field(jobHeight), Imm(uint64(h)))
		JEQ(LabelRef(label("height", h)))
	}
	for h := t.height; h > 0; h-- {
		t.tilesOf(h)
	}
}

func label(name string, numbers ...int) string {
	for _, n := range numbers {
		name += fmt.Sprintf("_%d", n)
	}
	return name
}

// tilesOf is the loop over tiles of a height.
func (t target) tilesOf(h int) {
	Label(label("height", h))
	MOVQ(field(jobB), panel)
	ADDQ(field(jobFromB), panel)
	MOVQ(field(jobAtC), c)
	MOVQ(field(jobLdb), ldb)
	MOVQ(field(jobPanels), left)
	MOVQ(left, field(jobLeft))
	for _, panels := range []int{4, 2, 1} {
		if panels == 1 || h*2*panels <= 8 {
			t.panels(h, panels)
		}
	}
	t.tails(h)
	for _, f := range [][2]int{{jobTileA, jobAtA}, {jobTileC, jobAtC}} {
		MOVQ(field(f[0]), reg.R8)
		ADDQ(reg.R8, field(f[1]))
	}
	DECQ(field(jobTiles))
	JNE(LabelRef(label("height", h)))
	VZEROUPPER()
	RET()
}

// panels is the loop over whole panels, so many at once.
func (t target) panels(h, panels int) {
	again, done := label("panels", h, panels), label("panels_end", h, panels)
	Label(again)
	CMPQ(field(jobLeft), Imm(uint64(panels)))
	JLT(LabelRef(done))
	if t.wide(h) {
		MOVQ(field(jobPanel), panel1)
		LEAQ(Mem{Base: panel1, Index: panel1, Scale: 2}, panel3)
	}
	t.tile(h, 2*panels, false)
	for range panels {
		ADDQ(field(jobPanel), panel)
	}
	ADDQ(U32(2*panels*t.vector), c)
	SUBQ(Imm(uint64(panels)), field(jobLeft))
	JMP(LabelRef(again))
	Label(done)
}

// wide tells whether tiles of a height are ever wider than a panel.
func (t target) wide(h int) bool { return h <= 2 }

// tails is the last panel if it isn't whole: one or two vectors, of which the last is masked.
func (t target) tails(h int) {
	two, done := label("tail", h, 2), label("tail_end", h)
	CMPQ(field(jobTail), Imm(1))
	JLT(LabelRef(done))
	MOVQ(field(jobLdbTail), ldb)
	MOVQ(field(jobBTail), panel)
	JNE(LabelRef(two))
	t.tile(h, 1, true)
	JMP(LabelRef(done))
	Label(two)
	t.tile(h, 2, true)
	Label(done)
}

// tile is h rows by so many vectors.
func (t target) tile(h, vectors int, masked bool) {
	name := []int{h, vectors}
	if masked {
		name = append(name, 0)
	}
	sums := t.regs[:h*vectors]
	MOVQ(panel, b)
	MOVQ(field(jobAtA), bases[0])
	for i := 1; 3*i < h; i++ {
		LEAQ(Mem{Base: bases[i-1], Index: rs, Scale: 2}, bases[i])
		ADDQ(rs, bases[i])
	}
	if h > 2 {
		t.prefetch(h, vectors)
	}
	for _, v := range sums {
		t.zero(v)
	}
	MOVQ(field(jobK), left)
	Label(label("k", name...))
	if vectors <= 2 {
		t.termLoaded(h, vectors, masked, sums)
	} else {
		t.termWide(h, vectors, sums)
	}
	for i := 0; 3*i < h; i++ {
		ADDQ(cs, bases[i])
	}
	DECQ(left)
	JNE(LabelRef(label("k", name...)))
	t.finish(h, vectors, masked, sums, label("store", name...))
}

// prefetch asks for the tile's part of C, which is needed when the sums are done.
func (t target) prefetch(h, vectors int) {
	MOVQ(field(jobLdc), left)
	MOVQ(c, b)
	for r := range h {
		for at := 0; at < vectors*t.vector; at += 64 {
			PREFETCHT0(Mem{Base: b, Disp: at})
		}
		if r < h-1 {
			ADDQ(left, b)
		}
	}
	MOVQ(panel, b)
}

// entry is where A has its entry of a row.
func entry(r int) Mem {
	m := Mem{Base: bases[r/3]}
	if r%3 > 0 {
		m.Index, m.Scale = rs, uint8(r%3)
	}
	return m
}

// termLoaded adds a term to each sum: the panel's row is loaded once for all rows of A.
func (t target) termLoaded(h, vectors int, masked bool, sums []reg.VecPhysical) {
	free := t.regs[len(sums):]
	if !t.avx512() {
		free = free[:len(free)-1] // the mask's
	}
	rowB, spread := free[:vectors], free[vectors:]
	for v := range vectors {
		t.load(Mem{Base: b, Disp: v * t.vector}, rowB[v], masked && v == vectors-1)
	}
	ADDQ(ldb, b)
	for r := range h {
		x := spread[r%len(spread)]
		t.broadcast(entry(r), x)
		for v := range vectors {
			t.fma(rowB[v], x, sums[r*vectors+v])
		}
	}
}

// termWide adds a term to each sum of one or two rows and several panels. With one row, what is in the
// panels is read where it is used.
func (t target) termWide(h, vectors int, sums []reg.VecPhysical) {
	free := t.regs[len(sums):]
	at := []Mem{{Base: b}, {Base: b, Index: panel1, Scale: 1}, {Base: b, Index: panel1, Scale: 2}, {Base: b, Index: panel3, Scale: 1}}
	for r := range h {
		t.broadcast(entry(r), free[r])
	}
	for v := range vectors {
		from := at[v/2]
		from.Disp = v % 2 * t.vector
		var x Op = from
		if h > 1 {
			t.load(from, free[h+v], false)
			x = free[h+v]
		}
		for r := range h {
			t.fma(x, free[r], sums[r*vectors+v])
		}
	}
	ADDQ(ldb, b)
}

// finish adds C to the sums if it is to be added to, and stores them.
func (t target) finish(h, vectors int, masked bool, sums []reg.VecPhysical, store string) {
	scratch := t.regs[len(sums)]
	MOVQ(field(jobLdc), ldc)
	each := func(do func(sum reg.VecPhysical, at Mem, masked bool)) {
		MOVQ(c, row)
		for r := range h {
			for v := range vectors {
				do(sums[r*vectors+v], Mem{Base: row, Disp: v * t.vector}, masked && v == vectors-1)
			}
			if r < h-1 {
				ADDQ(ldc, row)
			}
		}
	}
	CMPQ(field(jobAdd), Imm(0))
	JEQ(LabelRef(store))
	each(func(sum reg.VecPhysical, at Mem, masked bool) {
		if masked {
			t.load(at, scratch, true)
			t.add(scratch, sum)
		} else {
			t.add(at, sum)
		}
	})
	Label(store)
	each(t.store)
}
