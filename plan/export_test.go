package plan

import (
	"fmt"
	"strings"

	"unroll/graph"
)

// Ahead counts what loops do before their scans, and Strips the programs that are run for many times at once.
func (b *Bound[T]) Ahead() int {
	n := 0
	b.eachLoop(func(lp *loop[T]) { n += len(lp.ahead) })
	return n
}

func (b *Bound[T]) Strips() int {
	n := 0
	b.eachLoop(func(lp *loop[T]) {
		for _, a := range append(lp.ahead, lp.actions...) {
			if _, ok := a.(*strip[T]); ok {
				n++
			}
		}
	})
	return n
}

// Scans counts the scans, and the parts of their steps.
func (b *Bound[T]) Scans() (scans, parts int) {
	b.eachLoop(func(lp *loop[T]) {
		if lp.dir != graph.Flat {
			scans++
			parts += len(lp.actions)
		}
	})
	return scans, parts
}

func (b *Bound[T]) eachLoop(visit func(lp *loop[T])) {
	for _, ph := range b.phases {
		for _, loops := range ph.shards {
			for _, lp := range loops {
				visit(lp)
			}
		}
	}
}

// Jump is the most steps that a scan does at once.
func (b *Bound[T]) Jump() int {
	n := 0
	b.eachLoop(func(lp *loop[T]) { n = max(n, lp.jump) })
	return n
}

// InSegments are options with stretches of a few times, so that short series have several.
func (o Options) InSegments(times int) Options {
	o.segment = times
	return o
}

// String is the plan as tests read it: its loops in the order of the run, and what a step of each does.
func (p *Plan[T]) String() string {
	var b strings.Builder
	for _, g := range p.l.groups {
		fmt.Fprintf(&b, "loop %d: %s, %s, phase %d\n", g.place, g.scope, g.dir, g.phase)
		for _, op := range g.ops {
			if op.task != nil {
				fmt.Fprintf(&b, "  %s\n", op.task)
				continue
			}
			if op.early {
				fmt.Fprintf(&b, "  before the scan, where rows are narrow\n")
			}
			for _, in := range op.program {
				fmt.Fprintf(&b, "    %s\n", in)
			}
		}
	}
	return b.String()
}

func (in instr) String() string {
	text := fmt.Sprintf("%s = %s", in.dst, in.code)
	for _, r := range []ref{in.a, in.b, in.c} {
		if r.v != nil {
			text += " " + r.String()
		}
	}
	return fmt.Sprintf("%s (%d)", text, in.width)
}
