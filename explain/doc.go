// Package explain says what there is to say about one run of a cell: the worked solution, as a
// teacher would write it on the board. It reads the steps off the graph that computes them and off
// its derivative, and every number off package eval; it has no formulas of its own, and knows of no
// cell in particular.
//
// Explain takes a Case, which is a graph with its data and weights, and makes a Document: a tree of
// sections, formulas, tables and pictures in a reader's language, whatever it is printed as (package
// explain/page prints it). Solve makes a Solution, the same in numbers alone, whose JSON is a promise.
//
// Inside, a teller tells the chapters, and a paper writes nodes as formulas: at a time t that stays a
// letter, at a step, or with values in place of names.
//
// It is not for reading files or data: that is the command's job, and package unroll's.
package explain
