package near_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"unroll/internal/near"
)

func Example() {
	fmt.Println(near.Equal(1.0000001, 1, 1e-6), near.Equal(1.1, 1, 1e-6))
	fmt.Println(near.Ulps(1, math.Nextafter(1, 2)))
	// Output:
	// true false
	// 1
}

func TestEqual(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		got, want, rel float64
		equal          bool
	}{
		{1, 1, 0, true},
		{0, math.Copysign(0, -1), 0, true},
		{1e-300, 0, 0.5, false},
		{1e300, 1.0001e300, 1e-3, true},
		{inf, inf, 0, true},
		{inf, -inf, 1, false},
		{inf, 1, 1, false},
		{1, inf, 1, false},
		{nan, nan, 0, true},
		{nan, 1, 1, false},
		{1, nan, 1, false},
	} {
		if near.Equal(c.got, c.want, c.rel) != c.equal {
			t.Errorf("Equal(%v, %v, %v) is %v", c.got, c.want, c.rel, !c.equal)
		}
	}
	if !near.Close(1e-14, 0, 1e-13) || near.Close(1e-12, 0, 1e-13) || near.Close(nan, 0, 1) {
		t.Error("Close near 0")
	}
	if near.All([]float64{1}, []float64{1, 2}, 1) || near.All([]float64{1}, []float64{2}, 0.1) || !near.All(nil, nil, 0) {
		t.Error("All")
	}
}

func TestUlps(t *testing.T) {
	tiny := math.SmallestNonzeroFloat64
	for _, c := range []struct {
		a, b float64
		want uint64
	}{
		{0, math.Copysign(0, -1), 0},
		{-tiny, tiny, 2},
		{math.MaxFloat64, math.Inf(1), 1},
		{math.NaN(), math.NaN(), 0},
		{math.NaN(), 1, math.MaxUint64},
	} {
		if got := near.Ulps(c.a, c.b); got != c.want {
			t.Errorf("Ulps(%v, %v) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestUlpsOfNeighbours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Float64().Draw(t, "a")
		b := math.Nextafter(a, math.Inf(1))
		if a != b && (near.Ulps(a, b) != 1 || near.Ulps(b, a) != 1) {
			t.Fatalf("%v and %v are %d apart", a, b, near.Ulps(a, b))
		}
	})
}
