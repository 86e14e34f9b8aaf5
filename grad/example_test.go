package grad_test

import (
	"fmt"

	"unroll/grad"
	"unroll/graph"
	"unroll/lang"
	"unroll/op"
)

// neuron is the graph of a cell with one weight.
func neuron() *graph.Graph {
	f, err := lang.Parse(&lang.Source{Name: "sheet.cell", Text: `
input  y
state  h = 0
weight w = 1/2
h = relu(w*h[t-1] + y[t-1])
y ~ squared(h)`})
	if err != nil {
		panic(err)
	}
	g, err := graph.Build(f, graph.Choices{})
	if err != nil {
		panic(err)
	}
	return g
}

// The derivative of a cell is a cell: lags have become leads.
func Example() {
	g := neuron()
	d, err := grad.Loss(g, op.Standard())
	if err != nil {
		fmt.Println(err)
		return
	}
	full, err := graph.Text(d.Graph, []graph.Named{{Name: "d_w", Node: d.Weight["w"]}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(lang.Print(full, true))
	// Output:
	// input  y
	// state  h = 0
	// state  d_a = 0
	// weight w = 0.5
	//
	// a   = w*h[t-1] + y[t-1]
	// h   = relu(a)
	// b   = h - y
	// d_h = 2*b + w*d_a[t+1]
	// d_a = d_h*(a > 0)
	// d_w = pooled(total(d_a*h[t-1]))
	//
	// loss pooled(total(b^2))
}

// What comes back along each edge of the neuron.
func ExampleContributions() {
	g := neuron()
	d, err := grad.Loss(g, op.Standard())
	if err != nil {
		fmt.Println(err)
		return
	}
	e := grad.Contributions(d, op.Standard())
	for _, x := range e.Of[g.Names[0]] {
		fmt.Println("h reads", x.Reads.Name, "at the lag", x.Lag)
	}
	for _, x := range e.Of[g.Scores[0].Value] {
		fmt.Println("the score reads", x.Reads.Name, "at the lag", x.Lag)
	}
	// Output:
	// h reads w at the lag 0
	// h reads h at the lag 1
	// h reads y at the lag 1
	// the score reads h at the lag 0
	// the score reads y at the lag 0
}

// How the neuron changes with its weight, as equations.
func ExampleAlong() {
	g := neuron()
	d, err := grad.Along(g, g.Weights[0], 0, op.Standard())
	if err != nil {
		fmt.Println(err)
		return
	}
	full, err := graph.Text(d.Graph, []graph.Named{{Name: "L_w", Node: d.Loss}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(lang.Print(full, true))
	// Output:
	// input  y
	// state  h = 0
	// state  h_w = 0
	// weight w = 0.5
	//
	// a   = w*h[t-1] + y[t-1]
	// h   = relu(a)
	// b   = h - y
	// h_w = (a > 0)*(h[t-1] + w*h_w[t-1])
	// L_w = pooled(total(2*b*h_w))
	//
	// loss pooled(total(b^2))
}
