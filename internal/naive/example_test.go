package naive_test

import (
	"fmt"
	"math/big"

	"unroll/internal/naive"
	"unroll/lang"
	"unroll/series"
)

// A neuron that was given its own forecast at the last step.
func ExampleRun() {
	f, err := lang.Parse(&lang.Source{Name: "sheet.cell", Text: `
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
	num := func(a, b int64) series.Array { return series.Array{R: 1, C: 1, Rat: []*big.Rat{big.NewRat(a, b)}} }
	y := series.Arrays(num(0, 1), num(1, 1), num(-1, 1), num(2, 1))
	data := series.Set{Series: []series.Series{{Columns: map[string]series.Column{"y": y}}}}
	half := []series.Array{num(1, 2)}
	res, err := naive.Run(f, data, naive.Options{
		Feed: "observed:1", Stop: true,
		Weights: map[string][]series.Array{"u": half, "v": half, "w": half},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("loss", res.Loss, "by u", res.Grad["u"][0].Rat[0], "at h", res.Values["h"][0][2].Rat[0])
	// Output: loss 1497/256 by u -7/64 at h 3/8
}
