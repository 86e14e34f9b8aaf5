// Package backtest tells how good forecasts are. It cuts series at rolling origins, lets methods forecast what came
// after each cut, and holds the forecasts against it, beside the classical methods that anything has to beat.
//
// A Plan says where the series are cut, and Run takes methods through it. Evaluate scores forecasts that were made elsewhere.
// Both give a Result: a table of means, a table by series, and what was left out. Baselines are the classical methods as
// the M4 competition ran them, Seasonal its seasonal factors, and FindPeriod and CalendarPeriod say how long a season is.
//
// It knows no cells and fits nothing itself: a Method is given by the caller, and so is the Fit of the smoothing methods.
// The formulas are in docs/metrics.md.
package backtest
