package graph

import (
	"math/big"

	"unroll/lang"
	"unroll/op"
)

// FeedMode says which y the equations see of a y that is also forecast.
type FeedMode int

const (
	Teacher    FeedMode = iota // the observed value
	ObservedTo                 // the observed value up to time K, the own forecast after it
	Free                       // ObservedTo with K = t0-1
	Sampled                    // in training, at each time the own forecast with probability P
)

// Feed is the choice of a run named by `--feed`.
type Feed struct {
	Mode FeedMode
	K    int      // of ObservedTo
	P    *big.Rat // of Sampled
}

// Choices are what a run decides and a file doesn't: they are made when the graph is built.
type Choices struct {
	Table    *op.Table // nil: op.Standard()
	Feed     Feed
	Stop     bool // --feedback stop: a forecast that is fed back is a number to the derivative
	Mean     bool // --reduce mean
	Training bool // dropout, zoneout, noise and sampled feeds are drawn
	Each     bool // each series has weights of its own, fixed ones excepted, and a loss of its own: see Graph.Own

	Hold []string // weights that stay where they start, as if the file had them fixed

	// Paths makes the forecast of a family that is a distribution a sample of it: so that is what is fed back.
	Paths bool
	// Temperature divides the logits of a sample of classes; nil is 1.
	Temperature *big.Rat

	Sizes  map[string]int // given by --size
	Facts  Facts
	Assume bool // a size that nobody knows is assumed (see Graph.Assumed), not an error

	// Use finds the file behind `use lstm` and `use "mine.cell"`; nil: there are none. A path is as
	// it is seen from the file of the run, also where a file that is used names another.
	Use func(name string, path bool) (*lang.Source, error)
}

// Facts are what the data tells a graph.
type Facts struct {
	Missing map[string]bool // inputs of which entries are missing
	Width   map[string]int  // entries of a vector input
	Classes map[string]int  // largest value + 1 of an integer input
	Longest int             // T of the longest series; 0 if there is no data
	Ahead   bool            // the last times of the series are still to come: summaries end before them
}

// Limits beyond which a file is refused: each is far above what the machine could run.
const (
	maxSize    = 1 << 20
	maxEntries = 1 << 24
	maxLag     = 100_000
	maxPower   = 1000
	maxBits    = 1 << 16 // of a number that is known before the run
	maxCalls   = 10_000
	maxExprs   = 1_000_000 // with every call written out
	maxNodes   = 100_000   // of a graph
	maxUnroll  = 1000      // entries of a window that is made of its entries one by one
)
