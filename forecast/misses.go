package forecast

import (
	"context"
	"maps"
	"math"

	"unroll/eval"
	"unroll/series"
)

// Misses are by how much forecasts were off when the data were known only up to some earlier times, with the
// weights as they are: by target, series and entry of the path, what came less what had been forecast. There is
// one for each of the last origins from which all of the horizon lies in the data, as far as a series is long
// enough; where nothing was observed it is NaN.
func Misses(ctx context.Context, p Problem, targets []Target, origins int) ([][][][]float64, error) {
	out := make([][][][]float64, len(targets))
	for i, t := range targets {
		out[i] = make([][][]float64, len(p.Run.Data.Series))
		for s := range out[i] {
			out[i][s] = make([][]float64, p.Horizon*t.Width)
		}
	}
	for k := range origins {
		early := p
		var which []int
		early.Run, which = p.cut(targets, p.Horizon+k)
		if len(which) == 0 {
			break
		}
		early.Known = series.Set{} // the data have it
		paths, err := Points(ctx, early, targets)
		if err != nil {
			return nil, err
		}
		for i, t := range targets {
			for n, s := range which {
				one := p.Run.Data.Series[s]
				end := endOf(early.Run.Data.Series[n], targets)
				came := make([]float64, t.Width)
				for at, x := range paths[i][n] {
					one.Columns[t.Input].Read(end+at/t.Width, came)
					if miss := came[at%t.Width] - x; !math.IsNaN(miss) {
						out[i][s][at] = append(out[i][s][at], miss)
					}
				}
			}
		}
	}
	return out, nil
}

// cut is the run on data that end so many times earlier, without the series that are then too short: which
// are those that remain.
func (p Problem) cut(targets []Target, back int) (r eval.Run, which []int) {
	r = p.Run
	r.Data = series.Set{}
	for i, s := range p.Run.Data.Series {
		end := endOf(s, targets) - back
		if end < 1 || !p.longEnough(targets, end) {
			continue
		}
		s.Columns = maps.Clone(s.Columns)
		for _, t := range targets {
			s.Columns[t.Input] = cut(s.Columns[t.Input], end)
		}
		if endOf(s, targets) == end {
			r.Data.Series = append(r.Data.Series, s)
			which = append(which, i)
		}
	}
	r.Weights = maps.Clone(r.Weights)
	for _, w := range p.Graph.Weights {
		if w.PerSeries {
			all := r.Weights[w.Name]
			r.Weights[w.Name] = nil
			for _, i := range which {
				r.Weights[w.Name] = append(r.Weights[w.Name], all[i])
			}
		}
	}
	return r, which
}

func (p Problem) longEnough(targets []Target, end int) bool {
	for _, t := range targets {
		if first, _ := t.made(0); end+first < p.Graph.T0 {
			return false
		}
	}
	return true
}
