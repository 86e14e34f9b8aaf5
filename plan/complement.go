package plan

import (
	"math/big"

	"unroll/graph"
	"unroll/kernel"
)

// complements makes y·(1-y) and (1+y)·(1-y), which the derivatives of sigmoid and tanh are made of, one operation:
// y - y·y and 1 - y·y, rounded once.
func complements(code []instr) []instr {
	x := readingOf(code)
	for i := range code {
		in := &code[i]
		if in.code != kernel.Mul {
			continue
		}
		for _, way := range [][2]ref{{in.a, in.b}, {in.b, in.a}} {
			less := x.sole(way[1], kernel.Sub, i) // 1 - y
			if less == nil || !isOne(less.a) {
				continue
			}
			y, one := less.b, less.a
			if way[0] == y {
				in.code, in.a, in.b, in.c = kernel.NegMulAdd, y, y, y
				break
			}
			if more := x.sole(way[0], kernel.Add, i); more != nil && (isOne(more.a) && more.b == y || isOne(more.b) && more.a == y) {
				in.code, in.a, in.b, in.c = kernel.NegMulAdd, y, y, one
				break
			}
		}
	}
	return unread(code)
}

// isOne tells whether a value is the number 1.
func isOne(r ref) bool {
	n := r.v.node
	return n != nil && n.Kind == graph.Const && n.Shape.Len() == 1 && n.Value[0].Cmp(big.NewRat(1, 1)) == 0
}
