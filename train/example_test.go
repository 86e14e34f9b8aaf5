package train_test

import (
	"context"
	"fmt"

	"unroll"
	"unroll/train"
)

// A weight that doubles a number is found.
func Example() {
	cell, _ := unroll.Parse("double.cell", "input y\nweight w = 1\nyhat = w*y[t-1]\ny ~ squared(yhat)\n")
	run, _ := cell.Bind(unroll.Numbers("y", 1, 2, 4, 8, 16), unroll.Options{})
	p := train.Problem{Graph: run.Graph(), Data: run.Data(), Weights: run.Weights()}

	o := train.Options{Epochs: 200}
	o.Method, o.Rate = "sgd", 0.01
	r, err := train.Fit(context.Background(), p, o)
	if err != nil {
		panic(err)
	}
	fmt.Printf("w = %.4f, %s\n", r.Weights["w"][0].Float64(0), r.Stopped)
	// Output: w = 2.0000, all epochs done
}
