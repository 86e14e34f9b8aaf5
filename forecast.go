package unroll

import (
	"context"
	"maps"

	"unroll/forecast"
	"unroll/graph"
	"unroll/series"
)

// ForecastOptions are the choices of a forecast. Only Horizon must be given.
type ForecastOptions struct {
	Horizon int        // how many times past the end of each series
	Known   series.Set // of the inputs that are known ahead: their values from the end on, by the series' ids; without it the data are longer
	Float64 bool       // computed in float64, in place of float32
	Cores   int        // at most; 0: as many as Go may use
}

// Forecast is how the series of a run go on.
type Forecast struct {
	Series []ForecastSeries // those of the first `~` first
}

// ForecastSeries is how one input of one series goes on: Point has a row for each time of the horizon, of as
// many entries as the input has.
type ForecastSeries struct {
	ID, Input string
	Point     [][]float64
}

// Forecast goes on past the end of the run's data, with the weights as they are. A series ends with the last
// observed value of what the cell forecasts. Nothing that comes after enters a summary such as average(y).
func (r *Run) Forecast(ctx context.Context, o ForecastOptions) (*Forecast, error) {
	p, targets, err := r.problem(o)
	if err != nil {
		return nil, err
	}
	points, err := forecast.Run(ctx, p)
	if err != nil {
		return nil, err
	}
	out := &Forecast{}
	for i, t := range targets {
		for s, path := range points[i] {
			out.Series = append(out.Series, ForecastSeries{ID: r.data.Series[s].ID, Input: t.Input, Point: path})
		}
	}
	return out, nil
}

// problem is the run made ready to be forecast: its graph is built anew, for the choices of a forecast.
func (r *Run) problem(o ForecastOptions) (forecast.Problem, []forecast.Target, error) {
	p := forecast.Problem{Run: r.evalRun(), Known: o.Known, Horizon: o.Horizon, Float64: o.Float64, Cores: o.Cores}
	targets, err := forecast.Targets(r.graph)
	if err != nil {
		return p, nil, err
	}
	c := r.choices
	c.Feed, c.Training, c.Facts.Ahead = graph.Feed{}, false, true
	if forecast.Steps(targets, o.Horizon) > 0 {
		c.Facts.Missing = maps.Clone(c.Facts.Missing)
		for _, t := range targets {
			c.Facts.Missing[t.Input] = true
		}
	}
	p.Graph, err = graph.Build(r.cell.file, c)
	return p, targets, err
}
