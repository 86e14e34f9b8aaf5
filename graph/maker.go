package graph

import (
	"fmt"
	"math/big"
	"strings"

	"unroll/lang"
	"unroll/op"
)

// Maker makes nodes. Nodes that are the same are made once, and what is known to be simpler is made
// simpler: so builders and derivatives needn't care.
type Maker struct {
	Table *op.Table
	Over  Scope // the times that rows run over where an argument has a value at each time: Steps or Times

	made *made
}

// made is what makers of one graph share.
type made struct {
	nodes []*Node
	by    map[string]*Node
	err   error // the first shape error, for the builder to report
}

// NewMaker begins a graph's nodes. Without a table it takes the standard one.
func NewMaker(table *op.Table) *Maker {
	if table == nil {
		table = op.Standard()
	}
	return &Maker{Table: table, Over: Steps, made: &made{by: map[string]*Node{}}}
}

// Continue makes a maker that adds to a graph.
func Continue(g *Graph, table *op.Table) *Maker {
	m := NewMaker(table)
	for _, n := range g.Nodes {
		m.made.nodes = append(m.made.nodes, n)
		if n.Kind != Name {
			m.made.by[n.key()] = n
		}
	}
	return m
}

// In is a maker of the same graph whose rows run over other times.
func (m *Maker) In(over Scope) *Maker {
	return &Maker{Table: m.Table, Over: over, made: m.made}
}

// Nodes are all nodes made so far, in the order in which they were made.
func (m *Maker) Nodes() []*Node { return m.made.nodes }

// key tells nodes apart that have the same meaning from those that don't.
func (n *Node) key() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %d %v %s %d %d %d", n.Kind, n.Scope, n.Shape, n.Name, n.K, n.P, n.Q)
	if n.Row != nil {
		fmt.Fprintf(&b, " row %s/%d", n.Row.Name, len(n.Row.Args))
	}
	for _, a := range n.Args {
		fmt.Fprintf(&b, " %d", a.ID)
	}
	for _, v := range n.Value {
		b.WriteString(" " + v.RatString())
	}
	switch n.Kind {
	case Mask:
		fmt.Fprintf(&b, " %d %d %v %v", n.Mask.Kind, n.Mask.K, n.Mask.Inputs, n.Mask.Steps)
		if n.Mask.Cut != nil {
			fmt.Fprintf(&b, " cut %d", *n.Mask.Cut)
		}
	case Draw:
		fmt.Fprintf(&b, " %d %s", n.Draw.Kind, n.Draw.ID)
	}
	return b.String()
}

// Add gives a node its number, or returns the node that is the same.
func (m *Maker) Add(n *Node) *Node {
	if n.Kind == Name || n.Kind == Row && n.Row.Name == "clip_gradient" {
		// What comes back to two clips that are written alike is cut for each: they aren't the same.
		return m.number(n)
	}
	key := n.key()
	if old := m.made.by[key]; old != nil {
		return old
	}
	m.made.by[key] = n
	return m.number(n)
}

func (m *Maker) number(n *Node) *Node {
	n.ID = len(m.made.nodes) + 1
	m.made.nodes = append(m.made.nodes, n)
	return n
}

// Number is an exact number.
func (m *Maker) Number(v *big.Rat) *Node {
	return m.Add(&Node{Kind: Const, Shape: op.Scalar, Value: []*big.Rat{v}})
}

// Int is a whole number.
func (m *Maker) Int(v int) *Node { return m.Number(big.NewRat(int64(v), 1)) }

// Array is an exact constant array.
func (m *Maker) Array(s op.Shape, v []*big.Rat) *Node {
	return m.Add(&Node{Kind: Const, Shape: s, Value: v})
}

// Fill is an array of one number.
func (m *Maker) Fill(s op.Shape, v *big.Rat) *Node {
	values := make([]*big.Rat, s.Len())
	for i := range values {
		values[i] = v
	}
	return m.Array(s, values)
}

// Time is t.
func (m *Maker) Time() *Node {
	return m.Add(&Node{Kind: Time, Scope: m.Over, Shape: op.Scalar})
}

// Mask is a leaf that the data decides, of the given shape.
func (m *Maker) Mask(spec MaskSpec, s op.Shape) *Node {
	return m.Add(&Node{Kind: Mask, Scope: m.Over, Shape: s, Mask: spec})
}

// Equation is a new named node, whose argument is set when it is known: what makes loops possible.
func (m *Maker) Equation(name string, scope Scope, s op.Shape, at lang.Pos) *Node {
	return m.Add(&Node{Kind: Name, Name: name, Scope: scope, Shape: s, Pos: at})
}

