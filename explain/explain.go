package explain

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"unroll/graph"
	"unroll/lang"
	"unroll/notation"
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
	if err := opt.check(c.Graph); err != nil {
		return nil, err
	}
	if opt.Lang == "" {
		opt.Lang = "en"
	}
	say, err := words.In(opt.Lang)
	if err != nil {
		return nil, err
	}
	s, err := solve(c)
	if err != nil {
		return nil, err
	}
	wide := opt.Neurons
	opt = opt.withDefaults()
	l := &teller{solved: s, opt: opt, words: say, budget: budgetOf(s)}
	l.doc = &Document{Lang: opt.Lang, Title: filepath.Base(c.Graph.Cell), From: map[string][]string{}}
	l.p = newPaper(s, numbers{opt.Digits})
	l.p.nameScores(c.Graph)
	if s.d != nil {
		l.inner = l.p.nameInner(s.d)
		l.p.nameAdjoints(s.d)
		l.p.findPrimes(s.d.Graph, l.p.table)
	}
	if wide > 0 && l.neurons() == nil {
		if _, err := l.variant(wide, 0); err != nil && l.allNumbers() {
			return nil, err
		}
		return nil, fmt.Errorf("%s can't be shown as a layer of %d: its states, inputs and weights must be numbers, and the loss one number when the states are vectors", c.Graph.Cell, wide)
	}
	return l, nil
}

// chapters are the parts of a solution in their order.
func (l *teller) chapters() []func() ([]Part, error) {
	one := func(tell func() Part) func() ([]Part, error) {
		return func() ([]Part, error) { return []Part{tell()}, nil }
	}
	all := []func() ([]Part, error){one(l.cell), l.undefined, l.readings, l.forwardAndPicture}
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

// lead is what the file itself says first: the comment at its head.
func (l *teller) lead() Text {
	if l.File == nil {
		return nil
	}
	var lines []string
	for _, st := range l.File.Stmts {
		c, ok := st.(*lang.Comment)
		if !ok {
			break
		}
		lines = append(lines, strings.TrimSpace(strings.TrimLeft(c.Note, "#")))
	}
	if len(lines) == 0 {
		return nil
	}
	return Text{{Words: strings.Join(lines, " ")}}
}

// choices name those choices of the run that the answer may depend on.
func (l *teller) choices() []Part {
	var all []Text
	if l.readsForecast() {
		feedback := "--feedback grad"
		if l.Choices.Stop {
			feedback = "--feedback stop"
		}
		all = append(all, Text{typed("--feed " + l.Choices.Feed.String())})
		if l.fedSomewhere() {
			all = append(all, Text{typed(feedback)})
		}
	}
	if l.Choices.Mean {
		all = append(all, Text{typed("--reduce mean")})
	}
	var parts []Part
	if len(all) > 0 {
		parts = append(parts, l.para("Solved with {choices}.", words.A("choices", l.list(all))))
	}
	if l.draws() {
		parts = append(parts, l.para("A run of training: dropout, noise and sampled feeds are drawn."))
	}
	return parts
}

// draws tells whether anything is drawn: in training, of a cell that has it.
func (l *teller) draws() bool {
	return l.Choices.Training && slices.ContainsFunc(l.Graph.Nodes, func(n *graph.Node) bool { return n.Kind == graph.Draw })
}

// readsForecast tells whether the equations read what the cell also forecasts.
func (l *teller) readsForecast() bool {
	for _, in := range l.Graph.Inputs {
		n := l.inputNode(in.Name)
		if !in.Forecast || in.PerSeries || n == nil {
			continue
		}
		for _, q := range l.Graph.Names {
			if holds(q.Args[0], n) {
				return true
			}
		}
	}
	return false
}

// undefined warns of numbers that are none.
func (l *teller) undefined() ([]Part, error) {
	numbers := l.solution(l.opt.Rate)
	l.doc.Warnings = numbers.Warnings
	u := numbers.undefined
	n := words.A("n", u.count)
	switch {
	case u.count > 0 && u.name != "":
		first := notation.At(notation.Symbol(last(u.name)), notation.Int(u.t))
		return []Part{l.warning(l.say("{n} {n|number is|numbers are} undefined or infinite; the first is {first}.", n, words.A("first", first)))}, nil
	case u.count > 0:
		return []Part{l.warning(l.say("{n} {n|number is|numbers are} undefined or infinite.", n))}, nil
	}
	return nil, nil
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
	return all, nil
}

func (l *teller) warning(t Text) Part {
	return Box{Kind: Warning, Title: l.say("Note"), Parts: []Part{Para{t}}}
}
