package explain

import (
	"slices"

	"unroll/graph"
	"unroll/notation"
	"unroll/series"
	"unroll/words"
)

// adjoint is a value and the derivative of the loss by it.
type adjoint struct{ of, node *graph.Node }

// movable are the nodes that change with a weight that is learnt: the derivative by anything else is
// of no use to the gradient. Without such weights it is all of them.
func (l *teller) movable() map[*graph.Node]bool {
	live := passed(l.Graph.Loss)
	var weights []*graph.Node
	for _, w := range l.trained() {
		weights = append(weights, w.Node)
	}
	if len(weights) == 0 {
		weights = live
	}
	return changing(live, weights...)
}

// adjoints are those of the equations over time, the last equation first, each followed by what the
// functions in it are given.
func (l *teller) adjoints() []adjoint {
	mirrors := map[*graph.Node]*graph.Node{}
	for _, n := range l.d.Graph.Nodes {
		if n.Mirror != nil && mirrors[n.Mirror] == nil {
			mirrors[n.Mirror] = n
		}
	}
	moved := l.movable()
	var all []adjoint
	for _, n := range slices.Backward(l.Graph.Names) {
		if !moved[n] {
			continue
		}
		if a := l.d.Adjoint[n]; a != nil {
			all = append(all, adjoint{n, a})
		}
		for _, in := range slices.Backward(l.inner) {
			if a := mirrors[in.node]; in.owner == n && a != nil {
				all = append(all, adjoint{in.node, a})
			}
		}
	}
	return all
}

// backward is the backward pass in numbers, from the last step to the first, and the gradient.
func (l *teller) backward() Part {
	l.p.deriving = true
	defer func() { l.p.deriving = false }()
	s := l.section("backward", 1, l.say("The backward pass in numbers"))
	if all := l.adjoints(); len(all) > 0 {
		over, constant := split(all)
		s.Parts = append(s.Parts, l.para("From the last step back; what comes from beyond the end is 0:"))
		if ahead := l.runsBackward(); len(ahead) > 0 {
			s.Parts = append(s.Parts, l.para("{names} {n|runs|run} from the last step to the first, so {n|its|their} derivatives run forward: read those lines from the first step on.",
				words.A("names", l.symbols(ahead)), words.A("n", len(ahead))))
		}
		s.Parts = append(s.Parts, l.eachSeries(func(i int) []Part {
			parts := l.steps(i, l.v.T(i)-1, l.Graph.T0, func(i, t int) []Chain { return l.backwardStep(over, i, t) })
			return append(parts, l.backwardTable(over, i))
		})...)
		if lines := l.constantSlopes(constant); len(lines) > 0 {
			s.Parts = append(s.Parts, l.para("What is constant gathers what every step brings back to it:"), Chains{lines})
		}
	}
	if without := l.independent(); len(without) > 0 {
		s.Parts = append(s.Parts, l.para("The loss does not depend on {names}.", words.A("names", l.symbols(without))))
	}
	s.Parts = append(s.Parts, l.para("Each weight's derivative is the sum of what its uses bring back:"), Chains{l.gradient()})
	return s
}

// split parts the values over time from the constants.
func split(all []adjoint) (over, constant []adjoint) {
	for _, a := range all {
		if a.of.Scope >= graph.Steps {
			over = append(over, a)
		} else {
			constant = append(constant, a)
		}
	}
	return over, constant
}

// constantSlopes are the derivatives of the loss by equations that are constants.
func (l *teller) constantSlopes(all []adjoint) []Chain {
	var lines []Chain
	for _, a := range all {
		count := 1
		if a.of.Scope == graph.Series {
			count = min(l.v.Series(), maxSeries)
		}
		for i := range count {
			c := l.line(a.node, moment{series: i, t: l.Graph.T0})
			if name := l.p.symbol(a.of); count > 1 && name != nil {
				c.Left = notation.Row{delta, raised(name(nil), notation.Word{Text: l.ids()[i]})}
			}
			lines = append(lines, c)
		}
	}
	return lines
}

// runsBackward are the equations that read what stands ahead.
func (l *teller) runsBackward() []*graph.Node {
	var all []*graph.Node
	for _, n := range l.lagged() {
		for _, x := range l.Graph.Nodes {
			if from, _ := x.Reach(); from < 0 && x.Args[0] == n && !slices.Contains(all, n) {
				all = append(all, n)
			}
		}
	}
	return all
}

// independent are the equations that no derivative comes back to.
func (l *teller) independent() []*graph.Node {
	var all []*graph.Node
	for _, n := range l.Graph.Names {
		if l.d.Adjoint[n] == nil {
			all = append(all, n)
		}
	}
	return all
}

