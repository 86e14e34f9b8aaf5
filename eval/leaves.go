package eval

import (
	"math"
	"math/big"

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

// Redraw has what is drawn from now on be given by another function.
func (l *Leaves) Redraw(draw func(spec graph.DrawSpec, seriesID string, t, entry int) (*big.Rat, float64)) {
	l.v.run.Draw = draw
}

// ReadTimes writes a leaf's values at the times from lo to hi-1, all of its span, one after the other.
func (l *Leaves) ReadTimes(n *graph.Node, series, lo, hi int, into []float64) error {
	width := n.Shape.Len()
	s := l.v.run.Data.Series[series]
	switch {
	case n.Kind == graph.Input && s.Consts[n.Name].Len() == 0:
		readColumn(s.Columns[n.Name], lo, hi, into[:(hi-lo)*width])
		for i, x := range into[:(hi-lo)*width] {
			if math.IsNaN(x) {
				into[i] = 0
			}
		}
		return nil
	case n.Kind == graph.Mask && n.Mask.Kind == graph.Observed && s.Consts[n.Mask.Inputs[0]].Len() == 0:
		readColumn(s.Columns[n.Mask.Inputs[0]], lo-n.Mask.K, hi-n.Mask.K, into[:(hi-lo)*width])
		for i, x := range into[:(hi-lo)*width] {
			into[i] = 1
			if math.IsNaN(x) {
				into[i] = 0
			}
		}
		return nil
	}
	for t := lo; t < hi; t++ {
		if err := l.Read(n, series, t, into[(t-lo)*width:][:width]); err != nil {
			return err
		}
	}
	return nil
}

// readColumn writes a column's values at the times from lo to hi-1; NaN for what is missing.
func readColumn(column series.Column, lo, hi int, into []float64) {
	width := len(into) / max(1, hi-lo)
	if r, c, all := column.Floats(); r*c == width {
		for i := range into {
			into[i] = math.NaN()
		}
		if first, last := max(lo, 0), min(hi, column.Len()); first < last {
			copy(into[(first-lo)*width:], all[first*width:last*width])
		}
		return
	}
	for t := lo; t < hi; t++ {
		column.Read(t, into[(t-lo)*width:][:width])
	}
}

// Read writes a leaf's value, at a time of its span, row after row. A series' own are read with t = 0.
func (l *Leaves) Read(n *graph.Node, series, t int, into []float64) error {
	switch { // there may be millions of them
	case n.Kind == graph.Input:
		l.input(n, series, t, into)
		return nil
	case n.Kind == graph.Time:
		into[0] = float64(t)
		return nil
	case n.Kind == graph.Mask:
		for i := range into {
			into[i] = 0
			if l.v.on(n, series, t, i) {
				into[i] = 1
			}
		}
		return nil
	case n.Kind == graph.Draw && l.v.run.Draw != nil:
		id := l.v.drawsFor(n, series)
		for i := range into {
			_, into[i] = l.v.run.Draw(n.Draw, id, t, i)
		}
		return nil
	}
	a, err := l.v.leaf(n, series, t)
	if err != nil {
		return err
	}
	for i := range into {
		into[i] = a.Float64(i)
	}
	return nil
}

func (l *Leaves) input(n *graph.Node, series, t int, into []float64) {
	d, ok := l.v.datum(n.Name, series, t)
	for i := range into {
		into[i] = 0
		if ok && d.Has(i) {
			into[i] = d.Float64(i)
		}
	}
}
