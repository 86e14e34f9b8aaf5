// Package grad differentiates a graph: it makes the graph that also computes, for one number of
// it, the derivative by each equation and by each weight, in reverse mode; or for one entry of a
// weight how each equation changes with it, in forward mode. The derivative of a row
// is the row's own formula in package op, and the kinds that are about time are each other's
// adjoints: a lag becomes a lead, a window an overlapping sum, a total is read at each of its
// times. So the result is a graph like any other: it is printed, evaluated, run fast and
// differentiated again by whoever does so with graphs.
//
// It knows no cell, layer or loss, and computes no numbers: those are made by package eval, or by
// a plan.
//
// Loss differentiates a graph's loss and Of any number of it. Both give a Derivative: the graph,
// the adjoints of its equations and the gradient of each weight. Direct gives what is not the
// derivative: what comes out if the values of other steps are taken for numbers.
// Contributions takes the adjoints apart: what comes back along each edge, from a reader to what it
// reads. Along gives a Tangent: the graph and the sensitivities of its equations by one number.
package grad
