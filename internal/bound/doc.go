// Package bound says how far a floating-point run of a graph may be off from the reference
// interpreter, to first order. It is test help: what a fast engine computes in float32 or float64 is
// compared with the values of package eval within this bound, and the bound is printed where it fails.
//
// A run is taken apart into entries: of each node, in each series, at each time. An entry's own
// rounding puts it off by some units in the last place, and what that does to an entry further on is
// told by the derivative of the one by the other. So the bound of an entry is the sum, over all
// entries on the way, of
//
//	|derivative| · ulps · |value| · ε
//
// Derivatives are added over all paths before their absolute value is taken, so what cancels cancels.
// They are found numerically, and owe nothing to package grad; a graph that is itself a derivative is
// a graph like any other. A sum of n terms rounds n times, each time on a part of the sum, so it counts
// n times the sum of its terms' absolute values. Sums of sums count as one sum, since who
// runs them may add in another order.
//
// Where an error is as large as the value itself the first order is not all: the product of two errors
// is added to a product, and the like, as if it were a rounding.
//
// The bound says nothing about a branch that is taken the other way: Kink tells whether some value is
// so near to a kink or a jump that this may happen. Such runs are drawn again.
//
// The main type is Bound, made by New. It is not for runs of more than a few million entries, nor for
// exact numbers that float64 can't hold.
package bound
