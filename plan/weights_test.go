package plan_test

import (
	"maps"
	"slices"
	"testing"

	"unroll/internal/randcell"
	"unroll/plan"
	"unroll/series"
)

// TestSetWeight: a plan whose weights are changed after a run computes what one does that was bound with them.
func TestSetWeight(t *testing.T) {
	t.Parallel()
	for seed := range 6 {
		c, tr := example(randcell.Any, 200+seed)
		if tr == nil {
			continue
		}
		for _, o := range []plan.Options{{Shard: 1}, {Shard: 2, Cores: 2}} {
			b := bindPlan[float32](t, tr, "equations", o)
			b.Run()
			other := *tr
			other.run.Weights = map[string][]series.Array{}
			for _, name := range slices.Sorted(maps.Keys(tr.run.Weights)) {
				for i, a := range tr.run.Weights[name] {
					values := make([]float64, a.Len())
					for j := range values {
						values[j] = a.Float64(j)/2 + 0.1
					}
					other.run.Weights[name] = append(other.run.Weights[name], series.Floats(a.R, a.C, values))
					if err := b.SetWeight(name, i, values); err != nil {
						t.Fatal(err)
					}
				}
			}
			b.Run()
			fresh := bindPlan[float32](t, &other, "equations", o)
			fresh.Run()
			if at := differs(tr, bits(tr, b, "equations"), bits(tr, fresh, "equations"), "equations"); at != "" {
				t.Errorf("%+v: %s\n%s", o, at, describe(c))
			}
		}
	}
}
