package op

import (
	"math"
	"math/big"
)

var sliceArgs = []string{"a", "i", "m", "j", "n"}

// blocks cut arrays out of others and put them together.
func blocks() []Row {
	return []Row{
		{
			Name: "concat", Args: ab, Degree: Alike, Form: Concat, TeX: `\begin{bmatrix} #1 \\ #2 \end{bmatrix}`,
			Doc:   "b under a; of numbers and vectors, a vector. With more arguments, one after the other.",
			Terms: concatTerms,
			Deriv: []string{"slice(g, 0, rows(a), 0, cols(a))", "slice(g, rows(a), rows(b), 0, cols(b))"}, Examples: example("concat([1, 2], 3)", "[1, 2, 3]"),
		},
		{
			Name: "slice", Args: sliceArgs, Degree: OfFirst, Form: Slice, Hidden: true, TeX: `\operatorname{slice}(#1, #2, #3, #4, #5)`,
			Doc:   "The m rows from row i on, of these the n columns from column j on, counted from 0.",
			Terms: sliceTerms,
			Deriv: []string{"place(g, i, rows(a), j, cols(a))", "", "", "", ""}, Examples: example("slice([1, 2, 3], 1, 2, 0, 1)", "[2, 3]"),
		},
		{
			Name: "place", Args: sliceArgs, Degree: OfFirst, Form: Place, Hidden: true, TeX: `\operatorname{place}(#1, #2, #3, #4, #5)`,
			Doc:   "An array of m rows and n columns: 0, but for a, which begins at row i and column j, counted from 0.",
			Terms: placeTerms,
			Deriv: []string{"slice(g, i, rows(a), j, cols(a))", "", "", "", ""}, Examples: example("place([1, 2], 1, 3, 0, 1)", "[0, 1, 2]"),
		},
		{
			Name: "fill", Args: []string{"a", "m", "n"}, Degree: OfFirst, Form: Fill, TeX: `\operatorname{fill}(#1, #2, #3)`,
			Doc:   "An array of m rows and n columns, a everywhere; fill(a, m) is a vector.",
			Terms: func([]Shape, []int, int, int) []Term { return []Term{{{0, 0, 0}}} },
			Deriv: []string{"sum(sum(g))", "", ""}, Examples: example("fill(1/2, 2, 1)", "[1/2, 1/2]"),
		},
	}
}

func concatTerms(in []Shape, _ []int, i, j int) []Term {
	if i < in[0].R {
		return []Term{{{0, i, j}}}
	}
	return []Term{{{1, i - in[0].R, j}}}
}

func sliceTerms(_ []Shape, consts []int, i, j int) []Term {
	at := last(consts, wholes[Slice])
	return []Term{{{0, at[0] + i, at[2] + j}}}
}

// placeTerms: outside of a there is no term, so that the entry is 0.
func placeTerms(in []Shape, consts []int, i, j int) []Term {
	at := last(consts, wholes[Place])
	i, j = i-at[0], j-at[2]
	if i < 0 || j < 0 || i >= in[0].R || j >= in[0].C {
		return nil
	}
	return []Term{{{0, i, j}}}
}

// classes turn a whole number into a choice among n.
func classes() []Row {
	return []Row{
		{
			Name: "embed", Args: []string{"E", "s"}, Form: Product, TeX: `#1_{:, #2}`,
			Doc:  "Column s of the matrix E, counted from 0.",
			Body: "E * onehot(s, cols(E))", Examples: example("embed([[1, 2], [3, 4]], 1)", "[2, 4]"),
		},
		{
			Name: "onehot", Args: []string{"i", "n"}, TeX: `e_{#1}`,
			Doc:  "The vector of n entries that has 1 at index i, counted from 0, and 0 elsewhere.",
			Body: "is_index(iota(n), i, n)", Examples: example("onehot(1, 3)", "[0, 1, 0]"),
		},
		{
			Name: "iota", Args: []string{"m"}, Form: Iota, Hidden: true, TeX: `\iota_{#1}`,
			Doc:   "The vector 0, 1, … m − 1.",
			Terms: iotaTerms,
			Deriv: none1, Examples: example("iota(3)", "[0, 1, 2]"),
		},
		{
			Name: "is_index", Args: []string{"k", "i", "n"}, Hidden: true, TeX: `[#1 = #2]`,
			Doc:   "1 where k equals i, 0 elsewhere; undefined if i isn't a whole number from 0 to n − 1.",
			Float: isIndex,
			Exact: exact(ratIsIndex),
			Deriv: []string{"", "", ""}, Examples: example("is_index([0, 1, 2], 1, 3)", "[0, 1, 0]"),
		},
	}
}

// iotaTerms: i as the sum of i empty products.
func iotaTerms(_ []Shape, _ []int, i, _ int) []Term { return make([]Term, i) }

func isIndex(x []float64) float64 {
	if x[1] != math.Trunc(x[1]) || x[1] < 0 || x[1] >= x[2] || math.IsNaN(x[1]) {
		return math.NaN()
	}
	return truth(x[0] == x[1])
}

func ratIsIndex(x []*big.Rat) *big.Rat {
	if !x[1].IsInt() || x[1].Sign() < 0 || x[1].Cmp(x[2]) >= 0 {
		return nil
	}
	return ratTruth(x[0].Cmp(x[1]) == 0)
}
