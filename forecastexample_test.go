package unroll_test

import (
	"context"
	"fmt"

	"unroll"
)

// A random walk, whose paths spread with the square root of time.
func ExampleRun_Forecast() {
	cell, err := unroll.Parse("walk.cell", "input y\nyhat = y[t-1]\ny ~ normal(yhat, 2)\n")
	if err != nil {
		panic(err)
	}
	run, err := cell.Bind(unroll.Numbers("y", 4, 6, 5), unroll.Options{})
	if err != nil {
		panic(err)
	}
	f, err := run.Forecast(context.Background(), unroll.ForecastOptions{Horizon: 3, Levels: []float64{95}, Paths: 10_000})
	if err != nil {
		panic(err)
	}
	one := f.Series[0]
	for j, point := range one.Point {
		fmt.Printf("%.0f, 95 of 100 between %.0f and %.0f\n", point[0], one.Bands[0].Lo[j][0], one.Bands[0].Hi[j][0])
	}
	// Output:
	// 5, 95 of 100 between 1 and 9
	// 5, 95 of 100 between -1 and 11
	// 5, 95 of 100 between -2 and 12
}

// A chain of three symbols: after 0 comes 1, after 1 comes 2, after 2 comes 0.
func ExampleRun_Generate() {
	cell, err := unroll.Parse("chain.cell", `size V = 3
input s in V
weight E = [[0, 0, 9], [9, 0, 0], [0, 9, 0]]
s ~ categorical(embed(E, s[t-1]))
`)
	if err != nil {
		panic(err)
	}
	run, err := cell.Bind(unroll.Numbers("s", 1, 2), unroll.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Println(run.Generate(context.Background(), unroll.GenerateOptions{Length: 6, Temperature: 0.5}))
	// Output: [0 1 2 0 1 2] <nil>
}
