package graph

import (
	"fmt"
	"math/big"

	"unroll/lang"
	"unroll/op"
)

// Build makes a graph of a file: calls of cells written out, shapes inferred, every choice of the
// run made. The error is a lang.Errors with all that was found.
func Build(f *lang.File, c Choices) (*Graph, error) {
	if c.Table == nil {
		c.Table = op.Standard()
	}
	p := elaborate(f, c)
	in := p.infer()
	if err := p.errs.Err(); err != nil {
		return nil, err
	}
	b, err := makeGraph(p, in, 0)
	if err == nil && b.g.T0 > 0 {
		// What is fed depends on the first step, which is known only now.
		b, err = makeGraph(p, in, b.g.T0)
	}
	if err != nil {
		return nil, err
	}
	return b.g, nil
}

// makeGraph builds the nodes of a program of which the first step is taken to be t0.
func makeGraph(p *program, in *inference, t0 int) (*builder, error) {
	b := &builder{
		p: p, in: in, m: NewMaker(p.table), t0: t0,
		g:       &Graph{Cell: p.file.Src.Name, Assumed: p.assumed, Open: in.open},
		memo:    map[memoKey]*Node{},
		named:   map[string]*Node{},
		own:     map[*observe]*Node{},
		windows: map[*observe]*Node{},
		states:  map[string]*State{},
	}
	b.build()
	if len(p.errs) == 0 {
		b.g.Nodes = b.m.Nodes()
		b.checkLoops()
		b.checkFeed()
		b.checkEach()
	}
	return b, p.errs.Err()
}

type builder struct {
	p  *program
	in *inference
	m  *Maker
	g  *Graph
	t0 int

	memo    map[memoKey]*Node
	named   map[string]*Node
	own     map[*observe]*Node // the own forecasts that are fed
	windows map[*observe]*Node // the same past the end of the data, where a forecast is of several times
	states  map[string]*State
	depth   int
}

// place says where an expression is read: how many steps back, over which times, and which y it sees.
type place struct {
	k     int   // everything is read k steps back
	over  Scope // Steps, or Times for summaries of data
	view  view
	start bool     // in the start of a state
	left  bool     // on the left of ~, which may lie ahead
	of    *observe // in the arguments of ~, and on its left: whose
}

// view says which y an expression reads where y is also forecast.
type view int

const (
	seen   view = iota // what the run feeds: the observed y or the own forecast
	scored             // in the arguments of ~, and on its left: the y that is scored is the observed one, others are as fed
	real               // the observed one
)

type memoKey struct {
	e  *expr
	at place
}

func (b *builder) errorf(at lang.Pos, format string, args ...any) { b.p.errorf(at, format, args...) }

// build makes the whole graph: inputs, weights, equations, scores, loss.
func (b *builder) build() {
	b.inputs()
	b.weights()
	for _, q := range b.p.eqOrder {
		n := b.equation(q)
		if !q.hidden {
			b.g.Names = append(b.g.Names, n)
		}
	}
	b.starts()
	b.scores()
}

func (b *builder) inputs() {
	for _, in := range b.p.inputOrder {
		b.g.Inputs = append(b.g.Inputs, &Column{
			Name: in.name, Shape: b.in.shapeOf(in.name), Classes: in.classes, Known: in.known,
			PerSeries: in.perSeries, Forecast: in.forecast != nil, Pos: in.at,
			Missing: b.p.choices.Facts.Missing[in.name],
		})
	}
}

// fit gives a value the shape that is wanted: a number stands for an array.
func (b *builder) fit(n *Node, s op.Shape, at lang.Pos, name string) *Node {
	if n.Shape == s || n.Shape == op.Scalar {
		return b.m.Fit(n, s)
	}
	b.errorf(at, "%s is %s, and what stands here is %s; make the shapes the same", short(name), s, n.Shape)
	return b.m.Fill(s, new(big.Rat))
}

// equation is the node of an equation.
func (b *builder) equation(q *equation) *Node {
	if n := b.named[q.name]; n != nil {
		return n
	}
	scope := Steps
	if !q.series {
		scope = Global
	}
	n := b.m.Equation(q.name, scope, b.in.shapeOf(q.name), q.at)
	b.named[q.name] = n
	x := b.expr(q.x, place{over: Steps})
	if !q.series {
		n.Scope = x.Scope
	}
	n.Args = []*Node{b.fit(x, n.Shape, q.x.at, q.name)}
	return n
}

