package plan_test

import (
	"fmt"

	"unroll"
	"unroll/graph"
	"unroll/plan"
)

// The cell of the exercise sheet, on the engine: its loss and its gradients in float32.
func Example() {
	cell, _ := unroll.ReadFile("../examples/sheet/sheet.cell")
	run, _ := cell.Bind(unroll.Numbers("y", 0, 1, -1, 2), unroll.Options{Feed: "observed:1", Feedback: "stop"})
	d, _ := run.Derivative()
	roots := []*graph.Node{d.Of, d.Weight["u"], d.Weight["v"], d.Weight["w"]}

	p, _ := plan.New[float32](d.Graph, roots, plan.Options{})
	b, _ := p.Bind(run.Case().Run)
	b.Run()
	for _, n := range roots {
		fmt.Println(b.At(n, 0, 0)[0])
	}
	// Output:
	// 5.8476562
	// -0.109375
	// -0.109375
	// -0.90625
}
