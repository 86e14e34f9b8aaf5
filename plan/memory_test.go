package plan_test

import (
	"testing"

	"pgregory.net/rapid"

	"unroll/internal/randcell"
	"unroll/plan"
)

// TestMemoryBits: where values lie, and whether they are kept or computed again, changes no bit.
func TestMemoryBits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		c, tr, err := drawn(rt, rapid.SampledFrom([]randcell.Mode{randcell.Any, randcell.Rational}).Draw(rt, "mode"))
		if err != nil {
			rt.Skip()
		}
		ask := rapid.SampledFrom(asks).Draw(rt, "ask")
		run := func(o plan.Options) []uint64 {
			p, err := plan.New[float64](tr.graph, tr.roots[ask], o)
			if err != nil {
				rt.Fatal(err)
			}
			b, err := p.Bind(tr.run)
			if err != nil {
				rt.Fatal(err)
			}
			b.Run()
			b.Run() // what the first left doesn't matter
			return bits(tr, b, ask)
		}
		plain, without := run(plan.Options{Shard: 2, Memory: true}), run(plan.Options{Shard: 2, Without: []string{"again", "lend", "reuse"}})
		if at := differs(tr, plain, without, ask); at != "" {
			rt.Fatalf("asked for %s: %s\n%s", ask, at, describe(c))
		}
	})
}
