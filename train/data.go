package train

import (
	"fmt"
	"iter"
	"slices"
	"strconv"

	"unroll/eval"
	"unroll/graph"
	"unroll/plan"
	"unroll/series"
)

// part is data up to some times before the end of each series.
type part struct {
	set     series.Set
	lengths []int                     // T by series
	short   []int                     // series without a step
	timed   bool                      // there are inputs over time that aren't known ahead
	whole   map[string][]series.Array // what the graph of a batch takes of it, by name: one, or one a series
	known   map[string]bool           // inputs that may go on after the end
	zeros   []float64                 // as many as the longest strand has times
}

// newPart leaves out the last holdout times of each series, but what is known ahead.
func newPart(p Problem, holdout int) (*part, error) {
	x := &part{whole: map[string][]series.Array{}, known: map[string]bool{}}
	for _, c := range p.Graph.Inputs {
		x.known[c.Name] = c.Known
		x.timed = x.timed || !c.Known && !c.PerSeries
	}
	all := p.Data.Series
	if len(all) == 0 && len(p.Graph.Inputs) == 0 {
		all = []series.Series{{ID: "1"}}
	}
	leaves, err := eval.NewLeaves(p.Graph, eval.Run{Data: series.Set{Series: all}, Weights: p.Weights, Steps: p.Steps, Masked: p.Masked})
	if err != nil {
		return nil, err
	}
	for i, s := range all {
		T := leaves.T(i)
		if x.timed {
			T = max(0, T-holdout)
		}
		x.set.Series = append(x.set.Series, dense(x.slice(s, 0, T)))
		x.lengths = append(x.lengths, T)
		if T <= p.Graph.T0 {
			x.short = append(x.short, i)
		}
	}
	return x, nil
}

// longEnough refuses data without a series to train on.
func (x *part) longEnough(g *graph.Graph, holdout int) error {
	if len(x.short) < len(x.lengths) {
		return nil
	}
	longest, out := slices.Max(x.lengths), ""
	if holdout > 0 {
		out = fmt.Sprintf(", besides the %d that are held out", holdout)
	}
	return fmt.Errorf("no series is long enough to train on: the first step is t = %d, and the longest series has %d times%s; give longer series", g.T0, longest, out)
}

// slice is a series from one time to another, lo included and hi not; what is known ahead goes on.
func (x *part) slice(s series.Series, lo, hi int) series.Series {
	out := s
	out.Ahead = 0
	out.Columns = map[string]series.Column{}
	for name, column := range s.Columns {
		end := column.Len()
		if !x.known[name] && x.timed {
			end = min(hi, end)
		}
		out.Columns[name] = column.Slice(min(lo, end), end)
	}
	return out
}

// dense is a series with its columns as float64s side by side, from which a batch is soon filled.
func dense(s series.Series) series.Series {
	out := s
	out.Columns = map[string]series.Column{}
	for name, column := range s.Columns {
		out.Columns[name] = denseColumn(column)
	}
	return out
}

func denseColumn(c series.Column) series.Column {
	if c.Len() == 0 {
		return c
	}
	r, cols := c.At(0).R, c.At(0).C
	values := make([]float64, c.Len()*r*cols)
	for t, a := range c.All() {
		if a.R != r || a.C != cols || a.Len() == 0 {
			return c // some of it is missing altogether
		}
		c.Read(t, values[t*r*cols:][:r*cols])
	}
	return series.Dense(r, cols, values)
}

// strand is a part of a series as one of its own. What is drawn for it isn't what is drawn for another part.
func (x *part) strand(s strand, c *cut) series.Series {
	of := x.set.Series[s.series]
	if !c.windows {
		return of
	}
	out := of
	out.Columns = map[string]series.Column{}
	for name, column := range of.Columns {
		end := min(s.hi+c.lead, column.Len())
		out.Columns[name] = column.Slice(min(s.lo, end), end)
	}
	T := s.hi - s.lo
	if len(x.zeros) < T {
		x.zeros = make([]float64, T)
	}
	out.Columns[timesName] = series.Dense(1, 1, x.zeros[:T])
	if s.lo > 0 {
		out.ID += "@" + strconv.Itoa(s.lo-c.pad)
	}
	return out
}

// mark adds the columns that tell whether an input is there.
func (x *part) mark(c *cut) {
	for name, of := range c.observed {
		for _, s := range x.set.Series {
			column, width := s.Columns[of], 1
			if column.Len() > 0 {
				width = max(1, column.At(0).Len())
			}
			there := make([]float64, column.Len()*width)
			for t, a := range column.All() {
				for i := range a.Len() {
					if a.Has(i) {
						there[t*width+i] = 1
					}
				}
			}
			s.Columns[name] = series.Dense(width, 1, there)
		}
	}
}

// prepare has the data as the graph of strands reads it.
func (x *part) prepare(p Problem, c *cut) error {
	if err := x.summarise(p, c); err != nil {
		return err
	}
	x.pad(c.pad)
	x.mark(c)
	return nil
}

// pad puts times before each series, of which nothing is known.
func (x *part) pad(n int) {
	if n == 0 {
		return
	}
	for i, s := range x.set.Series {
		for name, column := range s.Columns {
			if column.Len() > 0 {
				none := series.Missing(column.At(0).R, column.At(0).C).ToFloat()
				s.Columns[name] = denseColumn(series.Arrays(slices.Repeat([]series.Array{none}, n)...).Append(slices.Collect(values(column))...))
			}
		}
		x.lengths[i] += n
	}
}

// values are a column's arrays.
func values(c series.Column) iter.Seq[series.Array] {
	return func(yield func(series.Array) bool) {
		for _, a := range c.All() {
			if !yield(a) {
				return
			}
		}
	}
}

// summarise computes what data alone makes of sums over times and series.
func (x *part) summarise(p Problem, c *cut) error {
	if len(c.summaries) == 0 {
		return nil
	}
	bind, err := newBinder(p.Graph, c.summaries, true, plan.Options{})
	if err != nil {
		return err
	}
	m, err := bind(eval.Run{Data: x.set, Weights: p.Weights, Steps: p.Steps, Masked: p.Masked})
	if err != nil {
		return err
	}
	m.Run()
	for i, n := range c.summaries {
		copies := 1
		if n.Scope == graph.Series {
			copies = len(x.lengths)
		}
		for s := range copies {
			a := series.Floats(n.Shape.R, n.Shape.C, make([]float64, n.Shape.Len()))
			m.Read(n, s, 0, a.Float)
			x.whole[summaryName(i)] = append(x.whole[summaryName(i)], a)
		}
	}
	return nil
}
