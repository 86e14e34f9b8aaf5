package explain

import (
	"math/big"
	"slices"

	"unroll/graph"
	"unroll/notation"
	"unroll/series"
	"unroll/words"
)

// step is one step of gradient descent along every weight that is to be moved, and the loss after it.
func (l *teller) step() ([]Part, error) {
	s := l.section("step", 1, l.say("One step of gradient descent"))
	rate := series.Number(l.opt.Rate)
	s.Parts = append(s.Parts, l.para("At the learning rate {eta}, from each weight its derivative times the rate is taken:",
		words.A("eta", notation.Fill(template(`#1 = #2`), l.p.rate(), l.p.write(rate, l.p.formOf([]series.Array{rate}))))))
	moved := map[string][]series.Array{}
	var lines []Chain
	var kept []*graph.Node
	for _, w := range l.trained() {
		if len(l.opt.Wrt) > 0 && !slices.Contains(l.opt.Wrt, w.Name) {
			continue
		}
		moved[w.Name] = l.movedAlong(w)
		lines = append(lines, l.moves(w, moved[w.Name])...)
		if constrained(w) {
			kept = append(kept, w.Node)
		}
	}
	s.Parts = append(s.Parts, Chains{lines})
	if len(kept) > 0 {
		s.Parts = append(s.Parts, l.para("{names} must stay inside {n|its interval|their intervals}. So the step is taken in the unconstrained number {theta} behind each, whose derivative is that of the weight times the slope between them.",
			words.A("names", l.symbols(kept)), words.A("n", len(kept)), words.A("theta", l.p.letter("θ", "φ", "z"))))
	}
	after, err := l.lossesAfter(moved)
	if err != nil {
		return nil, err
	}
	s.Parts = append(s.Parts, after...)
	return []Part{s}, nil
}

// movedAlong are a weight's values after the step.
func (l *teller) movedAlong(w *graph.Param) []series.Array {
	var all []series.Array
	for i, a := range l.Run.Weights[w.Name] {
		all = append(all, descend(w, a, l.v.At(l.d.Weight[w.Name], i, 0), l.opt.Rate))
	}
	return all
}

// moves are the lines u ← u − η·∂L/∂u = 1/2 − 1/10·(−7/64) = 327/640.
func (l *teller) moves(w *graph.Param, to []series.Array) []Chain {
	var all []Chain
	for i, a := range to {
		name := l.ofSeries(w, i)
		c := Chain{Left: name}
		eta := l.p.rate()
		if !constrained(w) {
			c.Links = append(c.Links, Link{"←", notation.Sum(name, notation.Neg(notation.Product(eta, l.slope(w, i))))})
			if x := l.moveInNumbers(w, i, a); x.X != nil {
				c.Links = append(c.Links, x)
			}
			c.Links = append(c.Links, l.p.relation(a)...)
		} else {
			c.Links = l.moveWithin(w, a)
		}
		all = append(all, c)
		if !l.opt.Full && i+1 == edgeSeries && len(to) > maxSeries {
			break
		}
	}
	return all
}

// moveInNumbers is the step with its numbers, if they are few.
func (l *teller) moveInNumbers(w *graph.Param, i int, to series.Array) Link {
	from, g := l.Run.Weights[w.Name][i], l.v.At(l.d.Weight[w.Name], i, 0)
	if to.R > maxShown || to.C > maxShown {
		return Link{}
	}
	rate := series.Number(l.opt.Rate)
	all := []series.Array{from, g, rate, to}
	f := l.p.formOf(all)
	return Link{l.p.signOfAll(all[:3], f), notation.Sum(l.p.write(from, f), notation.Neg(notation.Product(l.p.write(rate, f), l.p.write(g, f))))}
}

// maxMoved is how many weights are moved one by one, unless all is wanted.
const maxMoved = 16

// lossesAfter is the loss before the step and after it, along each weight alone and along all.
func (l *teller) lossesAfter(moved map[string][]series.Array) ([]Part, error) {
	t := Table{Head: []Text{l.say("step along"), l.say("loss after it"), l.say("change")}}
	before := l.v.At(l.Graph.Loss, 0, 0)
	add := func(name Text, changed map[string][]series.Array) error {
		after, err := l.with(changed, nil)
		if err != nil {
			return err
		}
		change := subtract(after, before)
		t.Rows = append(t.Rows, []Cell{{Text: name}, {Text: l.p.number(after)}, {Text: l.p.number(change)}})
		return nil
	}
	names := l.trained()
	if len(moved) <= maxMoved || l.opt.Full {
		for _, w := range names {
			if moved[w.Name] == nil || !l.may(1) {
				continue
			}
			if err := add(formula(l.p.names[w.Node](nil)), map[string][]series.Array{w.Name: moved[w.Name]}); err != nil {
				return nil, err
			}
		}
	}
	if len(moved) > 1 && l.may(1) {
		if err := add(l.say("all of them"), moved); err != nil {
			return nil, err
		}
	}
	return []Part{l.para("The loss before the step is {L}.", words.A("L", l.p.number(before))), t}, nil
}

// moveWithin is the step of a weight that is kept inside an interval: θ is moved, and the weight is
// made of it.
func (l *teller) moveWithin(w *graph.Param, to series.Array) []Link {
	theta, eta := l.p.letter("θ", "φ", "z"), l.p.rate()
	slope := derivative(l.p.loss(), theta)
	moved := notation.Sum(theta, notation.Neg(notation.Product(eta, slope)))
	bound := func(r *big.Rat) notation.Math {
		a := series.Number(r)
		return l.p.write(a, l.p.formOf([]series.Array{a}))
	}
	var x notation.Math
	switch {
	case w.Lo != nil && w.Hi != nil:
		width := new(big.Rat).Sub(w.Hi, w.Lo)
		x = notation.Fill(template(`\sigma(#1)`), moved)
		if width.Cmp(whole(1)) != 0 {
			x = notation.Product(bound(width), x)
		}
		if w.Lo.Sign() != 0 {
			x = notation.Sum(bound(w.Lo), x)
		}
	case w.Lo != nil:
		x = notation.Fill(template(`\operatorname{softplus}(#1)`), moved)
		if w.Lo.Sign() != 0 {
			x = notation.Sum(bound(w.Lo), x)
		}
	default:
		x = notation.Sum(bound(w.Hi), notation.Neg(notation.Fill(template(`\operatorname{softplus}(#1)`), moved)))
	}
	f := l.p.formOf([]series.Array{to})
	return []Link{{"←", x}, {l.p.sign(to, f), l.p.write(to, f)}}
}
