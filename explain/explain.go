package explain

import (
	"path/filepath"

	"unroll/words"
)

// Explain tells the worked solution of a case. The error is the run's: data that doesn't fit, a
// value that is undefined, a weight to move that isn't there.
func Explain(c Case, opt Options) (*Document, error) {
	l, err := newTeller(c, opt)
	if err != nil {
		return nil, err
	}
	l.doc.Lead = l.lead()
	for _, tell := range l.chapters() {
		parts, err := tell()
		if err != nil {
			return nil, err
		}
		l.doc.Parts = append(l.doc.Parts, parts...)
	}
	return l.doc, nil
}

// newTeller solves a case and names what is in it.
func newTeller(c Case, opt Options) (*teller, error) {
	opt = opt.withDefaults()
	if err := opt.check(c.Graph); err != nil {
		return nil, err
	}
	say, err := words.In(opt.Lang)
	if err != nil {
		return nil, err
	}
	s, err := solve(c)
	if err != nil {
		return nil, err
	}
	l := &teller{solved: s, opt: opt, words: say, budget: budgetOf(s)}
	l.doc = &Document{Lang: opt.Lang, Title: filepath.Base(c.Graph.Cell), From: map[string][]string{}}
	l.p = newPaper(s, numbers{opt.Digits})
	l.p.nameScores(c.Graph)
	if s.d != nil {
		l.inner = l.p.nameInner(s.d)
		l.p.nameAdjoints(s.d)
		l.p.findPrimes(s.d.Graph, l.p.table)
	}
	return l, nil
}

// chapters are the parts of a solution in their order.
func (l *teller) chapters() []func() ([]Part, error) {
	one := func(tell func() Part) func() ([]Part, error) {
		return func() ([]Part, error) { return []Part{tell()}, nil }
	}
	all := []func() ([]Part, error){one(l.cell), l.readings, l.forwardAndPicture}
	if l.Graph.Loss != nil {
		all = append(all, l.derivation, one(l.backward), l.check, l.step)
	}
	if l.opt.Jacobians {
		all = append(all, l.jacobians)
	}
	if l.opt.Influence {
		all = append(all, l.influence)
	}
	if len(l.Graph.Inputs) > 0 {
		all = append(all, one(l.layer))
	}
	return append(all, l.notes)
}

// forwardAndPicture are the forward pass, and before it the picture that is made of it.
func (l *teller) forwardAndPicture() ([]Part, error) {
	forward := l.forward()
	figure, err := l.figure()
	return append(figure, forward), err
}

// lead says in which reading the sheet is solved.
func (l *teller) lead() Text {
	feedback := "grad"
	if l.Choices.Stop {
		feedback = "stop"
	}
	reduce := "sum"
	if l.Choices.Mean {
		reduce = "mean"
	}
	return l.say("Solved with {feed}, {feedback}, {reduce}.", words.A("feed", typed("--feed "+l.Choices.Feed.String())),
		words.A("feedback", typed("--feedback "+feedback)), words.A("reduce", typed("--reduce "+reduce)))
}

// notes say what a reader should know of the numbers.
func (l *teller) notes() ([]Part, error) {
	var all []Part
	if l.v.Rounded() {
		all = append(all, l.warning(l.say("The exact numbers passed 4,096 bits, so the run was done again in float64. `--exact` insists on exact ones.")))
	}
	if l.spent {
		all = append(all, l.warning(l.say("The cell is large, so some of the checks and comparisons are left out; `--full` makes them all.")))
	}
	for _, w := range l.solution(l.opt.Rate).Warnings {
		all = append(all, l.warning(l.say("{what}: undefined or infinite.", words.A("what", w))))
	}
	return all, nil
}

func (l *teller) warning(t Text) Part {
	return Box{Kind: Warning, Title: l.say("Note"), Parts: []Part{Para{t}}}
}
