package unroll_test

import (
	"fmt"
	"math"
	"testing"

	"unroll"
	"unroll/series"
)

// BenchmarkBind takes a million numbers to where the engine computes on them: a cell is bound to them
// ("bind"), and its plan ("plan"). Columns are dense, or lists of arrays; bytes are what the data take.
func BenchmarkBind(b *testing.B) {
	const text = "input y\nweight a, b\nyhat = a*y[t-1] + b\ny ~ squared(yhat)\n"
	cell, err := unroll.Parse("bind.cell", text)
	if err != nil {
		b.Fatal(err)
	}
	for _, count := range []int{1, 1000} {
		for name, column := range map[string]func([]float64) series.Column{"dense": dense, "arrays": listed} {
			set := series.Set{}
			for i := range count {
				values := make([]float64, 1_000_000/count)
				for t := range values {
					values[t] = math.Sin(float64(t + i))
				}
				set.Series = append(set.Series, series.Series{ID: fmt.Sprint(i), Columns: map[string]series.Column{"y": column(values)}})
			}
			benchmarkBind(b, fmt.Sprintf("%s/%dseries", name, count), cell, set)
		}
	}
}

func dense(values []float64) series.Column { return series.Dense(1, 1, values) }

func listed(values []float64) series.Column {
	arrays := make([]series.Array, len(values))
	for t, x := range values {
		arrays[t] = series.Floats(1, 1, []float64{x})
	}
	return series.Arrays(arrays...)
}

func benchmarkBind(b *testing.B, name string, cell *unroll.Cell, set series.Set) {
	run, err := cell.Bind(set, unroll.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("bind/"+name, func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := cell.Bind(set, unroll.Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	compiled, err := run.Compile(unroll.EngineOptions{})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("plan/"+name, func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := compiled.Engine(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
