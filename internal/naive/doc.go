// Package naive is a second, deliberately simple interpreter of the cell language. It is a test
// oracle: the real interpreter is held against it on small and random files.
//
// It shares nothing with the real one but the syntax tree and the data types, and it goes about
// everything another way. There is no graph, no schedule and no reverse mode: a value is asked for
// by name, series and time, a recursive function finds it, and a memo keeps it. A value asked for
// while it is being found is a loop. Derivatives are carried along: each number is a Dual, an
// exact fraction and its derivative by every entry of every weight.
//
// It is not fast, infers no shapes and knows nothing but fractions:
//
//   - Weights have the shapes in Options; every other shape is what evaluation makes it. A 1×1
//     array combines with any other, so a vector state must be declared with its shape
//     (`state h[H] = 0`); otherwise Run says so, if it sees it.
//   - A function or family that leaves the fractions gives ErrIrrational, clip_gradient an error.
//   - `use` finds no file: all cells must stand in the file itself.
//   - A division by zero and a missing number are an undefined entry: nothing if `where` does not
//     take it, an error if it reaches the loss, nil in Result.Values.
//   - Errors are found when a value is needed, so a fault in what nothing needs may go unseen.
//
// Its two main types are Options, what a run is given, and Result, what it finds.
package naive
