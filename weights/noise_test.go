package weights

import (
	"math"
	"testing"

	"unroll/internal/near"
)

// TestQuantile compares with the library's inverse error function.
func TestQuantile(t *testing.T) {
	for k := -52.0; k <= -1; k += 0.037 {
		p := math.Exp2(k)
		if got, want := quantile(p), -math.Sqrt2*math.Erfinv(1-2*p); p > 1e-3 && !near.Close(got, want, 1e-13) {
			t.Errorf("quantile(%v) = %v, want %v", p, got, want)
		}
		// In the tail 1-2p has lost its digits: invert the distribution instead.
		if got := math.Erfc(-quantile(p)/math.Sqrt2) / 2; !near.Equal(got, p, 1e-13) {
			t.Errorf("the distribution at quantile(%v) is %v", p, got)
		}
	}
	if quantile(0.5) != 0 || quantile(0.25) != -quantile(0.75) {
		t.Error("symmetry")
	}
}

func TestLogarithm(t *testing.T) {
	for x := 0x1p-53; x < 1; x *= 1.0173 {
		if u := near.Ulps(logarithm(x), math.Log(x)); u > 2 {
			t.Errorf("logarithm(%v) is off by %d ulps", x, u)
		}
	}
}

// TestNoiseIsSpread: over each of the coordinates, numbers are uniform (chi squared over 64 bins)
// and uncorrelated with their neighbours.
func TestNoiseIsSpread(t *testing.T) {
	const n, bins = 1 << 16, 64
	ids := []string{"drop", "drop1", "h1_drop"}
	for name, at := range map[string]func(i int) uint32{
		"entry": func(i int) uint32 { return Uniform(1, 0, "1", "drop", 3, i) },
		"time":  func(i int) uint32 { return Uniform(1, 0, "1", "drop", i-n/2, 0) },
		"step":  func(i int) uint32 { return Uniform(1, uint64(i), "1", "drop", 3, 0) },
		"seed":  func(i int) uint32 { return Uniform(uint64(i), 0, "1", "drop", 3, 0) },
		"id":    func(i int) uint32 { return Uniform(1, 0, "1", ids[i%3], i/3, 0) },
	} {
		var count [bins]float64
		correlation, before := 0.0, 0.5
		for i := range n {
			k := at(i)
			count[k>>26]++
			u := float64(k) * 0x1p-32
			correlation += 12 * (u - 0.5) * (before - 0.5) / n
			before = u
		}
		chi := 0.0
		for _, c := range count {
			chi += (c - n/bins) * (c - n/bins) / (n / bins)
		}
		// 63 degrees of freedom: mean 63, deviation 11.2. The correlation has deviation 1/256.
		if chi < 25 || chi > 120 || math.Abs(correlation) > 5.0/256 {
			t.Errorf("%s: chi squared %v, correlation %v", name, chi, correlation)
		}
	}
}

func TestGaussMoments(t *testing.T) {
	const n = 1 << 16
	draws, cubes, fourths := make([]float64, n), 0.0, 0.0
	for i := range draws {
		z := Gauss(1, 2, "a", "noise", 0, i)
		draws[i] = z
		cubes += z * z * z / n
		fourths += z * z * z * z / n
	}
	mean, sd := moments(draws)
	if math.Abs(mean) > 0.02 || math.Abs(sd-1) > 0.015 || math.Abs(cubes) > 0.08 || math.Abs(fourths-3) > 0.2 {
		t.Errorf("mean %v, deviation %v, third moment %v, fourth %v", mean, sd, cubes, fourths)
	}
}

// TestNoiseTellsApart: what differs in any coordinate draws differently, also where strings put
// together are the same.
func TestNoiseTellsApart(t *testing.T) {
	seen := map[uint64]string{}
	for name, s := range map[string]Stream{
		"base":        NewStream(1, 2, "ab", "c"),
		"moved":       NewStream(1, 2, "a", "bc"),
		"zero byte":   NewStream(1, 2, "ab\x00", "c"),
		"exchanged":   NewStream(2, 1, "ab", "c"),
		"long":        NewStream(1, 2, "ab", "cccccccccc"),
		"longer":      NewStream(1, 2, "ab", "ccccccccccc"),
		"other order": NewStream(1, 2, "c", "ab"),
	} {
		for _, at := range [][2]int{{0, 0}, {0, 1}, {1, 0}, {-1, 0}} {
			bits := s.Bits(at[0], at[1])
			if was, ok := seen[bits]; ok {
				t.Errorf("%s at %v draws as %s", name, at, was)
			}
			seen[bits] = name
		}
	}
}

// TestNoisePinned: resuming a run with a later version must draw the same.
func TestNoisePinned(t *testing.T) {
	if k := Uniform(1, 2, "shop", "drop1", 3, 4); k != 757773985 {
		t.Errorf("Uniform drew %d", k)
	}
	if z := Gauss(1, 2, "shop", "drop1", 3, 4); z != -0.9290445298598226 {
		t.Errorf("Gauss drew %v", z)
	}
}

func BenchmarkStreamGauss(b *testing.B) {
	s := NewStream(1, 2, "shop", "drop1")
	for i := range b.N {
		_ = s.Gauss(3, i)
	}
}