// Shift is a at t-k, 0 outside its times. A shift of what is linear in one series is moved inward,
// to the names, so that a lead of a derivative reads as on paper: w*d_a[t+1].
func (m *Maker) Shift(a *Node, k int) *Node {
	switch {
	case k == 0:
		return a
	case isZero(a):
		return a
	case a.Scope < Steps:
		return m.Row(".*", m.Mask(MaskSpec{Kind: Inside, K: k}, op.Scalar), a)
	}
	if n := m.inward(a, func(x *Node) *Node { return m.Shift(x, k) }); n != nil {
		return n
	}
	return m.Add(&Node{Kind: Shift, Args: []*Node{a}, K: k, Scope: Steps, Shape: a.Shape})
}

// inward moves an operation on time into a row that is linear in its series: sums and negations,
// and products with constants. It gives nil where the row isn't.
func (m *Maker) inward(a *Node, move func(*Node) *Node) *Node {
	if a.Kind != Row || a.Scope != Steps {
		return nil
	}
	over := 0
	for _, x := range a.Args {
		if x.Scope == Times {
			return nil // it has values where the row has none
		}
		if x.Scope == Steps {
			over++
		}
	}
	switch a.Row.Name {
	case "*", ".*":
		if over != 1 {
			return nil
		}
	case "+", "-", "neg", "'":
		if over != len(a.Args) {
			return nil
		}
	default:
		return nil
	}
	args := make([]*Node, len(a.Args))
	for i, x := range a.Args {
		args[i] = x
		if x.Scope >= Steps {
			args[i] = move(x)
		}
	}
	return m.apply(a.Row, args)
}

// Window is the stack of a at t-p .. t-q, earliest first: (p-q+1) numbers, or as many rows.
func (m *Maker) Window(a *Node, p, q int) *Node {
	a = m.overTime(a)
	return m.Add(&Node{Kind: Window, Args: []*Node{a}, P: p, Q: q, Scope: Steps, Shape: op.Shape{R: p - q + 1, C: a.Shape.R}})
}

// Fold is the adjoint of Window.
func (m *Maker) Fold(a *Node, p, q int) *Node {
	a = m.overTime(a)
	return m.Add(&Node{Kind: Fold, Args: []*Node{a}, P: p, Q: q, Scope: Steps, Shape: op.Shape{R: a.Shape.C, C: 1}})
}

// overTime gives a constant a value at each of the maker's times.
func (m *Maker) overTime(a *Node) *Node {
	if a.Scope >= Steps {
		return a
	}
	return m.Row(".*", m.ones(), a)
}

// ones is 1 at each of the maker's times.
func (m *Maker) ones() *Node {
	if m.Over == Times {
		return m.Add(&Node{Kind: Row, Row: m.row(">=", 2), Args: []*Node{m.Time(), m.Int(0)}, Scope: Times, Shape: op.Scalar})
	}
	return m.Mask(MaskSpec{Kind: Inside}, op.Scalar)
}

// Total is the sum of a over its times; of a constant, over the maker's.
func (m *Maker) Total(a *Node) *Node {
	if isZero(a) {
		return a
	}
	a = m.overTime(a)
	return m.Add(&Node{Kind: Total, Args: []*Node{a}, Scope: Series, Shape: a.Shape})
}

// Pooled is the sum of a over the series.
func (m *Maker) Pooled(a *Node) *Node {
	if isZero(a) {
		return a
	}
	return m.Add(&Node{Kind: Pooled, Args: []*Node{a}, Scope: Global, Shape: a.Shape})
}

func isZero(n *Node) bool { return isAll(n, 0) }
func isOne(n *Node) bool  { return isAll(n, 1) }

func isAll(n *Node, v int64) bool {
	if n.Kind != Const {
		return false
	}
	want := big.NewRat(v, 1)
	for _, x := range n.Value {
		if x.Cmp(want) != 0 {
			return false
		}
	}
	return true
}

// IsZero tells whether a node is the number 0, or an array of zeros.
func (n *Node) IsZero() bool { return isZero(n) }

// zero and oneRat are the numbers 0 and 1: not to be changed.
var (
	zero   = new(big.Rat)
	oneRat = big.NewRat(1, 1)
)

// both is 1 where two masks are; a mask that is nil is 1 everywhere.
func (m *Maker) both(a, b *Node) *Node {
	if a == nil {
		return b
	}
	return m.Row(".*", a, b)
}

// SumAll is the sum of all entries of an array.
func (m *Maker) SumAll(n *Node) *Node {
	for n.Shape != op.Scalar {
		n = m.Row("sum", n)
	}
	return n
}

// Zeros is an array of zeros.
func (m *Maker) Zeros(s op.Shape) *Node { return m.Fill(s, zero) }

// Fit gives a node the shape that is wanted: a number is repeated.
func (m *Maker) Fit(n *Node, s op.Shape) *Node {
	if n.Shape == s {
		return n
	}
	return m.Row("fill", n, m.Int(s.R), m.Int(s.C))
}
