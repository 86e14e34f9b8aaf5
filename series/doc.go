// Package series holds named values over time: what a run is given, and what it gives back.
//
// An Array is a number, a vector or a matrix, exact (big.Rat) or float64, with entries that may be
// missing. A Column has one a time, over the times 0, 1, …: as Arrays, or Dense, where a million numbers
// take 8 MB. A Series is one series of the data, columns and constants; a Set is several of them.
// ParseNumber reads a number exactly; Array.JSON and Array.String write one. Fill fills what is missing in
// a column; a Scaling takes one to the scale it is trained on, and back.
//
// It is not for reading files (that is data), nor for computing with arrays (eval and plan do).
package series
