package plan_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll/internal/randcell"
	"unroll/plan"
)

// TestMemoryBits: where values lie, and whether it is for the whole series or for a stretch of it, changes
// no bit.
func TestMemoryBits(t *testing.T) {
	t.Parallel()
	refused, cells := map[string]int{}, 0
	rapid.Check(t, func(rt *rapid.T) {
		c, tr, err := drawn(rt, rapid.SampledFrom([]randcell.Mode{randcell.Any, randcell.Rational, randcell.Large}).Draw(rt, "mode"))
		if err != nil {
			rt.Skip()
		}
		ask := rapid.SampledFrom(append(asks, "gradients", "gradients")).Draw(rt, "ask")
		o := plan.Options{Shard: rapid.IntRange(1, 3).Draw(rt, "shard")}.InSegments(rapid.IntRange(1, 3).Draw(rt, "segment"))
		run := func(o plan.Options) []uint64 {
			p, err := plan.New[float64](tr.graph, tr.roots[ask], o)
			if err != nil && strings.HasPrefix(err.Error(), "less memory can't be") {
				_, why, _ := strings.Cut(err.Error(), " is ")
				refused[why]++
				return nil
			}
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
		plain := run(o)
		o.Without = []string{"lend", "reuse"}
		if at := differs(tr, plain, run(o), ask); at != "" {
			rt.Fatalf("asked for %s: %s\n%s", ask, at, describe(c))
		}
		o.Without, o.Memory = nil, true
		cells++
		if less := run(o); less != nil {
			refused["–"]++
			if at := differs(tr, plain, less, ask); at != "" {
				rt.Fatalf("less memory, asked for %s: %s\n%s", ask, at, describe(c))
			}
		}
	})
	t.Logf("%d cells: %v", cells, refused)
}
