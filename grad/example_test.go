package grad_test

import (
	"fmt"

	"unroll/grad"
	"unroll/graph"
	"unroll/lang"
	"unroll/op"
)

// The derivative of a cell is a cell: lags have become leads.
func Example() {
	f, err := lang.Parse(&lang.Source{Name: "sheet.cell", Text: `
input  y
state  h = 0
weight w = 1/2
h = relu(w*h[t-1] + y[t-1])
y ~ squared(h)`})
	if err != nil {
		fmt.Println(err)
		return
	}
	g, err := graph.Build(f, graph.Choices{})
	if err != nil {
		fmt.Println(err)
		return
	}
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
