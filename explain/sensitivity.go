package explain

import (
	"maps"

	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/notation"
	"unroll/series"
	"unroll/words"
)

// maxAlong is by how many weights the sensitivities are told, unless all is wanted.
const maxAlong = 4

// sensitivities are the derivatives of each value by the weights, from the first step on: as a sheet
// on paper has them.
func (l *teller) sensitivities() []Part {
	s := l.section("sensitivities", 2, l.say("By sensitivities: from the first step on"))
	along, rest := l.along()
	for i, w := range along {
		if !l.may(1) {
			break
		}
		t, err := l.sensitive(w)
		if err != nil {
			s.Parts = append(s.Parts, l.para("By {w} there are none: a derivative that is cut on its way back, by `clip_gradient`, doesn't go forward.", words.A("w", l.p.names[w.Node](nil))))
			continue
		}
		if ahead := l.runsBackward(); i == 0 && len(ahead) > 0 {
			s.Parts = append(s.Parts, l.para("{names} {n|runs|run} from the last step to the first: read those lines from the last step on.",
				words.A("names", l.symbols(ahead)), words.A("n", len(ahead))))
		}
		if i == 0 {
			s.Parts = append(s.Parts, l.para("How each value changes with a weight, through all that was made with it before:"))
		}
		s.Parts = append(s.Parts, t.parts()...)
	}
	if rest > 0 {
		s.Parts = append(s.Parts, l.para("By the other {n} {n|weight|weights} they are found alike; `--full` shows all.", words.A("n", rest)))
	}
	if len(s.Parts) == 0 {
		return nil
	}
	return []Part{s}
}

// along are the weights by which sensitivities are told, and how many are left out: of many weights
// the first that goes back through time.
func (l *teller) along() (told []*graph.Param, rest int) {
	var all []*graph.Param
	for _, w := range l.trained() {
		if l.reaches(w.Node) {
			all = append(all, w)
		}
	}
	if len(all) <= maxAlong || l.opt.Full {
		return all, 0
	}
	for _, w := range all {
		if l.through(w) != nil {
			return []*graph.Param{w}, len(all) - 1
		}
	}
	return all[:1], len(all) - 1
}

// sensitive tells the sensitivities by one number.
type sensitive struct {
	*teller
	d  *grad.Tangent
	by notation.Math
	p  *paper // that knows the sensitivities by their names, and the values of all
}

// sensitive differentiates by a weight, or by its first entry.
func (l *teller) sensitive(w *graph.Param) (*sensitive, error) {
	d, err := grad.Along(l.Graph, w, 0, l.Choices.Table)
	if err != nil {
		return nil, err
	}
	s := &sensitive{teller: l, d: d, by: l.p.names[w.Node](nil)}
	if w.Node.Shape.Len() > 1 {
		s.by = notation.At(s.by, l.entryIndex(w, 0))
	}
	v, err := eval.Eval(d.Graph, l.Run)
	if err != nil {
		return nil, err
	}
	p := *l.p
	p.v, p.names, p.primes = v, maps.Clone(p.names), maps.Clone(p.primes)
	p.findPrimes(d.Graph, p.table)
	for of, t := range d.Of {
		if name := p.names[of]; name != nil && t.Kind != graph.Const {
			p.names[t] = func(time notation.Math) notation.Math { return derivative(name(time), s.by) }
		}
	}
	s.p = &p
	return s, nil
}

// changing are the equations and scores over time that change with the weight, in the order of the file.
func (s *sensitive) changing() []*graph.Node {
	var all []*graph.Node
	for _, n := range s.Graph.Names {
		if n.Scope >= graph.Steps && s.p.names[s.d.Of[n]] != nil {
			all = append(all, n)
		}
	}
	for _, sc := range s.Graph.Scores {
		if n := sc.Value; n.Kind == graph.Row && s.p.names[s.d.Of[n]] != nil {
			all = append(all, n)
		}
	}
	return all
}

// parts are the formulas, the steps in numbers and the sum that is the derivative of the loss.
func (s *sensitive) parts() []Part {
	all := s.changing()
	var lines []Chain
	for _, n := range all {
		t := s.d.Of[n]
		lines = append(lines, Chain{Left: s.p.symbolAt(t, general), Links: []Link{s.p.says(t, general)}})
	}
	lead := strong(s.say("By {w}:", words.A("w", s.by)))
	if s.d.By.Node.Shape.Len() > 1 {
		lead = strong(s.say("By {entry}, one entry of {w} (they are counted from 0); by the others alike:", words.A("entry", s.by), words.A("w", s.p.names[s.d.By.Node](nil))))
	}
	if s.d.By.PerSeries && s.teller.p.many {
		lead = strong(s.say("By {w}, moved in all series alike:", words.A("w", s.by)))
	}
	parts := []Part{Para{lead}}
	if len(lines) > 0 {
		parts = append(parts, Chains{lines})
	}
	parts = append(parts, s.unrolled()...)
	parts = append(parts, s.numbered(all)...)
	return append(parts, Chains{[]Chain{s.sum(all)}})
}

// numbered are the sensitivities at each step of the first series: in lines if they are few numbers,
// and as a table.
func (s *sensitive) numbered(all []*graph.Node) []Part {
	small := true
	var cols []column
	for _, n := range all {
		t := s.d.Of[n]
		if t.Scope < graph.Steps {
			continue
		}
		small = small && n.Shape.Len() == 1
		c := column{head: s.p.symbolAt(t, general)}
		for at := s.Graph.T0; at < s.v.T(0); at++ {
			c.values = append(c.values, s.p.v.At(t, 0, at))
			c.marks = append(c.marks, s.p.mark(t, 0, at))
		}
		cols = append(cols, c)
	}
	var parts []Part
	if s.teller.p.many {
		parts = append(parts, s.para("In numbers, for series {id}:", words.A("id", s.ids()[0])))
	}
	if small {
		parts = append(parts, s.steps(0, s.Graph.T0, s.v.T(0)-1, func(i, at int) []Chain {
			var lines []Chain
			for _, n := range all {
				if n.Scope < graph.Steps {
					continue
				}
				c := s.p.chain(s.d.Of[n], moment{series: i, t: at})
				s.readFrom(c.Mark, s.p.used)
				lines = append(lines, c)
			}
			return lines
		})...)
	}
	if len(cols) == 0 {
		return parts
	}
	return append(parts, s.table(upwards(s.Graph.T0, s.v.T(0)-1), cols))
}

// sum is the derivative of the loss as the sum of those of the scores.
func (s *sensitive) sum(all []*graph.Node) Chain {
	c := Chain{Left: derivative(s.p.loss(), s.by), Links: []Link{{"=", s.p.formula(s.d.Loss, general)}}}
	if len(all) > 0 && len(s.lossTerms()) > 0 && all[len(all)-1].Scope >= graph.Steps && all[len(all)-1] == s.Graph.Scores[0].Value {
		last := all[len(all)-1]
		var terms []series.Array
		for i := range s.v.Series() {
			for t := s.Graph.T0; t < s.v.T(i); t++ {
				terms = append(terms, s.p.v.At(s.d.Of[last], i, t))
			}
		}
		if len(terms) > 1 && len(terms) <= maxTerms {
			c.Links = append(c.Links, s.p.sum(terms))
		}
	}
	c.Links = append(c.Links, s.p.relation(s.p.v.At(s.d.Loss, 0, 0))...)
	return c
}
