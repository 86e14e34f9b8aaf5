package train_test

import (
	"context"
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"unroll"
	"unroll/series"
	"unroll/train"
)

// noisy draws in training, and has all kinds of weights.
const noisy = `use lstm
input y
weight V, c
weight l per series = 0.1
weight a in (0, 1) = 0.4
weight k fixed = 2
h = dropout(lstm(y[t-1], H = 4), 0.2)
yhat = V*h + a*c + l + 0*k
y ~ squared(yhat)
loss 0.01*l^2
`

func ways() map[string]train.Options {
	return map[string]train.Options{
		"adam":    {Epochs: 4, Batch: 3, Holdout: 5},
		"windows": {Epochs: 4, Batch: 5, Window: 12, Holdout: 5, Descent: train.Descent{Method: "nesterov", EMA: 0.9, Schedule: "cosine", Warmup: 3}},
		"carry":   {Epochs: 4, Batch: 4, Window: 9, Carry: true, Holdout: 5, Descent: train.Descent{Method: "rmsprop", AverageLast: 2, Schedule: "plateau"}},
	}
}

// same tells whether results are the same to the last bit.
func same(a, b *train.Result) bool {
	if len(a.Epochs) != len(b.Epochs) || a.Stopped != b.Stopped || !sameWeights(a.Weights, b.Weights) {
		return false
	}
	for i := range a.Epochs {
		x, y := a.Epochs[i], b.Epochs[i]
		x.Seconds, y.Seconds = 0, 0
		if x != y {
			return false
		}
	}
	return maps.EqualFunc(a.State.Vectors, b.State.Vectors, func(x, y []float64) bool {
		return slices.EqualFunc(x, y, func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) })
	})
}

func sameWeights(a, b map[string][]series.Array) bool {
	return maps.EqualFunc(a, b, func(x, y []series.Array) bool {
		return slices.EqualFunc(x, y, func(x, y series.Array) bool { return x.ToFloat().Equal(y.ToFloat()) })
	})
}

// TestResume: whoever goes on from any checkpoint ends where one does who was never interrupted.
func TestResume(t *testing.T) {
	for name, o := range ways() {
		p := problem(t, noisy, waves(9), unroll.Options{Seed: 2})
		var states []train.State
		o.Every = 2
		o.Checkpoint = func(s train.State) error { states = append(states, s); return nil }
		want := fit(t, p, o)
		o.Checkpoint = nil
		if len(states) < 6 {
			t.Fatalf("%s: %d checkpoints", name, len(states))
		}
		for _, s := range states {
			o.From = &s
			if got := fit(t, p, o); !same(got, want) {
				t.Errorf("%s: from step %d on it ends elsewhere", name, s.Step)
			}
		}
	}
}

// TestCores: training has the same bits on any number of cores, and others with another seed.
func TestCores(t *testing.T) {
	for name, o := range ways() {
		p := problem(t, noisy, waves(9), unroll.Options{Seed: 2})
		o.Cores = 1
		want := fit(t, p, o)
		o.Cores = 3
		if !same(fit(t, p, o), want) {
			t.Errorf("%s: other bits on 3 cores", name)
		}
		o.Seed = 1
		if sameWeights(fit(t, p, o).Weights, want.Weights) {
			t.Errorf("%s: the seed makes no difference", name)
		}
	}
}

// TestCancel: a run that is stopped has weights that can be used, and a state to go on from.
func TestCancel(t *testing.T) {
	p := problem(t, noisy, waves(9), unroll.Options{})
	o := ways()["adam"]
	want := fit(t, p, o)
	enough := errors.New("enough")
	ctx, cancel := context.WithCancelCause(context.Background())
	o.Step = func(s train.Step) {
		if s.Epoch == 2 && s.N == 2 {
			cancel(enough)
		}
	}
	r, err := train.Fit(ctx, p, o)
	if !errors.Is(err, enough) || r == nil || len(r.Epochs) != 1 || r.State.At != 2 || r.Stopped != "interrupted" {
		t.Fatal(r, err)
	}
	o.Step, o.From = nil, &r.State
	if !same(fit(t, p, o), want) {
		t.Error("what goes on from there ends elsewhere")
	}
}

