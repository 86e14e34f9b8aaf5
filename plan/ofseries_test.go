package plan_test

import (
	"testing"

	"unroll/kernel"
	"unroll/plan"
)

// ofSeries has matrices of each series' own: before a scan, in it, after it, on either side, and read turned.
const ofSeries = `
input x[3]
input y
state h[H] = 0
weight A[H, 3], V[5, H], R[1, 9], N[5, 9] per series
weight U[H, H], B[H, 9] ~ glorot
w = y[t-9 : t-1]
h = tanh(A*x + U*h[t-1] + B*w)
k = V*h + N*w
v = N'*k
y ~ squared(sum(k) + R*w + dot(v, w))
loss sum(sum(A .* A)) / 8
`

// TestOfSeries holds weights per series to the reference, with series of unequal length, and without the pass
// that joins times.
func TestOfSeries(t *testing.T) {
	t.Parallel()
	tr := textTrial(t, "size H = 6\n"+ofSeries, ragged(size{5, 24, 3, 6}))
	for _, o := range []plan.Options{{}, {Shard: 2, Cores: 2}, {Without: []string{"gradients"}}} {
		for _, f := range kernel.Families() {
			o.Family = f
			for _, ask := range asks[:2] {
				b := bindPlan[float64](t, tr, ask, o)
				b.Run()
				if v := hold(tr, b, ask, 10); v.fault != "" || v.kink != "" {
					t.Errorf("%s, %+v: %s %s", ask, o, v.fault, v.kink)
				}
			}
		}
	}
}

// TestOfSeriesStretches finds the same bits in stretches of time.
func TestOfSeriesStretches(t *testing.T) {
	t.Parallel()
	tr := textTrial(t, "size H = 6\n"+ofSeries, ragged(size{3, 400, 3, 6}))
	all := bindPlan[float32](t, tr, "gradients", plan.Options{})
	less := bindPlan[float32](t, tr, "gradients", plan.Options{Memory: true})
	all.Run()
	less.Run()
	if at := differs(tr, bits(tr, all, "gradients"), bits(tr, less, "gradients"), "gradients"); at != "" {
		t.Error(at)
	}
	if all.Bytes() <= less.Bytes() {
		t.Errorf("%d bytes in stretches, %d without", less.Bytes(), all.Bytes())
	}
}
