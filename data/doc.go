// Package data reads series: from CSV with ReadCSV, and from numbers in a command line with Inline.
//
// What a cell wants is told as a list of Want, one an input; what comes back is a series.Set whose
// numbers are exact. A fault is an Error, with file, line, column and what to do.
//
// It knows nothing of cells: it doesn't decide where a series begins, how a missing value is
// filled, or whether a value suits the cell. It scales nothing.
package data
