package bound_test

import (
	"fmt"

	"unroll/eval"
	"unroll/graph"
	"unroll/internal/bound"
	"unroll/lang"
	"unroll/series"
)

// The loss w·w + 1/3 at w = 3 in float32. The product is exact. The sum, 28/3, may be off by a unit in the
// last place, and 1/3 is rounded to the nearest number, so it is off by half of one: 9.5 units of 2⁻²³.
func ExampleNew() {
	file, err := lang.Parse(&lang.Source{Name: "w.cell", Text: "input y\nweight w = 3\nloss w .* w + 1/3\n"})
	if err != nil {
		fmt.Println(err)
		return
	}
	g, err := graph.Build(file, graph.Choices{})
	if err != nil {
		fmt.Println(err)
		return
	}
	one := series.Dense(1, 1, []float64{1})
	v, err := eval.Eval(g, eval.Run{
		Data:    series.Set{Series: []series.Series{{ID: "1", Columns: map[string]series.Column{"y": one}}}},
		Weights: map[string][]series.Array{"w": {series.Floats(1, 1, []float64{3})}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	b := bound.New(g, v, 0x1p-23, nil)
	_, near := b.Kink()
	fmt.Printf("%.4f of 2⁻²³; near a kink: %v\n", b.At(g.Loss, 0, 0, 0)*0x1p23, near)
	// Output: 9.5000 of 2⁻²³; near a kink: false
}
