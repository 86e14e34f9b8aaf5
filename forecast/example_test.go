package forecast_test

import (
	"context"
	"fmt"
	"math/big"

	"unroll/eval"
	"unroll/forecast"
	"unroll/graph"
	"unroll/lang"
	"unroll/series"
)

func Example() {
	f, err := lang.Parse(&lang.Source{Name: "ar.cell", Text: "input y\nweight phi = 1/2\nyhat = phi*y[t-1]\ny ~ normal(yhat, 1)\n"})
	if err != nil {
		panic(err)
	}
	g, err := graph.Build(f, graph.Choices{Facts: graph.Facts{Ahead: true, Missing: map[string]bool{"y": true}}})
	if err != nil {
		panic(err)
	}
	targets, err := forecast.Targets(g)
	if err != nil {
		panic(err)
	}
	data := series.Set{Series: []series.Series{{ID: "a", Columns: map[string]series.Column{"y": series.Dense(1, 1, []float64{3, 5, 8})}}}}
	half := series.Number(big.NewRat(1, 2))
	paths, err := forecast.Points(context.Background(), forecast.Problem{
		Graph: g, Run: eval.Run{Data: data, Weights: map[string][]series.Array{"phi": {half}}}, Horizon: 3,
	}, targets)
	if err != nil {
		panic(err)
	}
	fmt.Println(paths[0][0])
	// Output: [4 2 1]
}
