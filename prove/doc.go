// Package prove holds the derivative of one given cell against derivatives that were found in other
// ways, on random small data, and says what it compared. It is for whoever writes a cell of their own
// and wants to know that its loss and its gradient are what the equations say.
//
// Cell draws a few short series, with gaps, and weights within their intervals, and runs the file under
// every choice of what is fed back. In each run the derivative by every entry of every weight, as
// package grad and package eval have it, is compared with exact fractions that package internal/naive
// finds straight from the text; or, where an operation isn't rational, with the complex step of
// package internal/step; or, where a function has no complex form, with extrapolated differences.
// The derivative is also printed as a file, read again and run: it must give the same numbers. Large
// sizes are made small first. Cell also remarks on what is legal and most likely not meant, as a
// weight that the loss doesn't depend on.
//
// What comes out is a Report, whose String is for people. The same seed draws the same.
//
// It is not a test of whether a cell forecasts well, and it knows nothing of files or flags.
package prove
