package plan

import (
	"fmt"
	"math"

	"unroll/eval"
	"unroll/graph"
	"unroll/kernel"
)

// feed is an input that a stream reads.
type feed[T kernel.Real] struct {
	*graph.Column
	at   int      // where it stands in the values of a series
	asks bool     // whether it is missing can be read
	seen [][]bool // by lag: which entries of all series were there, a ring
	head int      // the place of lag 0
}

// leaf is what a stream fills anew in each step.
type leaf[T kernel.Real] struct {
	n    *graph.Node
	at   view[T]
	from *feed[T] // Input, and Observed
}

// takes finds the inputs that the stream reads, and the leaves that change with time, among what is read.
func (s *Stream[T]) takes(r eval.Run, read map[*value]bool) {
	g := s.b.plan.g
	by := map[string]*feed[T]{}
	var columns []*feed[T]
	for _, c := range g.Inputs {
		if !c.PerSeries {
			by[c.Name] = &feed[T]{Column: c, at: -1}
			columns = append(columns, by[c.Name])
		}
	}
	used := map[*feed[T]]bool{}
	for _, v := range s.b.plan.l.values {
		if !v.leaf || v.hold != full || !read[v] {
			continue
		}
		lf := &leaf[T]{n: v.node, at: s.s.view(ref{v: v})}
		byTime := v.node.Kind == graph.Time || v.node.Kind == graph.Draw ||
			v.node.Kind == graph.Mask && (v.node.Mask.Kind == graph.Inside || v.node.Mask.Kind == graph.Past)
		switch {
		case v.node.Kind == graph.Input:
			lf.from = by[v.node.Name]
		case v.node.Kind == graph.Mask && v.node.Mask.Kind == graph.Observed && v.node.Mask.K >= 0:
			lf.from = by[v.node.Mask.Inputs[0]]
			lf.from.ask(v.node.Mask.K, s.s.rows)
		}
		if lf.from != nil || byTime { // the rest is the same at all times, or isn't read
			used[lf.from] = true
			s.leaves = append(s.leaves, lf)
		}
	}
	for _, f := range columns {
		if used[f] {
			f.at = s.width
			s.width += f.Shape.Len()
			s.inputs = append(s.inputs, f)
			f.remember(r, s.back())
		}
	}
	s.width *= s.s.rows
}

// ask makes room for what was there as many steps before.
func (f *feed[T]) ask(k, rows int) {
	if f == nil { // it is one for all times
		return
	}
	f.asks = true
	for len(f.seen) <= k {
		f.seen = append(f.seen, make([]bool, f.Shape.Len()*rows))
	}
}

// remember notes which of the last values of a run's data were there, but for so many.
func (f *feed[T]) remember(r eval.Run, but int) {
	n := f.Shape.Len()
	for i, one := range r.Data.Series {
		column := one.Columns[f.Name]
		for k := range f.seen {
			// The next step moves lag 0 to lag 1.
			if t := column.Len() - 1 - but - k; t >= 0 && column.At(t).Len() == n {
				for e := range n {
					f.seen[k][i*n+e] = column.At(t).Has(e)
				}
			}
		}
	}
}

// Inputs are what a step takes, in this order.
func (s *Stream[T]) Inputs() []*graph.Column {
	var all []*graph.Column
	for _, f := range s.inputs {
		all = append(all, f.Column)
	}
	return all
}

// check finds a value that can't be.
func (s *Stream[T]) check(values []float64) error {
	if len(values) != s.width {
		return fmt.Errorf("a step takes %d numbers, not %d", s.width, len(values))
	}
	for row := range s.s.rows {
		for _, f := range s.inputs {
			for _, x := range f.of(values, row, s) {
				switch {
				case math.IsNaN(x) && !f.asks && s.branches == nil:
					return fmt.Errorf("%s is missing at t = %d, and the graph was made for data that has all of it", f.Name, s.t[row])
				case f.Classes > 0 && !math.IsNaN(x) && (x < 0 || x >= float64(f.Classes) || x != math.Trunc(x)):
					return fmt.Errorf("%s is %v at t = %d, which is not a whole number from 0 to %d", f.Name, x, s.t[row], f.Classes-1)
				}
			}
		}
	}
	return nil
}

// of is an input's part of the values of a step, in a series.
func (f *feed[T]) of(values []float64, row int, s *Stream[T]) []float64 {
	one := s.width / s.s.rows
	return values[row*one+f.at : row*one+f.at+f.Shape.Len()]
}

// fill writes the leaves of a step.
func (s *Stream[T]) fill(values []float64) {
	for _, f := range s.inputs {
		f.see(values, s)
	}
	for _, lf := range s.leaves {
		for row := range s.s.rows {
			to := lf.at.entries(s.now, row)
			switch {
			case lf.n.Kind == graph.Input:
				for i, x := range lf.from.of(values, row, s) {
					if math.IsNaN(x) {
						x = 0
					}
					to[i] = T(x)
				}
			case lf.n.Kind == graph.Time:
				to[0] = T(s.t[row])
			case lf.n.Kind == graph.Draw:
				s.draw(lf.n, row, to)
			case lf.from != nil:
				seen := lf.from.back(lf.n.Mask.K)[row*len(to):]
				for i := range to {
					to[i] = oneIf[T](seen[i])
				}
			default: // Inside, or Past
				in := s.b.plan.g.T0 <= s.t[row]-lf.n.Mask.K
				if lf.n.Mask.Kind == graph.Past {
					in = s.past(row, s.t[row]-lf.n.Mask.K)
				}
				for i := range to {
					to[i] = oneIf[T](in)
				}
			}
		}
	}
}

// past tells whether a time isn't one that is still to come: without a history none is.
func (s *Stream[T]) past(row, t int) bool { return 0 <= t && (s.ends == nil || t < s.ends[row]) }

// draw writes random numbers: those of a copy of a series.
func (s *Stream[T]) draw(n *graph.Node, row int, to []T) {
	of := s.branches
	id := ""
	if n.Scope != graph.Global {
		id = s.ids[row]
	}
	for i := range to {
		_, x := of.draws[row%len(of.draws)](n.Draw, id, s.t[row], i)
		to[i] = T(x)
	}
}

// see notes which values of a step are there.
func (f *feed[T]) see(values []float64, s *Stream[T]) {
	if !f.asks {
		return
	}
	f.head = (f.head + len(f.seen) - 1) % len(f.seen)
	now, n := f.back(0), f.Shape.Len()
	for row := range s.s.rows {
		for i, x := range f.of(values, row, s) {
			now[row*n+i] = !math.IsNaN(x)
		}
	}
}

// back is which entries were there so many steps ago.
func (f *feed[T]) back(k int) []bool { return f.seen[(f.head+k)%len(f.seen)] }

func oneIf[T kernel.Real](is bool) T {
	if is {
		return 1
	}
	return 0
}
