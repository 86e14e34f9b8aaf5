package train_test

import (
	"context"
	"math"
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/optimize"

	"unroll"
	"unroll/series"
	"unroll/train"
)

// AR(2) with a constant by least squares: lbfgs finds what the normal equations say.
func TestLBFGSLeastSquares(t *testing.T) {
	data := waves(3)
	p := problem(t, "input y\nweight a, b, c = 0.1\ny ~ squared(a*y[t-1] + b*y[t-2] + c)\n", data, unroll.Options{})
	r := fit(t, p, train.Options{Descent: train.Descent{Method: "lbfgs"}})
	for _, cores := range []int{1, 3} {
		o := train.Options{Descent: train.Descent{Method: "lbfgs"}, Cores: cores}
		if again := fit(t, p, o); !reflect.DeepEqual(again.Weights, r.Weights) {
			t.Errorf("other weights on %d cores", cores)
		}
	}
	loss := func(x []float64) float64 {
		sum := 0.0
		for _, s := range data.Series {
			y := make([]float64, s.Len("y"))
			for i := range y {
				y[i] = s.Columns["y"].At(i).Float64(0)
			}
			for i := 2; i < len(y); i++ {
				e := y[i] - x[0]*y[i-1] - x[1]*y[i-2] - x[2]
				sum += e * e
			}
		}
		return sum
	}
	best, err := optimize.Minimize(optimize.Problem{Func: loss}, []float64{0.1, 0.1, 0.1}, &optimize.Settings{FuncEvaluations: 5000}, &optimize.NelderMead{})
	if err != nil {
		t.Fatal(err)
	}
	got := []float64{r.Weights["a"][0].Float[0], r.Weights["b"][0].Float[0], r.Weights["c"][0].Float[0]}
	if !near(loss(got), best.F) || r.Stopped != "converged" {
		t.Errorf("lbfgs came to %v, loss %v; Nelder–Mead to %v, loss %v; it stopped: %s", got, loss(got), best.X, best.F, r.Stopped)
	}
	last := r.Epochs[len(r.Epochs)-1]
	if n := 3*40 + 7*3 - 6; !near(last.Loss*float64(n), best.F) {
		t.Errorf("the loss by scored entry is %v, and that of all %v", last.Loss, best.F)
	}
}

// A weight whose best value is a bound gets there, one on each side, and a bound on one side is no wall.
func TestLBFGSBounds(t *testing.T) {
	set := series.Set{Series: []series.Series{{ID: "s", Columns: map[string]series.Column{"y": series.Dense(1, 1, []float64{1, 2, 3, 4, 5, 6})}}}}
	p := problem(t, `
input y
weight a in (0, 1) = 0.5
weight b in (0, 1) = 0.5
weight c > 0 = 1
y ~ squared(y[t-1] + 2*a - b + 0*c)
loss (c - 3)^2
`, set, unroll.Options{})
	r := fit(t, p, train.Options{Descent: train.Descent{Method: "lbfgs"}})
	a, b, c := r.Weights["a"][0].Float[0], r.Weights["b"][0].Float[0], r.Weights["c"][0].Float[0]
	if math.Abs(2*a-b-1) > 1e-5 || math.Abs(c-3) > 1e-5 {
		t.Errorf("a = %v, b = %v, c = %v", a, b, c)
	}
	p = problem(t, "input y\nweight a in (0, 1) = 0.5\nweight b in (-1, 2)\ny ~ squared(y[t-1] + 5*a + 100*b + 94)\n", set, unroll.Options{})
	r = fit(t, p, train.Options{Descent: train.Descent{Method: "lbfgs"}})
	a, b = r.Weights["a"][0].Float[0], r.Weights["b"][0].Float[0]
	if e := 5*a + 100*b + 93; math.Abs(e) > 1e-4 {
		t.Errorf("a = %v, b = %v: off by %v", a, b, e)
	}
	p = problem(t, "input y\nweight a in (0, 1) = 0.5\nweight b in (0, 1) = 0.5\ny ~ squared(y[t-1] + 100*a - b - 3)\n", set, unroll.Options{})
	r = fit(t, p, train.Options{Descent: train.Descent{Method: "lbfgs"}})
	a, b = r.Weights["a"][0].Float[0], r.Weights["b"][0].Float[0]
	if e := 100*a - b - 4; math.Abs(e) > 1e-4 {
		t.Errorf("a = %v, b = %v: off by %v", a, b, e)
	}
}

// Validation, patience and cancelling are Fit's.
func TestLBFGSEnds(t *testing.T) {
	p := problem(t, lstm, waves(4), unroll.Options{Seed: 1})
	lbfgs := train.Descent{Method: "lbfgs"}
	r := fit(t, p, train.Options{Descent: lbfgs, Holdout: 6, Patience: 5, Epochs: 200})
	best := math.Inf(1)
	for _, e := range r.Epochs {
		best = min(best, e.Valid)
	}
	if !(best < r.Epochs[0].Valid/5) {
		t.Errorf("the validation loss came from %v to %v", r.Epochs[0].Valid, best)
	}
	if r := fit(t, p, train.Options{Descent: lbfgs, Epochs: 3}); len(r.Epochs) != 3 || r.Stopped != "not converged" {
		t.Errorf("%d epochs, and it stopped: %s", len(r.Epochs), r.Stopped)
	}
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	r, err := train.Fit(ctx, p, train.Options{Descent: lbfgs, Progress: func(train.Epoch) {
		if n++; n == 4 {
			cancel()
		}
	}})
	if err == nil || r == nil || len(r.Epochs) != 4 {
		t.Errorf("cancelled in the fourth step: %v", err)
	}
	set := waves(1)
	set.Series[0].Columns["y"] = series.Dense(1, 1, []float64{1, 2, -3, 4})
	p = problem(t, "input y\nweight a\nyhat = a + log(y[t-1])\ny ~ squared(yhat)\n", set, unroll.Options{})
	_, err = train.Fit(context.Background(), p, train.Options{Descent: lbfgs})
	wants(t, err, "yhat is NaN first in series w1 at t = 3")
	p = problem(t, "input y\nweight a\ny ~ squared(a + dropout(y[t-1], 0.5))\n", set, unroll.Options{})
	_, err = train.Fit(context.Background(), p, train.Options{Descent: lbfgs})
	wants(t, err, "draws random numbers; take another method")
}

func wants(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("the error is %v, want %q", err, want)
	}
}
