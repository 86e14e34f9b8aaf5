// Package step evaluates graphs in complex arithmetic, to find derivatives without differentiating:
// the complex step. It is test help: what grad derives is held against it, so it knows nothing of
// rules, and has its own formulas for the rows that aren't linear.
//
// If a weight's entry is bumped by ε·i with ε = 1e-30, the imaginary part of the value is ε times the
// derivative by that entry, to the last digits: nothing is subtracted, so nothing cancels. That holds
// for analytic functions. What branches (max, where, comparisons) branches by real parts, and gives
// the derivative of the branch; where two branches meet, the mean of both or 0, as the table of
// operations says. The row stop drops the imaginary part. A row without a complex form here (erf,
// lgamma) has its float64 value, and no derivative.
//
// It is not for graphs of more than a few hundred nodes. Its main type is Complex; see Squires and
// Trapp (1998), Using complex variables to estimate derivatives of real functions.
package step
