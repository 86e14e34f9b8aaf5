package train_test

import (
	"context"
	"fmt"

	"unroll"
	"unroll/graph"
	"unroll/lang"
	"unroll/series"
	"unroll/train"
)

// Each series has a weight of its own that doubles, or triples, a number.
func ExampleFitEach() {
	file, _ := lang.Parse(&lang.Source{Name: "grow.cell", Text: "input y\nweight w = 1\nyhat = w*y[t-1]\ny ~ squared(yhat)\n"})
	g, _ := graph.Build(file, graph.Choices{Each: true})
	data := unroll.Numbers("y", 1, 2, 4, 8)
	data.Series = append(data.Series, unroll.Numbers("y", 1, 3, 9, 27).Series...)
	data.Series[1].ID = "2"
	one := series.Floats(1, 1, []float64{1})
	p := train.Problem{Graph: g, Data: data, Weights: map[string][]series.Array{"w": {one, one}}}

	r, err := train.FitEach(context.Background(), p, train.Options{})
	if err != nil {
		panic(err)
	}
	for i, f := range r.Series {
		fmt.Printf("series %s: w = %.4f, %s\n", f.ID, r.Weights["w"][i].Float64(0), f.Stopped)
	}
	// Output:
	// series 1: w = 2.0000, converged
	// series 2: w = 3.0000, converged
}
