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
	if n.sameNumber() {
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
	case n.Row.Name == "slice":
		return w.slice(n, args[0])
	case n.Row.Name == "is_index":
		return call("onehot", args[1], args[2])
	case n.Row.Sign != "" && len(args) == 2:
		return binary(n.Row.Sign, args[0], args[1])
	}
	return call(n.Row.Name, args...)
}

// slice is written in brackets behind a name: h[0:1], A[2, 0:3].
func (w *writer) slice(n *Node, x lang.Expr) lang.Expr {
	if _, ok := x.(*lang.Name); !ok {
		x = &lang.Paren{X: x}
	}
	at := wholesOf(n.Args)
	span := func(from, count int) lang.Range {
		r := lang.Range{Lo: whole(from)}
		if count > 1 {
			r.Hi = whole(from + count - 1)
		}
		return r
	}
	out := &lang.Index{X: x, Items: []lang.Range{span(at[1], at[2])}}
	if n.Args[0].Shape.C > 1 {
		out.Items = append(out.Items, span(at[3], at[4]))
	}
	return out
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
	if a.Scope == Times {
		return timeIndex(&lang.Name{Name: w.aliasOf(a, w.letter(), w.expr(outside(a)))}, p, q, window)
	}
	if name == "" || stated && !start.IsZero() {
		name = w.alias(a, name)
	} else if !stated {
		w.starts[a] = &Node{Kind: Const, Shape: op.Scalar, Value: []*big.Rat{zero}}
	}
	return timeIndex(&lang.Name{Name: name}, p, q, window)
}

// inputLag reads data at another time. A lag of an input without state delays the first step: where
// it may not, the data is read by a series of which the state is the data itself.
func (w *writer) inputLag(a *Node, p, q int, window bool) lang.Expr {
	if _, stated := w.starts[a]; !stated && p <= w.g.T0 {
		w.reach = max(w.reach, p)
	}
	if _, stated := w.starts[a]; stated || p <= w.g.T0 && q >= 0 || q < 0 && w.known(a.Name) {
		return timeIndex(&lang.Name{Name: a.Name}, p, q, window)
	}
	name := w.aliasOf(a, a.Name, &lang.Name{Name: a.Name})
	return timeIndex(&lang.Name{Name: name}, p, q, window)
}

// outside is what a node of all times is before the first step: what has values at the steps only
// is 0 there.
func outside(n *Node) *Node {
	if n.Scope == Steps {
		return &Node{Kind: Const, Shape: n.Shape, Value: zeros(n.Shape)}
	}
	if n.Kind != Row {
		return n
	}
	out := *n
	out.Args = nil
	for _, a := range n.Args {
		out.Args = append(out.Args, outside(a))
	}
	return &out
}

func zeros(s op.Shape) []*big.Rat {
	all := make([]*big.Rat, s.Len())
	for i := range all {
		all[i] = zero
	}
	return all
}

// firstStep writes an equation that reads as far back as the graph's first step asks, if no other
// does: what read that far may have come to nothing, and the first step must stay.
func (w *writer) firstStep() {
	if w.reach >= w.g.T0 {
		return
	}
	for _, in := range w.g.Inputs {
		if !in.PerSeries && !w.stated(in.Name) {
			x := call("observed", timeIndex(&lang.Name{Name: in.Name}, w.g.T0, w.g.T0, false))
			w.eqs = append(w.eqs, &lang.Equation{Left: []lang.Target{{Name: w.letter(), Shape: w.shape(in.Shape)}}, X: x})
			return
		}
	}
}

func (w *writer) stated(input string) bool {
	for _, s := range w.g.States {
		if s.Node.Kind == Input && s.Node.Name == input {
			return true
		}
	}
	return false
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
