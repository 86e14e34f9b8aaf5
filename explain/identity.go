package explain

import (
	"unroll/graph"
	"unroll/notation"
	"unroll/series"
	"unroll/words"
)

// identities are equations between derivatives that hold because some rescaling of the weights
// leaves the loss as it is: u·∂L/∂u = v·∂L/∂v. Both sides are computed.
func (l *teller) identities() []Part {
	var all []Part
	for _, s := range graph.Scalings(l.Graph) {
		if part, ok := l.identity(s); ok {
			all = append(all, part)
		}
	}
	return all
}

// identity is one of them: the weights of positive exponent on the right, the others on the left.
func (l *teller) identity(s graph.Scaling) (Part, bool) {
	var from, to []Text
	sides := [2]*side{{p: l.p}, {p: l.p}}
	for _, x := range s {
		w := l.param(x.Weight)
		if w == nil {
			return nil, false
		}
		from = append(from, formula(l.p.names[w.Node](nil)))
		to = append(to, formula(scaled(l.p.names[w.Node](nil), l.p.letter("c", "κ", "r"), x.Exponent)))
		at := 0
		if x.Exponent > 0 {
			at = 1
		}
		l.addTo(sides[at], w, x.Exponent)
	}
	miss := subtract(sides[0].value(), sides[1].value())
	largest := max(size(sides[0].value()), size(sides[1].value()))
	holds := negligible(miss, series.Floats(1, 1, []float64{largest}))
	c := Chain{Left: sides[0].text(), Links: []Link{{"=", sides[1].text()}}}
	lead := l.say("For any {c} > 0 the loss stays as it is when {from} become {to}. So this must hold:",
		words.A("c", l.p.letter("c", "κ", "r")), words.A("from", l.list(from)), words.A("to", l.list(to)))
	f := l.p.formOf([]series.Array{sides[0].value(), sides[1].value()})
	left, right := l.p.write(sides[0].value(), f), l.p.write(sides[1].value(), f)
	box := Box{Kind: Check, Title: l.say("An identity of this cell")}
	verdict := l.say("Here: {left} on the left, {right} on the right. It holds.", words.A("left", left), words.A("right", right))
	if !holds {
		box.Kind = Warning
		verdict = l.say("Here: {left} on the left, {right} on the right. It does not hold: please report this with the file.", words.A("left", left), words.A("right", right))
	}
	box.Parts = []Part{Para{lead}, Chains{[]Chain{c}}, Para{verdict}}
	return box, true
}

// scaled is a weight times a power of c.
func scaled(w, c notation.Math, exponent int) notation.Math {
	power := func(n int) notation.Math {
		if n == 1 {
			return c
		}
		return notation.Script{Base: c, Sup: notation.Int(n)}
	}
	if exponent < 0 {
		return notation.Fill(template(`\frac{#1}{#2}`), w, power(-exponent))
	}
	return notation.Product(power(exponent), w)
}

// side is a sum of weights times their derivatives.
type side struct {
	p     *paper
	terms []notation.Math
	sum   series.Array
}

func (s *side) value() series.Array {
	if s.sum.R == 0 {
		return zeros(1, 1)
	}
	return s.sum
}

func (s *side) text() notation.Math {
	if len(s.terms) == 0 {
		return notation.Int(0)
	}
	return notation.Sum(s.terms...)
}

// addTo adds a weight times its derivative: entry by entry, summed, over the series too.
func (l *teller) addTo(s *side, w *graph.Param, exponent int) {
	factor := max(exponent, -exponent)
	name, slope := l.ofSeries(w, -1), l.slope(w, -1)
	term := notation.Product(name, slope)
	if w.Node.Shape.Len() > 1 {
		term = notation.Fill(template(`\operatorname{sum}(#1 \odot #2)`), name, slope)
	}
	if w.Node.Shape.R > 1 && w.Node.Shape.C > 1 { // the sum of a matrix is that of each row
		term = notation.Fill(template(`\operatorname{sum}(#1)`), term)
	}
	if w.PerSeries && l.p.many {
		term = notation.Big{Sign: "∑", Below: notation.Ident{Name: "i"}, X: term}
	}
	if factor > 1 {
		term = notation.Product(notation.Int(factor), term)
	}
	s.terms = append(s.terms, term)
	s.sum = s.value()
	for i, a := range l.Run.Weights[w.Name] {
		g := l.v.At(l.d.Weight[w.Name], i, 0)
		for e := range a.Len() {
			s.sum = add(s.sum, times(entryOf(a, e), entryOf(g, e), factor))
		}
	}
}

func (l *teller) param(name string) *graph.Param {
	for _, w := range l.trained() {
		if w.Name == name {
			return w
		}
	}
	return nil
}

func entryOf(a series.Array, e int) series.Array { return a.At(e/a.C, e%a.C) }
