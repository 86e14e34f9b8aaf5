// Package plan runs graphs at the speed of the machine. A graph, with or without its derivative, is
// lowered to loops over time: what waits for no other time is computed for all at once, what is tied
// by lags or leads step by step. A loop's step is a few matrix products and programs of
// entry-by-entry operations, bound to package kernel. The plan knows nothing of networks: what makes
// it fast are the passes listed in Passes, each a rule about graphs.
//
// New makes a Plan, which depends neither on how long the data is nor on how many series there are. Bind
// joins it with data: the series are cut into shards, each with memory laid out beforehand, and a run
// allocates nothing. Bound.Run computes, Bound.At reads.
//
// What it computes is what package eval computes, but for rounding. A value that a series has is the
// same, bit for bit, whatever other series there are and on how many cores; sums over series are added
// in a fixed order.
package plan
