package plan_test

import (
	"testing"

	"unroll/kernel"
	"unroll/plan"
)

// TestSteps has a shard of one series run each scan of a library cell in one call, and one of more series not.
func TestSteps(t *testing.T) {
	for _, cell := range []string{"elman", "lstm", "gru", "peephole", "slstm"} {
		for _, c := range []struct {
			z       size
			without []string
			want    bool
		}{
			{size{1, 5, 2, 3}, nil, true},
			{size{1, 5, 2, 40}, nil, true},
			{size{1, 5, 2, 3}, []string{"steps"}, false},
			{size{2, 5, 2, 3}, nil, false},
			{size{1, 2, 1, 520}, nil, false}, // too long a chain
		} {
			scans, parts := step(t, cell, c.z, plan.Options{Without: c.without}).Scans()
			if got := scans == parts; scans == 0 || got != c.want {
				t.Errorf("%s %v without %v: %d scans of %d parts", cell, c.z, c.without, scans, parts)
			}
		}
	}
}

// TestStepsBits compares the bits of runs, a shard for each series, with and without the pass.
func TestStepsBits(t *testing.T) {
	t.Parallel()
	for _, s := range subjects(t) {
		for _, f := range kernel.Families() {
			sameSteps[float32](t, s, plan.Options{Family: f, Shard: 1})
			sameSteps[float64](t, s, plan.Options{Family: f, Shard: 1})
		}
	}
}

func sameSteps[T kernel.Real](t *testing.T, s subject, o plan.Options) {
	t.Helper()
	with := bindPlan[T](t, s.trial, "equations", o)
	o.Without = []string{"steps"}
	without := bindPlan[T](t, s.trial, "equations", o)
	with.Run()
	without.Run()
	if at := differs(s.trial, bits(s.trial, with, "equations"), bits(s.trial, without, "equations"), "equations"); at != "" {
		t.Errorf("%T, %+v: %s\n%s", T(0), o, at, s.text)
	}
}

// TestStepsDontAllocate runs a scan that is one call.
func TestStepsDontAllocate(t *testing.T) {
	b := step(t, "lstm", size{1, 20, 2, 24}, plan.Options{Cores: 1})
	if n := testing.AllocsPerRun(10, b.Run); n > 0 {
		t.Errorf("%v allocations a run", n)
	}
}
