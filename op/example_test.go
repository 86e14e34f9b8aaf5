package op_test

import (
	"fmt"
	"math/big"

	"unroll/op"
)

// A row knows its shape, its value in both kinds of numbers, and its derivative as a formula.
func ExampleStandard() {
	relu := op.Standard().Lookup("relu", 1)
	x := op.RatArray{Shape: op.Shape{R: 2, C: 1}, Data: []*big.Rat{big.NewRat(-2, 1), big.NewRat(1, 3)}}
	shape, _ := relu.Shape([]op.Shape{x.Shape}, []int{-1})
	fmt.Println(relu.Doc)
	fmt.Println(shape, relu.Rational(shape, []op.RatArray{x}))
	fmt.Println(relu.Deriv[0])
	// Output:
	// a where it is positive, 0 elsewhere.
	// [2] [0/1 1/3]
	// g .* (a > 0)
}

// A mistake is an edit of a table: this one forgets the derivative of relu.
func ExampleTable_Lookup() {
	mistaken := op.Standard()
	mistaken.Lookup("relu", 1).Deriv[0] = "g"
	fmt.Println(op.Standard().Lookup("relu", 1).Deriv[0])
	// Output: g .* (a > 0)
}

// What a derivative through tanh is multiplied by.
func ExampleRow_Local() {
	fmt.Println(op.Standard().Lookup("tanh", 1).Local())
	// Output: (1 + y) .* (1 - y)
}
