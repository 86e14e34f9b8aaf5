// Package graph makes of a file's equations a typed, shaped graph over time, ready to be computed,
// differentiated or explained. Calls of cells are written out, shapes inferred by unification, lags
// joined with the starts of states, and every choice of a run made: what is fed back, how the loss
// is added up, whether dropout is drawn. So whoever reads a graph knows nothing of files, flags or
// kinds of networks.
//
// A Node has a Kind, a Shape (rows × columns; series and time are not among them) and a Scope, which
// says whether it has one value, one a series, or one a series and step. Most nodes are rows of the
// table of operations. What is about time is a kind of its own: Shift, Window and its adjoint Fold,
// Total, Pooled, and the masks. Missing numbers are 0 beside a mask, never NaN.
//
//	*lang.File ──elaborate──▶ program ──infer──▶ shapes ──makeGraph──▶ Graph ──Schedule──▶ components
//
// The main functions are Build; Schedule, the strongly connected components in the order in which
// they are computed; Continue, by which a graph is made longer (package grad does so); and Verify,
// what must hold of every graph.
//
// It computes no values, and it differentiates nothing but the left side of a `~`.
package graph
