package plan

import (
	"slices"

	"unroll/kernel"
)

// closer moves what repeats a number over a row from one program of a step to a later one, if that alone reads it:
// it needn't be kept in between then.
func (g *group) closer() {
	for i := range g.ops {
		if g.ops[i].early {
			continue
		}
		for _, in := range slices.Clone(g.ops[i].program) {
			if in.code != kernel.Spread {
				continue
			}
			if to := g.onlyReader(i, in); to > i {
				op := &g.ops[i]
				op.program = slices.DeleteFunc(slices.Clone(op.program), func(x instr) bool { return x == in })
				g.ops[to].program = append([]instr{in}, g.ops[to].program...)
			}
		}
	}
	g.ops = slices.DeleteFunc(g.ops, func(op stepOp) bool { return op.task == nil && len(op.program) == 0 })
}

// onlyReader is the one later program of a step that reads what an operation of program i makes, -1 if there is no such, or
// what the operation reads is written before.
func (g *group) onlyReader(i int, in instr) int {
	at := -1
	for j, op := range g.ops {
		reads := op.task != nil && slices.ContainsFunc(op.task.in, func(r ref) bool { return r.v == in.dst.v })
		if reads {
			return -1
		}
		for k := range op.program {
			x := &op.program[k]
			reads = reads || slices.ContainsFunc(x.args(), func(r *ref) bool { return r.v == in.dst.v })
			if x.dst.v == in.dst.v && *x != in {
				return -1
			}
		}
		switch {
		case reads && (at >= 0 || j <= i):
			return -1
		case reads:
			at = j
		}
	}
	for j := i; j <= at; j++ {
		if op := g.ops[j]; op.task != nil && op.task.out == in.a.v || slices.ContainsFunc(op.program, func(x instr) bool { return x.dst.v == in.a.v }) {
			return -1
		}
	}
	return at
}
