package plan_test

import (
	"fmt"
	"math"

	"unroll/kernel"
	"unroll/plan"
)

// bits are what was asked of a run, bit for bit.
func bits[T kernel.Real](tr *trial, b *plan.Bound[T], ask string) []uint64 {
	var all []uint64
	tr.entries(ask, func(e entry) { all = append(all, bitsOf(b.At(e.n, e.s, e.t)[e.i])) })
	return all
}

// bitsOf are a number's bits; those of all that are undefined are the same.
func bitsOf[T kernel.Real](x T) uint64 {
	if x != x {
		return math.Float64bits(math.NaN())
	}
	return math.Float64bits(float64(x))
}

// differs says where two runs have other bits, "" if nowhere.
func differs(tr *trial, a, b []uint64, ask string) string {
	i, at := 0, ""
	tr.entries(ask, func(e entry) {
		if at == "" && a[i] != b[i] {
			at = fmt.Sprintf("%s in series %d at t = %d, entry %d: %v and %v", e.n, e.s, e.t, e.i, math.Float64frombits(a[i]), math.Float64frombits(b[i]))
		}
		i++
	})
	return at
}
