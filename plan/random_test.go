package plan_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll/graph"
	"unroll/internal/randcell"
	"unroll/kernel"
	"unroll/op"
	"unroll/plan"
)

// tally counts what was compared.
type tally struct {
	drawn                   map[string]int
	most                    int // numbers of a run that are held to the bound
	cells, refused, numbers int
	kinked                  map[float64]int // by the distance from 1 to the next number
}

// TestDifferential holds plans of random cells to the interpreter: in float32 and in float64, each on
// some family of kernels, in shards of several sizes, whatever is asked. -rapid.checks draws more.
func TestDifferential(t *testing.T) {
	t.Parallel()
	for _, m := range []struct {
		name           string
		mode           randcell.Mode
		batches, limit int // of as many cells as rapid draws
	}{{"any", randcell.Any, 4, 12}, {"rational", randcell.Rational, 1, 1}, {"large", randcell.Large, 1, 1}} {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			n := &tally{drawn: map[string]int{}, kinked: map[float64]int{}, most: 60}
			for batch := 0; !t.Failed() && (batch < m.batches || batch < m.limit && len(n.rare(m.mode)) > 0); batch++ {
				rapid.Check(t, func(rt *rapid.T) { n.check(rt, m.mode) })
				if testing.Short() {
					break
				}
			}
			if !t.Failed() {
				n.report(t, m.mode)
			}
		})
	}
}

// check draws a cell and compares all its runs.
func (n *tally) check(rt *rapid.T, mode randcell.Mode) {
	c, tr, err := drawn(rt, mode)
	if err != nil {
		n.refused++ // shapes that are found too late
		return
	}
	ask := rapid.SampledFrom(asks).Draw(rt, "ask")
	o := plan.Options{Shard: rapid.IntRange(0, 3).Draw(rt, "shard"), Cores: rapid.IntRange(1, 3).Draw(rt, "cores"), Memory: rapid.Bool().Draw(rt, "memory")}
	one, other := o, o
	one.Family = rapid.SampledFrom(kernel.Families()).Draw(rt, "family for float32")
	other.Family = rapid.SampledFrom(kernel.Families()).Draw(rt, "family for float64")
	single := holdDrawn[float32](rt, n, c, tr, ask, one)
	double := holdDrawn[float64](rt, n, c, tr, ask, other)
	if single || double {
		n.count(c, tr, "asked for "+ask, fmt.Sprintf("shard %d", o.Shard))
	}
}

// holdDrawn compares one run, and a second that finds what the first has left. It is false where a kink is too
// near.
func holdDrawn[T kernel.Real](rt *rapid.T, n *tally, c randcell.Cell, tr *trial, ask string, o plan.Options) bool {
	p, err := plan.New[T](tr.graph, tr.roots[ask], o)
	if o.Memory && err != nil && strings.HasPrefix(err.Error(), "less memory can't be") {
		o.Memory = false
		p, err = plan.New[T](tr.graph, tr.roots[ask], o)
	}
	if err != nil {
		rt.Fatal(err)
	}
	b, err := p.Bind(tr.run)
	if err != nil {
		rt.Fatal(err)
	}
	b.Run()
	v := hold(tr, b, ask, n.most)
	if v.fault != "" {
		rt.Fatalf("%T, %+v, asked for %s: %s\n%s\n%s", T(0), o, ask, v.fault, describe(c), p)
	}
	n.numbers += v.compared
	if v.kink != "" {
		n.kinked[epsilon[T]()]++
		return false
	}
	first := bits(tr, b, ask)
	b.Run()
	if at := differs(tr, first, bits(tr, b, ask), ask); at != "" {
		rt.Fatalf("%T, %+v, asked for %s: another run gives other bits: %s\n%s\n%s", T(0), o, ask, at, describe(c), p)
	}
	n.drawn[fmt.Sprintf("memory %v", o.Memory)]++
	n.drawn[fmt.Sprintf("%T on %s", T(0), o.Family)]++
	return true
}

// count notes what a cell holds.
func (n *tally) count(c randcell.Cell, tr *trial, more ...string) {
	n.cells++
	seen := map[string]bool{}
	for _, f := range slices.Concat(c.Features, more) {
		seen[f] = true
	}
	for _, component := range graph.Schedule(tr.graph.Roots()...) {
		for _, x := range component.Nodes {
			seen[kindName(x.Kind)] = true
			if x.Kind == graph.Row {
				seen["op "+x.Row.Name] = true
			}
		}
	}
	for f := range seen {
		n.drawn[f]++
	}
}

func kindName(k graph.Kind) string {
	return "node " + [...]string{"const", "weight", "input", "time", "mask", "draw", "row", "name", "shift", "window", "fold", "total", "pooled"}[k]
}

// wanted is what must have been drawn often: each feature and, where anything may be drawn, each kind of node,
// operation, family of kernels and question.
func wanted(mode randcell.Mode) []string {
	all := randcell.Features(mode)
	for k := graph.Const; k <= graph.Pooled; k++ {
		all = append(all, kindName(k))
	}
	for _, f := range kernel.Families() {
		all = append(all, "float32 on "+string(f), "float64 on "+string(f))
	}
	for shard := range 4 {
		all = append(all, fmt.Sprintf("shard %d", shard))
	}
	all = append(all, "memory true", "memory false")
	for _, ask := range asks {
		all = append(all, "asked for "+ask)
	}
	if mode == randcell.Any {
		for _, r := range op.Standard().Rows {
			if r.Valued() && !notDrawn[r.Name] {
				all = append(all, "op "+r.Name)
			}
		}
	}
	return all
}

// notDrawn are operations that no random cell's derivative holds. Of the first two there is no more when a graph is
// built; the others stand in samples only: TestCounts.
var notDrawn = map[string]bool{"floor": true, "iota": true, "poisson_inverse": true, "negbinomial_inverse": true}

// rare are the things that were drawn fewer than 20 times.
func (n *tally) rare(mode randcell.Mode) []string {
	var few []string
	for _, f := range wanted(mode) {
		if n.drawn[f] < 20 {
			few = append(few, fmt.Sprintf("%s %d", f, n.drawn[f]))
		}
	}
	return few
}

func (n *tally) report(t *testing.T, mode randcell.Mode) {
	var counts []string
	for _, f := range slices.Sorted(maps.Keys(n.drawn)) {
		counts = append(counts, fmt.Sprintf("%s %d", f, n.drawn[f]))
	}
	t.Logf("%d cells, %d refused; %d numbers held to the bound; near a kink are %d in float32, %d in float64",
		n.cells, n.refused, n.numbers, n.kinked[0x1p-23], n.kinked[0x1p-52])
	t.Logf("drawn: %s", strings.Join(counts, ", "))
	if few := n.rare(mode); len(few) > 0 && !testing.Short() && mode == randcell.Any {
		t.Errorf("drawn fewer than 20 times: %s", strings.Join(few, ", "))
	}
	if n.refused > 2+n.cells/20 {
		t.Errorf("%d cells were refused", n.refused)
	}
}
