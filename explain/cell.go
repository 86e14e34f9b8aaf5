package explain

import (
	"maps"
	"slices"

	"unroll/graph"
	"unroll/notation"
	"unroll/series"
	"unroll/words"
)

// cell shows the equations as mathematics, what stands before the first step, the loss, the weights.
func (l *teller) cell() Part {
	s := l.section("cell", 1, l.say("The cell"))
	s.Parts = append(s.Parts, l.choices()...)
	s.Parts = append(s.Parts, l.firstStep(), Chains{l.equations()})
	before, after := l.starts()
	if len(before) > 0 {
		s.Parts = append(s.Parts, l.para("Before the first step:"), Chains{before})
	}
	if len(after) > 0 {
		s.Parts = append(s.Parts, l.para("After the last step:"), Chains{after})
	}
	switch {
	case l.Graph.Loss != nil && len(l.Graph.Scores) > 0:
		s.Parts = append(s.Parts, l.para("What is observed is scored, and the loss is the sum of the scores:"), Chains{l.lossFormula()})
	case l.Graph.Loss != nil:
		s.Parts = append(s.Parts, l.para("The loss:"), Chains{l.lossFormula()})
	default:
		s.Parts = append(s.Parts, l.para("The cell has no loss: nothing is observed with `~`, and there is no `loss` term."))
	}
	if len(l.Graph.Weights) > 0 {
		lead := l.para("The weights:")
		if len(l.trained()) > 0 {
			lead = l.para("The weights, before anything is learnt:")
		}
		s.Parts = append(s.Parts, lead, Chains{l.weightValues()})
	}
	return s
}

// firstStep says where time begins, and why.
func (l *teller) firstStep() Part {
	t0 := words.A("t", at(l.Graph.T0))
	switch {
	case l.v.Series() > 0 && l.v.T(0) <= l.Graph.T0:
		return l.para("There are no steps: the series end before {t}.", t0)
	case l.Graph.Cause == "":
		return l.para("The first step is {t}: nothing looks back past it.", t0)
	}
	return l.para("The first step is {t}, because the equations read {lag} (line {line}).", t0,
		words.A("lag", typed(l.Graph.Cause)), words.A("line", l.Graph.CausePos.Line))
}

func (l *teller) equations() []Chain {
	var all []Chain
	for _, n := range l.Graph.Names {
		all = append(all, Chain{Left: l.p.symbolAt(n, general), Links: []Link{l.p.says(n, general)}})
	}
	return all
}

// starts are what states are before the first step; for what is read ahead, after the last.
func (l *teller) starts() (before, after []Chain) {
	for _, s := range l.Graph.States {
		lags := slices.Sorted(maps.Keys(s.At))
		if len(lags) == 0 {
			continue
		}
		start := l.p.formula(s.Start, general)
		if longest := lags[len(lags)-1]; longest > 0 {
			before = append(before, l.start(s, longest, start))
		}
		if lags[0] < 0 {
			left := l.p.symbolAt(s.Node, general)
			if lags[0] == -1 && !l.p.many {
				left = l.p.symbolAt(s.Node, moment{t: l.v.T(0)})
			}
			after = append(after, Chain{Left: left, Links: []Link{{"=", start}}})
		}
	}
	return before, after
}

func (l *teller) start(s *graph.State, longest int, start notation.Math) Chain {
	if longest == 1 && s.Start.Scope < graph.Steps {
		return Chain{Left: l.p.symbolAt(s.Node, moment{t: l.Graph.T0 - 1}), Links: []Link{{"=", start}}}
	}
	return Chain{Left: l.p.symbolAt(s.Node, general), Links: []Link{{"=", start}}, Say: l.say("for {t}", words.A("t", notation.Fill(template(`#1 < #2`), notation.Time(0), notation.Int(l.Graph.T0))))}
}

