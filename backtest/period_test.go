package backtest

import (
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

func TestCalendarPeriod(t *testing.T) {
	for _, c := range []struct {
		unit string
		n    int
		want int
	}{
		{"hour", 1, 24}, {"minute", 30, 48}, {"minute", 15, 96}, {"day", 1, 7}, {"business day", 1, 5}, {"week", 1, 52},
		{"month", 1, 12}, {"month", 3, 4}, {"quarter", 1, 4}, {"year", 1, 1}, {"step", 1, 1}, {"month", 5, 1}, {"hour", 24, 1}, {"hour", 0, 1},
	} {
		if got := CalendarPeriod(c.unit, c.n); got != c.want {
			t.Errorf("every %d %s: got %d, want %d", c.n, c.unit, got, c.want)
		}
	}
}

// TestFindPeriod: waves with noise, a trend and a few wild values, and what has no season.
func TestFindPeriod(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	series := func(n int, of func(t float64) float64) []float64 {
		out := make([]float64, n)
		for i := range out {
			out[i] = of(float64(i))
		}
		return out
	}
	wave := func(t, m float64) float64 { return math.Sin(2 * math.Pi * t / m) }
	walk := 0.0
	for _, c := range []struct {
		name string
		y    []float64
		want int
	}{
		{"noise", series(300, func(float64) float64 { return random.NormFloat64() }), 1},
		{"walk", series(300, func(float64) float64 { walk += random.NormFloat64(); return walk }), 1},
		{"a line", series(100, func(t float64) float64 { return 3 * t }), 1},
		{"a constant", series(100, func(float64) float64 { return 5 }), 1},
		{"short", series(8, func(t float64) float64 { return wave(t, 4) }), 1},
		{"a wave", series(120, func(t float64) float64 { return wave(t, 12) + random.NormFloat64()/3 }), 12},
		{"growing", series(120, func(t float64) float64 { return math.Exp(t/40) * (3 + wave(t, 12)) }), 12},
		{"a season of spikes", series(100, func(t float64) float64 { return max(0, 1-math.Mod(t, 7)) }), 7},
		{"outliers", series(200, func(t float64) float64 {
			if math.Mod(t, 41) == 5 {
				return 100
			}
			return wave(t, 8)
		}), 8},
		{"a day in a week", series(24*7*8, func(t float64) float64 { return 2*wave(t, 24) + wave(t, 24*7) }), 24},
		{"gaps", series(120, func(t float64) float64 {
			if math.Mod(t, 11) == 3 {
				return nan
			}
			return wave(t, 12)
		}), 12},
		{"nothing", []float64{nan, nan}, 1},
	} {
		if got := FindPeriod([][]float64{c.y}); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
	if FindPeriod(nil) != 1 {
		t.Error("no series have a period")
	}
}

// TestFindPeriodVotes: of many series the flat ones don't outvote the others, unless these are few.
func TestFindPeriodVotes(t *testing.T) {
	for _, c := range []struct{ waves, of, want int }{{1, 8, 4}, {1, 9, 1}, {60, 300, 4}, {0, 5, 1}} {
		var all [][]float64
		for i := range c.of {
			y := make([]float64, 40)
			for s := range y {
				if i*c.waves/c.of < (i+1)*c.waves/c.of {
					y[s] = float64(s % 4)
				}
			}
			all = append(all, y)
		}
		if got := FindPeriod(all); got != c.want {
			t.Errorf("%d waves of %d series: got %d, want %d", c.waves, c.of, got, c.want)
		}
	}
}

// TestFindPeriodOfClassics reads series of R's that aren't part of this module.
func TestFindPeriodOfClassics(t *testing.T) {
	dir := os.Getenv("UNROLL_DATA")
	if dir == "" {
		t.Skip("UNROLL_DATA doesn't name the folder with classic/AirPassengers.csv and others")
	}
	for name, want := range map[string]int{
		"AirPassengers": 12, "taylor": 48, "nottem": 12, "UKgas": 4, "Nile": 1, "lynx": 10, "CO2": 12, "UKDriverDeaths": 12,
		"JohnsonJohnson": 4, "ausbeer": 4, "a10": 12, "elecequip": 12, "wineind": 12, "dem2gbp": 1, "sunspot.year": 10,
	} {
		var y []float64
		for _, r := range readRows(t, filepath.Join(dir, "classic", name+".csv")) {
			y = append(y, r.values[len(r.values)-1])
		}
		if got := FindPeriod([][]float64{y}); got != want {
			t.Errorf("%s: got %d, want %d", name, got, want)
		}
	}
}
