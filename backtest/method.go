package backtest

import (
	"context"

	"unroll/series"
)

// Method is a way of forecasting that a backtest tries. Fit learns from histories and gives what forecasts from them, or
// from longer ones of the same series: it is called at each cut-off, or at the first alone. Neither may change the histories.
type Method struct {
	Name string
	Fit  func(ctx context.Context, histories series.Set, horizon int) (Forecaster, error)
}

// Forecaster is what a method has learned. From gives a Forecast for each series, and in it for each target and each
// entry of a target, in this order.
//
// Rolling, if not nil, does the same from all cut-offs at once: it is given the series with all that came, and by cut-off
// and series how many times of it are known there, and doesn't look beyond. It gives nil where it can't do so.
type Forecaster struct {
	From    func(ctx context.Context, histories series.Set, horizon int) ([]Forecast, error)
	Rolling func(ctx context.Context, all series.Set, cuts [][]int, horizon int) ([][]Forecast, error)
}

// Fit learns a cell of the library, "ses", "holt" or "damped", on each history by itself, by least squares, and gives
// its forecasts of h steps. Histories have no missing values. Where it fails the forecast is nil.
type Fit func(ctx context.Context, cell string, histories [][]float64, h int) ([][]float64, error)