// expr is the node of an expression in a place.
func (b *builder) expr(e *expr, at place) *Node {
	key := memoKey{e, at}
	if n := b.memo[key]; n != nil {
		return n
	}
	b.depth++
	defer func() { b.depth-- }()
	if b.depth > 20_000 {
		if len(b.p.errs) == 0 {
			b.errorf(e.at, "the equations depend on each other too deeply to be read; give some of them a state")
		}
		return b.m.Int(0)
	}
	if len(b.m.Nodes()) > maxNodes {
		if len(b.p.errs) == 0 {
			b.errorf(e.at, "with every lag written out the file has more than %d operations; give what is lagged a state", maxNodes)
		}
		return b.m.Int(0)
	}
	n := b.make(e, at)
	b.memo[key] = n
	return n
}

func (b *builder) make(e *expr, at place) *Node {
	m := b.m.In(at.over)
	switch e.kind {
	case xNum:
		return m.Number(e.num)
	case xTime:
		return b.time(m, at)
	case xName:
		return b.read(e, 0, at)
	case xLag:
		return b.read(e, e.p, at)
	case xWindow:
		return b.window(e, at)
	case xRow:
		return b.row(m, e, at)
	case xPick:
		return b.pick(m, e, at)
	case xList:
		return b.list(m, e)
	case xSeriesSum:
		return b.summary(e, at)
	case xObserved:
		b.asked(e.name)
		if in := b.p.inputs[e.name]; b.p.states[e.name] == nil && !at.start {
			b.reach(e, in, e.p+at.k, at)
		}
		return b.observes(m, e, at)
	case xUnwindow:
		return m.Shift(m.Fold(b.expr(e.args[0], place{over: Steps, view: at.view, of: at.of}), e.p, e.q), at.k)
	case xDraw:
		shape := b.in.of[e].fixed()
		d := m.Add(&Node{Kind: Draw, Scope: Steps, Shape: shape, Draw: DrawSpec{Kind: e.draw, ID: e.name}, Pos: e.at})
		return m.Shift(d, at.k)
	case xDim:
		return m.Int(lengthOf(e.name, b.expr(e.args[0], at).Shape))
	}
	return e.node
}

// time is t, k steps back.
func (b *builder) time(m *Maker, at place) *Node {
	switch {
	case at.k > 0:
		return m.Row("-", m.Time(), m.Int(at.k))
	case at.k < 0:
		return m.Row("+", m.Time(), m.Int(-at.k))
	}
	return m.Time()
}

func (b *builder) list(m *Maker, e *expr) *Node {
	s := op.Shape{R: len(e.list), C: len(e.list[0])}
	if e.flat {
		s = op.Shape{R: s.C, C: 1}
		if b.in.of[e].r != nil && b.in.of[e].fixed().C > 1 {
			s = op.Shape{R: 1, C: s.R}
		}
	}
	var values []*big.Rat
	for _, r := range e.list {
		values = append(values, r...)
	}
	return m.Array(s, values)
}

func (b *builder) row(m *Maker, e *expr, at place) *Node {
	var args []*Node
	for _, a := range e.args {
		args = append(args, b.expr(a, at))
	}
	before := len(m.Nodes())
	n := m.Row(e.row.Name, args...)
	if err := m.Err(); err != nil {
		b.errorf(e.at, "%s; %s", err, b.shapeHelp(e, args))
		return b.m.Fill(b.in.of[e].fixed(), new(big.Rat))
	}
	if n.Pos.Src == nil && n.Kind == Row {
		n.Pos = e.at
	}
	if e.wrote != nil && n.Kind == Row && n.ID > before {
		b.say(n, e, at)
	}
	return n
}

// say notes at a node which function was written out as it.
func (b *builder) say(n *Node, e *expr, at place) {
	n.Said = &Said{Row: e.wrote}
	for _, a := range e.wroteArgs {
		n.Said.Args = append(n.Said.Args, b.expr(a, at))
	}
}

// shapeHelp says what the arguments of an operation are, when they don't meet.
func (b *builder) shapeHelp(e *expr, args []*Node) string {
	var all []string
	for i, a := range e.args {
		all = append(all, fmt.Sprintf("%s is %s", a.text(), args[i].Shape))
	}
	return join(all)
}
