package weights

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"unroll/internal/near"
)

var inf = math.Inf(1)

func drawInterval(t *rapid.T) Interval {
	lo := rapid.Float64Range(-100, 100).Draw(t, "lo")
	hi := lo + rapid.Float64Range(1e-3, 100).Draw(t, "width")
	return rapid.SampledFrom([]Interval{{lo, hi}, {lo, inf}, {-inf, hi}, Free, {0, 1}, {0, inf}}).Draw(t, "interval")
}

func TestRawAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawInterval(t)
		w := v.Value(rapid.Float64Range(-30, 30).Draw(t, "raw"))
		if back := v.Value(v.Raw(w)); !near.Equal(back, w, 1e-12) {
			t.Fatalf("%v: %v comes back as %v", v, w, back)
		}
	})
}

func TestValueStaysInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawInterval(t)
		raw := rapid.Float64Range(-1e300, 1e300).Draw(t, "raw")
		if w := v.Value(raw); !v.Holds(w) {
			t.Fatalf("%v: %v gives %v", v, raw, w)
		}
	})
}

func TestSlopeIsTheDerivative(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawInterval(t)
		raw := rapid.Float64Range(-8, 8).Draw(t, "raw")
		const h = 1e-4
		difference := (v.Value(raw+h) - v.Value(raw-h)) / (2 * h)
		if !near.Close(difference, v.Slope(raw), 1e-6) {
			t.Fatalf("%v at %v: slope %v, difference %v", v, raw, v.Slope(raw), difference)
		}
	})
}

func TestIntervalTable(t *testing.T) {
	for _, c := range []struct {
		v           Interval
		raw, value  float64
		middle, eps float64
	}{
		{Interval{0, 1}, 0, 0.5, 0.5, 0},
		{Interval{-1, 3}, math.Log(3), 2, 1, 1e-15},
		{Interval{0, inf}, 0, math.Ln2, 1, 0},
		{Interval{0, inf}, -700, math.Exp(-700), 1, 1e-15},
		{Interval{0, inf}, 1e6, 1e6, 1, 0},
		{Interval{2, inf}, math.Log(math.E - 1), 3, 3, 1e-15},
		{Interval{-inf, 2}, math.Log(math.E - 1), 1, 1, 1e-15},
		{Free, -3, -3, 0, 0},
	} {
		if got := c.v.Value(c.raw); !near.Equal(got, c.value, c.eps) {
			t.Errorf("%v: Value(%v) = %v, want %v", c.v, c.raw, got, c.value)
		}
		if got := c.v.Raw(c.value); !near.Close(got, c.raw, 1e-13) {
			t.Errorf("%v: Raw(%v) = %v, want %v", c.v, c.value, got, c.raw)
		}
		if got := c.v.Middle(); got != c.middle {
			t.Errorf("%v: Middle is %v, want %v", c.v, got, c.middle)
		}
	}
	unit := Interval{0, 1}
	if !math.IsNaN(unit.Raw(1)) || !math.IsNaN(unit.Raw(-1)) || !math.IsNaN(unit.Value(math.NaN())) {
		t.Error("what lies outside has no raw number")
	}
}
