package unroll

import (
	"context"

	"unroll/backtest"
	"unroll/forecast"
	"unroll/series"
)

// rolling forecasts from many times of the data in one run; nil if that can't be done. What is asked of each is then
// what Forecast would say of data that end there.
func (m *Model) rolling(ctx context.Context, set series.Set, cuts [][]int, o ForecastOptions) ([][]backtest.Forecast, error) {
	if len(o.Levels) > 0 || o.Samples > 0 || !m.knows(set) {
		return nil, nil
	}
	scaled, scales, err := m.scale(set)
	if err != nil {
		return nil, err
	}
	var members [][]*Forecast
	for k := range m.Members() {
		r, err := m.bind(scaled, k)
		if err != nil {
			return nil, err
		}
		all, err := r.rolling(ctx, set, cuts, o)
		if all == nil {
			return nil, err
		}
		members = append(members, all)
	}
	var out [][]backtest.Forecast
	for w := range cuts {
		var all []*Forecast
		for k := range members {
			members[k][w].unscale(scales)
			all = append(all, members[k][w])
		}
		out = append(out, mean(all).inOrder(len(set.Series)))
	}
	return out, nil
}

// knows tells whether data are read in one way wherever they end: each series has its scale and its weights from
// training, and what is missing isn't filled by what comes later.
func (m *Model) knows(set series.Set) bool {
	for _, s := range set.Series {
		_, scaled := m.file.Scales[s.ID]
		_, trained := m.at[s.ID]
		if !scaled && isScaled(m.file.Options["scale"]) || !trained && len(m.file.PerSeries) > 0 {
			return false
		}
	}
	return m.options.Fill != "linear" && m.options.Fill != "mean"
}

// rolling forecasts from the cuts of each series of the set; nil if that can't be done in one run.
func (r *Run) rolling(ctx context.Context, set series.Set, cuts [][]int, o ForecastOptions) ([]*Forecast, error) {
	p, targets, err := r.problem(o, false)
	if err != nil {
		return nil, err
	}
	for _, t := range targets {
		if r.choices.Facts.Missing[t.Input] {
			return nil, nil // a history that ends in missing values is forecast from the last that is there
		}
	}
	ends := make([][]int, len(r.data.Series))
	for _, of := range cuts {
		for s, n := range of {
			ends[s] = append(ends[s], n-(r.data.Series[s].Skipped-set.Series[s].Skipped))
		}
	}
	paths, err := forecast.Rolling(ctx, p, targets, ends)
	if paths == nil {
		return nil, err
	}
	out := make([]*Forecast, len(cuts))
	for w := range out {
		out[w] = &Forecast{}
		for i, t := range targets {
			for s, one := range r.data.Series {
				out[w].Series = append(out[w].Series, ForecastSeries{ID: one.ID, Input: t.Input, Point: rows(paths[i][s][w], t.Width)})
			}
		}
	}
	return out, nil
}
