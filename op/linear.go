package op

// linear are the maps between arrays: products, sums, and what repeats a sum.
func linear() []Row {
	return []Row{
		{
			Name: "*", Args: ab, Degree: Added, Form: Product, Sign: "*", TeX: `#1 #2`,
			Doc:   "A number times anything; otherwise the product of matrices, in which a vector is a column.",
			Note:  "With a number on either side it is the row `.*`.",
			Terms: productTerms,
			Deriv: []string{"g * b'", "a' * g"},
			Ulps:  0.5, Examples: example("[[1, 2], [3, 4]] * [1, 1]", "[3, 7]"),
		},
		{
			Name: "'", Args: a1, Degree: Alike, Form: Transposed, Sign: "'", TeX: `{#1}^\top`,
			Doc:     "The transpose: rows become columns.",
			Terms:   func(_ []Shape, _ []int, i, j int) []Term { return []Term{{{0, j, i}}} },
			Deriv:   []string{"g'"},
			Inverse: []string{"y'"}, Examples: example("[1, 2]'", "[[1, 2]]"),
		},
		{
			Name: "sum", Args: a1, Degree: Alike, Form: Reduce, TeX: `\operatorname{sum}(#1)`,
			Doc:   "The sum of a vector's entries; of a matrix, row by row.",
			Terms: sumTerms,
			Deriv: []string{"spread(g, a)"},
			Ulps:  0.5, Examples: []Example{{"sum([1, 2, 3])", "6"}, {"sum([[1, 2], [3, 4]])", "[3, 7]"}},
		},
		{
			Name: "spread", Args: []string{"s", "a"}, Degree: OfFirst, Form: Spread, Hidden: true, TeX: `\operatorname{spread}(#1, #2)`,
			Doc:   "s, as a reduction makes it of a, repeated to a's shape: the derivative of sum.",
			Terms: spreadTerms,
			Deriv: []string{"sum(g)", ""}, Examples: example("spread(2, [5, 6])", "[2, 2]"),
		},
		{
			Name: "mean", Args: a1, Form: Reduce, TeX: `\operatorname{mean}(#1)`,
			Doc:  "The mean of a vector's entries; of a matrix, row by row.",
			Body: "sum(a) / len(a)", Examples: example("mean([1, 2])", "3/2"),
		},
		{
			Name: "dot", Args: ab, Form: Reduce, TeX: `#1 \cdot #2`,
			Doc:  "The sum of the products of two vectors' entries; of matrices, row by row.",
			Body: "sum(a .* b)", Examples: example("dot([1, 2], [3, 4])", "11"),
		},
		{
			Name: "outer", Args: ab, Form: Product, TeX: `#1 #2^\top`,
			Doc:  "The matrix of all products of an entry of a with an entry of b.",
			Body: "a * b'", Examples: example("outer([1, 2], [3, 4])", "[[3, 4], [6, 8]]"),
		},
	}
}

// productTerms: Σₖ aᵢₖ bₖⱼ, k ascending.
func productTerms(in []Shape, _ []int, i, j int) []Term {
	out := make([]Term, in[0].C)
	for k := range out {
		out[k] = Term{{0, i, k}, {1, k, j}}
	}
	return out
}

// sumTerms: of a column all its entries, otherwise those of row i.
func sumTerms(in []Shape, _ []int, i, _ int) []Term {
	if in[0].C == 1 {
		out := make([]Term, in[0].R)
		for k := range out {
			out[k] = Term{{0, k, 0}}
		}
		return out
	}
	out := make([]Term, in[0].C)
	for k := range out {
		out[k] = Term{{0, i, k}}
	}
	return out
}

func spreadTerms(in []Shape, _ []int, i, _ int) []Term {
	if in[1].C == 1 {
		i = 0
	}
	return []Term{{{0, i, 0}}}
}
