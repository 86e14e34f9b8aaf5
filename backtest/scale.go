package backtest

import (
	"slices"

	"unroll/series"
)

// trackScales are the scalings of a series' tracks: each entry of each target has its own.
func trackScales(s series.Series, targets []string, of map[string]series.Scaling) []series.Scaling {
	var out []series.Scaling
	for _, name := range targets {
		scale := of[name]
		for i := range width(s.Columns[name]) {
			one := scale
			if len(scale.Shift) > i {
				one.Shift, one.Factor = scale.Shift[i:i+1], scale.Factor[i:i+1]
			}
			out = append(out, one)
		}
	}
	return out
}

// onScale are forecasts of all tracks on the scale of the metrics. A forecast that has no place on it is none.
func (p *Plan) onScale(of []Forecast) []Forecast {
	scales := slices.Concat(p.scales...)
	if len(scales) != len(of) {
		return of // there are none, or it is an error that the scoring finds
	}
	out := make([]Forecast, len(of))
	for k, f := range of {
		out[k] = f.scaled(scales[k])
	}
	return out
}

// scaled is the forecast with all its numbers on a scale.
func (f Forecast) scaled(s series.Scaling) Forecast {
	do := func(values []float64) []float64 {
		values = slices.Clone(values)
		s.Do(values)
		return values
	}
	out := Forecast{Point: do(f.Point)}
	for _, i := range f.Intervals {
		out.Intervals = append(out.Intervals, Interval{i.Level, do(i.Lo), do(i.Hi)})
	}
	for _, q := range f.Quantiles {
		out.Quantiles = append(out.Quantiles, Quantile{q.Q, do(q.Values)})
	}
	for _, path := range f.Samples {
		out.Samples = append(out.Samples, do(path))
	}
	return out
}
