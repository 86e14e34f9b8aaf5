package plan_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"unroll/eval"
	"unroll/graph"
	"unroll/internal/randcell"
	"unroll/kernel"
	"unroll/plan"
	"unroll/series"
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

// subject is a cell whose bits are looked at.
type subject struct {
	text   string
	random bool
	*trial
}

// subjects are random cells, some of them large, and layers of many series of unequal length.
func subjects(t *testing.T) []subject {
	var all []subject
	for seed := range 8 {
		if c, tr := example([]randcell.Mode{randcell.Any, randcell.Large}[seed%2], seed); tr != nil {
			all = append(all, subject{describe(c), true, tr})
		}
	}
	for _, cell := range []string{"lstm", "slstm", "lnlstm"} {
		for _, z := range []size{{19, 6, 3, 17}, {37, 3, 2, 1}, {16, 20, 32, 64}} {
			all = append(all, subject{cell + " " + z.String(), false, layer(t, cell, z)})
		}
	}
	return all
}

// families are those that the i-th subject is run on: of a random cell one, as many cells as there are.
func (s subject) families(i int) []kernel.Family {
	all := kernel.Families()
	switch {
	case s.random:
		return all[i%len(all):][:1]
	case s.leaves.Series() == 16:
		return all[len(all)-1:] // the others are slow
	}
	return all
}

// TestCores runs on 1, 2, 3 and 8 cores: the same bits, of sums over the series, too.
func TestCores(t *testing.T) {
	t.Parallel()
	for i, s := range subjects(t) {
		for _, f := range s.families(i) {
			for _, o := range []plan.Options{{Family: f, Shard: 2}, {Family: f}} {
				sameOnCores[float32](t, s, o)
				sameOnCores[float64](t, s, o)
			}
		}
	}
}

func sameOnCores[T kernel.Real](t *testing.T, s subject, o plan.Options) {
	t.Helper()
	ask := "equations"
	var one []uint64
	for _, o.Cores = range []int{1, 2, 3, 8} {
		b := bindPlan[T](t, s.trial, ask, o)
		b.Run()
		got := bits(s.trial, b, ask)
		if one == nil {
			one = got
		}
		if at := differs(s.trial, one, got, ask); at != "" {
			t.Errorf("%T, %+v, on one core and on %d: %s\n%s", T(0), o, o.Cores, at, s.text)
			return
		}
	}
}

// TestAlone binds each series of a batch alone: what it has for itself is the same, bit for bit.
func TestAlone(t *testing.T) {
	t.Parallel()
	compared := 0
	for i, s := range subjects(t) {
		for _, f := range s.families(i) {
			for _, ask := range []string{"equations", "nodes"} {
				if ask == "nodes" && s.leaves.Series() == 16 {
					continue // too many
				}
				compared += sameAlone[float32](t, s, ask, plan.Options{Family: f})
				compared += sameAlone[float64](t, s, ask, plan.Options{Family: f})
			}
		}
	}
	t.Logf("%d numbers", compared)
}

// sameAlone compares some series of a batch with themselves alone, and counts the numbers.
func sameAlone[T kernel.Real](t *testing.T, s subject, ask string, o plan.Options) int {
	t.Helper()
	own := s.own(ask)
	compared := 0
	batch := bindPlan[T](t, s.trial, ask, o)
	batch.Run()
	for i := range min(3, s.leaves.Series()) {
		if s.leaves.Series() > 3 {
			i *= s.leaves.Series() / 3
		}
		part := *s.trial
		part.run = only(s.trial, i)
		alone := bindPlan[T](t, &part, ask, o)
		alone.Run()
		bad := false
		s.entries(ask, func(e entry) {
			if e.s != i || !own[e.n] || bad {
				return
			}
			compared++
			got, want := alone.At(e.n, 0, e.t)[e.i], batch.At(e.n, i, e.t)[e.i]
			if bad = bitsOf(got) != bitsOf(want); bad {
				t.Errorf("%T, %+v, asked for %s: %s in series %d at t = %d, entry %d: %v alone, %v in the batch\n%s", T(0), o, ask, e.n, i, e.t, e.i, got, want, s.text)
			}
		})
		if bad {
			break
		}
	}
	return compared
}

// own are the nodes that a series has for itself: no other series' values are in them.
func (tr *trial) own(ask string) map[*graph.Node]bool {
	shared := map[*graph.Node]bool{}
	own := map[*graph.Node]bool{}
	for again := true; again; {
		again = false
		for _, c := range graph.Schedule(tr.graph.Roots()...) {
			for _, n := range c.Nodes {
				if !shared[n] && (n.Kind == graph.Pooled || slices.ContainsFunc(n.Args, func(a *graph.Node) bool { return shared[a] })) {
					shared[n], again = true, true
				}
			}
		}
	}
	for _, n := range tr.roots[ask] {
		own[n] = n.Scope > graph.Global && !shared[n]
	}
	return own
}

// only is a run of one of the series.
func only(tr *trial, i int) eval.Run {
	r := tr.run
	r.Data.Series = r.Data.Series[i : i+1]
	r.Weights = map[string][]series.Array{}
	for _, w := range tr.graph.Weights {
		r.Weights[w.Name] = tr.run.Weights[w.Name]
		if w.PerSeries {
			r.Weights[w.Name] = r.Weights[w.Name][i : i+1]
		}
	}
	return r
}
