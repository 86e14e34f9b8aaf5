// Package op is the table of operations. Each operation of the cell language stands in it once,
// as a Row: its name and arguments, how its shape follows, its value in float64 and in exact
// rationals, its derivative and its inverse, how it is written, and a worked example. A Family is
// one way of observing a series.
//
// The table is a value. Standard gives a fresh one; whoever experiments, or plants a mistake,
// edits its own copy and hands it on.
//
// # Formulas
//
// Bodies, derivatives, inverses, scores and forecasts are text in the cell language; this package
// neither parses nor evaluates them. A derivative is a formula of g, the adjoint of the value, of
// y, the value, and of the arguments by their names; that of a row over one argument, entry by entry,
// is written as g times its local derivative. An inverse is a formula of y and the other
// arguments. A score is a formula of y, the observed value, and the family's arguments. Where a
// formula has several lines, all but the last are of the form name = formula.
//
// In a formula `rows(a)`, `cols(a)` and `len(a)` are numbers that are known as soon as shapes are:
// len is the number of entries that a reduction of a runs over, so rows(a) if a has one column and
// cols(a) otherwise. They aren't rows of the table; whoever builds a formula replaces them. The sum
// of a number is no error in a formula. An argument that is a number where the result is an array
// is repeated, and whoever differentiates sums its derivative: the rules needn't care.
//
// # Values
//
// A row is computed in one way: entry by entry (Float, Exact), as sums of products of entries
// (Terms), over a vector (Vector), or by its Body. A row with a value of its own has a rule for
// the derivative by each argument; a Body beside it only says what the row means. A row that has
// nothing but a Body is written out before anything is computed or differentiated. `draw` and
// `gauss` are leaves: random numbers that whoever builds the graph provides.
//
// An exact value is undefined, nil, where an argument is; but `where` never looks at the side it
// doesn't take, and `over` is 0 where its first argument is. Values are shared: a *big.Rat that a
// row has given is never changed.
//
// It is not for what is about time (lags, starts, sums over time), which are kinds of nodes of a
// graph and no operations.
package op
