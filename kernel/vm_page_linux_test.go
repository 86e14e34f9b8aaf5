package kernel

import "testing"

// TestProgramPageEnds faults if an operation reads or writes beyond an array's padded end.
func TestProgramPageEnds(t *testing.T) {
	for _, f := range Families() {
		testProgramPageEnds[float32](t, f)
		testProgramPageEnds[float64](t, f)
	}
}

func testProgramPageEnds[T Real](t *testing.T, f Family) {
	const most = 40 * 11
	lanes := Lanes[T]()
	var pages [4][]T
	for i := range pages {
		pages[i] = atPageEnd[T](t, roundUp(most, lanes))
	}
	for c := range MatVec {
		for width := 1; width <= 40; width++ {
			for _, rows := range []int{1, 2, 11} {
				in := Instr{Code: c, Width: width, A: Operand{Class: 1}, B: Operand{Class: 2}, C: Operand{Class: 3}}
				segments := make([][]T, 4)
				for i := range in.operands() {
					// Arrays of single entries a row are padded too.
					n := roundUp(rows*in.width(i), lanes)
					segments[i] = pages[i][len(pages[i])-n:]
				}
				For[T](f).Program([]Instr{in}, []Class{{}, {Seg: 1}, {Seg: 2}, {Seg: 3}}).Bind(segments...).Run(0, 0, rows)
			}
		}
	}
}
