package plan_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"unroll"
	"unroll/eval"
	"unroll/plan"
	"unroll/series"
)

// size is a training step's size.
type size struct{ b, t, i, h int }

func (s size) String() string { return fmt.Sprintf("B%dT%dI%dH%d", s.b, s.t, s.i, s.h) }

var sizes = []size{{1, 100, 1, 1}, {1, 100, 1, 32}, {32, 100, 1, 64}, {64, 100, 64, 128}, {64, 50, 256, 512}}

// step binds a training step of a cell with a linear read-out.
func step(tb testing.TB, cell string, z size, o plan.Options) *plan.Bound[float32] {
	c, err := unroll.Parse("step.cell", layerText(cell, "x", z))
	if err != nil {
		tb.Fatal(err)
	}
	run, err := c.Bind(batch(z), unroll.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	g, roots, err := rootsOf(run)
	if err != nil {
		tb.Fatal(err)
	}
	p, err := plan.New[float32](g, roots, o)
	if err != nil {
		tb.Fatal(err)
	}
	er := run.Case().Run
	er.Exact = eval.Float
	b, err := p.Bind(er)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func batch(z size) series.Set {
	r := rand.New(rand.NewPCG(1, 2))
	var set series.Set
	for i := range z.b {
		s := series.Series{ID: fmt.Sprint(i), Columns: map[string]series.Column{"x": series.Dense(z.i, 1, nil), "y": series.Dense(1, 1, nil)}}
		for range z.t {
			x := make([]float64, z.i)
			for j := range x {
				x[j] = r.NormFloat64()
			}
			s.Columns["x"] = s.Columns["x"].Append(series.Floats(z.i, 1, x))
			s.Columns["y"] = s.Columns["y"].Append(series.Floats(1, 1, []float64{r.NormFloat64()}))
		}
		set.Series = append(set.Series, s)
	}
	return set
}

// asked is the plan that the environment asks for: without some passes, with other shards or cores.
func asked() plan.Options {
	shard, _ := strconv.Atoi(os.Getenv("SHARD"))
	cores, _ := strconv.Atoi(os.Getenv("CORES"))
	return plan.Options{Without: strings.Fields(os.Getenv("WITHOUT")), Shard: shard, Cores: cores}
}

func BenchmarkStep(b *testing.B) {
	for _, cell := range []string{"lstm", "gru", "elman", "peephole", "slstm", "tide", "lnlstm"} {
		for _, z := range sizes {
			b.Run(cell+"/"+z.String(), func(b *testing.B) {
				x := step(b, cell, z, asked())
				x.Run()
				least := time.Hour
				for b.Loop() {
					from := time.Now()
					x.Run()
					least = min(least, time.Since(from))
				}
				b.ReportMetric(float64(least.Microseconds()), "µs-least")
			})
		}
	}
}
