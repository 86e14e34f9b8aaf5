package unroll

import (
	"context"
	"fmt"
	"maps"

	"unroll/forecast"
	"unroll/graph"
	"unroll/series"
)

// ForecastOptions are the choices of a forecast. Only Horizon must be given.
type ForecastOptions struct {
	Horizon   int        // how many times past the end of each series
	Known     series.Set // of the inputs that are known ahead: their values from the end on, by the series' ids; without it the data are longer
	Levels    []float64  // of bands, in percent, such as 80 and 95
	Samples   int        // how many sampled paths are given back
	Paths     int        // how many paths bands are made of; 0: 1000
	Seed      uint64     // of the paths
	Residuals Residuals  // for the bands of what has no distribution; nil: of forecasts from earlier times of the data
	Float64   bool       // computed in float64, in place of float32; so is in any case what is narrow, as exponential smoothing is
	Cores     int        // at most; 0: as many as Go may use
}

// Residuals are by how much forecasts were off: by the series' id, the input and the number of times ahead,
// from 0 on, what came less what had been forecast. Of a vector each entry counts as a time of its own.
type Residuals map[string]map[string][][]float64

// Forecast is how the series of a run go on: those of the first `~` first.
type Forecast struct{ Series []ForecastSeries }

// ForecastSeries is how one input of one series goes on. What is forecast has a row for each time of the
// horizon, of as many entries as the input has.
type ForecastSeries struct {
	ID, Input string
	Point     [][]float64
	Bands     []ForecastBand // by the levels of the options
	Paths     [][][]float64  // the samples
}

// ForecastBand is an interval that holds what comes with a probability of Level percent.
type ForecastBand struct {
	Level  float64
	Lo, Hi [][]float64
	Of     string // what it is made of: "paths", the model's own "quantiles", or "residuals"
}

const (
	usualPaths   = 1000
	usualOrigins = 20 // of which residuals are made
)

// Forecast goes on past the end of the run's data, with the weights as they are. A series ends with the last
// observed value of what the cell forecasts. Nothing that comes after enters a summary such as average(y).
//
// Bands are made of paths that are sampled from the family's distribution; of the quantiles, if the cell forecasts
// such, and all of the horizon at once; and of residuals where the family is no distribution.
func (r *Run) Forecast(ctx context.Context, o ForecastOptions) (*Forecast, error) {
	if err := forecast.CheckLevels(o.Levels); err != nil {
		return nil, err
	}
	if o.Samples < 0 || o.Paths < 0 {
		return nil, fmt.Errorf("%d samples of %d paths; expected numbers from 0 on", o.Samples, o.Paths)
	}
	p, targets, err := r.problem(o, false)
	if err != nil {
		return nil, err
	}
	f := &forecasting{ctx: ctx, run: r, options: o, problem: p, targets: targets, out: make([][]ForecastSeries, len(targets))}
	for _, step := range []func() error{f.points, f.quantiles, f.paths, f.residuals} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	out := &Forecast{}
	for _, all := range f.out {
		out.Series = append(out.Series, all...)
	}
	return out, nil
}

// problem is the run made ready to be forecast, and what is forecast: its graph is built anew, for the choices of a
// forecast.
func (r *Run) problem(o ForecastOptions, paths bool) (forecast.Problem, []forecast.Target, error) {
	p := forecast.Problem{Run: r.evalRun(), Known: o.Known, Horizon: o.Horizon, Float64: o.Float64, Cores: o.Cores}
	targets, err := forecast.Targets(r.graph)
	if err != nil {
		return p, nil, err
	}
	c := r.choices
	c.Feed, c.Training, c.Paths, c.Facts.Ahead = graph.Feed{}, false, paths, true
	if forecast.Steps(targets, max(1, o.Horizon)) > 0 {
		c.Facts.Missing = maps.Clone(c.Facts.Missing)
		for _, t := range targets {
			c.Facts.Missing[t.Input] = true
		}
	}
	if p.Graph, err = graph.Build(r.cell.file, c); err != nil {
		return p, nil, err
	}
	targets, err = forecast.Targets(p.Graph)
	return p, targets, err
}

