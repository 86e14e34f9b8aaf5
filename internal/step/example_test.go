package step_test

import (
	"fmt"
	"math/big"

	"unroll/graph"
	"unroll/internal/step"
	"unroll/lang"
	"unroll/series"
)

// The loss w² + y·w at w = 3, added over y = 1 and y = 2, has the derivative (2w + 1) + (2w + 2).
func ExampleComplex() {
	file, err := lang.Parse(&lang.Source{Name: "w.cell", Text: "input y\nweight w\nloss w^2 + y*w\n"})
	if err != nil {
		fmt.Println(err)
		return
	}
	g, err := graph.Build(file, graph.Choices{})
	if err != nil {
		fmt.Println(err)
		return
	}
	number := func(v int64) series.Array { return series.Number(big.NewRat(v, 1)) }
	run := step.Run{
		Data: series.Set{Series: []series.Series{{
			ID: "1", Columns: map[string]series.Column{"y": series.Arrays(number(1), number(2))},
		}}},
		Weights: map[string][]series.Array{"w": {number(3)}},
	}
	loss, err := step.New(g, g.Loss, run)
	if err != nil {
		fmt.Println(err)
		return
	}
	d, err := loss.Derivative("w", 0, 0)
	fmt.Println(real(loss.Value()), d, err)
	// Output: 27 15 <nil>
}
