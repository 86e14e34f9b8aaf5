package op

import (
	"math/big"
)

// comparisons give 1 where they hold and 0 elsewhere, and pass no derivative.
func comparisons() []Row {
	row := func(sign, tex, doc, call, gives string, float func(a, b float64) bool, rat func(cmp int) bool) Row {
		return Row{
			Name: sign, Args: ab, Degree: Compared, Sign: sign, TeX: `[#1 ` + tex + ` #2]`,
			Doc:   "1 where a " + doc + " b, 0 elsewhere.",
			Float: float2(func(a, b float64) float64 { return truth(float(a, b)) }),
			Exact: exact(func(x []*big.Rat) *big.Rat { return ratTruth(rat(x[0].Cmp(x[1]))) }),
			Deriv: none2, Examples: example(call, gives),
		}
	}
	return []Row{
		row("==", "=", "equals", "1/2 == 0.5", "1",
			func(a, b float64) bool { return a == b }, func(c int) bool { return c == 0 }),
		row("!=", `\ne`, "differs from", "1 != 1", "0",
			func(a, b float64) bool { return a != b }, func(c int) bool { return c != 0 }),
		row("<", "<", "is less than", "1 < 2", "1",
			func(a, b float64) bool { return a < b }, func(c int) bool { return c < 0 }),
		row("<=", `\le`, "is at most", "2 <= 2", "1",
			func(a, b float64) bool { return a <= b }, func(c int) bool { return c <= 0 }),
		row(">", ">", "is greater than", "1 > 2", "0",
			func(a, b float64) bool { return a > b }, func(c int) bool { return c > 0 }),
		row(">=", `\ge`, "is at least", "2 >= 3", "0",
			func(a, b float64) bool { return a >= b }, func(c int) bool { return c >= 0 }),
	}
}

// choices take one of their arguments, or cut a derivative.
func choices() []Row {
	return []Row{
		{
			Name: "where", Args: []string{"c", "a", "b"}, Degree: OfBranches, TeX: `\operatorname{where}(#1, #2, #3)`,
			Doc:   "a where c isn't 0, b elsewhere. The side not taken has no part, undefined or not.",
			Float: where,
			Exact: ratWhere,
			Deriv: []string{"", "where(c, g, 0)", "where(c, 0, g)"}, Examples: example("where(2 > 1, 10, 20)", "10"),
		},
		{
			Name: "max", Args: ab, Degree: Alike, TeX: `\max(#1, #2)`,
			Doc:   "The larger of the two, entry by entry.",
			Note:  "Where both are equal, each gets half of the derivative, as in PyTorch.",
			Float: float2(func(a, b float64) float64 { return max(a, b) }),
			Exact: exact(func(x []*big.Rat) *big.Rat { return ratMax(x[0], x[1]) }),
			Deriv: []string{"g .* ((a > b) + (a == b)/2)", "g .* ((b > a) + (a == b)/2)"}, Examples: example("max(-1, 2)", "2"),
		},
		{
			Name: "min", Args: ab, Degree: Alike, TeX: `\min(#1, #2)`,
			Doc:   "The smaller of the two, entry by entry.",
			Note:  "Where both are equal, each gets half of the derivative, as in PyTorch.",
			Float: float2(func(a, b float64) float64 { return min(a, b) }),
			Exact: exact(func(x []*big.Rat) *big.Rat { return ratMin(x[0], x[1]) }),
			Deriv: []string{"g .* ((a < b) + (a == b)/2)", "g .* ((b < a) + (a == b)/2)"}, Examples: example("min(-1, 2)", "-1"),
		},
		{
			Name: "clip", Args: []string{"a", "lo", "hi"}, Degree: Alike, TeX: `\operatorname{clip}(#1, #2, #3)`,
			Doc:   "a kept between lo and hi, which must not be above hi.",
			Note:  "PyTorch's clamp: at the bounds a has the derivative 1.",
			Float: func(x []float64) float64 { return min(max(x[0], x[1]), x[2]) },
			Exact: exact(func(x []*big.Rat) *big.Rat { return ratMin(ratMax(x[0], x[1]), x[2]) }),
			Deriv: []string{"g .* (lo <= a) .* (a <= hi)", "g .* (a < lo)", "g .* (a > hi)"}, Examples: example("clip(3, -1, 2)", "2"),
		},
		{
			Name: "stop", Args: a1, Degree: Held, TeX: `\operatorname{stop}(#1)`,
			Doc:   "a, through which no derivative passes.",
			Float: func(x []float64) float64 { return x[0] },
			Exact: func(x []*big.Rat) *big.Rat { return x[0] },
			Deriv: none1, Examples: example("stop(1/2)", "1/2"),
		},
		{
			Name: "clip_gradient", Args: []string{"a", "c"}, TeX: `\operatorname{clip\_gradient}(#1, #2)`,
			Doc:   "a, whose derivative is cut to the interval from −c to c on its way back.",
			Float: func(x []float64) float64 { return x[0] },
			Exact: func(x []*big.Rat) *big.Rat { return x[0] },
			Deriv: []string{"clip(g, -c, c)", ""}, Examples: example("clip_gradient(5, 1)", "5"),
		},
	}
}

func where(x []float64) float64 {
	if x[0] != 0 {
		return x[1]
	}
	return x[2]
}

// ratWhere never looks at the side that isn't taken.
func ratWhere(x []*big.Rat) *big.Rat {
	switch {
	case x[0] == nil:
		return nil
	case x[0].Sign() != 0:
		return x[1]
	}
	return x[2]
}

func ratMax(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) < 0 {
		return b
	}
	return a
}

func ratMin(a, b *big.Rat) *big.Rat {
	if b.Cmp(a) < 0 {
		return b
	}
	return a
}
