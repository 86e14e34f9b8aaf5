// Package cells is the standard library: cells as `.cell` files, each with the paper that it is
// from, that a file makes known by `use lstm`. A new cell is a new file; nothing else knows of it.
//
// It holds text only. Package lang reads it, and package graph makes equations of it.
package cells
