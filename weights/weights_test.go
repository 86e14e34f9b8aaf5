package weights_test

import (
	"fmt"

	"unroll/weights"
)

func Example() {
	w, err := weights.Draw("uniform", []float64{-1, 1}, 1, 3, 7, "h1.Wi")
	if err != nil {
		fmt.Println(err)
		return
	}
	again, _ := weights.Draw("uniform", []float64{-1, 1}, 2, 3, 7, "h1_Wi") // one more row
	fmt.Println(len(w), w[2] == again[2])

	rate := weights.Interval{Lo: 0, Hi: 1}
	fmt.Println(rate.Middle(), rate.Raw(0.5), rate.Slope(0), rate.Value(1000) < 1)
	// Output:
	// 3 true
	// 0.5 0 0.25 true
}

func ExampleDraw_unknown() {
	_, err := weights.Draw("glorto", nil, 2, 2, 1, "W")
	fmt.Println(err)
	_, err = weights.Draw("normal", []float64{1}, 2, 2, 1, "W")
	fmt.Println(err)
	// Output:
	// no start is called glorto; did you mean glorot?
	// normal has 2 arguments, not 1; write normal(mean, sd)
}

func ExampleUniform() {
	// Dropout with p = 1/4 keeps an entry where k/2^32 >= p.
	kept := 0
	for entry := range 1000 {
		if weights.Uniform(1, 20, "shop", "drop1", 5, entry) >= 1<<30 {
			kept++
		}
	}
	fmt.Println(kept > 700 && kept < 800)
	// Output: true
}
