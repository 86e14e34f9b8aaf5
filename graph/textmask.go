package graph

import (
	"unroll/lang"
	"unroll/op"
)

// mask is 1 or 0 by the time, or by what the data has.
func (w *writer) mask(n *Node) lang.Expr {
	s := n.Mask
	t := &lang.Name{Name: "t"}
	switch s.Kind {
	case Inside:
		if s.K < 0 {
			return binary("<=", timeExpr(s.K), call("last", t))
		}
		return binary(">=", timeExpr(s.K), whole(w.g.T0))
	case Observed:
		x := lang.Expr(&lang.Name{Name: s.Inputs[0]})
		if s.K != 0 {
			x = timeIndex(x, s.K, s.K, false)
			w.reach = max(w.reach, s.K)
		}
		return call("observed", x)
	case Past:
		w.fail("which times are still to come can't be written: the data says it")
		return whole(1)
	}
	return w.edge(n)
}

// edge is the first or the last time that counts: of t itself, left out where the data is missing.
func (w *writer) edge(n *Node) lang.Expr {
	s := n.Mask
	t := &lang.Name{Name: "t"}
	if s.Kind == First && s.Steps && len(s.Inputs) == 0 {
		return binary("==", t, whole(w.g.T0))
	}
	x := lang.Expr(t)
	for _, name := range s.Inputs {
		x = binary("+", x, binary("*", whole(0), w.numberOf(name)))
	}
	if s.Steps && len(s.Inputs) > 0 { // the last time of all is the last step
		x = binary("+", x, binary("*", whole(0), w.steps()))
	}
	switch {
	case s.Kind == First:
		return binary("==", t, call("first", x))
	case s.Cut == nil:
		return binary("==", t, call("last", x))
	case len(s.Inputs) == 0:
		return binary("==", t, call("min", whole(*s.Cut), call("last", x)))
	}
	return binary("==", t, w.lastUpTo(s))
}

// numberOf is an input, or a number made of it, that is missing where the input is.
func (w *writer) numberOf(name string) lang.Expr {
	if w.inputShape(name) != op.Scalar {
		return call("sum", &lang.Name{Name: name})
	}
	return &lang.Name{Name: name}
}

// most is how many times are looked at one by one for the last that is observed.
const most = 1000

// lastUpTo is the last time up to a cut at which the inputs are there: the largest of the times,
// each times whether it counts.
func (w *writer) lastUpTo(s MaskSpec) lang.Expr {
	if *s.Cut >= most {
		w.fail("the last value up to t = %d can't be written: that is a list of more than %d times", *s.Cut, most)
		return whole(0)
	}
	list := &lang.Call{Fn: "concat", Text: "concat"}
	for k := range *s.Cut + 1 {
		x := whole(k)
		for _, name := range s.Inputs {
			x = binary("+", x, binary("*", whole(0), w.numberOf(name)))
		}
		at := binary("==", &lang.Name{Name: "t"}, whole(k))
		list.Args = append(list.Args, call("total", binary("*", at, x)))
	}
	if len(list.Args) == 1 {
		return list.Args[0]
	}
	return call("max", list)
}

func (w *writer) inputShape(name string) op.Shape {
	for _, in := range w.g.Inputs {
		if in.Name == name {
			return in.Shape
		}
	}
	return op.Scalar
}

// steps is a lag of a series of its own: what holds it has values at the steps only.
func (w *writer) steps() lang.Expr {
	if w.step == "" {
		w.step = "step"
		for w.taken[w.step] {
			w.step += "_"
		}
		w.taken[w.step] = true
		w.eqs = append(w.eqs, &lang.Equation{Left: []lang.Target{{Name: w.step, Shape: w.shape(op.Scalar)}}, X: &lang.Name{Name: "t"}})
		w.state(w.step, whole(0))
	}
	return timeIndex(&lang.Name{Name: w.step}, 1, 1, false)
}

// total of what runs over the steps is written so that the language sums over the steps as well:
// an expression of data now and t alone would be summed over all its times.
func (w *writer) total(n *Node) lang.Expr {
	a := n.Args[0]
	x := w.expr(a)
	if a.Scope == Times || w.stepsAreTimes() || !w.overTime(a, map[*Node]bool{}) || !w.ofDataNow(a, map[*Node]bool{}) {
		return call("total", x)
	}
	return call("total", binary("+", x, binary("*", whole(0), w.steps())))
}

// stepsAreTimes tells whether there is nothing to leave out of a sum over all times.
func (w *writer) stepsAreTimes() bool {
	for _, in := range w.g.Inputs {
		if in.Missing {
			return false
		}
	}
	return w.g.T0 == 0
}

// overTime tells whether a time or data stands anywhere in a node: what is made of constants alone
// is summed over the steps anyway.
func (w *writer) overTime(n *Node, seen map[*Node]bool) bool {
	if seen[n] {
		return false
	}
	seen[n] = true
	if n.Kind == Time || n.Kind == Input || n.Kind == Mask && (n.Mask.Kind != Inside || n.Mask.K != 0) {
		return true
	}
	for _, a := range n.Args {
		if w.overTime(a, seen) {
			return true
		}
	}
	return false
}

// ofDataNow tells whether a node is made of data now, t and constants, all the way down.
func (w *writer) ofDataNow(n *Node, seen map[*Node]bool) bool {
	if seen[n] {
		return false
	}
	seen[n] = true
	defer delete(seen, n)
	switch n.Kind {
	case Shift, Window, Fold, Draw:
		return false
	case Mask:
		return n.Mask.Kind != Observed || n.Mask.K == 0
	}
	if n.Scope < Steps {
		return true
	}
	for _, a := range n.Args {
		if !w.ofDataNow(a, seen) {
			return false
		}
	}
	return true
}
