package grad_test

import (
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll/grad"
	"unroll/internal/randcell"
	"unroll/series"
)

// In random cells the loss changes with an entry of a weight as the gradient says: exactly.
func TestAlongRational(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) { drawCell(rt, randcell.Rational).checkAlong() })
}

// The same in float64.
func TestAlongAnalytic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) { drawCell(rt, randcell.Analytic).checkAlong() })
}

// checkAlong compares one entry of two weights.
func (r *random) checkAlong() {
	back := r.eval(r.d.Graph)
	weights := r.run.Graph().Weights
	for range min(2, len(weights)) {
		w := rapid.SampledFrom(weights).Draw(r.T, "weight")
		i := rapid.IntRange(0, w.Node.Shape.Len()-1).Draw(r.T, "entry of "+w.Name)
		d, err := grad.Along(r.run.Graph(), w, i, r.run.Choices().Table)
		if err != nil && strings.Contains(r.text, "clip_gradient") {
			continue
		}
		r.must(err)
		forth := r.eval(d.Graph).At(d.Loss, 0, 0)
		want := entryOf(back.At(r.d.Weight[w.Name], 0, 0), i)
		for s := 1; s < back.Series() && w.PerSeries; s++ {
			want = plus(want, entryOf(back.At(r.d.Weight[w.Name], s, 0), i))
		}
		if !sameArrays(forth, want) {
			r.Fatalf("by %s, entry %d: %s forward and %s backward\n%s", w.Name, i, show(forth), show(want), r.text)
		}
	}
}

// plus adds two numbers.
func plus(a, b series.Array) series.Array {
	if a.Exact() && b.Exact() && a.Has(0) && b.Has(0) {
		return series.Number(new(big.Rat).Add(a.Rat[0], b.Rat[0]))
	}
	return series.Floats(1, 1, []float64{a.Float64(0) + b.Float64(0)})
}
