package plan

import (
	"slices"

	"math/big"

	"unroll/graph"
	"unroll/op"
)

// rewrite does what one rule says of a node; false if there is none.
func (r *rower) rewrite(n *graph.Node) bool {
	if n.Kind != graph.Row || n.Scope == graph.Global || n.Row.Form == op.Product {
		return false
	}
	switch n.Row.Name {
	case "/", "over":
		return r.divided(n)
	case "spread":
		return r.is(n, n.Args[0])
	case "sum":
		return r.is(n, n.Args[0]) || n.Shape.Len() == 1 && r.summed(n)
	case ".*":
		return r.exchanged(n) || r.scaled(n) || r.unitTaken(n)
	case "gated":
		return r.scaled(n) || n.Shape.Len() == 1 && r.lengthOut(n)
	case "neg":
		return r.negated(n)
	case "+":
		return r.shifted(n) || r.doubled(n) || r.takenOff(n)
	case "-":
		return r.bothOff(n)
	}
	return false
}

// one is 1, and minusOne -1.
var one, minusOne = big.NewRat(1, 1), big.NewRat(-1, 1)

// numberOf is the number that a node is, other than 0; else nil.
func numberOf(n *graph.Node) *big.Rat {
	if n.Kind != graph.Const || n.Shape != op.Scalar || n.Value[0] == nil || n.Value[0].Sign() == 0 {
		return nil
	}
	return n.Value[0]
}

// inverse is 1/k if that is a power of two, by which numbers are multiplied without rounding; else nil.
func inverse(k *big.Rat) *big.Rat {
	const most = 100
	if k == nil {
		return nil
	}
	for _, x := range []*big.Int{k.Num(), k.Denom()} {
		if x := new(big.Int).Abs(x); x.BitLen() > most || x.TrailingZeroBits() != uint(x.BitLen()-1) {
			return nil
		}
	}
	return new(big.Rat).Inv(k)
}

// rough tells whether a number is rounded whatever it is made of, so that what it divides is no exact number, and may
// round once more.
func (r *rower) rough(n *graph.Node) bool {
	rough, ok := r.rounded[n]
	if ok {
		return rough
	}
	r.rounded[n] = false // of a loop
	switch n.Kind {
	case graph.Const:
		_, exact := n.Value[0].Float32()
		rough = !exact
	case graph.Name:
		rough = r.rough(n.Args[0])
	case graph.Row:
		rough = n.Row.Ulps > 0.5
		switch n.Row.Name {
		case "+", "-", ".*", "/", "sqrt":
			rough = rough || slices.ContainsFunc(n.Args, r.rough)
		}
	}
	r.rounded[n] = rough
	return rough
}

// factor splits k·x with a constant k; it is nil of anything else.
func factor(n *graph.Node) (k *big.Rat, x *graph.Node) {
	switch {
	case n.Kind != graph.Row:
	case n.Row.Name == "neg":
		return minusOne, n.Args[0]
	case n.Row.Name == ".*":
		for i, a := range n.Args {
			if x := n.Args[1-i]; numberOf(a) != nil && x.Shape == n.Shape {
				return numberOf(a), x
			}
		}
	}
	return nil, nil
}

// numberIn is the number that a node repeats over a row, or is, where a row of many entries is wanted; nil if it does not.
func numberIn(n *graph.Node) *graph.Node {
	switch {
	case n.Kind == graph.Row && n.Row.Name == "spread" && n.Args[0].Shape.Len() == 1:
		return n.Args[0]
	case n.Shape.Len() == 1:
		return n
	}
	return nil
}

// is notes that a node is another, where rows have one entry; always false, as it isn't rewritten.
func (r *rower) is(n, x *graph.Node) bool {
	if x = r.first(x); x != n && x.Shape == n.Shape && x.Scope == n.Scope && r.same[n] == nil {
		r.same[n] = x
	}
	return false
}

// times is k·x in a node's place.
func (r *rower) times(n *graph.Node, k *big.Rat, x *graph.Node) bool {
	switch {
	case k.Cmp(one) == 0:
		return r.is(n, x)
	case k.Cmp(minusOne) == 0:
		return become(n, "neg", x)
	}
	return become(n, ".*", r.number(k), x)
}

// divided: by a constant, by k·x, by what is one for a row, or by what somebody else is divided by.
func (r *rower) divided(n *graph.Node) bool {
	a, b := n.Args[0], n.Args[1]
	if r.dividedBefore(n) {
		return true
	}
	if k := inverse(numberOf(b)); k != nil && a.Shape == n.Shape {
		return r.times(n, k, a)
	}
	s := numberIn(b)
	if s == nil || s.Scope == graph.Global || numberOf(a) != nil || a.Shape != n.Shape {
		return false
	}
	if k, x := factor(s); inverse(k) != nil && n.Shape.Len() == 1 {
		return r.times(n, inverse(k), r.row(n, n.Row.Name, n.Shape, a, x))
	}
	if !r.rough(s) {
		return false
	}
	unit := r.number(one)
	if n.Shape.Len() == 1 && r.dividers[s] < 2 && r.known[keyOf("/", []*graph.Node{unit, s})] == nil {
		return false
	}
	by := r.row(n, "/", s.Shape, unit, s)
	if s != b {
		by = r.row(n, "spread", b.Shape, by, b.Args[1])
	}
	name := ".*"
	if n.Row.Name == "over" {
		name = "gated"
	}
	r.scalings[scaling{name, a, s}] = n
	return become(n, name, a, by)
}

