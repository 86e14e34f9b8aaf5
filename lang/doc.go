// Package lang turns the text of a `.cell` file into syntax and back: it scans, parses, prints, and
// says what is wrong with a line and what to do about it.
//
// It knows the form of the language and nothing of its meaning. Whether a name is defined, which
// shape it has, whether a loop can run: that is for package graph, which reads a File. Nor does it
// know the functions and families; any call is well-formed here.
//
// The main types are File, a list of statements as they were written, with its comments and blank
// lines, so that Print loses nothing; Expr, an expression; and Errors, every fault that was found,
// each with its place.
//
//	text ──scan──▶ tokens ──lay──▶ one line a statement ──Parse──▶ File ──Print──▶ text
package lang
