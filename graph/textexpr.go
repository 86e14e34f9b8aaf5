package graph

import (
	"fmt"
	"math/big"

	"unroll/lang"
	"unroll/op"
)

// expr is a node as it stands in an expression: by its name if it has one.
func (w *writer) expr(n *Node) lang.Expr {
	if name := w.names[n]; name != "" {
		return &lang.Name{Name: name}
	}
	return w.inner(n)
}

// inner is a node written out.
func (w *writer) inner(n *Node) lang.Expr {
	switch n.Kind {
	case Const:
		return constExpr(n)
	case Input:
		return &lang.Name{Name: n.Name}
	case Time:
		return &lang.Name{Name: "t"}
	case Mask:
		return w.mask(n)
	case Row:
		return w.row(n)
	case Shift:
		return w.lag(n.Args[0], n.K, n.K, false)
	case Window:
		return w.lag(n.Args[0], n.P, n.Q, true)
	case Fold:
		return call("unwindow", w.lag(n.Args[0], -n.Q, -n.P, true))
	case Total:
		return w.total(n)
	case Pooled:
		return call("pooled", w.expr(n.Args[0]))
	}
	w.fail("%s can't be written here", n)
	return whole(0)
}

func (w *writer) fail(format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf(format, args...)
	}
}

func call(fn string, args ...lang.Expr) lang.Expr { return &lang.Call{Fn: fn, Text: fn, Args: args} }

func binary(op string, x, y lang.Expr) lang.Expr {
	return &lang.Binary{Op: op, Text: op, X: x, Y: y}
}

// constExpr is a literal: a number, a column, or rows; an array of one number by fill.
func constExpr(n *Node) lang.Expr {
	if n.Shape == op.Scalar {
		return ratExpr(n.Value[0])
	}
	same := true
	for _, v := range n.Value {
		same = same && v.Cmp(n.Value[0]) == 0
	}
	if same {
		if n.Shape.C == 1 {
			return call("fill", ratExpr(n.Value[0]), whole(n.Shape.R))
		}
		return call("fill", ratExpr(n.Value[0]), whole(n.Shape.R), whole(n.Shape.C))
	}
	out := &lang.List{}
	for i := range n.Shape.R {
		row := &lang.List{}
		for j := range n.Shape.C {
			row.Items = append(row.Items, ratExpr(n.Value[i*n.Shape.C+j]))
		}
		if n.Shape.C == 1 {
			out.Items = append(out.Items, row.Items[0])
		} else {
			out.Items = append(out.Items, row)
		}
	}
	return out
}

// row writes an operation by its sign, or as a call.
func (w *writer) row(n *Node) lang.Expr {
	if lag := w.statedLag(n); lag != nil {
		return timeIndex(w.expr(lag.Args[0]), lag.K, lag.K, false)
	}
	args := make([]lang.Expr, len(n.Args))
	for i, a := range n.Args {
		args[i] = w.expr(a)
	}
	switch {
	case n.Row.Name == "neg":
		return &lang.Unary{Text: "-", X: args[0]}
	case n.Row.Name == "'":
		return &lang.Transpose{Text: "'", X: args[0]}
	case n.Row.Name == ".*" && (n.Args[0].Shape == op.Scalar || n.Args[1].Shape == op.Scalar):
		return binary("*", args[0], args[1])
	case n.Row.Name == "is_index":
		return call("onehot", args[1], args[2])
	case n.Row.Sign != "" && len(args) == 2:
		return binary(n.Row.Sign, args[0], args[1])
	}
	return call(n.Row.Name, args...)
}

// timeIndex is name[t-p], or name[t-p : t-q].
func timeIndex(x lang.Expr, p, q int, window bool) lang.Expr {
	r := lang.Range{Lo: timeExpr(p)}
	if window {
		r.Hi = timeExpr(q)
	}
	return &lang.Index{X: x, Items: []lang.Range{r}}
}

func timeExpr(k int) lang.Expr {
	t := &lang.Name{Name: "t"}
	switch {
	case k > 0:
		return binary("-", t, whole(k))
	case k < 0:
		return binary("+", t, whole(-k))
	}
	return t
}

