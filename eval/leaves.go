package eval

import (
	"unroll/graph"
	"unroll/series"
)

// Leaves are what a run gives to the nodes without arguments (data, masks, the time, what is drawn), as
// float64: what another way of running a graph starts from.
type Leaves struct{ v *Values }

// NewLeaves checks a run as Eval does.
func NewLeaves(g *graph.Graph, r Run) (*Leaves, error) {
	if err := Check(g, r); err != nil {
		return nil, err
	}
	r.Data = bound(g, r)
	v := &Values{graph: g, run: r, marks: map[mark]int{}}
	for i := range r.Data.Series {
		v.length = append(v.length, length(g, r, i))
	}
	return &Leaves{v}, nil
}

// Series is the number of series.
func (l *Leaves) Series() int { return len(l.v.length) }

// T is the number of times of a series.
func (l *Leaves) T(series int) int { return l.v.length[series] }

// Span is the range of times, lo included and hi not, at which a leaf has values in a series. Of an
// input that is known ahead it may end after T.
func (l *Leaves) Span(n *graph.Node, series int) (lo, hi int) { return l.v.span(n, series) }

// At is a leaf's value, at a time of its span. A series' own weights are read with t = 0.
func (l *Leaves) At(n *graph.Node, series, t int) (series.Array, error) { return l.v.leaf(n, series, t) }
