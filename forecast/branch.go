package forecast

import (
	"context"
	"maps"

	"unroll/eval"
	"unroll/graph"
	"unroll/kernel"
	"unroll/plan"
	"unroll/series"
)

// sampleBranches draws the paths of the series lo..hi-1, which all go on from one run over the data.
func sampleBranches[T kernel.Real](ctx context.Context, s sampling, lo, hi int) error {
	back := 0
	for _, t := range s.targets {
		back = max(back, t.ahead)
	}
	draws := make([]plan.Draw, s.paths)
	for k := range draws {
		draws[k] = draw(s.seed, k, s.since)
	}
	past := s.history(lo, hi)
	past.Draw = draws[0]
	b, err := plan.NewBranches[T](s.Graph, s.roots, plan.Options{}, past, back, draws)
	if err != nil {
		return err
	}
	paths := make([][][]Path, hi-lo)
	for i := range paths {
		for _, t := range s.targets {
			paths[i] = append(paths[i], empty(s.paths, s.Horizon*t.Width))
		}
	}
	values := make([]float64, b.Len())
	for step := -back; step < Steps(s.targets, s.Horizon); step++ {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		s.inputs(b.Inputs(), lo, step, values)
		if err := b.Step(values); err != nil {
			return err
		}
		for i := range paths {
			for k, t := range s.targets {
				collect(b, t, step, i*s.paths, s.Horizon, paths[i][k])
			}
		}
	}
	for i := range paths {
		for k := range s.targets {
			s.each(k, lo+i, paths[i][k])
		}
	}
	return nil
}

// history is the run on the data up to the end, of some of the series.
func (s sampling) history(lo, hi int) eval.Run {
	r := s.long
	r.Data = series.Set{}
	for _, one := range s.long.Data.Series[lo:hi] {
		end := s.end(one)
		one.Columns = maps.Clone(one.Columns)
		one.Ahead = 0
		for name, from := range one.Columns {
			one.Columns[name] = cut(from, end)
		}
		r.Data.Series = append(r.Data.Series, one)
	}
	r.Weights = maps.Clone(r.Weights)
	for _, w := range s.Graph.Weights {
		if w.PerSeries {
			r.Weights[w.Name] = r.Weights[w.Name][lo:hi]
		}
	}
	return r
}

// end is the first time of a series that is still to come.
func (r *ready) end(one series.Series) int { return one.Len(r.targets[0].Input) - one.Ahead }

// ends are those of all series.
func (r *ready) ends() []int {
	var all []int
	for _, one := range r.long.Data.Series {
		all = append(all, r.end(one))
	}
	return all
}

// inputs are what a step takes: in each copy of a series what its data has at that time.
func (s sampling) inputs(columns []*graph.Column, lo, step int, values []float64) {
	width := 0
	for _, c := range columns {
		width += c.Shape.Len()
	}
	for row := range len(values) / max(1, width) {
		one := s.long.Data.Series[lo+row/s.paths]
		to := values[row*width : (row+1)*width]
		if row%s.paths > 0 {
			copy(to, values[(row-1)*width:])
			continue
		}
		for _, c := range columns {
			n := c.Shape.Len()
			one.Columns[c.Name].Read(s.end(one)+step, to[:n])
			to = to[n:]
		}
	}
}

// collect takes from a step what it forecasts, for the copies of a series that begin at a row.
func collect[T kernel.Real](b *plan.Stream[T], t Target, step, row, horizon int, paths []Path) {
	for j := step + t.ahead; j < min(horizon, step+t.ahead+t.window); j++ {
		made, at := 0, 0
		if j >= 0 {
			made, at = t.made(j)
		}
		if j < 0 || made != step {
			return
		}
		for k, path := range paths {
			for i, x := range b.At(t.Node, row+k)[at*t.Width : (at+1)*t.Width] {
				path[j*t.Width+i] = float64(x)
			}
		}
	}
}
