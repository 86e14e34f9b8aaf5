package plan

import (
	"math/big"

	"unroll/graph"
	"unroll/kernel"
)

// complements makes y·(1-y) and (1+y)·(1-y), which the derivatives of sigmoid and tanh are made of, one operation:
// y - y·y and 1 - y·y, rounded once.
func complements(code []instr) []instr {
	reads, writer := map[*value]int{}, map[*value]int{}
	for i := range code {
		for _, r := range code[i].args() {
			if r.v != nil {
				reads[r.v]++
			}
		}
		writer[code[i].dst.v] = i
	}
	// made is the operation with 1 that alone makes r for its one reader.
	made := func(r ref, want kernel.Code, before int) (y ref, ok bool) {
		i, found := writer[r.v]
		if !local(r) || reads[r.v] != 1 || !found || i >= before || code[i].code != want || changed(code, i, before) {
			return ref{}, false
		}
		switch a, b := code[i].a, code[i].b; {
		case isOne(a):
			return b, true
		case isOne(b) && want == kernel.Add:
			return a, true
		}
		return ref{}, false
	}
	for i := range code {
		in := &code[i]
		if in.code != kernel.Mul {
			continue
		}
		for _, way := range [][2]ref{{in.a, in.b}, {in.b, in.a}} {
			y, ok := made(way[1], kernel.Sub, i)
			if !ok {
				continue
			}
			if way[0] == y {
				in.code, in.a, in.b, in.c = kernel.NegMulAdd, y, y, y
				break
			}
			if z, ok := made(way[0], kernel.Add, i); ok && z == y {
				one := code[writer[way[1].v]].a
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

// unread drops what a program computes for itself and doesn't read.
func unread(code []instr) []instr {
	reads := map[*value]int{}
	for i := range code {
		for _, r := range code[i].args() {
			if r.v != nil {
				reads[r.v]++
			}
		}
	}
	var out []instr
	for _, in := range code {
		if !local(in.dst) || reads[in.dst.v] > 0 {
			out = append(out, in)
		}
	}
	return out
}
