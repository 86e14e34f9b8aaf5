package unroll_test

import (
	"context"
	"math"
	"math/big"
	"strings"
	"testing"

	"unroll"
	"unroll/internal/near"
	"unroll/series"
)

// observedSeries is one series of one input.
func observedSeries(name string, values ...float64) series.Set {
	s := series.Series{ID: "a", Columns: map[string]series.Column{}}
	for _, v := range values {
		a := series.Missing(1, 1)
		if !math.IsNaN(v) {
			a = series.Number(new(big.Rat).SetFloat64(v))
		}
		s.Columns[name] = s.Columns[name].Append(a)
	}
	return series.Set{Series: []series.Series{s}}
}

// points is the forecast of a cell's first input in its first series.
func points(t *testing.T, cell string, data series.Set, o unroll.ForecastOptions) []float64 {
	t.Helper()
	f, err := forecastOf(cell, data, o)
	if err != nil {
		t.Fatal(err)
	}
	var out []float64
	for _, row := range f.Series[0].Point {
		out = append(out, row...)
	}
	return out
}

func forecastOf(cell string, data series.Set, o unroll.ForecastOptions) (*unroll.Forecast, error) {
	c, err := unroll.Parse("test.cell", cell)
	if err != nil {
		return nil, err
	}
	run, err := c.Bind(data, unroll.Options{})
	if err != nil {
		return nil, err
	}
	o.Float64 = true
	return run.Forecast(context.Background(), o)
}

// Forecasts that one finds by hand.
func TestForecastByHand(t *testing.T) {
	y := []float64{1, 2, 4, 3, 5}
	nan := math.NaN()
	for name, c := range map[string]struct {
		cell string
		data []float64
		want []float64
	}{
		"SES is flat": {"input y\nstate l = first(y)\nweight a = 1/2\nl = l[t-1] + a*(y - l[t-1])\nyhat = l[t-1]\ny ~ squared(yhat)\n",
			y, []float64{3.9375, 3.9375, 3.9375}},
		"Holt goes straight on": {"input y\nstate l = 1\nstate b = 1\nl = l[t-1] + b[t-1] + (y - yhat)/2\nb = b[t-1] + (y - yhat)/4\nyhat = l[t-1] + b[t-1]\ny ~ squared(yhat)\n",
			[]float64{2, 3, 4}, []float64{5, 6, 7, 8}},
		"damped": {"input y\nstate l = 1\nstate b = 1\nl = l[t-1] + b[t-1]/2 + (y - yhat)/2\nb = b[t-1]/2\nyhat = l[t-1] + b[t-1]/2\ny ~ squared(yhat)\n",
			[]float64{1.5}, []float64{1.75, 1.875, 1.9375}},
		"AR(1)":  {"input y\nyhat = 1 + y[t-1]/2\ny ~ squared(yhat)\n", y, []float64{3.5, 2.75, 2.375}},
		"growth": {"input y\nweight g = 1\nlog(y/y[t-1]) ~ squared(g)\n", []float64{1, 2}, []float64{2 * math.E, 2 * math.E * math.E}},
		"missing before the end": {"input y\nyhat = 1 + y[t-1]/2\ny ~ squared(yhat)\n",
			[]float64{1, 2, nan, 4, nan, nan}, []float64{3, 2.5}},
		"a level that is a summary": {"input y\nl = average(y)\nyhat = l + (y[t-1] - l)/2\ny ~ squared(yhat)\n",
			[]float64{1, 2, 3, 6}, []float64{4.5, 3.75, 3.375}},
		"the number of steps":       {"input y\nn = total(1)\nyhat = n + 0*y[t-1]\ny ~ squared(yhat)\n", y, []float64{4, 4, 4}},
		"the last of an equation":   {"input y\nh = 2*y[t-1]\nyhat = last(t)\ny ~ squared(yhat + 0*h)\n", y, []float64{4, 4}},
		"two at once":               {"input y\ny[t+1 : t+2] ~ squared([1, 10] * y)\n", []float64{1, 2, 3}, []float64{3, 30, 30, 300, 300}},
		"two at once, within":       {"input y\ny[t+1 : t+2] ~ squared([1, 10] * y)\n", []float64{1, 2, 3}, []float64{3}},
		"two ahead":                 {"input y\ny[t+2] ~ squared(2*y)\n", []float64{1, 2, 3}, []float64{4, 6, 8, 12}},
		"the sheet in closed loop":  {"input y\nstate h = 0\nweight u, v, w = 0.5\nh = relu(w*h[t-1] + v*y[t-1])\nyhat = relu(u*h)\ny ~ squared(yhat)\n", []float64{0, 1}, []float64{.25, .1875, .140625}},
		"a window of own forecasts": {"input y\nyhat = sum(y[t-2 : t-1])\ny ~ squared(yhat)\n", []float64{1, 1, 2}, []float64{3, 5, 8, 13}},
	} {
		got := points(t, c.cell, observedSeries("y", c.data...), unroll.ForecastOptions{Horizon: len(c.want)})
		if !near.All(got, c.want, 1e-12) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

// What can't be forecast is said, by name.
func TestForecastErrors(t *testing.T) {
	two := observedSeries("y", 1, 2, 3)
	two.Series[0].Columns["x"] = observedSeries("x", 4, 5, 6).Series[0].Columns["x"]
	for _, c := range []struct {
		cell, want string
		horizon    int
	}{
		{"input y\ny ~ squared(y[t-1])\n", "a horizon of 0", 0},
		{"input y, x\nyhat = x[t-2]\ny ~ squared(yhat)\n", "input x of series a ends at t = 2, and a forecast reads it at t = 3", 3},
		{"input y, x\nyhat = x[t-1]\ny ~ squared(yhat)\n", "input x of series a ends at t = 2, and a forecast reads it at t = 3", 3},
		{"input y\ninput x known\nyhat = x\ny ~ squared(yhat)\n", "input x of series a is known ahead up to t = 2, and is read up to t = 3", 1},
		{"input y, x\nloss y*x\n", "forecasts nothing", 1},
	} {
		_, err := forecastOf(c.cell, two, unroll.ForecastOptions{Horizon: c.horizon})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: got %v, want %q", c.cell, err, c.want)
		}
	}
}
