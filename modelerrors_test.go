package unroll_test

import (
	"context"
	"fmt"
	"log"

	"unroll"
	"unroll/series"
	"unroll/train"
)

// How sure a mean and a deviation are: s/√n and s/√(2n).
func ExampleModel_StandardErrors() {
	cell, err := unroll.Parse("level.cell", `
input  y
weight m[] = 0
weight s[] > 0 = 1
y ~ normal(m, s)
`)
	if err != nil {
		log.Fatal(err)
	}
	var y []series.Array
	for _, v := range []float64{1, 3, 1, 3, 1, 3, 1, 3} {
		y = append(y, series.Floats(1, 1, []float64{v}))
	}
	set := series.Set{Series: []series.Series{{ID: "1", Columns: map[string]series.Column{"y": series.Arrays(y...)}}}}
	m, err := cell.Fit(context.Background(), set, unroll.Options{}, unroll.FitOptions{Training: train.Options{Descent: train.Descent{Method: "lbfgs"}}})
	if err != nil {
		log.Fatal(err)
	}
	e, err := m.StandardErrors(context.Background(), set, 0)
	if err != nil {
		log.Fatal(err)
	}
	for _, name := range []string{"m", "s"} {
		fmt.Printf("%s: %.4f, standard error %.4f\n", name, m.Weights(0)[name][0].Float64(0), e.Errors[name][0].Float64(0))
	}
	// Output:
	// m: 2.0000, standard error 0.3536
	// s: 1.0000, standard error 0.2500
}