// TestBroken: where a loss begins to be undefined is said, and the weights stay as they were before.
func TestBroken(t *testing.T) {
	data := waves(3)
	values := make([]float64, 60)
	for i := range values {
		values[i] = 1
	}
	values[31] = -3
	data.Series[1].Columns["y"] = series.Dense(1, 1, values)
	p := problem(t, "input y\nweight a = 0.5\nz = log(y[t-1] + 2)\nyhat = a*z\ny ~ squared(yhat)\n", data, unroll.Options{})
	for _, o := range []train.Options{{}, {Window: 10, Batch: 100}, {Window: 10, Carry: true}} {
		r, err := train.Fit(context.Background(), p, o)
		if err == nil || !strings.Contains(err.Error(), "z is NaN first in series w2 at t = 32") {
			t.Errorf("%+v: %v", o.Window, err)
			continue
		}
		if a := r.Weights["a"][0].Float64(0); math.IsNaN(a) || len(r.Epochs) > 0 {
			t.Error(a, r.Epochs)
		}
	}
}

// TestBrokenGradient: so is where a gradient begins to be undefined though the loss is not.
func TestBrokenGradient(t *testing.T) {
	values := make([]float64, 10)
	for i := range values {
		values[i] = float64((i + 4) % 8) // 0 at t = 4
	}
	data := series.Set{Series: []series.Series{{ID: "x", Columns: map[string]series.Column{"y": series.Dense(1, 1, values)}}}}
	p := problem(t, "input y\nweight w = 0.5\na = w*y[t-1]\nb = sqrt(a)\ny ~ squared(b)\n", data, unroll.Options{})
	_, err := train.Fit(context.Background(), p, train.Options{})
	if err == nil || !strings.Contains(err.Error(), "the derivative by a is") || !strings.Contains(err.Error(), "in series x at t = 5") {
		t.Error(err)
	}
}

// TestStates: what isn't a state of this training is refused.
func TestStates(t *testing.T) {
	p := problem(t, noisy, waves(4), unroll.Options{})
	good := fit(t, p, train.Options{Epochs: 2}).State
	for name, change := range map[string]func(s *train.State){
		"lacks":      func(s *train.State) { delete(s.Vectors, "optimiser mean") },
		"5 numbers":  func(s *train.State) { s.Vectors["raw"] = make([]float64, 5) },
		"epochs":     func(s *train.State) { s.Epoch = 7 },
		"aren't num": func(s *train.State) { s.Vectors["raw"] = slices.Repeat([]float64{math.NaN()}, len(s.Vectors["raw"])) },
		"-1 steps":   func(s *train.State) { s.Step = -1 },
	} {
		s := good
		s.Vectors = maps.Clone(good.Vectors)
		change(&s)
		if _, err := train.Fit(context.Background(), p, train.Options{Epochs: 3, From: &s}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestKept: constraints hold, fixed weights stay, and so do those of series that are too short.
func TestKept(t *testing.T) {
	data := waves(4)
	data.Series[2].Columns["y"] = series.Dense(1, 1, []float64{1, 2})
	p := problem(t, noisy, data, unroll.Options{})
	o := train.Options{Epochs: 30, Batch: 2, Holdout: 4}
	o.Rate = 0.3
	r := fit(t, p, o)
	if len(r.Short) != 1 || r.Short[0] != "w3" {
		t.Error(r.Short)
	}
	a := r.Weights["a"][0].Float64(0)
	if k := r.Weights["k"][0].Float64(0); !(0 < a && a < 1) || a == 0.4 || k != 2 {
		t.Error(a, k)
	}
	for i, l := range r.Weights["l"] {
		if stays := l.Float64(0) == 0.1; stays != (i == 2) {
			t.Errorf("series %d: %v", i, l)
		}
	}
}

// TestPatience: it ends when validation has been no better for long enough, and the best weights are kept.
func TestPatience(t *testing.T) {
	p := problem(t, lstm, waves(6), unroll.Options{})
	o := train.Options{Epochs: 300, Holdout: 6, Patience: 3}
	o.Rate = 0.1
	r := fit(t, p, o)
	best := 0
	for i, e := range r.Epochs {
		if e.Best {
			best = i
		}
	}
	if len(r.Epochs) != best+4 || !strings.Contains(r.Stopped, "3 epochs") {
		t.Fatal(len(r.Epochs), best, r.Stopped)
	}
	o.Epochs = best + 1
	if !sameWeights(fit(t, p, o).Weights, r.Weights) {
		t.Error("the weights aren't the best")
	}
}
