package plan_test

import (
	"slices"
	"testing"

	"unroll/plan"
)

// TestEarly has an LSTM's backward scan do ahead what waits for no state, where rows are narrow.
func TestEarly(t *testing.T) {
	for _, c := range []struct {
		z       size
		without []string
		want    bool
	}{{size{1, 5, 1, 1}, nil, true}, {size{2, 5, 1, 4}, nil, true}, {size{2, 5, 1, 4}, []string{"early"}, false}, {size{9, 5, 1, 8}, nil, false}} {
		if got := step(t, "lstm", c.z, plan.Options{Without: c.without}).Ahead() > 0; got != c.want {
			t.Errorf("%v without %v: ahead %v", c.z, c.without, got)
		}
	}
}

// TestStrips compares the bits of a step with and without strips where one series is shorter.
func TestStrips(t *testing.T) {
	for _, z := range []size{{1, 70, 1, 1}, {3, 9, 2, 5}, {17, 5, 1, 2}} {
		data := batch(z)
		for c, col := range data.Series[0].Columns {
			data.Series[0].Columns[c] = col.Slice(0, col.Len()-z.b/6)
		}
		x := trainingOn(t, library("lstm", z), data, plan.Options{})
		y := trainingOn(t, library("lstm", z), data, plan.Options{Without: []string{"strips"}})
		if x.bound.Strips() == 0 || y.bound.Strips() != 0 {
			t.Errorf("%v: %d strips, %d without the pass", z, x.bound.Strips(), y.bound.Strips())
		}
		if a, b := x.run(), y.run(); !slices.Equal(a, b) {
			t.Errorf("%v: with strips %v, without %v", z, a, b)
		}
	}
}
