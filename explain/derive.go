package explain

import (
	"unroll/graph"
	"unroll/notation"
	"unroll/op"
	"unroll/words"
)

// derivation is the derivatives as formulas, in two styles: by sensitivities and by adjoints.
func (l *teller) derivation() ([]Part, error) {
	l.p.deriving = true
	defer func() { l.p.deriving = false }()
	s := l.section("derivatives", 1, l.say("The derivatives as formulas"))
	if len(l.inner) > 0 {
		s.Parts = append(s.Parts, l.para("Write for what the functions are given:"), Chains{l.innerFormulas()})
	}
	if primes, bracketed := l.primeFormulas(); len(primes) > 0 {
		lead := l.para("The derivatives of the functions themselves:")
		if bracketed {
			lead = l.para("The derivatives of the functions themselves; a condition in brackets is 1 where it holds and 0 elsewhere:")
		}
		s.Parts = append(s.Parts, lead, Chains{primes})
	}
	s.Parts = append(s.Parts, l.kinds()...)
	if fed := l.fed(); len(fed) > 0 {
		s.Parts = append(s.Parts, l.para("Where a forecast was fed, it stands in these formulas in place of the observed value: {own} for {y}.",
			words.A("own", l.p.formula(fed[0].own, moment{series: fed[0].series, t: fed[0].at})), words.A("y", notation.At(notation.Symbol(fed[0].input.Name), notation.Int(fed[0].of)))))
	}
	if l.may(1) {
		missed, err := l.direct()
		if err != nil {
			return nil, err
		}
		s.Parts = append(s.Parts, missed...)
	}
	s.Parts = append(s.Parts, l.sensitivities()...)
	s.Parts = append(s.Parts, l.adjointFormulas())
	return []Part{s}, nil
}

func (l *teller) innerFormulas() []Chain {
	var all []Chain
	for _, in := range l.inner {
		all = append(all, Chain{Left: l.p.symbolAt(in.node, general), Links: []Link{l.p.says(in.node, general)}})
	}
	return all
}

// primeFormulas define relu'(a) and the like, as the table of operations has them.
func (l *teller) primeFormulas() (all []Chain, bracketed bool) {
	seen := map[*op.Row]bool{}
	for _, n := range l.d.Graph.Nodes {
		of := l.p.primes[n]
		if of == nil || seen[of.Row] {
			continue
		}
		seen[of.Row] = true
		x, isBracketed := localFormula(of, l.p.table)
		bracketed = bracketed || isBracketed
		all = append(all, Chain{Left: primed(template(of.Row.TeX), given), Links: []Link{{"=", x}}})
	}
	return all, bracketed
}

// given is what a function is given where its derivative is defined.
var given = notation.Math(notation.Ident{Name: "a"})

// kinds tells the derivatives that stay in one step from those that go back through time, and why.
func (l *teller) kinds() []Part {
	var stay, none []*graph.Node
	var lags []*graph.Node
	by := map[*graph.Node][]*graph.Node{} // by the lagged value that makes it so
	for _, w := range l.trained() {
		lag := l.through(w)
		switch {
		case !l.reaches(w.Node):
			none = append(none, w.Node)
		case lag == nil:
			stay = append(stay, w.Node)
		default:
			if by[lag] == nil {
				lags = append(lags, lag)
			}
			by[lag] = append(by[lag], w.Node)
		}
	}
	var items []Text
	if len(stay) > 0 {
		items = append(items, l.say("{w} {n|stays|stay} in one step: no value that another step reads depends on {n|it|them}.", words.A("w", l.symbols(stay)), words.A("n", len(stay))))
	}
	for _, lag := range lags {
		items = append(items, l.backThrough(by[lag], lag))
	}
	if len(none) > 0 {
		items = append(items, l.say("The loss does not depend on {names}.", words.A("names", l.symbols(none))))
	}
	if len(items) == 0 {
		return nil
	}
	return []Part{List{items}}
}

// backThrough says why the derivatives by some weights go back through time.
func (l *teller) backThrough(weights []*graph.Node, lag *graph.Node) Text {
	names, n := words.A("w", l.symbols(weights)), words.A("n", len(weights))
	earlier := words.A("lag", l.p.formula(lag, general))
	if reader := l.readerOf(lag); reader != nil {
		return l.say("{w} {n|goes|go} back through time: {now} reads {lag}, which was itself made with {n|it|them}.", names, n, earlier, words.A("now", l.bare(reader)))
	}
	return l.say("{w} {n|goes|go} back through time: {lag}, which another step reads, was itself made with {n|it|them}.", names, n, earlier)
}

// readerOf is an equation that reads a lagged value.
func (l *teller) readerOf(lag *graph.Node) *graph.Node {
	for _, n := range l.Graph.Names {
		if n.Scope >= graph.Steps && holds(n.Args[0], lag) {
			return n
		}
	}
	return nil
}

// adjointFormulas are the derivatives of the loss by each value, each from those of a later moment.
func (l *teller) adjointFormulas() Part {
	s := l.section("adjoints", 2, l.say("By adjoints: from the last step back"))
	all := l.adjoints()
	var lines []Chain
	for _, a := range all {
		lines = append(lines, Chain{Left: l.p.symbolAt(a.node, general), Links: []Link{l.p.says(a.node, general)}})
	}
	if len(all) > 0 {
		first := all[0]
		s.Parts = append(s.Parts, l.para("{d} is the derivative of the loss by {x}, through everything that comes after it. Beyond the last step it is 0.",
			words.A("d", l.bare(first.node)), words.A("x", l.bare(first.of))), Chains{lines})
	}
	var slopes []Chain
	for _, w := range l.trained() {
		slopes = append(slopes, Chain{Left: l.slope(w, -1), Links: []Link{{"=", l.p.formula(l.d.Weight[w.Name], general)}}})
	}
	s.Parts = append(s.Parts, l.para("So the derivative by each weight is a sum over its uses:"), Chains{slopes})
	return s
}
