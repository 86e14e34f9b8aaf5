package op

import "math/big"

// Short names of what most rows of the table are made of.

var (
	none1 = []string{""}     // no derivative by the one argument
	none2 = []string{"", ""} // nor by either of two
	a1    = []string{"a"}
	ab    = []string{"a", "b"}
)

// float1 is the float value of a function of one number.
func float1(f func(float64) float64) func([]float64) float64 {
	return func(x []float64) float64 { return f(x[0]) }
}

// float2 is the float value of a function of two numbers.
func float2(f func(a, b float64) float64) func([]float64) float64 {
	return func(x []float64) float64 { return f(x[0], x[1]) }
}

// exact is an exact value that is undefined where an argument is.
func exact(f func(x []*big.Rat) *big.Rat) func([]*big.Rat) *big.Rat {
	return func(x []*big.Rat) *big.Rat {
		if anyNil(x) {
			return nil
		}
		return f(x)
	}
}

// exact1 is the exact value of a method of big.Rat such as Neg.
func exact1(f func(z, a *big.Rat) *big.Rat) func([]*big.Rat) *big.Rat {
	return exact(func(x []*big.Rat) *big.Rat { return f(new(big.Rat), x[0]) })
}

// exact2 is the exact value of a method of big.Rat such as Add.
func exact2(f func(z, a, b *big.Rat) *big.Rat) func([]*big.Rat) *big.Rat {
	return exact(func(x []*big.Rat) *big.Rat { return f(new(big.Rat), x[0], x[1]) })
}

// truth is 1 or 0.
func truth(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// ratTruth is 1 or 0, exactly.
func ratTruth(yes bool) *big.Rat {
	if yes {
		return big.NewRat(1, 1)
	}
	return new(big.Rat)
}

// example is a list of one worked example.
func example(call, gives string) []Example { return []Example{{call, gives}} }
