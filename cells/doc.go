// Package cells is the standard library: cells as `.cell` files, each with the paper that it is
// from, that a file makes known by `use lstm`. A new cell is a new file; nothing else knows of it.
//
// The comment at the head of a cell has a form, which Read reads into a Page: a line that says what
// the cell is, a paragraph with its papers (authors, year, title, equation numbers), remarks, and,
// indented, a file that uses it. Source is the text whole, and Names lists what there is.
//
// It holds text only. Package lang reads it, and package graph makes equations of it.
package cells
