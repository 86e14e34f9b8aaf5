package train_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	library "unroll/cells"
	"unroll/eval"
	"unroll/graph"
	"unroll/lang"
	"unroll/series"
	"unroll/train"
)

// eachProblem is a cell of which each series is to be fitted for itself, its weights at their starts.
func eachProblem(tb testing.TB, text string, data series.Set) train.Problem {
	tb.Helper()
	file, err := lang.Parse(&lang.Source{Name: "each.cell", Text: text})
	if err != nil {
		tb.Fatal(err)
	}
	g, err := graph.Build(file, graph.Choices{Each: true, Use: func(name string, _ bool) (*lang.Source, error) { return library.Source(name) }})
	if err != nil {
		tb.Fatal(err)
	}
	only := *g
	only.Names, only.Scores, only.Loss, only.Weights = nil, nil, nil, nil
	for _, w := range g.Weights {
		only.Outputs = append(only.Outputs, w.Start)
	}
	v, err := eval.Eval(&only, eval.Run{Data: data})
	if err != nil {
		tb.Fatal(err)
	}
	p := train.Problem{Graph: g, Data: data, Weights: map[string][]series.Array{}}
	for _, w := range g.Weights {
		copies := 1
		if w.PerSeries {
			copies = len(data.Series)
		}
		for i := range copies {
			p.Weights[w.Name] = append(p.Weights[w.Name], v.At(w.Start, i, 0))
		}
	}
	return p
}

// smoothing is a cell of the library as it forecasts a series.
func smoothing(name string) string {
	return fmt.Sprintf("use %s\ninput y\nyhat = %s(y)\ny ~ squared(yhat)\n", name, name)
}

// m1 is the 1,001 series of the M-competition, from the folder of data that the environment names.
func m1(tb testing.TB) series.Set {
	tb.Helper()
	dir := os.Getenv("UNROLL_DATA")
	if dir == "" {
		tb.Skip("the series of M1 aren't here: UNROLL_DATA names the folder with m1/m1-yearly-train.csv and so on")
	}
	var set series.Set
	for _, part := range []string{"yearly", "quarterly", "monthly"} {
		f, err := os.Open(dir + "/m1/m1-" + part + "-train.csv")
		if err != nil {
			tb.Fatal(err)
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		lines.Scan()
		for lines.Scan() {
			id, rest, _ := strings.Cut(lines.Text(), ",")
			var values []float64
			for field := range strings.SplitSeq(rest, ",") {
				x, err := strconv.ParseFloat(field, 64)
				if err != nil {
					tb.Fatal(err)
				}
				values = append(values, x)
			}
			set.Series = append(set.Series, series.Series{ID: id, Columns: map[string]series.Column{"y": series.Dense(1, 1, values)}})
		}
		f.Close()
	}
	return set
}

func TestM1(t *testing.T) {
	data := m1(t)
	for _, name := range []string{"ses", "holt", "damped"} {
		p := eachProblem(t, smoothing(name), data)
		for _, starts := range []int{1, 4} {
			began := time.Now()
			r, err := train.FitEach(context.Background(), p, train.Options{Descent: train.Descent{Starts: starts}})
			if err != nil {
				t.Fatal(err)
			}
			reasons := map[string]int{}
			for _, f := range r.Series {
				reasons[f.Stopped]++
			}
			t.Log(name, starts, time.Since(began), reasons)
		}
	}
}
