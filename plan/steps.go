package plan

import (
	"unroll/graph"
	"unroll/kernel"
)

// joined is how many of the operations that a scan's step begins with are one program: where a shard has
// one series, products that are small enough are among them. Elsewhere, and where several steps are done at
// once, it is none.
func (b *Bound[T]) joined(s *shard[T], g *group, ops []stepOp) int {
	if b.plan.l.without["steps"] || s.rows != 1 || g.scope < graph.Steps || g.dir == graph.Flat || g.dilated() {
		return 0
	}
	n := 0
	for n < len(ops) && !ops[n].early && (ops[n].task == nil || b.instructs(ops[n].task)) {
		n++
	}
	return n
}

// instructs tells whether a task can be an operation of a program for one row.
func (b *Bound[T]) instructs(t *task) bool {
	return t.way == linear && t.in[0].v.hold != shared && t.out.hold != shared && kernel.Instructs(t.dims.C, t.dims.R)
}

// product is a small product as an operation: segment 2 is the packed weights.
func (p *placer[T]) product(t *task) kernel.Instr {
	pn := p.b.panelOf(t)
	in := kernel.Instr{Code: kernel.MatVec, Width: pn.n, Terms: pn.k, Dst: p.operand(ref{v: t.out}), A: p.operand(t.in[0])}
	in.B = kernel.Operand{Class: p.class(kernel.Class{Seg: 2}), Off: pn.at}
	if t.add {
		in.Code = kernel.MatVecAdd
	}
	return in
}
