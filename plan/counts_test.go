package plan_test

import (
	"testing"

	"unroll/kernel"
	"unroll/plan"
	"unroll/series"
)

// counts draws from distributions of counts, of which some number is fed back: whole numbers, so that a run in any
// numbers is off by nothing. Its inputs are eighths, which a float32 has too.
const counts = `
input u, r, k
state n = 0
n = poisson_inverse(u, r + n[t-1]/8)
m = negbinomial_inverse(u, r + n/8, k)
loss total(n + m)
`

// TestCounts holds counts that are drawn, in a scan and outside of one, to the reference.
func TestCounts(t *testing.T) {
	t.Parallel()
	tr := textTrial(t, counts, countsDrawn())
	for _, o := range []plan.Options{{}, {Shard: 2, Cores: 2}} {
		for _, o.Family = range kernel.Families() {
			single, double := bindPlan[float32](t, tr, "nodes", o), bindPlan[float64](t, tr, "nodes", o)
			single.Run()
			double.Run()
			for _, fault := range []string{closeTo(tr, single, "nodes", 0), closeTo(tr, double, "nodes", 0)} {
				if fault != "" {
					t.Errorf("%+v: %s", o, fault)
				}
			}
		}
	}
}

// countsDrawn are chances between 0 and 1, and means and shapes from 1/8 to 12.
func countsDrawn() series.Set {
	var set series.Set
	for s := range 5 {
		columns := map[string]series.Column{}
		for i, name := range []string{"u", "r", "k"} {
			values := make([]float64, 20+s)
			for t := range values {
				values[t] = float64(1+(t*(3+2*i)+s)%7) / 8
				if i > 0 {
					values[t] = float64(1+(t*(29+s)+11*i)%96) / 8
				}
			}
			columns[name] = series.Dense(1, 1, values)
		}
		set.Series = append(set.Series, series.Series{Columns: columns})
	}
	return set
}
