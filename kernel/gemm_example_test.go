package kernel_test

import (
	"fmt"

	"unroll/kernel"
)

// A right operand is packed once and used for many products.
func ExampleSet_Mul() {
	s := kernel.For[float32](kernel.Best())
	w := []float32{
		1, 2, 3,
		4, 5, 6,
	}
	panels := make([]float32, s.PanelLen(2, 3))
	s.Pack(panels, w, 2, 3, 3, 1)

	h := []float32{1, 0, 1, -1} // 2 rows of 2
	c := make([]float32, 2*3)
	s.Mul(c, 3, h, 2, 2, panels, 2, 3, false)
	fmt.Println(c[:3], c[3:])

	// The transpose of w, without copying it first.
	panels = make([]float32, s.PanelLen(3, 2))
	s.Pack(panels, w, 3, 2, 1, 3)
	s.Mul(c, 2, []float32{1, 1, 1}, 3, 1, panels, 3, 2, false)
	fmt.Println(c[:2])
	// Output:
	// [1 2 3] [-3 -3 -3]
	// [6 15]
}
