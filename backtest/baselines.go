package backtest

import (
	"context"
	"math"
	"slices"

	"unroll/series"
)

// Baselines are the methods that a forecast is held against, as the M4 competition ran them: Naive, sNaive and Naive2,
// and with a fit also SES, Holt, Damped, Theta and Com, the mean of the three before it. From Naive2 on the season is
// taken off before and put on after; see Seasonal. Missing values inside a history are filled by straight lines.
func Baselines(targets []string, period int, fit Fit) []Method {
	c := &classics{targets: targets, period: max(period, 1), fit: fit, last: map[string]fitted{}}
	all := []Method{
		c.simple("Naive", func(y []float64, h int) []float64 { return repeat(y, 1, h) }),
		c.simple("sNaive", func(y []float64, h int) []float64 { return repeat(y, c.period, h) }),
		c.simple(Naive2, func(y []float64, h int) []float64 { return naive2(y, c.period, h) }),
	}
	if fit == nil {
		return all
	}
	return append(all,
		c.smoothed("SES", func(ctx context.Context, of [][]float64, h int) ([][]float64, error) {
			return c.fitted(ctx, "ses", of, h)
		}),
		c.smoothed("Holt", func(ctx context.Context, of [][]float64, h int) ([][]float64, error) {
			return c.fitted(ctx, "holt", of, h)
		}),
		c.smoothed("Damped", func(ctx context.Context, of [][]float64, h int) ([][]float64, error) {
			return c.fitted(ctx, "damped", of, h)
		}),
		c.smoothed("Theta", c.theta),
		c.smoothed("Com", c.com),
	)
}

// classics are the baselines of a run.
type classics struct {
	targets []string
	period  int
	fit     Fit
	last    map[string]fitted // by cell
}

// fitted is what a cell was fitted to last, and what came out.
type fitted struct {
	histories [][]float64
	h         int
	forecasts [][]float64
}

// method gives each series with a value the forecast that `of` makes of the filled histories.
func (c *classics) method(name string, of func(ctx context.Context, histories [][]float64, h int) ([][]float64, error)) Method {
	forecast := func(ctx context.Context, set series.Set, h int) ([]Forecast, error) {
		all := tracks(set, c.targets)
		var known []int
		var histories [][]float64
		for i, y := range all {
			if y = filled(y); y != nil {
				known, histories = append(known, i), append(histories, y)
			}
		}
		points, err := of(ctx, histories, h)
		if err != nil {
			return nil, err
		}
		out := make([]Forecast, len(all))
		for k, i := range known {
			out[i].Point = points[k]
		}
		return out, nil
	}
	return Method{name, func(context.Context, series.Set, int) (Forecaster, error) { return Forecaster{From: forecast}, nil }}
}

// simple is a method that looks at one series at a time.
func (c *classics) simple(name string, of func(y []float64, h int) []float64) Method {
	return c.method(name, func(_ context.Context, histories [][]float64, h int) ([][]float64, error) {
		out := make([][]float64, len(histories))
		for i, y := range histories {
			out[i] = of(y, h)
		}
		return out, nil
	})
}

// smoothed is a method that works on series without their season.
func (c *classics) smoothed(name string, of func(ctx context.Context, histories [][]float64, h int) ([][]float64, error)) Method {
	return c.method(name, func(ctx context.Context, histories [][]float64, h int) ([][]float64, error) {
		off := make([]seasonless, len(histories))
		plain := make([][]float64, len(histories))
		for i, y := range histories {
			off[i] = deseasoned(y, c.period)
			plain[i] = off[i].values
		}
		out, err := of(ctx, plain, h)
		if err != nil {
			return nil, err
		}
		for i, f := range out {
			out[i] = off[i].reseason(f)
		}
		return out, nil
	})
}

// fitted fits a cell, unless that was what was done last: Com wants what SES, Holt and Damped had. The forecasts are the
// caller's to change.
func (c *classics) fitted(ctx context.Context, cell string, histories [][]float64, h int) ([][]float64, error) {
	was, ok := c.last[cell]
	if !ok || was.h != h || !slices.EqualFunc(was.histories, histories, slices.Equal[[]float64]) {
		forecasts, err := c.fit(ctx, cell, histories, h)
		if err != nil {
			return nil, err
		}
		was = fitted{histories, h, forecasts}
		c.last[cell] = was
	}
	return slices.Clone(was.forecasts), nil
}

// com is the mean of SES, Holt and Damped.
func (c *classics) com(ctx context.Context, histories [][]float64, h int) ([][]float64, error) {
	cells := []string{"ses", "holt", "damped"}
	out := make([][]float64, len(histories))
	for k, cell := range cells {
		forecasts, err := c.fitted(ctx, cell, histories, h)
		if err != nil {
			return nil, err
		}
		for i, f := range forecasts {
			out[i] = addShare(out[i], f, k == 0, len(cells))
		}
	}
	return out, nil
}

// addShare adds the nth part of a forecast to a sum, nil if one of the parts is.
func addShare(sum, part []float64, first bool, n int) []float64 {
	if part == nil || sum == nil && !first {
		return nil
	}
	if first {
		sum = make([]float64, len(part))
	}
	for t, y := range part {
		sum[t] += y / float64(n)
	}
	return sum
}

// theta is the mean of the straight line through a series and of SES on what is left if its distance from that line is
// doubled. Where a series has no negative values its forecast has none.
func (c *classics) theta(ctx context.Context, histories [][]float64, h int) ([][]float64, error) {
	lines := make([]line, len(histories))
	bent := make([][]float64, len(histories))
	for i, y := range histories {
		lines[i] = lineThrough(y)
		bent[i] = make([]float64, len(y))
		for t := range y {
			bent[i][t] = 2*y[t] - lines[i].at(t)
		}
	}
	out, err := c.fit(ctx, "ses", bent, h)
	if err != nil {
		return nil, err
	}
	for i, f := range out {
		least := min(slices.Min(histories[i]), 0)
		if least < 0 {
			least = math.Inf(-1)
		}
		for t := range f {
			f[t] = max((f[t]+lines[i].at(len(histories[i])+t))/2, least)
		}
	}
	return out, nil
}

// line is a straight line over times from 0.
type line struct{ level, slope float64 }

func (l line) at(t int) float64 { return l.level + l.slope*float64(t) }

// lineThrough is the line of least squares through a series.
func lineThrough(y []float64) line {
	middle := float64(len(y)-1) / 2
	mean, xy, xx := 0.0, 0.0, 0.0
	for t, v := range y {
		x := float64(t) - middle
		mean += v / float64(len(y))
		xy += x * v
		xx += x * x
	}
	if xx == 0 {
		return line{level: mean}
	}
	slope := xy / xx
	return line{mean - slope*middle, slope}
}