// forecasting is a forecast that is being made.
type forecasting struct {
	ctx     context.Context
	run     *Run
	options ForecastOptions
	problem forecast.Problem
	targets []forecast.Target
	flat    [][]forecast.Path  // the points
	out     [][]ForecastSeries // by target and series
}

func (f *forecasting) points() error {
	var err error
	if f.flat, err = forecast.Points(f.ctx, f.problem, f.targets); err != nil {
		return err
	}
	for i, t := range f.targets {
		for s, one := range f.run.data.Series {
			f.out[i] = append(f.out[i], ForecastSeries{ID: one.ID, Input: t.Input, Point: rows(f.flat[i][s], t.Width)})
		}
	}
	return nil
}

// rows are the times of a path.
func rows(p forecast.Path, width int) [][]float64 {
	var out [][]float64
	for at := 0; at < len(p); at += width {
		out = append(out, p[at:at+width])
	}
	return out
}

func (f *forecasting) give(target, series int, of string, bands []forecast.Band) {
	width := f.targets[target].Width
	one := &f.out[target][series]
	for _, b := range bands {
		one.Bands = append(one.Bands, ForecastBand{b.Level, rows(b.Lo, width), rows(b.Hi, width), of})
	}
}

// ownQuantiles tells whether a target's bands are the model's own quantiles.
func (f *forecasting) ownQuantiles(t forecast.Target) bool {
	return len(t.Quantiles) > 0 && t.Direct(f.options.Horizon)
}

// quantiles makes bands of the model's own.
func (f *forecasting) quantiles() error {
	for i, t := range f.targets {
		if len(f.options.Levels) == 0 || !f.ownQuantiles(t) {
			continue
		}
		values, err := forecast.Points(f.ctx, f.problem, t.AtQuantiles())
		if err != nil {
			return err
		}
		for s := range f.out[i] {
			var paths []forecast.Path
			for _, v := range values {
				paths = append(paths, v[s])
			}
			bands, err := forecast.Own(t.Probabilities(), paths, f.options.Levels)
			if err != nil {
				return err
			}
			f.give(i, s, "quantiles", bands)
		}
	}
	return nil
}

// paths samples, if anything is wanted that is made of samples.
func (f *forecasting) paths() error {
	o, wanted, drawn := f.options, f.options.Samples > 0, false
	for _, t := range f.targets {
		drawn = drawn || t.Sampled
		wanted = wanted || len(o.Levels) > 0 && t.Sampled && !f.ownQuantiles(t)
	}
	switch {
	case !wanted:
		return nil
	case !drawn:
		return fmt.Errorf("%s forecasts no distribution that samples could be drawn from; write one after ~, as in y ~ normal(m, s)", f.run.graph.Cell)
	}
	p, _, err := f.run.problem(o, true)
	if err != nil {
		return err
	}
	count := o.Samples
	if len(o.Levels) > 0 {
		count = max(count, o.Paths)
		if o.Paths == 0 {
			count = max(count, usualPaths)
		}
	}
	return forecast.Samples(f.ctx, p, o.Seed, count, func(target, series int, paths []forecast.Path) {
		t := f.targets[target]
		for _, p := range paths[:o.Samples] {
			f.out[target][series].Paths = append(f.out[target][series].Paths, rows(append(forecast.Path{}, p...), t.Width))
		}
		if t.Sampled && !f.ownQuantiles(t) {
			f.give(target, series, "paths", forecast.Sampled(paths, o.Levels))
		}
	})
}

// residuals makes bands of what has no distribution.
func (f *forecasting) residuals() error {
	o := f.options
	var own [][][][]float64
	for i, t := range f.targets {
		if len(o.Levels) == 0 || t.Sampled {
			continue
		}
		if o.Residuals == nil && own == nil {
			var err error
			if own, err = forecast.Misses(f.ctx, f.problem, f.targets, usualOrigins); err != nil {
				return err
			}
		}
		for s, one := range f.run.data.Series {
			misses := o.Residuals[one.ID][t.Input]
			if o.Residuals == nil {
				misses = own[i][s]
			}
			f.give(i, s, "residuals", forecast.Conformal(f.flat[i][s], misses, o.Levels))
		}
	}
	return nil
}
