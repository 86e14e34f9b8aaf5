package graph

import (
	"fmt"
	"math/big"

	"unroll/lang"
	"unroll/op"
)

func (m *Maker) row(name string, args int) *op.Row {
	r := m.Table.Lookup(name, args)
	if r == nil {
		panic(fmt.Sprintf("op: no row %s of %d arguments", name, args))
	}
	return r
}

// Row is an operation of the table on nodes. A row that has only a body is written out. A product
// with a number is entry by entry.
func (m *Maker) Row(name string, args ...*Node) *Node {
	if name == "*" && (args[0].Shape == op.Scalar || args[1].Shape == op.Scalar) {
		name = ".*"
	}
	return m.apply(m.row(name, len(args)), args)
}

func (m *Maker) apply(r *op.Row, args []*Node) *Node {
	if !valued(r) {
		bind := map[string]*Node{}
		for i, a := range r.Args {
			bind[a] = args[i]
		}
		return m.Rule(r.Name, r.Body, bind)
	}
	s, err := r.Shape(shapesOf(args), wholesOf(args))
	if err != nil {
		if m.made.err == nil {
			m.made.err = err
		}
		s = op.Scalar
	}
	n := &Node{Kind: Row, Row: r, Args: args, Scope: m.scope(args), Shape: s}
	if simple := m.simplify(n); simple != nil {
		return simple
	}
	return m.Add(n)
}

// Err is the first shape error since it was last asked for.
func (m *Maker) Err() error {
	err := m.made.err
	m.made.err = nil
	return err
}

func shapesOf(args []*Node) []op.Shape {
	var out []op.Shape
	for _, a := range args {
		out = append(out, a.Shape)
	}
	return out
}

// wholesOf are the values of those arguments that are whole constants, -1 for the rest.
func wholesOf(args []*Node) []int {
	var out []int
	for _, a := range args {
		n := -1
		if a.Kind == Const && a.Shape == op.Scalar && smallWhole(a.Value[0]) {
			n = int(a.Value[0].Num().Int64())
		}
		out = append(out, n)
	}
	return out
}

// scope of a row: the widest of its arguments; over time, the maker's times.
func (m *Maker) scope(args []*Node) Scope {
	widest := Global
	for _, a := range args {
		widest = max(widest, a.Scope)
	}
	if widest >= Steps {
		return m.Over
	}
	return widest
}

// Rule builds a formula of the table for the nodes that its names stand for.
func (m *Maker) Rule(name, formula string, bind map[string]*Node) *Node {
	lets, result := parseBody(name, formula)
	names := map[string]*Node{}
	for k, v := range bind {
		names[k] = v
	}
	for _, l := range lets {
		names[l.Left[0].Name] = m.formula(name, l.X, names)
	}
	return m.formula(name, result, names)
}

func (m *Maker) formula(rule string, e lang.Expr, names map[string]*Node) *Node {
	sub := func(x lang.Expr) *Node { return m.formula(rule, x, names) }
	switch e := e.(type) {
	case *lang.Num:
		return m.Number(e.Val)
	case *lang.Name:
		if n := names[e.Name]; n != nil {
			return n
		}
	case *lang.Paren:
		return sub(e.X)
	case *lang.Unary:
		return m.Row("neg", sub(e.X))
	case *lang.Transpose:
		return m.Row("'", sub(e.X))
	case *lang.Binary:
		return m.binaryRule(e.Op, sub(e.X), sub(e.Y))
	case *lang.Call:
		var args []*Node
		for _, a := range e.Args {
			args = append(args, sub(a))
		}
		return m.callRule(e.Fn, args)
	}
	panic(fmt.Sprintf("op: formula of %s: can't read %s", rule, lang.PrintExpr(e)))
}

func (m *Maker) binaryRule(name string, x, y *Node) *Node {
	if name == "^" && isWholePower(y) {
		name = "power"
	}
	return m.Row(name, x, y)
}

// isWholePower tells whether an exponent is a constant whole number that isn't negative.
func isWholePower(n *Node) bool {
	return n.Kind == Const && n.Shape == op.Scalar && smallWhole(n.Value[0])
}

func (m *Maker) callRule(name string, args []*Node) *Node {
	switch {
	case contains([]string{"rows", "cols", "len"}, name):
		return m.Int(lengthOf(name, args[0].Shape))
	case name == "fill" && len(args) == 2:
		args = append(args, m.Int(1))
	}
	for contains(chained, name) && len(args) > 2 {
		args = append([]*Node{m.Row(name, args[0], args[1])}, args[2:]...)
	}
	return m.Row(name, args...)
}

// simplify gives a simpler node of the same value, or nil.
func (m *Maker) simplify(n *Node) *Node {
	if c := m.fold(n); c != nil {
		return c
	}
	a := n.Args[0]
	var b *Node
	if len(n.Args) > 1 {
		b = n.Args[1]
	}
	same := func(x *Node) bool { return x.Shape == n.Shape }
	switch n.Row.Name {
	case "+":
		if isZero(a) && same(b) {
			return b
		}
		if isZero(b) && same(a) {
			return a
		}
	case "-":
		if isZero(b) && same(a) {
			return a
		}
		if isZero(a) && same(b) {
			return m.Row("neg", b)
		}
	case ".*":
		return m.simplifyTimes(n, a, b)
	case "/":
		if isOne(b) && same(a) {
			return a
		}
	case "neg":
		if a.Kind == Row && a.Row.Name == "neg" {
			return a.Args[0]
		}
	default:
		return m.simplifyShape(n, a, b)
	}
	return nil
}

func (m *Maker) simplifyTimes(n, a, b *Node) *Node {
	switch {
	case isOne(a) && b.Shape == n.Shape:
		return b
	case isOne(b) && a.Shape == n.Shape:
		return a
	case b.Kind == Const && a.Kind != Const && b.Shape == op.Scalar:
		return m.Row(".*", b, a) // numbers stand in front
	}
	return nil
}

func (m *Maker) simplifyShape(n, a, b *Node) *Node {
	switch n.Row.Name {
	case "power":
		if isOne(b) {
			return a
		}
	case "'":
		if a.Shape == op.Scalar {
			return a
		}
		if a.Kind == Row && a.Row.Name == "'" {
			return a.Args[0]
		}
	case "sum":
		if a.Shape == op.Scalar {
			return a
		}
	case "spread":
		if a.Shape == n.Shape {
			return a
		}
	case "slice", "place", "fill":
		if a.Shape == n.Shape {
			return a
		}
	case "where":
		c := n.Args[2]
		switch {
		case b == c && b.Shape == n.Shape:
			return b
		case isOne(a) && b.Shape == n.Shape:
			return b
		case isZero(a) && c.Shape == n.Shape:
			return c
		}
	}
	return nil
}

// foldable is the largest constant that is computed while building.
const foldable = 4096

// fold computes a row of exact constants.
func (m *Maker) fold(n *Node) *Node {
	if n.Row.Exact == nil && n.Row.Terms == nil || n.Shape.Len() > foldable || len(n.Args) == 0 {
		return nil
	}
	var in []op.RatArray
	for _, a := range n.Args {
		if a.Kind != Const {
			return nil
		}
		in = append(in, op.RatArray{Shape: a.Shape, Data: a.Value})
	}
	out := n.Row.Rational(n.Shape, in)
	for _, v := range out {
		if v == nil || v.Num().BitLen()+v.Denom().BitLen() > 4096 {
			return nil
		}
	}
	return m.Array(n.Shape, append([]*big.Rat{}, out...))
}
