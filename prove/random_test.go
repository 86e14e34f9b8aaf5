package prove_test

import (
	"testing"

	"pgregory.net/rapid"

	"unroll/graph"
	"unroll/internal/randcell"
	"unroll/prove"
)

// TestRandomCells proves random cells: all rational ones as fractions, others as far as can be.
func TestRandomCells(t *testing.T) {
	for mode, name := range map[randcell.Mode]string{randcell.Rational: "rational", randcell.Analytic: "analytic", randcell.Any: "any"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			drawn := rapid.Custom(func(rt *rapid.T) randcell.Cell { return randcell.Draw(rt, mode) })
			count := map[prove.Method]int{}
			unsettled := 0
			for i := range 4 {
				c := drawn.Example(i)
				r := mustProve(t, "random.cell", c.Text, graph.Choices{Sizes: c.Sizes, Mean: c.Mean})
				for _, l := range r.Lines {
					count[l.With] += l.Derivatives
				}
				unsettled += r.Unsettled
			}
			t.Logf("%v, %d unsettled", count, unsettled)
			if all := count[prove.ComplexStep] + count[prove.Differences]; mode == randcell.Rational && count[prove.Fractions] < 9*all {
				t.Errorf("few were compared as fractions: %v", count)
			}
			if unsettled > 10+count[prove.Differences]/4 {
				t.Errorf("differences didn't settle on %d, and did on %d", unsettled, count[prove.Differences])
			}
		})
	}
}
