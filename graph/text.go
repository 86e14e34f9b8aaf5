package graph

import (
	"fmt"
	"strings"

	"unroll/lang"
	"unroll/op"
)

// Text writes a graph as a file of the language: what a graph computes, said in equations. The file
// parses again, and its values are the graph's. named gives further nodes names, as d_w for a
// gradient. The error says what can't be written.
func Text(g *Graph, named []Named) (*lang.File, error) {
	w := &writer{g: g, names: map[*Node]string{}, taken: map[string]bool{}, uses: map[*Node]int{}, starts: map[*Node]*Node{}}
	w.prepare(named)
	for _, n := range w.order {
		w.equation(n)
	}
	for _, x := range w.again {
		w.repeat(x)
	}
	if w.err != nil {
		return nil, w.err
	}
	return w.file(), nil
}

// Named is a node and the name that it is to have in a file.
type Named struct {
	Name string
	Node *Node
}

// writer makes equations of nodes.
type writer struct {
	g       *Graph
	names   map[*Node]string
	taken   map[string]bool
	uses    map[*Node]int
	starts  map[*Node]*Node // states: the node and its start, as an expression of the time wanted
	again   []Named         // what has a name already, or is a number, and gets an equation besides
	order   []*Node         // what gets an equation, in order
	arrays  bool            // some shape isn't a number's: then all shapes are declared
	aliases map[*Node]string
	reach   int    // the longest lag of data that has been written
	step    string // the helper series that makes a total run over the steps

	eqs    []lang.Stmt
	states []lang.Stmt
	err    error
}

// prepare chooses which nodes get an equation of their own, and their names.
func (w *writer) prepare(named []Named) {
	for _, in := range w.g.Inputs {
		w.taken[in.Name] = true
	}
	for _, p := range w.g.Weights {
		w.name(p.Node, p.Name)
	}
	for _, s := range w.g.States {
		w.starts[s.Node] = s.Start
	}
	roots := append([]*Node{}, w.g.Names...)
	if w.g.Loss != nil {
		roots = append(roots, w.g.Loss)
	}
	for _, x := range named {
		roots = append(roots, x.Node)
	}
	for _, p := range w.g.Weights {
		if p.Start != nil {
			roots = append(roots, p.Start)
		}
	}
	all := w.reached(roots)
	for _, n := range all {
		w.arrays = w.arrays || n.Shape != op.Scalar
		if n.Kind == Name {
			w.name(n, n.Name)
		}
	}
	for _, n := range all {
		if n.Kind == Draw {
			w.nameDraw(n)
		}
	}
	for _, x := range named {
		if w.names[x.Node] == "" && x.Node.Kind != Const {
			w.name(x.Node, x.Name)
		} else {
			w.again = append(w.again, x)
		}
	}
	w.nameRest(all)
	for _, n := range all {
		if w.names[n] != "" && n.Kind != Weight && n.Kind != Input {
			w.order = append(w.order, n)
		}
	}
}

// nameRest names what else must have an equation: by a letter, the derivative by something named a
// as d_a.
func (w *writer) nameRest(all []*Node) {
	var adjoints []*Node
	for _, n := range all {
		switch {
		case !w.needsName(n) || w.names[n] != "":
		case n.Mirror != nil:
			adjoints = append(adjoints, n)
		default:
			w.name(n, w.letter())
		}
	}
	for _, n := range adjoints {
		of := w.names[n.Mirror]
		if of == "" || w.taken["d_"+of] {
			w.name(n, w.letter())
		} else {
			w.name(n, "d_"+of)
		}
	}
}

// name gives a node a name: dots, which only calls make, become _; one that is taken gets one more _.
func (w *writer) name(n *Node, name string) {
	name = strings.ReplaceAll(name, ".", "_")
	for w.taken[name] || lang.Reserved(name) {
		name += "_"
	}
	w.taken[name] = true
	w.names[n] = name
}

// nameDraw names a draw by its id, which is what its numbers are made of.
func (w *writer) nameDraw(n *Node) {
	w.name(n, n.Draw.ID)
	if w.names[n] != n.Draw.ID {
		w.fail("the draw %s can't be written: the name is taken", n.Draw.ID)
	}
}

// repeat gives a node that has a name already one more.
func (w *writer) repeat(x Named) {
	e := w.expr(x.Node)
	other := *x.Node
	w.name(&other, x.Name)
	w.eqs = append(w.eqs, &lang.Equation{Left: []lang.Target{{Name: w.names[&other], Shape: w.shape(other.Shape)}}, X: e})
}

