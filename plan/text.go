package plan

import (
	"fmt"
	"strings"
)

// String is the plan as a person reads it: its loops in the order of the run, and what a step of each does.
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

func (r ref) String() string {
	if r.v == nil {
		return ""
	}
	name := fmt.Sprintf("v%d", r.v.id)
	if r.v.hold == temp {
		name = fmt.Sprintf("r%d", r.v.id)
	}
	if r.lag != 0 {
		name += fmt.Sprintf("[%+d]", -r.lag)
	}
	return name
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

func (t *task) String() string {
	text := fmt.Sprintf("%s = %s of", ref{v: t.out}, t.way)
	for _, r := range t.in {
		text += " " + r.String()
	}
	return text
}
