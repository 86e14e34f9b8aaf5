package train

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll/internal/near"
)

// golden is what testdata/optim.py wrote: what torch does.
type golden struct {
	Paths     map[string][][]float64
	Schedules map[string][]float64
	Losses    []float64
}

func readGolden(t *testing.T) golden {
	t.Helper()
	text, err := os.ReadFile("testdata/optim.json")
	if err != nil {
		t.Fatal(err)
	}
	var g golden
	if err := json.Unmarshal(text, &g); err != nil {
		t.Fatal(err)
	}
	return g
}

// bowl is the gradient of (a-3)²(1+b²) + 2b⁴.
func bowl(w []float64) []float64 {
	a, b := w[0], w[1]
	return []float64{2 * (a - 3) * (1 + b*b), 2*b*(a-3)*(a-3) + 8*b*b*b}
}

// TestMethodsAsTorch goes down the bowl as torch does.
func TestMethodsAsTorch(t *testing.T) {
	paths := readGolden(t).Paths
	both := []span{{0, 2}}
	for _, c := range []struct {
		name string
		d    Descent
	}{
		{"sgd", Descent{Method: "sgd"}},
		{"sgd decay", Descent{Method: "sgd", Rate: 0.01, Decay: 0.1}},
		{"momentum", Descent{Method: "momentum", Decay: 0.1}},
		{"nesterov", Descent{Method: "nesterov", Momentum: 0.8}},
		{"rmsprop", Descent{Method: "rmsprop", Rate: 0.05}},
		{"rmsprop momentum", Descent{Method: "rmsprop", Rate: 0.05, Beta2: 0.9, Momentum: 0.5, Decay: 0.1}},
		{"adam", Descent{Rate: 0.1}},
		{"adam decay", Descent{Method: "adam", Rate: 0.1, Beta1: 0.8, Beta2: 0.99, Epsilon: 1e-6, Decay: 0.1}},
		{"adamw", Descent{Method: "adamw", Rate: 0.1}},
		{"clip value", Descent{Method: "sgd", Rate: 0.1, ClipValue: 0.5}},
		{"clip norm", Descent{Method: "sgd", Rate: 0.1, ClipNorm: 0.7}},
	} {
		w := []float64{0.5, -1.5}
		o := newOptimiser(c.d, 2, both)
		for i, want := range paths[c.name] {
			g := bowl(w)
			c.d.clip(g, both)
			o.step(w, g, newSchedule(c.d).rate(i, 100, 0), both)
			if !near.All(w, want, 1e-10) {
				t.Fatalf("%s: after step %d the weights are %v, want %v", c.name, i+1, w, want)
			}
		}
		delete(paths, c.name)
	}
	if len(paths) > 0 {
		t.Errorf("not compared: %v", paths)
	}
}

// Each range has its own count of steps: it moves as it would alone, whoever else is active when.
func TestOnlyActiveMove(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Descent{Method: rapid.SampledFrom(Methods[:6]).Draw(t, "method"), Decay: 0.1}
		all := []span{{0, 2}, {2, 4}, {4, 6}}
		w := []float64{1, 2, 3, 4, 5, 6}
		together := newOptimiser(d, 6, []span{{0, 6}})
		var alone [3]*optimiser
		parts := slices.Clone(w)
		for i := range alone {
			alone[i] = newOptimiser(d, 2, []span{{0, 2}})
		}
		for range 8 {
			var active []span
			g := make([]float64, 6)
			for i, at := range all {
				if !rapid.Bool().Draw(t, "active") {
					g[at.lo], g[at.lo+1] = math.NaN(), math.NaN()
					continue
				}
				active = append(active, at)
				part := parts[at.lo:at.hi]
				copy(g[at.lo:], bowl(part))
				alone[i].step(part, bowl(part), 0.001, []span{{0, 2}})
			}
			together.step(w, g, 0.001, active)
		}
		if !slices.Equal(w, parts) {
			t.Fatalf("together %v, alone %v", w, parts)
		}
	})
}