// lag is a shift or window that is 0 outside: of a series whose state is 0. What has no name, and
// what has another start, is given an equation that has.
func (w *writer) lag(a *Node, p, q int, window bool) lang.Expr {
	if a.Kind == Input {
		return w.inputLag(a, p, q, window)
	}
	name := w.names[a]
	start, stated := w.starts[a]
	if name == "" || stated && !start.IsZero() {
		name = w.alias(a, name)
	} else if !stated {
		w.starts[a] = &Node{Kind: Const, Shape: op.Scalar, Value: []*big.Rat{zero}}
		w.state(name, whole(0))
	}
	return timeIndex(&lang.Name{Name: name}, p, q, window)
}

// inputLag reads data at another time. A lag of an input without state delays the first step: where
// it may not, the data is read by a series of which the state is the data itself.
func (w *writer) inputLag(a *Node, p, q int, window bool) lang.Expr {
	if _, stated := w.starts[a]; stated || p <= w.g.T0 && q >= 0 || q < 0 && w.known(a.Name) {
		return timeIndex(&lang.Name{Name: a.Name}, p, q, window)
	}
	name := w.aliasOf(a, a.Name, &lang.Name{Name: a.Name})
	return timeIndex(&lang.Name{Name: name}, p, q, window)
}

func (w *writer) known(name string) bool {
	for _, in := range w.g.Inputs {
		if in.Name == name {
			return in.Known
		}
	}
	return false
}

// alias gives a node a second equation, with the state 0.
func (w *writer) alias(a *Node, name string) string {
	if name == "" {
		name = w.letter()
	}
	return w.aliasOf(a, name, whole(0))
}

func (w *writer) aliasOf(a *Node, base string, start lang.Expr) string {
	if w.aliases == nil {
		w.aliases = map[*Node]string{}
	}
	if name, ok := w.aliases[a]; ok {
		return name
	}
	name := base
	for w.taken[name] {
		name += "_"
	}
	w.taken[name] = true
	w.aliases[a] = name
	x := w.expr(a)
	w.eqs = append(w.eqs, &lang.Equation{Left: []lang.Target{{Name: name, Shape: w.shape(a.Shape)}}, X: x})
	w.state(name, start)
	return name
}

// mask is 1 or 0 by the time, or by what the data has.
func (w *writer) mask(n *Node) lang.Expr {
	s := n.Mask
	t := &lang.Name{Name: "t"}
	switch s.Kind {
	case Inside:
		switch {
		case s.K > 0:
			return binary(">=", timeExpr(s.K), whole(w.g.T0))
		case s.K < 0:
			return binary("<=", timeExpr(s.K), call("last", t))
		}
		return whole(1)
	case Observed:
		x := lang.Expr(&lang.Name{Name: s.Inputs[0]})
		if s.K != 0 {
			x = timeIndex(x, s.K, s.K, false)
		}
		return call("observed", x)
	}
	return w.edge(n)
}

// edge is the first or the last time that counts: of t itself, left out where the data is missing.
func (w *writer) edge(n *Node) lang.Expr {
	s := n.Mask
	t := &lang.Name{Name: "t"}
	x := lang.Expr(t)
	for _, name := range s.Inputs {
		in := lang.Expr(&lang.Name{Name: name})
		if w.inputShape(name) != op.Scalar {
			in = call("sum", in)
		}
		x = binary("+", x, binary("*", whole(0), in))
	}
	if s.Steps {
		x = binary("+", x, binary("*", whole(0), w.steps()))
	}
	fn := "first"
	if s.Kind == Last {
		fn = "last"
		if s.Cut != nil {
			w.fail("the last value up to a time can't be written in the language yet")
		}
	}
	return binary("==", t, call(fn, x))
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
	if a.Scope == Times || !w.ofDataNow(a, map[*Node]bool{}) {
		return call("total", x)
	}
	return call("total", binary("+", x, binary("*", whole(0), w.steps())))
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
