package plan_test

import (
	"slices"
	"testing"

	"unroll/eval"
	"unroll/internal/randcell"
	"unroll/plan"
	"unroll/series"
)

// TestReload: a plan that is given other data and weights in the memory that it has computes, bit for bit, what
// one does that is bound to them.
func TestReload(t *testing.T) {
	t.Parallel()
	some := 0
	for seed := range 40 {
		c, tr := example(randcell.Any, 300+seed)
		if tr == nil || len(tr.run.Data.Series) == 0 {
			continue
		}
		longest := 0
		for i := range tr.run.Data.Series {
			longest = max(longest, tr.leaves.T(i))
		}
		for _, o := range []plan.Options{{Shard: 1, Room: longest}, {Shard: 2, Cores: 2, Room: longest}} {
			short := shorter(tr)
			if short == nil {
				continue
			}
			some++
			// From long to short and back: what either leaves behind isn't read.
			b := bindPlan[float32](t, tr, "equations", o)
			for _, next := range []*trial{short, tr} {
				b.Run()
				if fits, err := b.Reload(next.run); err != nil || !fits {
					t.Fatal(fits, err)
				}
				b.Run()
				fresh := bindPlan[float32](t, next, "equations", o)
				fresh.Run()
				if at := differs(next, bits(next, b, "equations"), bits(next, fresh, "equations"), "equations"); at != "" {
					t.Errorf("%+v: %s\n%s", o, at, describe(c))
				}
			}
		}
	}
	if some < 20 {
		t.Errorf("only %d runs were looked at", some)
	}
}

// shorter is a trial on the same series in another order, each without its last times; nil if that can't be.
func shorter(tr *trial) *trial {
	out := *tr
	out.run.Data.Series = nil
	for i := range tr.run.Data.Series {
		s := tr.run.Data.Series[len(tr.run.Data.Series)-1-i]
		cut := series.Series{ID: s.ID, Consts: s.Consts, Columns: map[string]series.Column{}}
		for name, column := range s.Columns {
			cut.Columns[name] = column.Slice(0, column.Len()-min(i+1, column.Len()-1))
		}
		out.run.Data.Series = append(out.run.Data.Series, cut)
	}
	leaves, err := eval.NewLeaves(tr.graph, out.run)
	if err != nil {
		return nil
	}
	out.leaves = leaves
	return &out
}

// TestNoTimes: a series without a time adds nothing, whoever is beside it.
func TestNoTimes(t *testing.T) {
	text := "input y\nweight s[4] = 0.3\nyhat = s[t mod 4] + 0.01*t\ny ~ squared(yhat)\n"
	data := batch(size{3, 9, 1, 1})
	for i := range data.Series {
		data.Series[i].Columns["y"] = data.Series[i].Columns["y"].Slice(0, []int{0, 9, 6}[i])
	}
	with := trainingOn(t, text, data, plan.Options{}).run()
	data.Series = data.Series[1:]
	if without := trainingOn(t, text, data, plan.Options{}).run(); !slices.Equal(with, without) {
		t.Errorf("%v with such a series, %v without", with, without)
	}
}

// TestReloadRefuses data that doesn't fit, and goes on with what it has.
func TestReloadRefuses(t *testing.T) {
	_, tr := example(randcell.Any, 302)
	b := bindPlan[float32](t, tr, "equations", plan.Options{})
	b.Run()
	want := bits(tr, b, "equations")
	more := tr.run
	more.Data.Series = append(append([]series.Series{}, tr.run.Data.Series...), tr.run.Data.Series...)
	for _, a := range tr.graph.Weights {
		if a.PerSeries {
			more.Weights = nil
		}
	}
	if fits, _ := b.Reload(more); fits {
		t.Error("twice as many series fit")
	}
	b.Run()
	if at := differs(tr, want, bits(tr, b, "equations"), "equations"); at != "" {
		t.Error(at)
	}
}
