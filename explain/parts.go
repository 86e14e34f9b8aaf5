package explain

import (
	"unroll/graph"
	"unroll/series"
)

// parts are what the loss is the sum of: each `~`, and what the `loss` terms add.
func (s source) parts(loss series.Array) []Part {
	rest := loss
	var all []Part
	for _, sc := range s.g.Scores {
		p := s.part(sc)
		share := p.Sum
		if s.opt.Choices.Mean {
			share = divide(p.Sum, max(p.Count, 1))
		}
		rest = subtract(rest, share)
		all = append(all, p)
	}
	if s.hasLossTerm() {
		all = append(all, Part{Sum: rest})
	}
	return all
}

// part adds the scores of one `~` over steps and series.
func (s source) part(sc *graph.Score) Part {
	p := Part{Text: sc.Text, Sum: zeros(1, 1)}
	for i := range s.ids() {
		lo, hi := s.g.T0, s.v.T(i)
		if sc.Value.Scope < graph.Steps {
			lo, hi = 0, 1
		}
		for t := lo; t < hi; t++ {
			count := int(s.v.At(sc.Count, i, t).Float64(0))
			if count == 0 {
				continue
			}
			value := s.v.At(sc.Value, i, t)
			p.Count += count
			p.Scores = append(p.Scores, value)
			p.Sum = add(p.Sum, value)
		}
		if sc.Value.Scope == graph.Global {
			break
		}
	}
	return p
}

// hasLossTerm tells whether the loss has more in it than scores: it is then a sum that doesn't
// end in one.
func (s source) hasLossTerm() bool {
	return s.opt.File != nil && lossTerms(s.opt.File.Stmts) > 0 || len(s.g.Scores) == 0
}
