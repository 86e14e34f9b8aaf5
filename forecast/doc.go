// Package forecast goes on past the end of the data: with the model's own forecasts fed back, or with those
// of several times at once, as the graph says.
//
// A forecast is a run like any other, on data that are longer: what the model forecasts is missing there, and
// so the graph feeds it its own. A Problem says what is run, Run gives the Paths that come of it, one by one
// the same or, where the graph draws samples, each another. Bands makes intervals of sampled paths, Conformal
// of residuals.
//
// It is not for building the graph (the choices Facts.Ahead and Paths of package graph do that), nor for
// judging forecasts (package backtest).
package forecast