// summed takes what is one for the row out of its sum.
func (r *rower) summed(n *graph.Node) bool {
	a := n.Args[0]
	if a.Kind != graph.Row || a.Shape.Len() == 1 || !oneLine(a) {
		return false
	}
	if k, x := factor(a); k != nil {
		return r.times(n, k, r.row(n, "sum", n.Shape, x))
	}
	switch a.Row.Name {
	case "over", "gated", "/":
		return r.outOfSum(n, a, a.Args[0], a.Args[1])
	case ".*":
		return r.outOfSum(n, a, a.Args[0], a.Args[1]) || r.outOfSum(n, a, a.Args[1], a.Args[0])
	}
	return false
}

// outOfSum takes a factor of a out of the sum n of a, if it is one for the row.
func (r *rower) outOfSum(n, a, x, by *graph.Node) bool {
	s := numberIn(by)
	return s != nil && x.Shape == a.Shape && become(n, a.Row.Name, r.row(n, "sum", n.Shape, x), s)
}

// exchanged finds products that are known with their factors exchanged.
func (r *rower) exchanged(n *graph.Node) bool {
	twin := r.known[keyOf(".*", []*graph.Node{n.Args[1], n.Args[0]})]
	return twin != nil && r.first(twin) != n && r.is(n, twin)
}

// scaled takes constants out of products.
func (r *rower) scaled(n *graph.Node) bool {
	if k, x := factor(n); k != nil {
		more, y := factor(x)
		return more != nil && r.times(n, new(big.Rat).Mul(k, more), y)
	}
	k, x := factor(n.Args[0])
	if k == nil || x.Shape != n.Shape {
		return false
	}
	return r.times(n, k, r.row(n, n.Row.Name, n.Shape, x, n.Args[1]))
}

// negated takes constants out; -x at another time is what -x is there.
func (r *rower) negated(n *graph.Node) bool {
	if s := n.Args[0]; s.Kind == graph.Shift {
		x := named(s.Args[0])
		if x.Kind != graph.Row || x.Row.Name != "neg" || s.Args[0].Scope != x.Args[0].Scope {
			return false
		}
		n.Kind, n.Row, n.K, n.Args = graph.Shift, nil, s.K, []*graph.Node{x.Args[0]}
		return true
	}
	k, x := factor(n.Args[0])
	return k != nil && r.times(n, new(big.Rat).Neg(k), x)
}

// named is what a name is of, where that has the same scope.
func named(n *graph.Node) *graph.Node {
	for n.Kind == graph.Name && n.Args[0].Scope == n.Scope && n.Args[0] != n {
		n = n.Args[0]
	}
	return n
}

// shifted adds up what is read of the same other time there.
func (r *rower) shifted(n *graph.Node) bool {
	a, b := n.Args[0], n.Args[1]
	if a.Kind != graph.Shift || b.Kind != graph.Shift || a.K != b.K || a.Args[0].Scope != graph.Steps || b.Args[0].Scope != graph.Steps || a.Shape != b.Shape || n.Scope != graph.Steps {
		return false
	}
	sum := r.row(n, "+", n.Shape, a.Args[0], b.Args[0])
	n.Kind, n.Row, n.K, n.Args = graph.Shift, nil, a.K, []*graph.Node{sum}
	return true
}

// doubled: in a + x + x the product x is added once, with a factor that is one for the row doubled, if there is one.
func (r *rower) doubled(n *graph.Node) bool {
	a, x := n.Args[0], n.Args[1]
	if a.Kind != graph.Row || a.Row.Name != "+" || a.Args[1] != x || x.Kind != graph.Row || x.Row.Name != ".*" || x.Shape != n.Shape || a.Args[0].Shape != n.Shape {
		return false
	}
	for i, f := range x.Args {
		s := numberIn(f)
		if s == nil || s.Scope != n.Scope {
			continue
		}
		twice := r.row(n, ".*", s.Shape, r.number(big.NewRat(2, 1)), s)
		if s != f {
			twice = r.row(n, "spread", f.Shape, twice, f.Args[1])
		}
		return become(n, "+", a.Args[0], r.row(n, ".*", n.Shape, twice, x.Args[1-i]))
	}
	return false
}

// takenOff: a + -x is a - x.
func (r *rower) takenOff(n *graph.Node) bool {
	for i, a := range n.Args {
		if a = named(a); a.Kind == graph.Row && a.Row.Name == "neg" && a.Args[0].Shape == n.Shape && n.Args[1-i].Shape == n.Shape {
			return become(n, "-", n.Args[1-i], a.Args[0])
		}
	}
	return false
}

// bothOff: x - -y is x + y, and -x - y is -(x + y).
func (r *rower) bothOff(n *graph.Node) bool {
	a, b := named(n.Args[0]), named(n.Args[1])
	less := func(x *graph.Node) bool { return x.Kind == graph.Row && x.Row.Name == "neg" && x.Shape == n.Shape }
	switch {
	case n.Args[0].Shape != n.Shape || n.Args[1].Shape != n.Shape:
		return false
	case less(b):
		return become(n, "+", n.Args[0], b.Args[0])
	case less(a):
		return become(n, "neg", r.row(n, "+", n.Shape, a.Args[0], n.Args[1]))
	}
	return false
}
