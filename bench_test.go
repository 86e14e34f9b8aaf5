package unroll_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"unroll"
	"unroll/series"
)

// BenchmarkFirst is the time from a file to the first training step, for data of so many steps, in memory
// already: reading the file, joining it with the data and compiling it, then memory for the run with the data
// in it, and last the step itself.
func BenchmarkFirst(b *testing.B) {
	path := b.TempDir() + "/lstm.cell"
	text := "use lstm\ninput x[1], y\nweight V, c\nh = lstm(x, H = 1)\nyhat = V*h + c\ny ~ squared(yhat)\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	for _, steps := range []int{100, 10_000, 1_000_000} {
		set := ramp(steps)
		b.Run(fmt.Sprintf("T%d", steps), func(b *testing.B) {
			var took [4]time.Duration
			for b.Loop() {
				for i, d := range first(b, path, set) {
					took[i] += d
				}
			}
			for i, what := range []string{"bind", "compile", "memory", "step"} {
				b.ReportMetric(took[i].Seconds()*1e3/float64(b.N), "ms-"+what)
			}
		})
	}
}

// ramp is one series of so many steps, with inputs x and y.
func ramp(steps int) series.Set {
	s := series.Series{ID: "1", Columns: map[string]series.Column{}}
	for t := range steps {
		a := series.Floats(1, 1, []float64{float64(t%7) / 7})
		s.Columns["x"], s.Columns["y"] = s.Columns["x"].Append(a), s.Columns["y"].Append(a)
	}
	return series.Set{Series: []series.Series{s}}
}

// first goes from a file to the end of a training step, and says what each part took.
func first(b *testing.B, path string, set series.Set) (took [4]time.Duration) {
	from := time.Now()
	lap := func(i int, err error) {
		if err != nil {
			b.Fatal(err)
		}
		took[i], from = time.Since(from), time.Now()
	}
	cell, err := unroll.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	run, err := cell.Bind(set, unroll.Options{})
	lap(0, err)
	c, err := run.Compile(unroll.EngineOptions{})
	lap(1, err)
	e, err := c.Engine()
	lap(2, err)
	e.Run()
	lap(3, nil)
	return took
}
