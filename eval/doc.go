// Package eval is the reference interpreter of graphs: what it computes is what the language
// means. It works in exact rationals where every operation on the way is rational, and in float64
// elsewhere. It is short, slow and meant to be obviously right: every other way of running a graph
// is held against it. It is not for training.
//
// Eval takes a graph and a Run (data, weights, noise) and gives Values: each node's value in each
// series at each time. Check finds what is wrong with the data and the weights of a run; Eval calls
// it first.
package eval
