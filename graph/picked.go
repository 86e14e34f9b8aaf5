package graph

import "unroll/op"

// pickShape: components of a vector, or of a matrix.
func (in *inference) pickShape(e *expr, s shape) {
	a := in.infer(e.args[0])
	for _, k := range e.pick {
		if k.at != nil {
			in.number(k.at, "an index")
		}
	}
	in.wait(relation{e: e, step: func() bool {
		if a.isKnown() {
			in.inRange(e, a.fixed())
		}
		return a.isKnown()
	}, force: noForce})
	if len(e.pick) == 2 {
		in.meet(e, s.r, known(e.pick[0].width(), "the slice", e.at))
		in.meet(e, s.c, known(e.pick[1].width(), "the slice", e.at))
		return
	}
	in.wait(relation{e: e, step: func() bool {
		width := known(e.pick[0].width(), "the slice", e.at)
		switch {
		case a.c.value() == 0:
			return false
		case a.c.value() > 1 && a.r.value() == 1: // a row: its entries
			in.join(s, shape{one(), width})
		case a.c.value() > 1 && a.r.value() == 0:
			return false
		default:
			in.join(s, shape{width, a.c})
		}
		return true
	}, force: in.toColumn(a)})
}

// inRange reports an index beyond what there is.
func (in *inference) inRange(e *expr, a op.Shape) {
	sides := []int{a.R, a.C}
	if len(e.pick) == 1 && a.R == 1 {
		sides = []int{a.C}
	}
	for i, k := range e.pick {
		switch n := sides[i]; {
		case a == op.Scalar && (k.at != nil || k.hi > 0):
			in.p.errorf(e.at, "%s is a number, and has no components; leave out the bracket, or write a time as in [t-1]", e.args[0].text())
			return
		case k.at == nil && k.hi >= n:
			in.p.errorf(e.at, "index %d is outside: %s is %s; components are counted from 0 to %d", k.hi, e.args[0].text(), a, n-1)
		}
	}
}

func (s span) width() int { return s.hi - s.lo + 1 }

// toColumn decides that something of which rows or entries are taken is a column.
func (in *inference) toColumn(a shape) func(int) bool {
	return func(stage int) bool {
		if stage != columns || a.c.value() != 0 {
			return false
		}
		a.c.join(one())
		return true
	}
}
