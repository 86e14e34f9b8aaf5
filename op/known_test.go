package op_test

import (
	"math"
	"testing"

	"unroll/op"
)

// The polygamma functions at points where they are known: numbers of 17 digits. Beside
// a pole the function is a small difference of large terms.
func TestPolygamma(t *testing.T) {
	const gamma, zeta3, zeta5, pi = 0.57721566490153286061, 1.2020569031595942854, 1.0369277551433699263, math.Pi
	f := op.Standard().Lookup("polygamma", 2).Float
	for _, c := range []struct{ n, a, want float64 }{
		{0, 1, -gamma}, {0, 2, 1 - gamma}, {0, 0.5, -gamma - 2*math.Ln2}, {0, 0.25, -gamma - pi/2 - 3*math.Ln2},
		{0, -0.5, 2 - gamma - 2*math.Ln2}, {0, -1.5, 2 + 2.0/3 - gamma - 2*math.Ln2}, {0, 1e10, math.Log(1e10) - 0.5e-10},
		{0, 1e-10, -1e10 - gamma},
		{1, 1, pi * pi / 6}, {1, 0.5, pi * pi / 2}, {1, 2, pi*pi/6 - 1}, {1, -0.5, pi*pi/2 + 4},
		{2, 1, -2 * zeta3}, {2, 0.5, -14 * zeta3}, {2, -0.5, 16 - 14*zeta3},
		{3, 1, math.Pow(pi, 4) / 15}, {3, 0.5, math.Pow(pi, 4)}, {3, -0.5, math.Pow(pi, 4) + 96},
		{4, 1, -24 * zeta5}, {4, 0.5, -744 * zeta5}, {4, -0.5, 768 - 744*zeta5},
	} {
		if got := f([]float64{c.n, c.a}); math.Abs(got-c.want) > 2e-14*(1+math.Abs(c.want)+math.Abs(c.n*c.n*c.n*min(0, c.a))) {
			t.Errorf("polygamma(%v, %v) is %.17g, not %.17g", c.n, c.a, got, c.want)
		}
	}
	for _, c := range []struct{ n, a float64 }{{0, 0}, {0, -3}, {2, -1}, {0.5, 1}, {-1, 1}, {101, 1}, {0, math.NaN()}} {
		if got := f([]float64{c.n, c.a}); !math.IsNaN(got) {
			t.Errorf("polygamma(%v, %v) is %v", c.n, c.a, got)
		}
	}
	if got := f([]float64{1, -2}); !math.IsInf(got, 1) {
		t.Errorf("polygamma(1, -2) is %v", got)
	}
}

// The recurrence, for orders and arguments of either sign: each function is one step from the next.
func TestPolygammaRecurrence(t *testing.T) {
	f := op.Standard().Lookup("polygamma", 2).Float
	for n := range 7 {
		for _, a := range []float64{-50.3, -32.5, -7.3, -2.01, -0.7, 0.1, 0.9, 3.3, 14.2, 40} {
			step := math.Pow(-1, float64(n)) * math.Gamma(float64(n+1)) / math.Pow(a, float64(n+1))
			low, high := f([]float64{float64(n), a}), f([]float64{float64(n), a + 1})
			// The largest term belongs to the nearest pole.
			pole := math.Gamma(float64(n+1)) / math.Pow(math.Abs(a-math.Round(a)), float64(n+1))
			if size := 1 + math.Abs(low) + math.Abs(high) + pole; math.Abs(high-low-step) > 1e-14*size {
				t.Errorf("order %d at %v: %v, then %v", n, a, low, high)
			}
		}
	}
}

// Functions of one number, against what is known of them, far out too.
func TestKnownValues(t *testing.T) {
	table := op.Standard()
	for _, c := range []struct {
		name    string
		a, want float64
	}{
		{"sigmoid", 800, 1}, {"sigmoid", -700, math.Exp(-700)}, {"softplus", 1000, 1000}, {"softplus", -700, math.Exp(-700)},
		{"elu", 1000, 1000}, {"elu", -1000, -1}, {"elu", -1e-20, -1e-20}, {"selu", -1000, -1.7580993408473768599},
		{"sign", 0, 0}, {"relu", -1, 0}, {"hard_sigmoid", 3, 1}, {"hard_tanh", -5, -1}, {"lgamma", 0.5, math.Log(math.Pi) / 2},
	} {
		if got := table.Lookup(c.name, 1).Float([]float64{c.a}); math.Abs(got-c.want) > 1e-15*math.Abs(c.want) {
			t.Errorf("%s(%v) is %v, not %v", c.name, c.a, got, c.want)
		}
	}
	for _, r := range table.Rows {
		if r.Float != nil && len(r.Args) == 1 && !math.IsNaN(r.Float([]float64{math.NaN()})) {
			t.Errorf("%s makes a number of NaN", r.Name)
		}
	}
}

func TestVectorsFarOut(t *testing.T) {
	table := op.Standard()
	inf := math.Inf(1)
	for _, c := range []struct {
		name string
		x    []float64
		want []float64
	}{
		{"softmax", []float64{1000, 1000}, []float64{0.5, 0.5}},
		{"softmax", []float64{-1000, 0, -inf}, []float64{0, 1, 0}},
		{"logsumexp", []float64{1000, 1000}, []float64{1000 + math.Ln2}},
		{"logsumexp", []float64{-1000, -1000}, []float64{-1000 + math.Ln2}},
		{"logsumexp", []float64{-inf, -inf}, []float64{-inf}},
		{"norm", []float64{3e300, -4e300}, []float64{5e300}},
		{"norm", []float64{3e-300, 4e-300}, []float64{5e-300}},
		{"norm", []float64{0, 0}, []float64{0}},
		{"norm", []float64{-inf, 1}, []float64{inf}},
		{"max", []float64{-inf, 2}, []float64{2}},
		{"argmax", []float64{1, 7, 7}, []float64{1}},
	} {
		for i, got := range table.Lookup(c.name, 1).Vector.Float(c.x) {
			if got != c.want[i] && math.Abs(got-c.want[i]) > 1e-15*math.Abs(c.want[i]) {
				t.Errorf("%s of %v: entry %d is %v, not %v", c.name, c.x, i, got, c.want[i])
			}
		}
	}
	for _, name := range []string{"max", "argmax", "logsumexp", "norm", "softmax"} {
		for _, x := range [][]float64{{math.NaN(), inf}, {1, math.NaN()}} {
			if got := table.Lookup(name, 1).Vector.Float(x); !math.IsNaN(got[0]) {
				t.Errorf("%s of %v is %v", name, x, got)
			}
		}
	}
}
