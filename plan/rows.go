package plan

import (
	"math/big"
	"sync"

	"unroll/graph"
	"unroll/op"
)

// rows makes what goes along rows, such as a norm and its derivative, cheaper, by what holds of numbers:
// dividing by a number that is one for a row, and rounded anyway, is multiplying by its reciprocal; a factor that is one for a row is
// taken out of the row's sum; what is read of the same other time is added up there, once; and what is added
// twice is added once, doubled. It changes the nodes.
func rows(roots []*graph.Node) {
	r := &rower{known: map[rowKey]*graph.Node{}, numbers: map[string]*graph.Node{}, rounded: map[*graph.Node]bool{}, dividers: map[*graph.Node]int{}, scalings: map[scaling]*graph.Node{}, same: map[*graph.Node]*graph.Node{}}
	var all []*graph.Node
	for _, c := range graph.Schedule(roots...) {
		for _, n := range c.Nodes {
			r.know(n)
			if n.Kind == graph.Row && (n.Row.Name == "/" || n.Row.Name == "over") {
				r.dividers[n.Args[1]]++
			}
			all = append(all, n)
		}
	}
	for range 2 { // what comes later may help
		for _, n := range all {
			r.settle(n)
			r.simplify(n)
		}
	}
	for _, n := range append(all, r.fresh...) { // a loop reads what comes later
		r.settle(n)
	}
}

// standard is the table whose rows the rules make: what they mean is the same in every table.
var standard = sync.OnceValue(op.Standard)

// rower is the state of rewriting.
type rower struct {
	known    map[rowKey]*graph.Node
	numbers  map[string]*graph.Node
	rounded  map[*graph.Node]bool
	scalings map[scaling]*graph.Node
	dividers map[*graph.Node]int         // how many rows divide by a number
	same     map[*graph.Node]*graph.Node // by nodes that are what another is: the other
	fresh    []*graph.Node
}

// rowKey is what a row of one or two arguments computes.
type rowKey struct {
	name string
	a, b *graph.Node
}

func keyOf(name string, args []*graph.Node) rowKey { return rowKey{name, args[0], args[len(args)-1]} }

// know notes a row, for others that want the same, or finds that it is known.
func (r *rower) know(n *graph.Node) {
	if n.Kind != graph.Row || len(n.Args) < 1 || len(n.Args) > 2 {
		return
	}
	k := keyOf(n.Row.Name, n.Args)
	switch twin := r.first(r.known[k]); {
	case twin == nil:
		r.known[k] = n
	case twin != n && twin.Scope == n.Scope && twin.Shape == n.Shape:
		r.same[n] = twin
	}
}

// first is the first of nodes that are the same.
func (r *rower) first(n *graph.Node) *graph.Node {
	for r.same[n] != nil {
		n = r.same[n]
	}
	return n
}

// settle lets a node read the first of those that are the same.
func (r *rower) settle(n *graph.Node) {
	for i, a := range n.Args {
		n.Args[i] = r.first(a)
	}
}

// simplify rewrites a node as long as a rule makes way for another.
func (r *rower) simplify(n *graph.Node) {
	for r.rewrite(n) {
		r.know(n)
	}
}

// row is a row of some arguments, made for a node unless there is one.
func (r *rower) row(at *graph.Node, name string, shape op.Shape, args ...*graph.Node) *graph.Node {
	k := keyOf(name, args)
	if n := r.first(r.known[k]); n != nil {
		return n
	}
	n := &graph.Node{ID: at.ID, Kind: graph.Row, Row: standard().Lookup(name, len(args)), Args: args, Scope: scopeOf(args), Shape: shape, Pos: at.Pos}
	r.known[k], r.fresh = n, append(r.fresh, n)
	r.simplify(n)
	return r.first(n)
}

// scopeOf is the scope of what is made of some nodes: one of each step hides those times that are no steps.
func scopeOf(args []*graph.Node) graph.Scope {
	s := graph.Global
	for _, a := range args {
		if s == graph.Steps || a.Scope == graph.Steps {
			s = graph.Steps
		} else {
			s = max(s, a.Scope)
		}
	}
	return s
}

// number is a constant.
func (r *rower) number(x *big.Rat) *graph.Node {
	k := x.RatString()
	if r.numbers[k] == nil {
		r.numbers[k] = &graph.Node{Kind: graph.Const, Shape: op.Scalar, Value: []*big.Rat{x}}
	}
	return r.numbers[k]
}

// become makes a node another row.
func become(n *graph.Node, name string, args ...*graph.Node) bool {
	n.Row, n.Args = standard().Lookup(name, len(args)), args
	return true
}
