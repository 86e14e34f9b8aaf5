package unroll_test

import (
	"fmt"

	"unroll"
)

// A run is compiled once. An engine is it with data: weights are set, the loss and its gradient are
// computed, again and again.
func ExampleRun_Compile() {
	cell, err := unroll.Parse("trend.cell", `
input  y
weight a, b = 0
yhat = a*y[t-1] + b
y ~ squared(yhat)
`)
	if err != nil {
		panic(err)
	}
	run, err := cell.Bind(unroll.Numbers("y", 1, 2, 3, 4), unroll.Options{})
	if err != nil {
		panic(err)
	}
	compiled, err := run.Compile(unroll.EngineOptions{Float64: true})
	if err != nil {
		panic(err)
	}
	engine, err := compiled.Engine()
	if err != nil {
		panic(err)
	}
	fmt.Println("loss", engine.Run())
	gradient, err := engine.Grad("b")
	if err != nil {
		panic(err)
	}
	fmt.Println("by b", gradient[0])
	// Output:
	// loss 29
	// by b -18
}

// A stream takes a step as soon as its values are there.
func ExampleCompiled_Stream() {
	run := bound()
	compiled, err := run.Compile(unroll.EngineOptions{Keep: []string{"h", "yhat"}})
	if err != nil {
		panic(err)
	}
	stream, err := compiled.Stream()
	if err != nil {
		panic(err)
	}
	fmt.Println("a step takes", stream.Inputs())
	for _, y := range []float64{0, 1, -1} {
		if err := stream.Step(y); err != nil {
			panic(err)
		}
		fmt.Println(stream.Value("h", 0), stream.Value("yhat", 0))
	}
	// Output:
	// a step takes [y]
	// [] []
	// [0] [0]
	// [0.5] [0.25]
}

// Where there is a history the stream goes on after it.
func ExampleEngine_Stream() {
	run := bound()
	compiled, err := run.Compile(unroll.EngineOptions{Keep: []string{"yhat"}})
	if err != nil {
		panic(err)
	}
	engine, err := compiled.Engine()
	if err != nil {
		panic(err)
	}
	stream, err := engine.Stream()
	if err != nil {
		panic(err)
	}
	if err := stream.Step(3); err != nil { // y at t = 4
		panic(err)
	}
	fmt.Println(stream.Value("yhat", 0))
	// Output:
	// [0.140625]
}
