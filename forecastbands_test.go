package unroll_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"unroll"
	"unroll/internal/near"
	"unroll/series"
)

// Samples are of a distribution, and levels are percentages.
func TestForecastOfNoDistribution(t *testing.T) {
	for want, o := range map[string]unroll.ForecastOptions{
		"no distribution":       {Horizon: 1, Samples: 2},
		"level 0.95 is":         {Horizon: 1, Levels: []float64{0.95}},
		"-1 samples":            {Horizon: 1, Samples: -1},
		"horizon of 1000000000": {Horizon: 1_000_000_000},
		"level 100 is":          {Horizon: 1, Levels: []float64{100}},
	} {
		_, err := forecastOf("input y\ny ~ squared(y[t-1])\n", observedSeries("y", 1, 2), o)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// A path that is drawn anew at each time has the spread that the equations say.
func TestForecastBands(t *testing.T) {
	z80, z95 := 1.2815516, 1.9599640
	for name, c := range map[string]struct {
		cell string
		data []float64
		sd   []float64 // of the paths, by time
		mean float64
	}{
		"AR(1)":         {"input y\nyhat = y[t-1]/2\ny ~ normal(yhat, 1)\n", []float64{1, 0}, []float64{1, math.Sqrt(1.25), math.Sqrt(1.3125)}, 0},
		"a random walk": {"input y\nyhat = y[t-1]\ny ~ normal(yhat, 2)\n", []float64{1, 3}, []float64{2, 2 * math.Sqrt2, 2 * math.Sqrt(3)}, 3},
		"direct":        {"input y\ny[t+1 : t+3] ~ normal([1, 2, 3], [1, 2, 3])\n", []float64{1, 3}, []float64{1, 2, 3}, math.NaN()},
	} {
		f, err := forecastOf(c.cell, observedSeries("y", c.data...), unroll.ForecastOptions{Horizon: 3, Levels: []float64{80, 95}, Paths: 20_000, Seed: 5})
		if err != nil {
			t.Fatal(err)
		}
		one := f.Series[0]
		for j, sd := range c.sd {
			for i, z := range []float64{z80, z95} {
				b := one.Bands[i]
				lo, hi := (one.Point[j][0]-b.Lo[j][0])/sd, (b.Hi[j][0]-one.Point[j][0])/sd
				if math.Abs(lo-z) > 0.06 || math.Abs(hi-z) > 0.06 || b.Of != "paths" {
					t.Errorf("%s, time %d, level %v: %v and %v deviations", name, j, b.Level, lo, hi)
				}
			}
			if !math.IsNaN(c.mean) && math.Abs(one.Point[j][0]-c.mean) > 1e-12 {
				t.Errorf("%s: the forecast is %v", name, one.Point)
			}
		}
	}
}

// In a GARCH model the variance of a path follows its own shocks: that of the sum over three times is the sum of
// the variances, which go on as E h = 0.1 + 0.8 h.
func TestForecastOfVariances(t *testing.T) {
	cell := "input y\nstate h = 1\nstate e = 0\ne = y\nh = 0.1 + 0.3*e[t-1]^2 + 0.5*h[t-1]\ny ~ normal(0, sqrt(h))\n"
	f, err := forecastOf(cell, observedSeries("y", 0, 2), unroll.ForecastOptions{Horizon: 3, Samples: 40_000})
	if err != nil {
		t.Fatal(err)
	}
	h := 0.1 + 0.3*4 + 0.5*(0.1+0.5*(0.1+0.5))
	for j := range 3 {
		sum := 0.0
		for _, p := range f.Series[0].Paths {
			sum += p[j][0] * p[j][0] / 40_000
		}
		if math.Abs(sum/h-1) > 0.03 {
			t.Errorf("time %d: the variance is %v, not %v", j, sum, h)
		}
		h = 0.1 + 0.8*h
	}
}

// In a path a sample counts as observed, so that a cell that sees to missing values by itself has the same paths. Its
// point forecast has the expected variance.
func TestForecastOfObserved(t *testing.T) {
	of := func(u string) unroll.ForecastSeries {
		cell := "input y\nstate h, u = 1\nu = " + u + "\nh = 0.1 + 0.3*u[t-1] + 0.5*h[t-1]\ny ~ normal(0, sqrt(h))\n"
		f, err := forecastOf(cell, observedSeries("y", 0, 2), unroll.ForecastOptions{Horizon: 4, Samples: 3})
		if err != nil {
			t.Fatal(err)
		}
		return f.Series[0]
	}
	a, b := of("y^2"), of("where(observed(y), y^2, h)")
	if fmt.Sprint(a.Paths) != fmt.Sprint(b.Paths) {
		t.Errorf("%v and %v", a.Paths, b.Paths)
	}
}

// The model's own quantiles are bands where all of the horizon is forecast at once, straight between them.
func TestForecastOfQuantiles(t *testing.T) {
	cell := "input y\ny[t+1 : t+2] ~ quantile([1, 2]*y, [3, 4]*y, [7, 8]*y; 0.05, 0.5, 0.95)\n"
	data := observedSeries("y", 1, 1)
	f, err := forecastOf(cell, data, unroll.ForecastOptions{Horizon: 2, Levels: []float64{90, 45}})
	if err != nil {
		t.Fatal(err)
	}
	one := f.Series[0]
	if b := one.Bands[0]; b.Lo[1][0] != 2 || b.Hi[1][0] != 8 || b.Of != "quantiles" || one.Point[0][0] != 3 {
		t.Errorf("%+v", one)
	}
	if b := one.Bands[1]; !near.All([]float64{b.Lo[0][0], b.Hi[0][0]}, []float64{2, 5}, 1e-12) {
		t.Errorf("%+v", b)
	}
	if _, err := forecastOf(cell, data, unroll.ForecastOptions{Horizon: 2, Levels: []float64{95}}); err == nil || !strings.Contains(err.Error(), "quantiles from 0.05 to 0.95") {
		t.Errorf("got %v", err)
	}
	// A longer horizon goes on from paths, which never leave the outermost quantiles.
	f, err = forecastOf(cell, data, unroll.ForecastOptions{Horizon: 3, Levels: []float64{95}})
	if err != nil {
		t.Fatal(err)
	}
	if b := f.Series[0].Bands[0]; b.Of != "paths" || b.Lo[0][0] != 1 || b.Hi[0][0] != 7 {
		t.Errorf("%+v", b)
	}
}

// Bands of a point forecast are made of how far it was off before.
func TestForecastOfResiduals(t *testing.T) {
	cell := "input y\nyhat = y[t-1]\ny ~ squared(yhat)\n"
	var y []float64
	for i := range 60 {
		y = append(y, float64(i*i%7))
	}
	f, err := forecastOf(cell, observedSeries("y", y...), unroll.ForecastOptions{Horizon: 2, Levels: []float64{80}})
	if err != nil {
		t.Fatal(err)
	}
	var sizes [2][]float64 // of the misses from the 20 last origins at which two more values are known
	for k := range 20 {
		for j := range sizes {
			sizes[j] = append(sizes[j], math.Abs(y[58-k+j]-y[57-k]))
		}
	}
	for j, all := range sizes {
		slices.Sort(all)
		want := all[16] // the 17th: 21 · 0.8 = 16.8
		if b := f.Series[0].Bands[0]; b.Hi[j][0] != y[59]+want || b.Lo[j][0] != y[59]-want || b.Of != "residuals" {
			t.Errorf("time %d: %+v, not ±%v", j, b, want)
		}
	}
	given := unroll.Residuals{"a": {"y": {{1, -3, 2}, {}}}}
	f, err = forecastOf(cell, observedSeries("y", 1, 2), unroll.ForecastOptions{Horizon: 2, Levels: []float64{50, 99}, Residuals: given})
	if err != nil {
		t.Fatal(err)
	}
	if b := f.Series[0].Bands; b[0].Hi[0][0] != 4 || b[1].Hi[0][0] != 5 || !math.IsNaN(b[0].Hi[1][0]) {
		t.Errorf("%+v", b)
	}
}

// What is known ahead comes with the data, or with the forecast; each series ends at a time of its own.
func TestForecastOfSeveral(t *testing.T) {
	cell := "input y\ninput k known\nweight w per series = 1\ny ~ squared(w*y[t-1] + k)\n"
	data := observedSeries("y", 1, 2)
	other := observedSeries("y", 1, 2, 5).Series[0]
	other.ID = "b"
	data.Series = append(data.Series, other)
	known := series.Set{}
	for i, s := range data.Series {
		data.Series[i].Columns["k"] = series.Dense(1, 1, make([]float64, s.Len("y")))
		known.Series = append(known.Series, series.Series{ID: s.ID, Columns: map[string]series.Column{"k": series.Dense(1, 1, []float64{10, float64(20 * i)})}})
	}
	f, err := forecastOf(cell, data, unroll.ForecastOptions{Horizon: 2, Known: known})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][]float64{{12, 12}, {15, 35}} {
		if got := []float64{f.Series[i].Point[0][0], f.Series[i].Point[1][0]}; !near.All(got, want, 1e-12) {
			t.Errorf("%s: %v, not %v", f.Series[i].ID, got, want)
		}
	}
}

// Symbols are drawn with the probabilities that the logits say; a low temperature takes the likeliest.
func TestGenerate(t *testing.T) {
	// After 0 comes 1; after 1 comes 0 or 2, three to one; after 2 comes 0.
	cell := "input s in V\nsize V = 3\nweight E[3, 3] = [[-50, 1.0986122887, 50], [50, -50, -50], [-50, 0, -50]]\nlogits = embed(E, s[t-1])\ns ~ categorical(logits)\n"
	c, err := unroll.Parse("symbols.cell", cell)
	if err != nil {
		t.Fatal(err)
	}
	run, err := c.Bind(unroll.Numbers("s", 2, 0), unroll.Options{})
	if err != nil {
		t.Fatal(err)
	}
	of := func(o unroll.GenerateOptions) (text string) {
		out, err := run.Generate(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range out {
			text += string(rune('0' + s))
		}
		return text
	}
	text := of(unroll.GenerateOptions{Length: 4000, Seed: 1})
	after, twos := strings.Count(text, "01"), strings.Count(text, "12")
	if share := float64(twos) / float64(after); math.Abs(share-0.25) > 0.03 || strings.Contains(text, "00") || strings.Contains(text, "22") {
		t.Errorf("a share of %v; %.60s", share, text)
	}
	if text != of(unroll.GenerateOptions{Length: 4000, Seed: 1}) || text == of(unroll.GenerateOptions{Length: 4000, Seed: 2}) {
		t.Error("the seed doesn't decide")
	}
	for _, o := range []unroll.GenerateOptions{{Length: 6, Temperature: 0.01}, {Length: 6, Likeliest: true}} {
		if got := of(o); got != "101010" {
			t.Errorf("got %s", got)
		}
	}
	if _, err := run.Generate(context.Background(), unroll.GenerateOptions{Length: 1, Temperature: -1}); err == nil {
		t.Error("a temperature below 0 is taken")
	}
}

// What only a quantile reads must be known as well.
func TestForecastOfQuantilesReads(t *testing.T) {
	data := observedSeries("y", 1, 2, 3)
	data.Series[0].Columns["k"] = series.Dense(1, 1, []float64{1, 1, 1})
	cell := "input y\ninput k known\ny[t+1 : t+2] ~ quantile([1, 2]*y, [3, 4]*y + k[t+1]; 0.5, 0.9)\n"
	if _, err := forecastOf(cell, data, unroll.ForecastOptions{Horizon: 2}); err != nil {
		t.Fatal(err)
	}
	_, err := forecastOf(strings.NewReplacer("[1, 2]*y,", "[1, 2]*y, [1, 2]*y,", "0.5,", "0.1, 0.5,").Replace(cell), data, unroll.ForecastOptions{Horizon: 2, Levels: []float64{80}})
	if err == nil || !strings.Contains(err.Error(), "input k of series a is known ahead up to t = 2") {
		t.Errorf("got %v", err)
	}
}
