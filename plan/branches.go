package plan

import (
	"maps"
	"math/big"

	"unroll/eval"
	"unroll/graph"
	"unroll/kernel"
)

// Draw gives the number of a Draw node at an entry, as eval.Run's does.
type Draw = func(spec graph.DrawSpec, seriesID string, t, entry int) (*big.Rat, float64)

// Branches are copies of each series, which go on each by itself: each has a draw of its own.
type Branches struct {
	draws []Draw
	back  int
}

// NewBranches makes a stream that goes on after the last time of the run's data, or from so many steps back
// of it, in as many copies of each series as there are draws, side by side. What is missing in a step is 0,
// and known to be missing as far as the graph asks.
func NewBranches[T kernel.Real](g *graph.Graph, roots []*graph.Node, o Options, r eval.Run, back int, draws []Draw) (*Stream[T], error) {
	return newStream[T](g, roots, o, r, true, &Branches{draws, back})
}

// Branching tells whether a root can be computed one step at a time after a history, random numbers and all.
func Branching(root *graph.Node) bool { return streamable(root, true, true) == nil }

// Causal tells whether a root is made, at each step, of nothing that comes later.
func Causal(root *graph.Node) bool { return streamable(root, false, true) == nil }

// of is a run with every series, and its weights, as often as there are branches.
func (b *Branches) of(g *graph.Graph, r eval.Run) eval.Run {
	if b == nil {
		return r
	}
	r.Data.Series = repeated(r.Data.Series, len(b.draws))
	r.Weights = maps.Clone(r.Weights)
	for _, w := range g.Weights {
		if w.PerSeries {
			r.Weights[w.Name] = repeated(r.Weights[w.Name], len(b.draws))
		}
	}
	return r
}

func repeated[E any](all []E, times int) []E {
	out := make([]E, 0, len(all)*times)
	for _, x := range all {
		for range times {
			out = append(out, x)
		}
	}
	return out
}

// back is how many of the last steps of the history are done anew.
func (s *Stream[T]) back() int {
	if s.branches == nil {
		return 0
	}
	return s.branches.back
}
