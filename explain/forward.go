package explain

import (
	"slices"

	"unroll/graph"
	"unroll/notation"
	"unroll/series"
	"unroll/words"
)

// What a reader is shown of much, unless all is wanted; JSON has all of it.
const (
	maxSteps   = 8  // steps of a series that are written out in lines, if there are no more
	edgeSteps  = 3  // otherwise: so many at either end
	maxRows    = 24 // steps of a series in a table, if there are no more
	edgeRows   = 6  // otherwise: so many at either end
	maxSeries  = 6  // series, of which every one is shown
	edgeSeries = 3  // otherwise: so many of the first, and the last
	maxTerms   = 12 // of a sum that is written out
)

// forward is the forward pass: each value with how it comes about, a table, and the loss.
func (l *teller) forward() Part {
	s := l.section("forward", 1, l.say("The forward pass"))
	if ahead := l.runsBackward(); len(ahead) > 0 {
		s.Parts = append(s.Parts, l.para("{names} {n|runs|run} from the last step to the first: read those lines from the last step on.",
			words.A("names", l.symbols(ahead)), words.A("n", len(ahead))))
	}
	s.Parts = append(s.Parts, l.eachSeries(func(i int) []Part {
		parts := l.steps(i, l.Graph.T0, l.v.T(i)-1, l.forwardStep)
		if l.v.T(i) > l.Graph.T0 {
			parts = append(parts, l.forwardTable(i))
		}
		if once := l.scoredOnce(i); len(once) > 0 {
			parts = append(parts, Chains{once})
		}
		return parts
	})...)
	if l.Graph.Loss != nil {
		s.Parts = append(s.Parts, Chains{l.loss()})
	}
	return s
}

// eachSeries tells of every series, or of the first and the last of many.
func (l *teller) eachSeries(tell func(i int) []Part) []Part {
	ids := l.ids()
	if len(ids) == 1 {
		return tell(0)
	}
	var all []Part
	for i, id := range ids {
		if !l.opt.Full && len(ids) > maxSeries && i >= edgeSeries && i < len(ids)-1 {
			if i == edgeSeries {
				all = append(all, l.para("{n} {n|series is|series are} left out here; `--full` shows all.", words.A("n", len(ids)-1-edgeSeries)))
			}
			continue
		}
		all = append(all, l.section("", 2, l.say("Series {id}", words.A("id", id)), tell(i)...))
	}
	return all
}

// steps tells of the steps from one to another, in that order; of many the first and the last.
func (l *teller) steps(i, from, to int, tell func(i, t int) []Chain) []Part {
	way, n := 1, to-from+1
	if from > to {
		way, n = -1, from-to+1
	}
	var all []Part
	alone := true // each step has one line: then they stand together
	for j := range n {
		t := from + way*j
		if !l.opt.Full && n > maxSteps && j >= edgeSteps && j < n-edgeSteps {
			if j == edgeSteps {
				all = append(all, l.para("{n} {n|step is|steps are} left out here; `--full` shows all.", words.A("n", n-2*edgeSteps)))
			}
			continue
		}
		if lines := tell(i, t); len(lines) > 0 {
			all = append(all, Chains{lines})
			alone = alone && len(lines) == 1
		}
	}
	if alone {
		return together(all)
	}
	return all
}

// together joins chains that follow each other.
func together(parts []Part) []Part {
	var all []Part
	for _, p := range parts {
		c, ok := p.(Chains)
		if n := len(all) - 1; ok && n >= 0 {
			if before, ok := all[n].(Chains); ok {
				all[n] = Chains{append(before.Lines[:len(before.Lines):len(before.Lines)], c.Lines...)}
				continue
			}
		}
		all = append(all, p)
	}
	return all
}

// forwardStep is each equation's value at a step, and the scores.
func (l *teller) forwardStep(i, t int) []Chain {
	var all []Chain
	m := moment{series: i, t: t}
	for _, n := range l.Graph.Names {
		if n.Scope >= graph.Steps {
			all = append(all, l.line(n, m))
		}
	}
	for _, sc := range l.Graph.Scores {
		n := sc.Value
		if n.Scope >= graph.Steps && n.Kind == graph.Row && l.p.names[n] != nil && l.v.At(sc.Count, i, t).Float64(0) != 0 {
			all = append(all, l.line(n, m))
		}
	}
	return all
}

// scoredOnce are the scores that a series has once.
func (l *teller) scoredOnce(i int) []Chain {
	var all []Chain
	for _, sc := range l.Graph.Scores {
		if n := sc.Value; n.Scope < graph.Steps && n.Kind == graph.Row && l.p.names[n] != nil {
			all = append(all, l.line(n, moment{series: i, t: l.Graph.T0}))
		}
	}
	return all
}

// readFrom notes what a value was computed from.
func (l *teller) readFrom(mark string, sources []string) {
	for _, s := range sources {
		if !slices.Contains(l.doc.From[mark], s) {
			l.doc.From[mark] = append(l.doc.From[mark], s)
		}
	}
}

// line is a value's chain. What it reads is noted for whoever lights it up.
func (l *teller) line(n *graph.Node, m moment) Chain {
	c := l.p.chain(n, m)
	if fills(n) {
		c.Say = l.say("in every entry")
	}
	l.readFrom(c.Mark, l.p.used)
	return c
}

// loss is the sum of the scores.
func (l *teller) loss() []Chain {
	loss := l.v.At(l.Graph.Loss, 0, 0)
	c := Chain{Left: l.p.loss()}
	switch terms := l.lossTerms(); {
	case len(terms) > 1 && len(terms) <= maxTerms:
		c.Links = append(c.Links, l.p.sum(terms))
	case len(terms) == 0:
		c.Links = append(c.Links, Link{"=", l.p.formula(l.Graph.Loss, general)})
		if values := l.p.withValues(l.Graph.Loss, moment{t: l.Graph.T0}, loss); values.X != nil && !same(values.X, l.p.write(loss, l.p.form)) {
			c.Links = append(c.Links, values)
		}
	}
	c.Links = append(c.Links, l.p.relation(loss)...)
	return []Chain{c}
}

// lossTerms are the scores that add up to the loss, if nothing else does.
func (l *teller) lossTerms() []series.Array {
	parts := l.parts(l.v.At(l.Graph.Loss, 0, 0))
	if len(parts) != 1 || parts[0].Text == "" || l.Choices.Mean {
		return nil
	}
	return parts[0].Scores
}

// sum is numbers added up, in the one form that fits them.
func (w numbers) sum(terms []series.Array) Link {
	f := w.formOf(terms)
	sign := "="
	var all []notation.Math
	for _, a := range terms {
		if w.sign(a, f) == "≈" {
			sign = "≈"
		}
		all = append(all, w.write(a, f))
	}
	return Link{sign, notation.Sum(all...)}
}
