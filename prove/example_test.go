package prove_test

import (
	"fmt"

	"unroll/graph"
	"unroll/lang"
	"unroll/prove"
)

// The derivative of a cell whose operations are all rational is held against exact fractions.
func ExampleCell() {
	f, err := lang.Parse(&lang.Source{Name: "neuron.cell", Text: `input x, y
weight u, v
h = relu(v*x)
y ~ squared(u*h)
`})
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := prove.Cell(f, graph.Choices{}, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r)
	// Output:
	// neuron.cell
	//
	// feed     feedback  series × steps  compared with    derivatives  largest difference
	// teacher  –         3 × 5..8        exact fractions  2            none
	// teacher  –         3 × 5..8, gaps  exact fractions  2            none
	//
	// Proved: 4 derivatives by 2 weights are equal as fractions to what a second interpreter finds straight from the text.
	// Printed by unroll grad, read again and run, they are the same.
	// The data and the weights were drawn at random; --seed 2 draws others.
	// No equation reads what is forecast, so --feed and --feedback make no difference.
}
