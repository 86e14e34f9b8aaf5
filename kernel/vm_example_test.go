package kernel_test

import (
	"fmt"

	"unroll/kernel"
)

// ExampleFrame_Steps runs h[t] = tanh(w·h[t-1]) over three steps, on two rows of one entry. The rows
// of a time are 8 entries apart from the next time's: a vector of float64.
func ExampleFrame_Steps() {
	const memory, numbers = 0, 1 // segments
	classes := []kernel.Class{{Seg: memory, Time: 8, Row: 1}, {Seg: numbers}}
	now, before := kernel.Operand{Class: 0, Off: 8}, kernel.Operand{Class: 0}
	w := kernel.Operand{Class: 1, Fixed: true}
	p := kernel.For[float64](kernel.Best()).Program([]kernel.Instr{
		{Code: kernel.Mul, Width: 1, Dst: now, A: w, B: before},
		{Code: kernel.Tanh, Width: 1, Dst: now, A: now},
	}, classes)

	h, ws := make([]float64, 4*8), make([]float64, 8)
	h[0], h[1] = 1, -2
	for i := range ws {
		ws[i] = 0.5
	}
	p.Bind(h, ws).Steps(0, 1, 3, 0, 2)
	for t := range 4 {
		fmt.Printf("%.4f\n", h[8*t:8*t+2])
	}
	// Output:
	// [1.0000 -2.0000]
	// [0.4621 -0.7616]
	// [0.2270 -0.3634]
	// [0.1130 -0.1797]
}
