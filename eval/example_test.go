package eval_test

import (
	"fmt"
	"math/big"

	"unroll/eval"
	"unroll/graph"
	"unroll/op"
	"unroll/series"
)

// The graph of h = w*h[t-1] + y, made by hand, with h 0 before the first step.
func ExampleEval() {
	table := op.Standard()

	w := &graph.Node{ID: 1, Kind: graph.Weight, Name: "w", Scope: graph.Global, Shape: op.Scalar}
	y := &graph.Node{ID: 2, Kind: graph.Input, Name: "y", Scope: graph.Times, Shape: op.Scalar}
	h := &graph.Node{ID: 3, Kind: graph.Name, Name: "h", Scope: graph.Steps, Shape: op.Scalar}
	before := &graph.Node{ID: 4, Kind: graph.Shift, K: 1, Args: []*graph.Node{h}, Scope: graph.Steps, Shape: op.Scalar}
	product := &graph.Node{ID: 5, Kind: graph.Row, Row: table.Lookup(".*", 2), Args: []*graph.Node{w, before}, Scope: graph.Steps, Shape: op.Scalar}
	sum := &graph.Node{ID: 6, Kind: graph.Row, Row: table.Lookup("+", 2), Args: []*graph.Node{product, y}, Scope: graph.Steps, Shape: op.Scalar}
	h.Args = []*graph.Node{sum}

	g := &graph.Graph{
		Names:   []*graph.Node{h},
		Weights: []*graph.Param{{Node: w, Name: "w"}},
		Inputs:  []*graph.Column{{Name: "y", Shape: op.Scalar}},
	}
	number := func(a, b int64) series.Array { return series.Array{R: 1, C: 1, Rat: []*big.Rat{big.NewRat(a, b)}} }
	data := series.Series{ID: "1", Columns: map[string]series.Column{"y": series.Arrays(number(1, 1), number(0, 1), number(2, 1))}}

	v, err := eval.Eval(g, eval.Run{
		Data:    series.Set{Series: []series.Series{data}},
		Weights: map[string][]series.Array{"w": {number(1, 2)}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for t := range v.T(0) {
		fmt.Printf("h_%d = %s\n", t, v.At(h, 0, t).Rat[0].RatString())
	}
	// Output:
	// h_0 = 1
	// h_1 = 1/2
	// h_2 = 9/4
}
