package plan

import (
	"cmp"
	"slices"

	"unroll/graph"
	"unroll/op"
)

// hoist puts each sum in a scan into the order in which it costs the step least, however it is
// written: products that touch no state come first, which are made for all times at once, then the
// step's own, which are added onto them, then, as one, what else touches no state, then the rest. It
// changes the nodes.
func hoist(roots []*graph.Node) {
	h := &hoister{inScan: map[*graph.Node]bool{}, readers: map[*graph.Node]int{}, inner: map[*graph.Node]bool{}}
	var all []*graph.Node
	for _, n := range roots {
		h.readers[n] += 2 // the caller reads it too
	}
	for _, c := range graph.Schedule(roots...) {
		for _, n := range c.Nodes {
			h.inScan[n] = c.Dir != graph.Flat
			all = append(all, n)
			for _, a := range n.Args {
				h.readers[a]++
			}
		}
	}
	for _, n := range slices.Backward(all) { // a sum's reader before the sum
		if h.inScan[n] && isSum(n) && !h.inner[n] {
			h.arrange(n)
		}
	}
}

type hoister struct {
	inScan  map[*graph.Node]bool
	readers map[*graph.Node]int  // how many there are
	inner   map[*graph.Node]bool // sums that are part of another
}

// term is a part of a sum; minus says that it is taken off.
type term struct {
	n     *graph.Node
	minus bool
}

// isSum tells whether a node is a + b or a - b.
func isSum(n *graph.Node) bool {
	return n.Kind == graph.Row && n.Row.Form == op.Entrywise && (n.Row.Name == "+" || n.Row.Name == "-")
}

// arrange makes of a sum of three terms or more a chain, in the best order.
func (h *hoister) arrange(sum *graph.Node) {
	b := &sums{sum: sum, rows: map[bool]*op.Row{}}
	var terms []term
	h.terms(sum, b, false, &terms)
	if len(terms) < 3 || b.rows[false] == nil || slices.ContainsFunc(terms, func(t term) bool { return b.rows[t.minus] == nil }) {
		return
	}
	parts := [ranks][]term{}
	for _, t := range terms {
		r := h.rank(sum, t)
		parts[r] = append(parts[r], t)
	}
	chain := append(parts[flatProduct], parts[stepProduct]...)
	slices.SortStableFunc(parts[flat], func(x, y term) int { return cmp.Compare(lateness(x), lateness(y)) })
	if early := b.chain(parts[flat]); early != nil {
		chain = append(chain, term{early, false})
	} else {
		chain = append(chain, parts[flat]...)
	}
	chain = append(chain, parts[entry]...)
	slices.SortStableFunc(chain, func(x, y term) int { return compareBool(x.minus, y.minus) })
	last := b.chain(chain)
	sum.Row, sum.Args = last.Row, last.Args
}

// lateness orders terms that touch no state: what is one for all first, and what is taken off last.
func lateness(t term) int {
	if t.minus {
		return int(graph.Times) + 1
	}
	return int(t.n.Scope)
}

// sums makes the parts of a sum.
type sums struct {
	sum  *graph.Node
	rows map[bool]*op.Row // how to add, and how to subtract
}

// chain is the sum of some terms, nil if the first is to be taken off or there is none.
func (b *sums) chain(terms []term) *graph.Node {
	if len(terms) == 0 || terms[0].minus {
		return nil
	}
	out := terms[0].n
	for _, t := range terms[1:] {
		shape := out.Shape
		if t.n.Shape.Len() > shape.Len() {
			shape = t.n.Shape
		}
		scope := min(max(out.Scope, t.n.Scope), b.sum.Scope)
		out = &graph.Node{ID: b.sum.ID, Kind: graph.Row, Row: b.rows[t.minus], Args: []*graph.Node{out, t.n}, Scope: scope, Shape: shape, Pos: b.sum.Pos}
	}
	return out
}

// terms goes through a sum, and through sums and names in it that nobody else reads.
func (h *hoister) terms(n *graph.Node, b *sums, minus bool, out *[]term) {
	bare := n
	for bare.Kind == graph.Name && h.within(bare, b.sum) {
		bare = bare.Args[0]
	}
	if !isSum(bare) || bare != b.sum && !h.within(bare, b.sum) {
		*out = append(*out, term{n, minus})
		return
	}
	less := bare.Row.Name == "-"
	h.inner[bare], b.rows[less] = true, bare.Row
	h.terms(bare.Args[0], b, minus, out)
	h.terms(bare.Args[1], b, minus != less, out)
}

// within tells whether a node is of a sum's size, and read there alone.
func (h *hoister) within(n, sum *graph.Node) bool {
	return h.readers[n] == 1 && n.Shape == sum.Shape && n.Scope == sum.Scope
}

// The ranks of terms: a sum is made in this order.
const (
	flatProduct = iota // of a weight and what touches no state
	stepProduct        // of a weight and what does
	flat               // anything else that touches no state: one term of the chain
	entry
	ranks
)

func (h *hoister) rank(sum *graph.Node, t term) int {
	w, _, _ := linearOf(t.n)
	product := w != nil && !t.minus && t.n.Shape == sum.Shape && h.readers[t.n] == 1
	switch {
	case product && h.inScan[t.n]:
		return stepProduct
	case product:
		return flatProduct
	case h.inScan[t.n]:
		return entry
	}
	return flat
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
