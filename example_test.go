package unroll_test

import (
	"errors"
	"fmt"
	"math/big"

	"unroll"
	"unroll/lang"
	"unroll/series"
)

const sheet = `
input  y
state  h = 0
weight u, v, w = 0.5
h    = relu(w*h[t-1] + v*y[t-1])
yhat = relu(u*h)
y ~ squared(yhat)
`

// bound is the sheet joined with its four numbers. Up to time 1 it sees what was observed, then its
// own forecasts, which are numbers to the derivative.
func bound() *unroll.Run {
	cell, err := unroll.Parse("sheet.cell", sheet)
	if err != nil {
		panic(err)
	}
	run, err := cell.Bind(unroll.Numbers("y", 0, 1, -1, 2), unroll.Options{Feed: "observed:1", Feedback: "stop"})
	if err != nil {
		panic(err)
	}
	return run
}

func Example() {
	cell, err := unroll.Parse("sheet.cell", sheet)
	if err != nil {
		panic(err)
	}
	run, err := cell.Bind(unroll.Numbers("y", 0, 1, -1, 2), unroll.Options{Feed: "observed:1", Feedback: "stop"})
	if err != nil {
		panic(err)
	}
	loss, err := run.Loss()
	if err != nil {
		panic(err)
	}
	gradient, err := run.Gradient()
	if err != nil {
		panic(err)
	}
	fmt.Println("loss", loss.Relation())
	fmt.Println("by u", gradient["u"][0].Relation())
	// Output:
	// loss = 1497/256 = 5.84765625
	// by u = -7/64 = -0.109375
}

// All that is wrong with a text is found at once; an error shows its line.
func ExampleParse_errors() {
	_, err := unroll.Parse("wrong.cell", "input y\nwieght w\nh = relu(w*h[t-1])\ny ~ squared(h\n")
	var all lang.Errors
	if errors.As(err, &all) {
		for _, e := range all {
			fmt.Println(e.Snippet())
		}
	}
	// Output:
	// wrong.cell:2:1: wieght is not a statement; did you mean weight?
	//     wieght w
	//     ^
	// wrong.cell:4:12: this ( is not closed; write ) where it ends
	//     y ~ squared(h
	//                ^
}

// Shapes follow from what is declared and from the data: here h is a vector, so w is a matrix.
func ExampleCell_Bind() {
	layer := "input y\nsize H = 3\nstate h[H] = 0\nweight u, v, w = 0.5\n" +
		"h = relu(w*h[t-1] + v*y[t-1])\nyhat = relu(u*h)\ny ~ squared(yhat)\n"
	cell, err := unroll.Parse("layer.cell", layer)
	if err != nil {
		panic(err)
	}
	run, err := cell.Bind(unroll.Numbers("y", 0, 1, -1, 2), unroll.Options{Sizes: map[string]int{"H": 2}})
	if err != nil {
		panic(err)
	}
	for _, w := range run.Graph().Weights {
		fmt.Println(w.Name, w.Node.Shape)
	}
	// Output:
	// u [1, 2]
	// v [2]
	// w [2, 2]
}

func ExampleRun_Loss() {
	loss, err := bound().Loss()
	if err != nil {
		panic(err)
	}
	fmt.Println(loss.Rat[0])
	// Output: 1497/256
}

// Lags through which the weights are read again are all counted.
func ExampleRun_Gradient() {
	gradient, err := bound().Gradient()
	if err != nil {
		panic(err)
	}
	for _, name := range []string{"u", "v", "w"} {
		fmt.Println(name, gradient[name][0])
	}
	// Output:
	// u -7/64
	// v -7/64
	// w -29/32
}

func ExampleRun_Values() {
	h, err := bound().Values("h")
	if err != nil {
		panic(err)
	}
	fmt.Println(h[0]) // of the first series, from step 1 on
	// Output: [0 1/2 3/8]
}

// One step down the gradient.
func ExampleRun_Set() {
	run := bound()
	gradient, err := run.Gradient()
	if err != nil {
		panic(err)
	}
	u := run.Weights()["u"][0].Rat[0]
	step := new(big.Rat).Mul(big.NewRat(1, 10), gradient["u"][0].Rat[0])
	if err := run.Set("u", series.Number(new(big.Rat).Sub(u, step))); err != nil {
		panic(err)
	}
	fmt.Println(run.Weights()["u"][0])
	// Output: 327/640
}

func ExampleNumbers() {
	set := unroll.Numbers("y", 0, 1, -1, 2)
	fmt.Println(set.Series[0].Columns["y"])
	// Output: [0 1 -1 2]
}
