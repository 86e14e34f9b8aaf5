package eval_test

import (
	"math/big"
	"strings"
	"testing"

	"unroll"
	"unroll/eval"
	"unroll/series"
)

const sheet = `input  y
state  h = 0
weight u, v, w = 0.5
h    = relu(w*h[t-1] + v*y[t-1])
yhat = relu(u*h)
y ~ squared(yhat)`

// sheetRun is the sheet fed with its own forecasts from t = 2 on, which count as numbers.
func sheetRun(t *testing.T) *unroll.Run {
	t.Helper()
	cell, err := unroll.Parse("sheet.cell", sheet)
	if err != nil {
		t.Fatal(err)
	}
	run, err := cell.Bind(unroll.Numbers("y", 0, 1, -1, 2), unroll.Options{Feed: "observed:1", Feedback: "stop"})
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// lossAt is the loss where a weight is 1/2 + by, and the others 1/2.
func lossAt(t *testing.T, run *unroll.Run, weight string, by *big.Rat, stopped *eval.Values) series.Array {
	t.Helper()
	half := big.NewRat(1, 2)
	r := eval.Run{Data: run.Data(), Weights: map[string][]series.Array{}, Stopped: stopped}
	for _, w := range run.Graph().Weights {
		r.Weights[w.Name] = []series.Array{series.Number(half)}
	}
	r.Weights[weight] = []series.Array{series.Number(new(big.Rat).Add(half, by))}
	v, err := eval.Eval(run.Graph(), r)
	if err != nil {
		t.Fatal(err)
	}
	return v.At(run.Graph().Loss, 0, 0)
}

// Where forecasts that are fed back keep their values, a difference quotient gives the derivative
// that takes them for numbers. The loss is a polynomial of degree 2 of each weight, so that it
// gives it exactly.
func TestStoppedDifferences(t *testing.T) {
	run := sheetRun(t)
	at, err := run.Eval(run.Graph())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []*big.Rat{big.NewRat(1, 8), big.NewRat(1, 1000)} {
		for weight, want := range map[string]string{"u": "-7/64", "v": "-7/64", "w": "-29/32"} {
			slope := func(stopped *eval.Values) string {
				above := lossAt(t, run, weight, e, stopped).Rat[0]
				below := lossAt(t, run, weight, new(big.Rat).Neg(e), stopped).Rat[0]
				d := new(big.Rat).Sub(above, below)
				return d.Quo(d, new(big.Rat).Add(e, e)).RatString()
			}
			if got := slope(at); got != want {
				t.Errorf("by %s, ±%s: %s, not %s", weight, e.RatString(), got, want)
			}
			if got := slope(nil); weight != "w" && got == want {
				t.Errorf("by %s, ±%s: %s though nothing is stopped", weight, e.RatString(), got)
			}
		}
	}
}

// What is stopped is as exact as the values it is taken from.
func TestStoppedInexact(t *testing.T) {
	run := sheetRun(t)
	r := eval.Run{Data: run.Data(), Weights: run.Weights(), Exact: eval.Float}
	at, err := eval.Eval(run.Graph(), r)
	if err != nil {
		t.Fatal(err)
	}
	loss := lossAt(t, run, "u", new(big.Rat), at)
	if loss.Exact() || loss.Float[0] != 1497.0/256 {
		t.Errorf("the loss is %v", loss)
	}
	exact, err := run.Eval(run.Graph())
	if err != nil {
		t.Fatal(err)
	}
	r.Stopped = exact
	again, err := eval.Eval(run.Graph(), r)
	if err != nil {
		t.Fatal(err)
	}
	if loss := again.At(run.Graph().Loss, 0, 0); loss.Exact() || loss.Float[0] != 1497.0/256 {
		t.Errorf("in float64 the loss is %v", loss)
	}
}

// Values of another graph don't have what is stopped.
func TestStoppedElsewhere(t *testing.T) {
	run, other := sheetRun(t), sheetRun(t)
	at, err := other.Eval(other.Graph())
	if err != nil {
		t.Fatal(err)
	}
	_, err = eval.Eval(run.Graph(), eval.Run{Data: run.Data(), Weights: run.Weights(), Stopped: at})
	if err == nil || !strings.Contains(err.Error(), "isn't among them") {
		t.Errorf("got %v", err)
	}
}
