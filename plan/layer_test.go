package plan_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"unroll"
	"unroll/series"
)

// layerRun binds a library cell with a linear read-out to series of unequal length, the longest of which has
// z.t times and stands in the middle; the weights are drawn.
func layerRun(tb testing.TB, cell string, z size) *unroll.Run {
	tb.Helper()
	text := fmt.Sprintf("use %s\ninput x[%d]\ninput y\nweight V[1, %d], c\nh = %s(x, H = %d)\nyhat = V*h + c\ny ~ squared(yhat)\n", cell, z.i, z.h, cell, z.h)
	c, err := unroll.Parse("layer.cell", text)
	if err != nil {
		tb.Fatal(err)
	}
	set := batch(z)
	for i := range set.Series {
		s := &set.Series[i]
		for name, col := range s.Columns {
			s.Columns[name] = col[:len(col)-min(len(col), (i+z.b/2)%z.b%3)]
		}
	}
	run, err := c.Bind(set, unroll.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	drawWeights(tb, run, 3)
	return run
}

// drawWeights gives a run weights of moderate size.
func drawWeights(tb testing.TB, run *unroll.Run, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 0))
	for _, name := range slices.Sorted(maps.Keys(run.Weights())) {
		var values []series.Array
		for _, old := range run.Weights()[name] {
			x := make([]float64, old.Len())
			for i := range x {
				x[i] = (r.Float64() - 0.5) / float64(old.C)
			}
			values = append(values, series.Floats(old.R, old.C, x))
		}
		if err := run.Set(name, values...); err != nil {
			tb.Fatal(err)
		}
	}
}
