package plan

import (
	"unroll/graph"
	"unroll/kernel"
	"unroll/op"
)

// way is how a task is computed.
type way int

const (
	entries  way = iota // entry by entry, in a program
	linear              // a weight times a vector of each row: one product for many rows
	each                // a product of small matrices for each row
	gradient            // the sum over times and series of products u·v': one product over all rows
	gathered            // the sum over times of products u·v': one product over the times, of each series
	summed              // a sum over times
	pooled              // a sum over series
	general             // row by row as the table has it
)

func (w way) String() string {
	return [...]string{"entries", "product", "products", "gradient", "gradients", "sum over times", "sum over series", "row by row"}[w]
}

// task computes a value.
type task struct {
	way   way
	node  *graph.Node
	out   *value
	in    []ref    // what it reads
	over  ref      // windows, folds, shifts: what they read, at some lags; in has the first and the last
	code  []instr  // entries
	outer []outer  // gradient: the products that are added; in[0], if there is one, is added to them
	add   bool     // linear: onto what out holds already
	flip  bool     // linear: the weight is on the right, or lies transposed
	flips [2]bool  // each: which argument lies transposed
	dims  op.Shape // linear: rows and columns of the weight as it multiplies
	after []*task  // linear: those whose result it is added to

	group *group
	index int // its place in the order of the graph
}

// overSeries tells whether a task sums over the series, which ends a phase.
func (t *task) overSeries() bool { return t.way == pooled || t.way == gradient }

// phases is how many phases later than the task its result is there.
func (t *task) phases() int {
	if t.overSeries() {
		return 1
	}
	return 0
}

// sums tells whether a task adds up over time.
func (t *task) sums() bool { return t.way == summed || t.way == gathered }

// outer is u·v' at each time in each series.
type outer struct{ u, v ref }

// task makes the task that computes a node, once.
func (l *lowering) task(n *graph.Node) {
	if l.made[n] != nil {
		return
	}
	t := &task{node: n, out: l.own(n)}
	l.made[n] = t
	l.choose(t)
	l.tasks = append(l.tasks, t)
}

// choose finds the way, and what is read in it.
func (l *lowering) choose(t *task) {
	n := t.node
	switch n.Kind {
	case graph.Pooled:
		l.choosePooled(t)
		return
	case graph.Total:
		l.chooseSum(t)
		return
	case graph.Row:
		if l.chooseProduct(t) || l.chooseEntries(t) {
			return
		}
	case graph.Name:
		l.copied(t)
		return
	}
	t.way = general
	if from, to := n.Reach(); from != 0 || to != 0 {
		l.reaches(t, from, to)
		return
	}
	for _, a := range n.Args {
		t.in = append(t.in, l.value(a))
	}
}

// reaches makes of what a task reads a row of the argument at each of some lags.
func (l *lowering) reaches(t *task, from, to int) {
	t.over = l.value(t.node.Args[0])
	if t.over.lag != 0 {
		// Outside the argument's own times is 0, not a row of what it is a view of.
		t.over = ref{v: l.own(t.node.Args[0])}
		l.task(t.node.Args[0])
	}
	for k := from; k <= to; k++ {
		r := ref{t.over.v, t.over.lag + k}
		l.reach(r)
		if k == from || k == to || r.lag == 0 {
			t.in = append(t.in, r)
		}
	}
}

// chooseSum adds up over time: products u·v' as one product over the times, all else entry by entry.
func (l *lowering) chooseSum(t *task) {
	if n := t.node; n.Shape.Len() >= leastGathered && !l.without["gradients"] {
		if outer, rest := l.outers(n.Args[0]); rest == 0 {
			t.way, t.outer = gathered, outer
			t.readsOuter()
			return
		}
	}
	a := l.value(t.node.Args[0])
	t.way, t.in = summed, []ref{a}
	e := &encoder{l: l, task: t}
	e.emit(kernel.Add, t.out, ref{v: t.out}, a)
	t.code = e.code
}

// copied is an equation whose value has another scope than what it names.
func (l *lowering) copied(t *task) {
	a := l.value(t.node.Args[0])
	t.way, t.in = entries, []ref{a}
	e := &encoder{l: l, task: t}
	e.emit(kernel.Copy, t.out, e.spread(a, t.out.width))
	t.code = e.code
}

