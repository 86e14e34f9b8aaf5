package explain_test

import (
	"fmt"
	"math/big"
	"os"

	"unroll/eval"
	"unroll/explain"
	"unroll/grad"
	"unroll/graph"
	"unroll/lang"
	"unroll/series"
)

// numbers are whole numbers as the values of a column.
func numbers(values ...int64) []series.Array {
	var all []series.Array
	for _, v := range values {
		all = append(all, series.Number(big.NewRat(v, 1)))
	}
	return all
}

// solve runs a cell on columns of one series, with every weight that isn't given at its start.
func solve(text string, columns map[string][]series.Array, weights map[string][]series.Array) (*explain.Solution, error) {
	f, err := lang.Parse(&lang.Source{Name: "example.cell", Text: text})
	if err != nil {
		return nil, err
	}
	g, err := graph.Build(f, graph.Choices{})
	if err != nil {
		return nil, err
	}
	d, err := grad.Loss(g, nil)
	if err != nil {
		return nil, err
	}
	data := series.Set{Series: []series.Series{{ID: "1", Columns: columns}}}
	v, err := eval.Eval(d.Graph, eval.Run{Data: data, Weights: weights})
	if err != nil {
		return nil, err
	}
	return explain.Solve(g, d, v, weights, explain.Options{Data: data}), nil
}

// double is a cell of one weight that is to double its input.
func double() (*explain.Solution, error) {
	cell := `
input x, y
weight w
f = w*x
y ~ squared(f)
`
	columns := map[string][]series.Array{"x": numbers(1, 2), "y": numbers(2, 4)}
	return solve(cell, columns, map[string][]series.Array{"w": numbers(1)})
}

func Example() {
	s, err := double()
	if err == nil {
		err = s.JSON(os.Stdout)
	}
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"cell": "example.cell",
	//  "feed": "teacher",
	//  "feedback": "grad",
	//  "reduce": "sum",
	//  "steps": [{"series": "1", "t": 0, "values": {"f": "1"}, "observed": {"y": "2"}, "scores": {"y": "1"}},
	//   {"series": "1", "t": 1, "values": {"f": "2"}, "observed": {"y": "4"}, "scores": {"y": "4"}}],
	//  "loss": "5",
	//  "gradient": {"w": "-10"},
	//  "adjoints": [{"series": "1", "t": 1, "values": {"f": "-4"}},
	//   {"series": "1", "t": 0, "values": {"f": "-2"}}],
	//  "rate": "1/10",
	//  "updated": {"w": "2"}}
}

func ExampleSolution_Text() {
	s, err := double()
	if err == nil {
		err = s.Text(os.Stdout)
	}
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// example.cell
	//
	//   feed teacher, reduce sum
	//   The first step is t = 0: nothing looks back past it.
	//
	// Weights
	//
	//   w = 1
	//
	// Forward
	//
	//   t  x  f  y  score of y
	//   0  1  1  2  1
	//   1  2  2  4  4
	//
	// Loss
	//
	//   L = 1 + 4
	//     = 5
	//
	// Backward
	//
	//   d_f is the derivative of the loss by the value of f at that step.
	//
	//   t  d_f
	//   1  -4
	//   0  -2
	//
	// Gradient
	//
	//   dL/dw = -10
	//
	// One step of gradient descent, rate 1/10
	//
	//   w = 1 - 1/10*(-10) = 2
}
