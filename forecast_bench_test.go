package unroll_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"unroll"
	"unroll/series"
)

// hourly is data of the size of M4's hourly series: 414 of them, of 700 and of 960 values.
func hourly() series.Set {
	var set series.Set
	for i := range 414 {
		n := 960
		if i < 169 {
			n = 700
		}
		y := make([]float64, n)
		for t := range y {
			y[t] = math.Sin(2*math.Pi*float64(t)/24) + float64(i%7)/7
		}
		set.Series = append(set.Series, series.Series{ID: fmt.Sprint("H", i), Columns: map[string]series.Column{"y": series.Dense(1, 1, y)}})
	}
	return set
}

// BenchmarkForecast is 48 times of 414 series by an LSTM of 32, from a model that is loaded.
func BenchmarkForecast(b *testing.B) {
	const cell = "use lstm\ninput y\nweight D, b, s = 1\nh = lstm(y[t-1], H = 32)\nyhat = D*h + b\ny ~ normal(yhat, s)\n"
	c, err := unroll.Parse("lstm.cell", cell)
	if err != nil {
		b.Fatal(err)
	}
	run, err := c.Bind(hourly(), unroll.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for name, o := range map[string]unroll.ForecastOptions{
		"points":    {Horizon: 48},
		"points 64": {Horizon: 48, Float64: true},
		"100 paths": {Horizon: 48, Levels: []float64{95}, Paths: 100},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := run.Forecast(context.Background(), o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
