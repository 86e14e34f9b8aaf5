package unroll

import (
	"context"
	"errors"

	"unroll/series"
)

// Forecast goes on past the end of the data, in the data's own units. Of a model of several members it is the mean
// of what they forecast, and of the ends of their bands; paths are taken from the members in turn.
func (m *Model) Forecast(ctx context.Context, set series.Set, o ForecastOptions) (*Forecast, error) {
	scaled, scales, err := m.scale(set)
	if err != nil {
		return nil, err
	}
	if o.Residuals != nil && isScaled(m.file.Options["scale"]) {
		return nil, errors.New("Residuals can't be given to a model whose data is scaled; leave them out")
	}
	var all []*Forecast
	for k := range m.Members() {
		r, err := m.bind(scaled, k)
		if err != nil {
			return nil, err
		}
		one := o
		one.Seed += uint64(k)
		f, err := r.Forecast(ctx, one)
		if err != nil {
			return nil, err
		}
		f.unscale(scales)
		all = append(all, f)
	}
	return mean(all), nil
}

// unscale brings a forecast back to the data's own units.
func (f *Forecast) unscale(scales map[string]map[string]series.Scaling) {
	for i := range f.Series {
		s := &f.Series[i]
		scaling, ok := scales[s.ID][s.Input]
		if !ok {
			continue
		}
		undo := func(rows [][]float64) {
			for _, row := range rows {
				scaling.Undo(row)
			}
		}
		undo(s.Point)
		for _, b := range s.Bands {
			undo(b.Lo)
			undo(b.Hi)
		}
		for _, p := range s.Paths {
			undo(p)
		}
	}
}

// mean is the mean of the members' forecasts, which it writes into the first.
func mean(all []*Forecast) *Forecast {
	first := all[0]
	share := 1 / float64(len(all))
	for i := range first.Series {
		s := &first.Series[i]
		average(share, s.Point, func(k int) [][]float64 { return all[k].Series[i].Point }, len(all))
		for j, b := range s.Bands {
			average(share, b.Lo, func(k int) [][]float64 { return all[k].Series[i].Bands[j].Lo }, len(all))
			average(share, b.Hi, func(k int) [][]float64 { return all[k].Series[i].Bands[j].Hi }, len(all))
		}
		for p := range s.Paths {
			s.Paths[p] = all[p%len(all)].Series[i].Paths[p]
		}
	}
	return first
}

// average adds the others to the first and takes the mean.
func average(share float64, into [][]float64, of func(k int) [][]float64, n int) {
	for t, row := range into {
		for k := 1; k < n; k++ {
			for i, v := range of(k)[t] {
				row[i] += v
			}
		}
		for i := range row {
			row[i] *= share
		}
	}
}
