package unroll

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"unroll/backtest"
	"unroll/cells"
	"unroll/series"
)

// Method is the cell as a backtest tries it: fitted on histories, and forecasting from them with bands of the
// levels. How it is fitted and run is as in Fit and Forecast; the horizon is the backtest's.
func (c *Cell) Method(name string, o Options, f FitOptions, forecast ForecastOptions) backtest.Method {
	return backtest.Method{Name: name, Fit: func(ctx context.Context, histories series.Set, _ int) (backtest.Forecaster, error) {
		m, err := c.Fit(ctx, histories, o, f)
		if err != nil {
			return backtest.Forecaster{}, err
		}
		return m.forecaster(forecast), nil
	}}
}

// Method is the model as a backtest tries it: it is never fitted anew.
func (m *Model) Method(name string, forecast ForecastOptions) backtest.Method {
	return backtest.Method{Name: name, Fit: func(context.Context, series.Set, int) (backtest.Forecaster, error) {
		return m.forecaster(forecast), nil
	}}
}

// forecaster forecasts with the model as a backtest asks for it: series by series, and in it target by target.
func (m *Model) forecaster(o ForecastOptions) backtest.Forecaster {
	from := func(ctx context.Context, histories series.Set, horizon int) ([]backtest.Forecast, error) {
		o.Horizon = horizon
		f, err := m.Forecast(ctx, histories, o)
		if err != nil {
			return nil, err
		}
		return f.inOrder(len(histories.Series)), nil
	}
	rolling := func(ctx context.Context, all series.Set, cuts [][]int, horizon int) ([][]backtest.Forecast, error) {
		o.Horizon = horizon
		return m.rolling(ctx, all, cuts, o)
	}
	return backtest.Forecaster{From: from, Rolling: rolling}
}

// inOrder are the forecasts of n series as a backtest wants them.
func (f *Forecast) inOrder(n int) []backtest.Forecast {
	var all []backtest.Forecast
	for i := range n {
		for at := i; at < len(f.Series); at += n { // those of the first target come first
			all = append(all, f.Series[at].entries()...)
		}
	}
	return all
}

// entries are the forecasts of each entry of an input.
func (s *ForecastSeries) entries() []backtest.Forecast {
	var all []backtest.Forecast
	for i := range s.Point[0] {
		one := backtest.Forecast{Point: entry(s.Point, i)}
		for _, b := range s.Bands {
			one.Intervals = append(one.Intervals, backtest.Interval{Level: b.Level, Lo: entry(b.Lo, i), Hi: entry(b.Hi, i)})
		}
		for _, p := range s.Paths {
			one.Samples = append(one.Samples, entry(p, i))
		}
		all = append(all, one)
	}
	return all
}

func entry(rows [][]float64, i int) []float64 {
	out := make([]float64, len(rows))
	for t, row := range rows {
		out[t] = row[i]
	}
	return out
}

// Targets are the inputs that the cell forecasts, in the order of their `~`, and those that are known ahead.
func (c *Cell) Targets() (targets, known []string) {
	for _, w := range c.Inputs() {
		switch {
		case w.PerSeries:
		case w.Forecast:
			targets = append(targets, w.Name)
		case w.Known:
			known = append(known, w.Name)
		}
	}
	return targets, known
}

// Baselines are the classical methods that a forecast is held against: Naive, sNaive and Naive2, and SES, Holt,
// Damped, Theta and Com, whose cells of the library are fitted to each series. Period is the length of a season.
func (c *Cell) Baselines(period int) []backtest.Method {
	targets, _ := c.Targets()
	return backtest.Baselines(targets, period, Smooth)
}

// Smooth fits a cell of the library that forecasts y, such as "ses", "holt" or "damped", to each history by itself,
// and forecasts h steps. Where it can't be fitted the forecast is nil. A slope begins at 0, and where it begins
// isn't learnt: a short series says little about it, and much hangs on it far ahead.
func Smooth(ctx context.Context, cell string, histories [][]float64, h int) ([][]float64, error) {
	page, err := cells.Read(cell)
	if err != nil {
		return nil, err
	}
	c, err := Parse(cell+".cell", page.Use)
	if err != nil {
		return nil, err
	}
	var set series.Set
	for i, y := range histories {
		set.Series = append(set.Series, series.Series{ID: fmt.Sprint(i + 1), Columns: map[string]series.Column{"y": series.Dense(1, 1, slices.Clone(y))}})
	}
	o := Options{Each: true}
	g, err := c.Graph(o)
	if err != nil {
		return nil, err
	}
	for _, w := range g.Weights {
		if strings.HasSuffix(w.Name, ".b0") {
			o.Hold = append(o.Hold, w.Name)
		}
	}
	m, err := c.Fit(ctx, set, o, FitOptions{Scale: "max"})
	if err != nil {
		return nil, err
	}
	f, err := m.Forecast(ctx, set, ForecastOptions{Horizon: h, Float64: true})
	if err != nil {
		return nil, err
	}
	out := make([][]float64, len(histories))
	for i := range out {
		if m.Each[i].Steps > 0 {
			out[i] = entry(f.Series[i].Point, 0)
		}
	}
	return out, nil
}
