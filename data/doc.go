// Package data reads series from tables: from CSV with Read, from columns that another package has made of
// a file with ReadColumns, and from numbers in a command line with Inline. It writes them with Write.
//
// What a cell wants is told as a list of Want, one an input, in Options. What comes back is a Table: a
// series.Set of float64 numbers, or of exact ones for who explains; a Calendar for each series, which
// writes the label of any time, also of one to come; and what was understood of the file. Gaps,
// disorder, mixed frequencies and text among numbers are found before anything is computed. A fault is
// an Error, with file, line, column and what to do.
//
// It knows nothing of cells: it doesn't decide where a series begins, or whether a value suits the cell.
// It scales nothing.
package data
