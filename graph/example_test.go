package graph_test

import (
	"errors"
	"fmt"

	"unroll/graph"
	"unroll/lang"
)

// An equation that reads its own past is a scan; what only reads it is computed for all times at
// once.
func Example() {
	file, err := lang.Parse(&lang.Source{Name: "sheet.cell", Text: `
input  y
state  h = 0
weight u, v, w = 0.5
h    = relu(w*h[t-1] + v*y[t-1])
yhat = relu(u*h)
y ~ squared(yhat)
`})
	if err != nil {
		fmt.Println(err)
		return
	}
	g, err := graph.Build(file, graph.Choices{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("first step:", g.T0, "because of", g.Cause)
	for _, c := range graph.Schedule(g.Roots()...) {
		for _, n := range c.Nodes {
			if n.Kind == graph.Name {
				fmt.Println(n.Name, n.Shape, n.Scope, "-", c.Dir)
			}
		}
	}
	// Output:
	// first step: 1 because of y[t-1]
	// h a number each step - scan forward
	// yhat a number each step - all times at once
}

// What is wrong with a file is a list of errors, each with its place and what to do.
func ExampleBuild_errors() {
	file, err := lang.Parse(&lang.Source{Name: "wrong.cell", Text: "input x\nweight W\nh = tahn(W*x)\nk = h[t-1]\n"})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = graph.Build(file, graph.Choices{})
	var all lang.Errors
	if errors.As(err, &all) {
		fmt.Println(all[0].Snippet())
	}
	// Output:
	// wrong.cell:3:5: tahn is not a function or a cell; did you mean tanh?
	//     h = tahn(W*x)
	//         ^
}
