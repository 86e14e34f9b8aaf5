package explain

import (
	"math/big"

	"unroll/graph"
	"unroll/series"
)

// Solution is what is said about one run.
type Solution struct {
	Cell     string // the file's name
	Feed     string // as `--feed` has it
	Feedback string // "grad" or "stop"
	Reduce   string // "sum" or "mean"

	Weights   []Value // in file order, fixed ones too
	Constants []Value // equations that are constants, of the file or of each series
	Steps     []Step  // by series, then by t
	PerSeries []Step  // what is observed and scored once a series; T is 0, and there are no Values

	Loss     *series.Array // nil if the cell has none: then what follows is empty
	Gradient []Value       // by weight, fixed ones left out
	Adjoints []Step        // the derivative of the loss by each equation's value, in Values
	Rate     *big.Rat      // the learning rate
	Updated  []Value       // each weight after one step of gradient descent

	Rounded   bool     // the exact numbers got too long: the run was redone in float64
	Warnings  []string // about numbers that are undefined or infinite
	undefined warner   // how many values are, and the first of them
}

// Value is a named value: one, or one a series.
type Value struct {
	Name      string
	PerSeries bool
	All       []series.Array
	Param     *graph.Param // of a weight, otherwise nil
}

// Entry is a named value at a step.
type Entry struct {
	Name  string
	Value series.Array
}

// Step is one step of one series.
type Step struct {
	Series   string
	T        int     // counted in the series as it is bound
	Values   []Entry // of every equation that is a series, in file order
	Observed []Entry // of every input that is scored; missing entries are nil
	Inputs   []Entry // of the others, for a reader
	Scores   []Entry // by input, 0 where nothing is scored
	Scored   []bool  // whether a score counts
}

// summand is a part of the loss: a `~`, or the `loss` terms together.
type summand struct {
	Text   string // the statement as written; "" for the loss terms
	Scores []series.Array
	Count  int          // how many entries are scored
	Sum    series.Array // of the scores; with `--reduce mean` not yet divided by Count
}
