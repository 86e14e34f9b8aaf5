package op

import "math/big"

// Shape is rows × columns: a scalar 1×1, a vector n×1, a row 1×n.
type Shape struct{ R, C int }

// Scalar is the shape of a number.
var Scalar = Shape{1, 1}

// Len is the number of entries.
func (s Shape) Len() int { return s.R * s.C }

// Form says how the shape of a row's result follows from its arguments.
type Form int

const (
	// Entrywise: every argument has the result's shape, or is a number that stands for an array.
	Entrywise Form = iota
	// Product: (m,n) by (n,p) gives (m,p).
	Product
	// Transposed: (m,n) gives (n,m).
	Transposed
	// Reduce: a vector gives a number, a matrix with more than one column a vector, row by row.
	Reduce
	// Along: the shape of the argument; on a matrix, row by row.
	Along
	// Spread: (s, a) gives a's shape, s being what Reduce makes of a.
	Spread
	// Concat: (m,n) over (p,n) gives (m+p,n).
	Concat
	// Slice: (a, i, m, j, n), the last four whole numbers, gives (m,n): rows i.., columns j.. of a.
	Slice
	// Place: (a, i, m, j, n) gives (m,n): zero but for a, which begins at row i and column j.
	Place
	// Fill: (a, m, n), a number and two whole ones, gives (m,n): a everywhere.
	Fill
	// Iota: (m) gives the vector 0, 1, … m-1.
	Iota
)

// Term is a product of entries: argument In[k] at row Row[k] and column Col[k]. A linear row's
// entry is the sum of its terms.
type Term []Ref

// Ref is an entry of an argument.
type Ref struct{ Arg, Row, Col int }

// Row is one operation of the table: everything that is known about it. Which of the value's
// fields is set says how it is computed: Float and Exact entry by entry, Terms as sums of
// products of entries (linear rows, in either kind of numbers), Vector over a vector or over each
// row of a matrix, Body in terms of other rows.
type Row struct {
	Name   string   // as it is called; rows may share a name if they differ in the number of arguments
	Args   []string // the arguments' names, for the formulas and the documentation
	Form   Form
	Degree Degree // how its value scales with its arguments
	Sign   string // how it is written between or around its arguments, if not as a call: "+", "'", …

	Doc  string // a sentence, for the language reference
	TeX  string // how TeX writes it, `\tanh #1`
	Note string // the paper or the convention it comes from, if there is one

	Float  func(x []float64) float64
	Exact  func(x []*big.Rat) *big.Rat // nil if the row leaves the rationals; the result nil if undefined
	Terms  func(in []Shape, consts []int, i, j int) []Term
	Vector *Vector
	Body   string // a formula of the arguments; where lines are many, all but the last are `name = formula`
	Calm   string // a body for a run that isn't training, if Body is only for training

	Deriv    []string // for each argument a formula of g (the adjoint of the value), y (the value) and the arguments; "" if none passes
	Inverse  []string // for each argument a formula of y and the other arguments; "" if it has none
	Singular bool     // may be undefined or overflow at some arguments
	Hidden   bool     // stands only in rules and in what is printed of derivatives; documented apart

	Ulps     float64 // how far a fast kernel may be off
	Examples []Example
}

// Vector is how a Reduce or Along row is computed on one vector.
type Vector struct {
	Float func(x []float64) []float64
	Exact func(x []*big.Rat) []*big.Rat // nil if the row leaves the rationals
}

// Example is a worked example: a call in the cell language, and what it gives.
type Example struct{ Call, Gives string }

// Family is one way of observing a series: how a miss is scored, and what the model's own
// forecast is. Both are formulas in y (the observed value) and the arguments. So is a sample, of draws
// besides: u and v are uniform between 0 and 1, z is standard normal, each of the sample's shape and
// independent of the others; if Whole, of the argument's.
type Family struct {
	Name     string
	Args     []string
	Score    string // of one entry, unless Whole
	Forecast string
	Sample   string // "" if the family is no distribution, or isn't drawn by a formula
	Density  bool   // the score is −log of a density of y, so a change of scale counts
	Whole    bool   // the score takes its argument whole (categorical), not entry by entry
	Doc      string
	TeX      string
	Note     string
}

// Table is the table of operations and of families. It is a value: whoever experiments, or
// plants a mistake, edits a copy.
type Table struct {
	Rows     []Row
	Families []Family
}
