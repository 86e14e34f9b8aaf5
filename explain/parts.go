package explain

import (
	"math"

	"unroll/graph"
	"unroll/series"
)

// parts are what the loss is the sum of: each `~`, and what the `loss` terms add.
func (s *solved) parts(loss series.Array) []summand {
	rest := loss
	var all []summand
	for _, sc := range s.Graph.Scores {
		p := s.part(sc)
		share := p.Sum
		if s.Choices.Mean {
			share = divide(p.Sum, max(p.Count, 1))
		}
		rest = subtract(rest, share)
		all = append(all, p)
	}
	if len(all) == 0 || !negligible(rest, loss) {
		all = append(all, summand{Sum: rest})
	}
	return all
}

// negligible tells whether nothing is left of a loss but what rounding leaves.
func negligible(rest, loss series.Array) bool {
	if rest.Exact() {
		return rest.Has(0) && rest.Rat[0].Sign() == 0
	}
	return !(math.Abs(rest.Float64(0)) > 1e-9*math.Abs(loss.Float64(0)))
}

// part adds the scores of one `~` over steps and series.
func (s *solved) part(sc *graph.Score) summand {
	p := summand{Text: sc.Text, Sum: zeros(1, 1)}
	for i := range s.ids() {
		lo, hi := s.Graph.T0, s.v.T(i)
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