// What doesn't decay moves as without decay.
func TestDecaysWhereAsked(t *testing.T) {
	for _, method := range []string{"adam", "adamw", "sgd"} {
		w, plain := []float64{1, 1}, []float64{1, 1}
		part := newOptimiser(Descent{Method: method, Decay: 0.5}, 2, []span{{1, 2}})
		none := newOptimiser(Descent{Method: method, Decay: 0.5}, 2, nil)
		for range 3 {
			part.step(w, []float64{0.1, 0.1}, 0.1, []span{{0, 2}})
			none.step(plain, []float64{0.1, 0.1}, 0.1, []span{{0, 2}})
		}
		if w[0] != plain[0] || w[1] == plain[1] {
			t.Errorf("%s: %v, and without decay %v", method, w, plain)
		}
	}
}

// A checkpoint goes on bit for bit, and one of other settings is refused.
func TestOptimiserGoesOn(t *testing.T) {
	for _, method := range Methods[:6] {
		d := Descent{Method: method}
		o, w := newOptimiser(d, 2, nil), []float64{0.5, -1.5}
		walk := func(o *optimiser, w []float64) {
			for range 5 {
				o.step(w, bowl(w), 0.01, []span{{0, 2}})
			}
		}
		walk(o, w)
		kept := map[string][]float64{}
		for name, values := range o.slots() {
			kept[name] = slices.Clone(values)
		}
		again := slices.Clone(w)
		walk(o, w)
		p := newOptimiser(d, 2, nil)
		if err := p.restore(kept); err != nil {
			t.Fatal(err)
		}
		if walk(p, again); !slices.Equal(w, again) {
			t.Errorf("%s: %v, restored %v", method, w, again)
		}
	}
	o := newOptimiser(Descent{Method: "adam"}, 2, nil)
	match(t, o.restore(newOptimiser(Descent{Method: "sgd"}, 2, nil).slots()), "lacks mean of the optimiser")
	match(t, o.restore(newOptimiser(Descent{Method: "adam"}, 3, nil).slots()), "has 3 numbers in the checkpoint, not 2")
}

func TestDescentCheck(t *testing.T) {
	for _, c := range []struct {
		d    Descent
		want string
	}{
		{Descent{}, ""},
		{Descent{Method: "adm"}, `method "adm" is not one of sgd, momentum`},
		{Descent{Schedule: "linear"}, `schedule "linear" is not one of constant, step`},
		{Descent{Rate: -1}, "rate is -1; expected a number from 0 on"},
		{Descent{Rate: math.NaN()}, "rate is NaN"},
		{Descent{ClipNorm: math.Inf(1)}, "clip norm is +Inf"},
		{Descent{Beta1: 1}, "beta1 is 1; expected a number from 0 on, below 1"},
		{Descent{Warmup: -3}, "warm-up is -3"},
		{Descent{EMA: 0.9, AverageLast: 2}, "not both"},
	} {
		match(t, c.d.Check(), c.want)
	}
}

func match(t *testing.T, err error, want string) {
	t.Helper()
	switch {
	case err == nil && want != "":
		t.Errorf("no error, want %q", want)
	case err != nil && (want == "" || !strings.Contains(err.Error(), want)):
		t.Errorf("%v, want %q", err, want)
	}
}

// BenchmarkStep is a step of each method with 100,000 weights.
func BenchmarkStep(b *testing.B) {
	const n = 100_000
	raw, gradient := make([]float64, n), make([]float64, n)
	for i := range gradient {
		gradient[i] = float64(i%97)/97 - 0.5
	}
	for _, method := range Methods[:6] {
		b.Run(method, func(b *testing.B) {
			d := Descent{Method: method, ClipNorm: 1}
			o := newOptimiser(d, n, []span{{0, n}})
			for b.Loop() {
				d.clip(gradient, []span{{0, n}})
				o.step(raw, gradient, 1e-3, []span{{0, n}})
			}
		})
	}
}