func (l *teller) backwardStep(all []adjoint, i, t int) []Chain {
	var lines []Chain
	for _, a := range all {
		lines = append(lines, l.line(a.node, moment{series: i, t: t}))
	}
	return lines
}

// backwardTable has the adjoints from the last step to the first, and beside them what each step
// adds to the gradient.
func (l *teller) backwardTable(all []adjoint, i int) Part {
	var times []int
	for t := l.v.T(i) - 1; t >= l.Graph.T0; t-- {
		times = append(times, t)
	}
	var cols []column
	for _, a := range all {
		cols = append(cols, l.backwardColumn(l.bare(a.node), a.node, times, i))
	}
	for _, w := range l.trained() {
		if term := l.term(w); term != nil && term.Shape.Len() == 1 && len(l.trained()) <= maxShown {
			cols = append(cols, l.backwardColumn(l.p.formula(term, general), term, times, i))
		}
	}
	return l.table(times, cols)
}

func (l *teller) backwardColumn(head notation.Math, n *graph.Node, times []int, i int) column {
	c := column{head: head}
	for _, t := range times {
		c.values = append(c.values, l.v.At(n, i, t))
		c.marks = append(c.marks, l.p.mark(n, i, t))
	}
	return c
}

// trained are the weights that are learnt.
func (l *teller) trained() []*graph.Param {
	var all []*graph.Param
	for _, w := range l.Graph.Weights {
		if !w.Fixed {
			all = append(all, w)
		}
	}
	return all
}

// term is what each step adds to a weight's derivative; nil if the derivative isn't one such sum.
func (l *teller) term(w *graph.Param) *graph.Node {
	n := l.d.Weight[w.Name]
	if n.Kind == graph.Pooled {
		n = n.Args[0]
	}
	if n.Kind != graph.Total {
		return nil
	}
	if x, _ := begins(n.Args[0]); x != nil {
		return nil
	}
	return n.Args[0]
}

// slope is the symbol of the loss's derivative by a weight.
func (l *teller) slope(w *graph.Param, i int) notation.Math {
	return derivative(l.p.loss(), l.ofSeries(w, i))
}

// derivative is ∂a/∂b.
func derivative(a, b notation.Math) notation.Math {
	return notation.Frac{Above: partial(a), Below: partial(b)}
}

func partial(a notation.Math) notation.Math {
	return notation.Row{notation.Sign{Text: "∂", Kind: notation.Prefix}, a}
}

// gradient is each weight's derivative: as a formula, term by term, and its value.
func (l *teller) gradient() []Chain {
	var all []Chain
	for _, w := range l.trained() {
		count := 1
		if w.PerSeries {
			count = l.v.Series()
		}
		for i := range count {
			all = append(all, l.slopeChain(w, i))
			if !l.opt.Full && i+1 == edgeSeries && count > maxSeries {
				break
			}
		}
	}
	return all
}

func (l *teller) slopeChain(w *graph.Param, i int) Chain {
	n := l.d.Weight[w.Name]
	a := l.v.At(n, i, 0)
	c := Chain{Left: l.slope(w, i), Mark: l.p.mark(n, i, 0)}
	if n.Kind != graph.Const {
		c.Links = append(c.Links, Link{"=", l.p.formula(n, general)})
	}
	switch terms := l.terms(w, i); {
	case len(terms) > 1:
		c.Links = append(c.Links, l.p.sum(terms))
	case l.term(w) == nil && n.Kind != graph.Const:
		if values := l.p.withValues(n, moment{series: i, t: l.Graph.T0}, a); values.X != nil && !same(values.X, l.p.write(a, l.p.form)) {
			c.Links = append(c.Links, values)
		}
	}
	c.Links = append(c.Links, l.p.relation(a)...)
	return c
}

// terms are what the steps of all series add to a weight's derivative, if they are few and small.
func (l *teller) terms(w *graph.Param, i int) []series.Array {
	term := l.term(w)
	if term == nil || term.Shape.R > maxShown || term.Shape.C > maxShown {
		return nil
	}
	var all []series.Array
	for s := range l.v.Series() {
		if w.PerSeries && s != i {
			continue
		}
		from := l.Graph.T0
		if term.Scope == graph.Times {
			from = 0
		}
		for t := from; t < l.v.T(s); t++ {
			all = append(all, l.v.At(term, s, t))
		}
	}
	if len(all) > maxTerms {
		return nil
	}
	return all
}