// chooseProduct finds a product's kind: with a weight, or of what differs from row to row.
func (l *lowering) chooseProduct(t *task) bool {
	n := t.node
	if n.Row.Name != "*" || n.Row.Form != op.Product {
		return false
	}
	if w, x, right := linearOf(n); w != nil {
		l.chooseLinear(t, w, x, right)
		return true
	}
	t.way = each
	for i, x := range n.Args {
		if turned(x) {
			t.flips[i], x = true, x.Args[0]
		}
		t.in = append(t.in, l.value(x))
	}
	return true
}

// linearOf splits a product of a weight, or what is made of weights, and a vector of each row; right says
// that the weight is on the right. The weight is nil of anything else.
func linearOf(n *graph.Node) (w, x *graph.Node, right bool) {
	if n.Kind != graph.Row || n.Row.Name != "*" || n.Row.Form != op.Product || n.Scope < graph.Series {
		return nil, nil, false
	}
	a, b := n.Args[0], n.Args[1]
	switch {
	case a.Scope == graph.Global && b.Scope > graph.Global && b.Shape.C == 1:
		return a, b, false
	case b.Scope == graph.Global && a.Scope > graph.Global && a.Shape.R == 1:
		return b, a, true
	}
	return nil, nil, false
}

// chooseLinear is w·x, or x·w if the weight is on the right, x being a vector. A transpose isn't made.
func (l *lowering) chooseLinear(t *task, w, x *graph.Node, right bool) {
	t.way, t.flip = linear, right
	t.dims = w.Shape
	if right {
		t.dims = op.Shape{R: w.Shape.C, C: w.Shape.R}
	}
	if turned(w) {
		w, t.flip = w.Args[0], !t.flip
	}
	t.in = []ref{l.value(x), l.value(w)}
}

// turned tells whether a node is a matrix's transpose.
func turned(n *graph.Node) bool {
	return n.Kind == graph.Row && n.Row.Name == "'" && n.Shape.R > 1 && n.Shape.C > 1
}

// choosePooled finds a weight's gradient: a sum over times and series of products u·v' is one product
// over all rows.
func (l *lowering) choosePooled(t *task) {
	n := t.node
	t.way = pooled
	total := n.Args[0]
	if total.Kind != graph.Total || l.shown(total) || l.without["gradients"] {
		t.in = []ref{l.value(total)}
		return
	}
	if outer, rest := l.outers(total.Args[0]); rest == 0 {
		t.way, t.outer = gradient, outer
		t.readsOuter()
		return
	}
	t.in = []ref{l.value(total)}
}

// leastGathered is how many entries a sum of products u·v' has at least for which they are kept for all
// times: smaller ones are added up where they are made.
const leastGathered = 32

// outers are the products u·v' that a sum is made of, and how many terms it has that aren't such.
func (l *lowering) outers(n *graph.Node) (all []outer, rest int) {
	l.terms(n, true, func(x *graph.Node) {
		if u, v, ok := l.outerOf(x); ok {
			all = append(all, outer{u, v})
			return
		}
		rest++
	})
	return all, rest
}

func (t *task) readsOuter() {
	for _, o := range t.outer {
		t.in = append(t.in, o.u, o.v)
	}
}

// terms goes through a sum whose parts nobody else reads.
func (l *lowering) terms(n *graph.Node, top bool, visit func(*graph.Node)) {
	if n.Kind == graph.Row && n.Row.Name == "+" && !l.roots[n] && (top || len(l.readers[n]) == 1) &&
		n.Args[0].Shape == n.Shape && n.Args[1].Shape == n.Shape {
		l.terms(n.Args[0], false, visit)
		l.terms(n.Args[1], false, visit)
		return
	}
	visit(n)
}

// shown tells whether somebody besides its one reader wants a node.
func (l *lowering) shown(n *graph.Node) bool { return l.roots[n] || len(l.readers[n]) != 1 }

// outerOf splits u·v', both of them vectors of each step; a number times a row is one too.
func (l *lowering) outerOf(n *graph.Node) (u, v ref, ok bool) {
	if n.Kind != graph.Row || n.Row.Name != "*" && n.Row.Name != ".*" || n.Scope != graph.Steps || l.shown(n) {
		return
	}
	a, b := n.Args[0], n.Args[1]
	if a.Scope < graph.Steps || b.Scope < graph.Steps {
		return
	}
	switch {
	case n.Row.Name == "*" && (a.Shape.C != 1 || b.Shape.R != 1):
		return
	case n.Row.Name == ".*":
		if a.Shape.Len() != 1 {
			a, b = b, a
		}
		if a.Shape.Len() != 1 || b.Shape.Len() == 1 {
			return
		}
	}
	return l.value(a), l.value(b), true
}