// lossFormula is the loss over all steps, with what a score is called.
func (l *teller) lossFormula() []Chain {
	var all []Chain
	for _, sc := range l.Graph.Scores {
		if l.p.names[sc.Value] != nil && sc.Value.Kind != graph.Name {
			c := Chain{Left: l.p.symbolAt(sc.Value, general), Say: Text{typed(sc.Text)}}
			said := l.p.says(sc.Value, general)
			if n := sc.Value; n.Kind == graph.Row && n.Row.Name == "where" && timeOnly(n.Args[0]) && n.Args[2].IsZero() {
				said.X = l.p.formula(n.Args[1], general)
				c.Say = append(c.Say, l.say(", where something is observed")...)
			}
			c.Links = []Link{said}
			all = append(all, c)
		}
	}
	return append(all, Chain{Left: l.p.loss(), Links: []Link{{"=", l.p.formula(l.Graph.Loss, general)}}})
}

// nameScores calls the score of a step L_t; several are told apart by what they score.
func (p *paper) nameScores(g *graph.Graph) {
	about := map[string]int{} // how many scores an input has
	for _, sc := range g.Scores {
		about[sc.Input]++
	}
	told := map[string]int{}
	for _, sc := range g.Scores {
		told[sc.Input]++
		if p.names[sc.Value] != nil || sc.Value.Kind == graph.Const {
			continue
		}
		letter := p.loss()
		if sc.Value.Scope < graph.Steps {
			letter = p.letter("ℓ", "λ", "q") // the score of a series, for L is that of all
		}
		if len(g.Scores) == 1 {
			p.names[sc.Value] = timed(letter)
			continue
		}
		of := notation.Symbol(sc.Input)
		if about[sc.Input] > 1 {
			of = notation.Fill(template(`#1, #2`), of, notation.Int(told[sc.Input]))
		}
		base := notation.Script{Base: letter, Sup: notation.Bracket(of)}
		p.names[sc.Value] = timed(base)
	}
}

// weightValues are the weights before a step; those that are alike share a line.
func (l *teller) weightValues() []Chain {
	var all []Chain
	var before series.Array
	for k, w := range l.Graph.Weights {
		values := l.Run.Weights[w.Name]
		for i, a := range values {
			if !l.opt.Full && len(values) > maxSeries && i >= edgeSeries {
				break
			}
			alike := k > 0 && len(values) == 1 && a.Equal(before) && w.Fixed == l.Graph.Weights[k-1].Fixed
			if c := len(all) - 1; alike && c >= 0 && len(all[c].Links) < maxAlike {
				value := all[c].Links[len(all[c].Links)-1]
				all[c].Links = append(all[c].Links[:len(all[c].Links)-1:len(all[c].Links)-1], Link{"=", l.ofSeries(w, i)}, value)
				continue
			}
			f := l.p.formOf([]series.Array{a})
			c := Chain{Left: l.ofSeries(w, i), Links: []Link{{l.p.sign(a, f), l.p.write(a, f)}}}
			if w.Fixed {
				c.Say = l.say("fixed")
			}
			all = append(all, c)
		}
		before = series.Array{}
		if len(values) == 1 {
			before = values[0]
		}
	}
	return all
}

// maxAlike is how many weights may share a line.
const maxAlike = 6

// ofSeries is the symbol of a weight, with its series if it has one for each; any one of them (-1) is the i-th.
func (l *teller) ofSeries(w *graph.Param, i int) notation.Math {
	base := l.p.names[w.Node](nil)
	switch {
	case !w.PerSeries || l.v.Series() < 2:
		return base
	case i < 0:
		return raised(base, l.p.letter("i", "n", "r"))
	}
	return raised(base, notation.Word{Text: l.ids()[i]})
}

// raised is a symbol with a series above it: α^{(2)}, and of the start of l l^{(0),(2)}.
func raised(base, series notation.Math) notation.Math {
	above := notation.Bracket(series)
	if s, ok := base.(notation.Script); ok && s.Sup != nil {
		return notation.Script{Base: s.Base, Sub: s.Sub, Sup: notation.Fill(template(`#1, #2`), s.Sup, above)}
	}
	return notation.Script{Base: base, Sup: above}
}

// at is a time as it is said: t = 3.
func at(t int) notation.Math {
	return notation.Fill(template(`#1 = #2`), notation.Time(0), notation.Int(t))
}
