// Package weights gives weights their random starts and keeps them in their intervals, and is the
// source of every random number of a run.
//
// Draw makes a start of one of the Kinds, such as glorot; an Interval maps a constrained weight to
// the unconstrained number that training moves; a Stream, or Uniform and Gauss, is noise. A
// random number is a function of a seed and of what it is for, not of the order in which numbers
// are drawn, and the same on every machine: no platform's logarithm and no fused multiply-add
// enters.
//
// A Model is what training leaves: the equations, the weights, and how the data were scaled, in one safetensors
// file. ReadModel reads it and refuses what isn't whole; Model.WriteFile writes it. With the state of its members a
// model is a checkpoint.
//
// It is not for updating weights (that is train), nor for running a model (the root does that).
package weights
