package plan_test

import (
	"testing"

	"unroll/kernel"
	"unroll/plan"
)

// TestShapes runs layers of odd sizes, beside and across the width of a vector, on few series and on more
// than a shard has, for no time, one and some: float32 stays within the bound. Where many numbers are made each is held to a
// looser one.
func TestShapes(t *testing.T) {
	t.Parallel()
	compared, runs := 0, 0
	for c, cell := range []string{"lstm", "gru"} {
		for i, h := range []int{1, 3, 15, 16, 17, 33} {
			for j, b := range []int{1, 2, 3, 4, 5, 17, 33} {
				z := size{b, []int{0, 1, 2, 7}[(i+j+c)%4], 1 + (i+j)%3, h}
				if testing.Short() && (i+j+c)%4 != 1 {
					continue
				}
				runs++
				compared += holdShape(t, cell, z)
			}
		}
	}
	t.Logf("%d runs on each family, %d numbers held to the bound", runs, compared)
}

// dear is how many entries of outer products are more than the bound should take.
const dear = 20000

func holdShape(t *testing.T, cell string, z size) int {
	t.Helper()
	times := z
	times.t++ // of the first time nothing is made, so that there may be no step
	tr := textTrial(t, layerText(cell, "x[t-1]", z), ragged(times))
	compared := 0
	for _, f := range kernel.Families() {
		for _, ask := range asks[z.b%2 : z.b%2+1] { // the gradients, or the equations as well
			b := bindPlan[float32](t, tr, ask, plan.Options{Family: f})
			b.Run()
			if z.b*z.t*z.h*z.h > dear {
				if fault := closeTo(tr, b, ask, 1e-5); fault != "" {
					t.Errorf("%s %v on %s: %s", cell, z, f, fault)
				}
				continue
			}
			v := hold(tr, b, ask, 10)
			compared += v.compared
			if v.fault != "" || v.kink != "" {
				t.Errorf("%s %v on %s: %s %s", cell, z, f, v.fault, v.kink)
			}
		}
	}
	return compared
}
