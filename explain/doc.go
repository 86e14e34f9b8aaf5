// Package explain says what there is to say about one run of a cell: the worked solution.
//
// Solve takes a graph, its derivative and the values of both, and makes a Solution: the forward
// pass, the loss, the adjoints of every equation, the gradient by every weight and one step of
// gradient descent. A Solution is a value; its two printed forms are Text, for a reader, and JSON,
// whose form is a promise.
//
// It computes nothing but that last step, and knows of no cell in particular. It is not for
// reading files or data: that is the command's job, and package unroll's.
package explain
