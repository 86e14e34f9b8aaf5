package train_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"unroll"
	"unroll/series"
	"unroll/train"
)

// problem is a cell on data, ready to be trained.
func problem(tb testing.TB, text string, data series.Set, o unroll.Options) train.Problem {
	tb.Helper()
	c, err := unroll.Parse("x.cell", text)
	if err != nil {
		tb.Fatal(err)
	}
	o.Training = true
	run, err := c.Bind(data, o)
	if err != nil {
		tb.Fatal(err)
	}
	o.Training = false
	valid, err := c.Bind(data, o)
	if err != nil {
		tb.Fatal(err)
	}
	return train.Problem{Graph: run.Graph(), Valid: valid.Graph(), Data: run.Data(), Weights: run.Weights(), Mean: o.Reduce == "mean", Steps: o.Steps, Masked: o.Fill == series.Masked}
}

// waves are sines of several lengths and speeds.
func waves(n int) series.Set {
	var set series.Set
	for i := range n {
		values := make([]float64, 40+7*i)
		for t := range values {
			values[t] = math.Sin(float64(t)*(0.3+0.05*float64(i%5))) * (1 + 0.1*float64(i%3))
		}
		set.Series = append(set.Series, series.Series{ID: fmt.Sprint("w", i+1), Columns: map[string]series.Column{"y": series.Dense(1, 1, values)}})
	}
	return set
}

const lstm = "use lstm\ninput y\nweight V, c\nh = lstm(y[t-1], H = 8)\nyhat = V*h + c\ny ~ squared(yhat)\n"

func fit(tb testing.TB, p train.Problem, o train.Options) *train.Result {
	tb.Helper()
	r, err := train.Fit(context.Background(), p, o)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func TestFit(t *testing.T) {
	p := problem(t, lstm, waves(12), unroll.Options{Seed: 1})
	for _, c := range []struct {
		name string
		o    train.Options
	}{
		{"whole", train.Options{Batch: 5, Epochs: 60}},
		{"windows", train.Options{Batch: 8, Window: 20, Epochs: 20}},
		{"carry", train.Options{Batch: 4, Window: 15, Carry: true, Epochs: 20}},
	} {
		c.o.Rate, c.o.Holdout = 0.01, 6
		r := fit(t, p, c.o)
		first, last := r.Epochs[0], r.Epochs[len(r.Epochs)-1]
		t.Log(c.name, first, last)
		if !(last.Loss < first.Loss/5 && last.Valid < first.Valid/5) {
			t.Errorf("%s: the loss went from %v to %v, validation from %v to %v", c.name, first.Loss, last.Loss, first.Valid, last.Valid)
		}
	}
}
