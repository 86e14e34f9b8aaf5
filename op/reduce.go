package op

import (
	"math"
	"math/big"
)

// reductions run over a vector, or over each row of a matrix, and aren't linear.
func reductions() []Row {
	return []Row{
		{
			Name: "max", Args: a1, Degree: Alike, Form: Reduce, TeX: `\max(#1)`,
			Doc:    "The largest of a vector's entries; of a matrix, row by row.",
			Note:   "Entries that are equally large share the derivative evenly, as PyTorch's amax.",
			Vector: &Vector{Float: largest, Exact: ratLargest},
			Deriv:  []string{"spread(over(g, sum(a == spread(y, a))), a) .* (a == spread(y, a))"}, Examples: example("max([1, 3, 2])", "3"),
		},
		{
			Name: "min", Args: a1, Form: Reduce, TeX: `\min(#1)`,
			Doc:  "The smallest of a vector's entries; of a matrix, row by row.",
			Body: "-max(-a)", Examples: example("min([1, 3, 2])", "1"),
		},
		{
			Name: "argmax", Args: a1, Degree: Held, Form: Reduce, Hidden: true, TeX: `\operatorname{argmax}(#1)`,
			Doc:    "The index, counted from 0, of the largest of a vector's entries, the first of equals; of a matrix, row by row.",
			Vector: &Vector{Float: argmax, Exact: ratArgmax},
			Deriv:  none1, Examples: example("argmax([1, 3, 3])", "1"),
		},
		{
			Name: "logsumexp", Args: a1, Form: Reduce, TeX: `\operatorname{logsumexp}(#1)`,
			Doc:    "The logarithm of the sum of the exponentials; of a matrix, row by row.",
			Vector: &Vector{Float: logsumexp},
			Deriv:  []string{"spread(g, a) .* softmax(a)"},
			Ulps:   8, Examples: example("logsumexp([0, 0])", "≈ 0.6931"),
		},
		{
			Name: "softmax", Args: a1, Form: Along, TeX: `\operatorname{softmax}(#1)`,
			Doc:    "The exponentials divided by their sum; of a matrix, row by row.",
			Vector: &Vector{Float: softmax},
			Deriv:  []string{"y .* (g - spread(sum(g .* y), y))"},
			Ulps:   8, Examples: example("softmax([0, 0])", "[0.5, 0.5]"),
		},
	}
}

// norms bring an array to a length or a scale.
func norms() []Row {
	return []Row{
		{
			Name: "norm", Args: a1, Degree: Alike, Form: Reduce, TeX: `\lVert #1 \rVert`,
			Doc:    "The Euclidean length of a vector; of a matrix, row by row.",
			Note:   "At 0 the derivative is 0, as in PyTorch.",
			Vector: &Vector{Float: norm},
			// over is 0 at a = 0, where the length is.
			Deriv:    []string{"spread(g, a) .* over(a, spread(y, a))"},
			Singular: true, Ulps: 4, Examples: example("norm([3, 4])", "5"),
		},
		{
			Name: "normalize", Args: a1, Form: Along, TeX: `\frac{#1}{\lVert #1 \rVert}`,
			Doc:  "A vector divided by its length, or by 1e-12 if that is longer; of a matrix, row by row.",
			Note: "PyTorch's normalize.",
			Body: "a / spread(max(norm(a), 1e-12), a)", Examples: example("normalize([3, 4])", "[0.6, 0.8]"),
		},
		{
			Name: "layer_norm", Args: []string{"a", "gain", "bias"}, Form: Along, TeX: `\operatorname{layer\_norm}(#1, #2, #3)`,
			Doc:  "A vector brought to mean 0 and variance 1, times gain, plus bias; of a matrix, row by row. gain and bias are of a's shape, or numbers.",
			Note: "Ba, Kiros and Hinton (2016), Layer normalization; 1e-5 is added to the variance, as in PyTorch.",
			Body: "centred = a - spread(mean(a), a)\nvariance = mean(centred .* centred)\n" +
				"gain .* centred / spread(sqrt(variance + 1e-5), a) + bias", Examples: example("layer_norm([1, 3], 1, 0)", "≈ [-1, 1]"),
		},
	}
}

func largest(x []float64) []float64 {
	m := math.Inf(-1)
	for _, v := range x {
		m = max(m, v)
	}
	return []float64{m}
}

func ratLargest(x []*big.Rat) []*big.Rat { return []*big.Rat{x[ratIndex(x)]} }

func argmax(x []float64) []float64 {
	at := 0
	for i, v := range x {
		if math.IsNaN(v) {
			return []float64{v}
		}
		if v > x[at] {
			at = i
		}
	}
	return []float64{float64(at)}
}

func ratArgmax(x []*big.Rat) []*big.Rat { return []*big.Rat{big.NewRat(int64(ratIndex(x)), 1)} }

// ratIndex is where the largest entry stands, the first of equals.
func ratIndex(x []*big.Rat) int {
	at := 0
	for i, v := range x {
		if v.Cmp(x[at]) > 0 {
			at = i
		}
	}
	return at
}

// logsumexp subtracts the largest entry first, so that no exponential overflows.
func logsumexp(x []float64) []float64 {
	m := largest(x)[0]
	if math.IsInf(m, 0) {
		return []float64{m}
	}
	sum := 0.0
	for _, v := range x {
		sum += math.Exp(v - m)
	}
	return []float64{m + math.Log(sum)}
}

func softmax(x []float64) []float64 {
	m, sum := largest(x)[0], 0.0
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = math.Exp(v - m)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// norm divides by the largest entry first, so that no square overflows or vanishes.
func norm(x []float64) []float64 {
	m := 0.0
	for _, v := range x {
		m = max(m, math.Abs(v))
	}
	if m == 0 || math.IsInf(m, 0) || math.IsNaN(m) {
		return []float64{m}
	}
	// A power of two, so that dividing by it rounds nothing.
	_, e := math.Frexp(m)
	sum := 0.0
	for _, v := range x {
		u := math.Ldexp(v, -e)
		sum += u * u
	}
	return []float64{math.Ldexp(math.Sqrt(sum), e)}
}
