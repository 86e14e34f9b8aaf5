package chart

import (
	"math"
	"testing"

	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"
)

// What is left of a line has its ends, reaches as high and as low, and is short.
func TestSparse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 3000).Draw(t, "n")
		seed := rapid.Float64Range(0, 100).Draw(t, "seed")
		at := make([]vg.Point, n)
		all := newSpread()
		for i := range at {
			at[i] = vg.Point{X: vg.Length(float64(i) / float64(n) * 60), Y: vg.Length(100 * math.Sin(seed*float64(i*i)))}
			all.add(float64(at[i].Y))
		}
		out := sparse(at)
		left := newSpread()
		for _, p := range out {
			left.add(float64(p.Y))
		}
		if out[0] != at[0] || out[len(out)-1] != at[n-1] || left != all || len(out) > min(n, 4*(60/hair+1)) {
			t.Fatalf("of %d points between %v, %d are left between %v", n, all, len(out), left)
		}
	})
}
