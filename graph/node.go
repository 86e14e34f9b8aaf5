package graph

import (
	"math/big"

	"unroll/lang"
	"unroll/op"
)

// Scope says how many values a node has.
type Scope int

const (
	Global Scope = iota // G: one
	Series              // S: one a series
	Steps               // ST: one a series and step, t0..T-1
	Times               // one a series and time, 0..T-1: data, and what summaries of data are made of
)

// Kind is the kind of a node.
type Kind int

const (
	Const  Kind = iota // exact numbers, in Value
	Weight             // the trainable or fixed array Name; Global, or Series if per series
	Input              // the column Name of the data; missing entries are 0
	Time               // t
	Mask               // 1 or 0 by what the data has: see MaskSpec
	Draw               // a random number, or a vector of them: see DrawSpec
	Row                // an operation of op, at each step
	Name               // an equation: its value is Args[0]'s. Every loop passes through one
	Shift              // Args[0] at t-K; 0 outside its scope's times; a lead if K < 0
	Window             // the stack of shifts of Args[0], t-P .. t-Q, P >= Q, earliest first: (n) or scalar to one row a time
	Fold               // its adjoint: the overlapping sum, at t, of row j of Args[0] at t+P-j
	Total              // sum over Args[0]'s times: Steps or Times to Series
	Pooled             // sum over the series: Series to Global
)

// MaskKind says what a mask is about.
type MaskKind int

const (
	Inside   MaskKind = iota // 1 where t-K is a step: t0 <= t-K <= T-1
	Observed                 // 1 where the data has Input at t-K; entry by entry; 0 outside
	First                    // 1 at the first time at which all of Inputs are observed (up to Cut)
	Last                     // 1 at the last such time
	Past                     // 1 where t-K comes before the times that are still to come: 0 <= t-K < T - Ahead of the series
)

// MaskSpec describes a Mask node.
type MaskSpec struct {
	Kind   MaskKind
	K      int
	Inputs []string // Observed: one; First, Last: those that count
	Cut    *int     // First, Last: no time after it counts; nil: T-1
	Steps  bool     // First, Last: only steps count
}

// DrawKind is a distribution.
type DrawKind int

const (
	Uniform DrawKind = iota // k/2^32, exact
	Gauss                   // standard normal
	Unit                    // uniform, and neither 0 nor 1
)

// DrawSpec describes a Draw node. A number is a function of the seed, the training step, the
// series, ID, the time and the entry, and of nothing else.
type DrawSpec struct {
	Kind DrawKind
	ID   string
}

// Node is a value over a scope, or an operation that gives one. See Kind.
type Node struct {
	ID    int
	Kind  Kind
	Row   *op.Row // of a Row
	Args  []*Node
	Scope Scope
	Shape op.Shape

	Name  string     // Weight, Input, Name
	Value []*big.Rat // Const, row-major
	K     int        // Shift
	P, Q  int        // Window, Fold
	Mask  MaskSpec
	Draw  DrawSpec
	Pos   lang.Pos

	Mirror *Node  // of an adjoint: what it is the derivative by, for its name; else nil
	Said   *Said  // the function that was written out as this node, for whoever prints it; nil if none
	Fed    string // the input of which this is what equations see: the observed value or the own forecast; "" if it is anything else
}

// Said is a call of a function that has only a body: mean(a), said as sum(a) / len(a). Or it is a
// window of a series that is made of its entries one by one: then Row is nil, Args is the series, and
// the window runs from t-P to t-Q.
type Said struct {
	Row  *op.Row
	Args []*Node
	P, Q int
}

// Graph is a cell made ready to run: its equations as nodes, with every choice of the run made.
type Graph struct {
	Cell     string // the file's name
	T0       int    // the first step
	Cause    string // the lag that makes T0 what it is, as written; "" if T0 is 0
	CausePos lang.Pos
	Nodes    []*Node

	Names   []*Node   // the equations of the file, in file order
	Weights []*Param  // in file order
	Inputs  []*Column // in file order
	Scores  []*Score
	States  []*State
	Loss    *Node // Global, 1×1; nil if the file has neither `~` nor `loss`
	Own     *Node // Series, 1×1: each series' part of Loss, if Choices.Each; else nil

	Assumed map[string]int // sizes that only data can tell, and what was taken instead
	Open    []string       // names that are numbers only because nothing said otherwise

	Outputs []*Node // what else is wanted: what Reach keeps alive and eval computes, besides all of the above
}

// Param is a weight.
type Param struct {
	Node      *Node
	Name      string
	PerSeries bool
	Fixed     bool
	Lo, Hi    *big.Rat // its interval, nil where unbounded
	Start     *Node    // its start as an expression of data; nil if Draw
	Draw      string   // "glorot", "normal", …; "" if Start
	DrawArgs  []*big.Rat
	Pos       lang.Pos
}

// Column is an input.
type Column struct {
	Name      string
	Shape     op.Shape
	Classes   int  // `in V`; 0 if not, or if V isn't known yet
	Counts    bool // its values are whole numbers from 0 on; told by Wants
	Known     bool
	PerSeries bool
	Forecast  bool // a `~` forecasts it
	Missing   bool // the data lacks some of it
	Asked     bool // the file asks observed(…) of it
	Pos       lang.Pos
}

// Score is one `~`.
type Score struct {
	Input     string     // what it is about
	Text      string     // the statement as written
	Value     *Node      // the score, 0 where it doesn't count; Steps (or Series) scope, 1×1
	Count     *Node      // how many entries are scored
	Sampled   bool       // its family can be drawn, so that Choices.Paths makes Forecast a sample
	Quantiles []Quantile // of the forecast, on Input's scale, by their probability: of family quantile, past the end of the data
	Forecast  *Node      // the model's own forecast of Input, on its scale; nil if a second `~`
	Ahead     int        // Forecast at t is about t+Ahead (the first entry)
	Window    int        // of how many times Forecast holds a row each, from t+Ahead on; 0 if it is of one time, and no row
	Pos       lang.Pos
}

// Quantile is a quantile of a forecast, and its probability, a constant.
type Quantile struct{ P, Value *Node }

// State is the start of a series: an equation, or an input.
type State struct {
	Node  *Node
	Start *Node         // as an expression of t, the time that is wanted
	At    map[int]*Node // by lag k: the start at the time t-k
}
