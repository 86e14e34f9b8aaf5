package forecast

import (
	"context"
	"fmt"
	"slices"

	"unroll/kernel"
	"unroll/plan"
)

// Rolling gives the forecasts of some targets from several ends of each series, as if no more of the data had come: by
// target, series and end. All are read off one run over the data, so that thousands cost little more than one. That
// can be where the horizon is forecast before it begins, from nothing that comes later; where it can't, the
// result is nil, and Points has to be asked at each end.
func Rolling(ctx context.Context, p Problem, targets []Target, ends [][]int) ([][][]Path, error) {
	for _, t := range targets {
		if !t.Direct(p.Horizon) || !plan.Causal(t.Node) {
			return nil, nil
		}
	}
	r, err := p.ready(ctx)
	if err != nil {
		return nil, err
	}
	r.wants(targets)
	var firsts []int
	for s, all := range ends {
		if err := r.hasEnds(s, all); err != nil {
			return nil, err
		}
		firsts = append(firsts, slices.Min(all))
	}
	r.shorten(firsts)
	if r.Float64 {
		return rolling[float64](r, ends)
	}
	return rolling[float32](r, ends)
}

// hasEnds refuses ends from which a series can't be forecast.
func (r *ready) hasEnds(s int, ends []int) error {
	one := r.long.Data.Series[s]
	if len(ends) == 0 {
		return fmt.Errorf("no end of series %s to forecast from", one.ID)
	}
	for _, t := range r.targets {
		first, _ := t.made(0)
		if lo, hi := r.Graph.T0-first, r.end(one); slices.Min(ends) < lo || slices.Max(ends) > hi {
			return fmt.Errorf("series %s can be forecast from its first %d values to its first %d, not from %d to %d", one.ID, lo, hi, slices.Min(ends), slices.Max(ends))
		}
	}
	return nil
}

// rolling runs once, and reads a path for each end.
func rolling[T kernel.Real](r *ready, ends [][]int) ([][][]Path, error) {
	b, err := bind[T](r)
	if err != nil {
		return nil, err
	}
	b.Run()
	out := make([][][]Path, len(r.targets))
	for i, t := range r.targets {
		out[i] = make([][]Path, len(ends))
		for s, all := range ends {
			since := r.since[r.long.Data.Series[s].ID]
			for _, end := range all {
				out[i][s] = append(out[i][s], readAt(b, r, t, s, end-since, make(Path, r.Horizon*t.Width)))
			}
		}
	}
	return out, nil
}