// letter is a fresh name for what has none: a, b, …
func (w *writer) letter() string {
	for i := 0; ; i++ {
		name := string(rune('a' + i%26))
		if i >= 26 {
			name += fmt.Sprint(i / 26)
		}
		if name != "t" && !w.taken[name] {
			return name
		}
	}
}

// reached lists the nodes that the roots need, arguments first, and counts their readers.
func (w *writer) reached(roots []*Node) []*Node {
	var all []*Node
	seen := map[*Node]bool{}
	var visit func(n *Node)
	visit = func(n *Node) {
		if seen[n] {
			return
		}
		seen[n] = true
		if n.Kind == Name {
			// An equation stands before what only it needs in a loop: its place is by its number.
			defer func() { all = append(all, n) }()
		}
		for _, a := range w.readBy(n) {
			w.uses[a]++
			visit(a)
		}
		if s := w.starts[n]; s != nil {
			w.uses[s]++
			visit(s)
		}
		if n.Kind != Name {
			all = append(all, n)
		}
	}
	for _, r := range roots {
		w.uses[r]++
		visit(r)
	}
	return all
}

// readBy are the nodes that stand in a node's expression: those of a lag with its start are the
// series alone.
func (w *writer) readBy(n *Node) []*Node {
	if lag := w.statedLag(n); lag != nil {
		return []*Node{lag}
	}
	return n.Args
}

// statedLag recognises where(inside, shift(h, k), start) as the lag of a series with that start.
func (w *writer) statedLag(n *Node) *Node {
	if n.Kind != Row || n.Row.Name != "where" || n.Args[0].Kind != Mask || n.Args[0].Mask.Kind != Inside || n.Args[1].Kind != Shift {
		return nil
	}
	of := n.Args[1].Args[0]
	for _, s := range w.g.States {
		if s.Node == of && s.At[n.Args[1].K] == n.Args[2] && n.Args[0].Mask.K == n.Args[1].K {
			return n.Args[1]
		}
	}
	return nil
}

// needsName tells whether a node must have an equation: what is lagged, drawn, or long and read twice.
func (w *writer) needsName(n *Node) bool {
	switch n.Kind {
	case Const, Input, Weight, Time, Mask, Shift, Name:
		return false
	case Draw:
		return true
	case Row:
		if w.statedLag(n) != nil || n.Scope == Times {
			return false
		}
	}
	return w.uses[n] > 1 && (n.Kind != Row || w.size(n, 0) > 3)
}

// size is how long an expression is: its leaves and operations, up to a few.
func (w *writer) size(n *Node, depth int) int {
	if depth > 3 || len(n.Args) == 0 {
		return 1
	}
	s := 1
	for _, a := range n.Args {
		s += w.size(a, depth+1)
	}
	return s
}

// equation writes one node as `name[shape] = expression`.
func (w *writer) equation(n *Node) {
	target := lang.Target{Name: w.names[n], Shape: w.shape(n.Shape)}
	var x lang.Expr
	switch {
	case n.Kind == Name:
		x = w.expr(n.Args[0])
	case n.Kind == Draw:
		x = &lang.Call{Fn: drawRow(n.Draw.Kind), Text: drawRow(n.Draw.Kind)}
	default:
		x = w.inner(n)
	}
	w.eqs = append(w.eqs, &lang.Equation{Left: []lang.Target{target}, X: x})
}

func drawRow(k DrawKind) string {
	if k == Gauss {
		return "gauss"
	}
	return "draw"
}

func (w *writer) state(name string, start lang.Expr) {
	w.states = append(w.states, stateOf(name, start))
}

func stateOf(name string, start lang.Expr) lang.Stmt {
	return &lang.State{Items: []lang.StateItem{{Name: name, Start: start}}}
}

// start is the start of a state or a weight: one number fills an array.
func (w *writer) start(n *Node) lang.Expr {
	if n.Kind == Const && n.sameNumber() {
		return ratExpr(n.Value[0])
	}
	return w.expr(n)
}

// shape is a declared shape; none in a file in which all are numbers.
func (w *writer) shape(s op.Shape) *lang.Shape {
	if !w.arrays {
		return nil
	}
	out := &lang.Shape{}
	switch {
	case s.C > 1:
		out.Dims = []lang.Expr{whole(s.R), whole(s.C)}
	case s.R > 1:
		out.Dims = []lang.Expr{whole(s.R)}
	}
	return out
}
