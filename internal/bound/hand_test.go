package bound_test

import (
	"fmt"
	"math"
	"testing"

	"unroll"
	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/internal/bound"
	"unroll/internal/near"
	"unroll/lang"
	"unroll/series"
)

// valued is the derivative of a cell with one weight w, and its values; y is 1, 2, 3.
func valued(t testing.TB, text string, w ...float64) (*graph.Graph, *eval.Values) {
	t.Helper()
	file, err := lang.Parse(&lang.Source{Name: "w.cell", Text: text})
	if err != nil {
		t.Fatal(err)
	}
	g, err := graph.Build(file, graph.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := grad.Loss(g, nil)
	if err != nil {
		t.Fatal(err)
	}
	y := series.Series{ID: "1", Columns: map[string]series.Column{}}
	for i := range 3 {
		y.Columns["y"] = y.Columns["y"].Append(series.Floats(1, 1, []float64{float64(i + 1)}))
	}
	shape := g.Weights[0].Node.Shape
	v, err := eval.Eval(d.Graph, eval.Run{
		Data:    series.Set{Series: []series.Series{y}},
		Weights: map[string][]series.Array{"w": {series.Floats(shape.R, shape.C, w)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return d.Graph, v
}

// scalar is a cell of one loss of a number w.
func scalar(loss string) string { return "input y\nweight w[]\nloss " + loss + "\n" }

// Bounds by hand, in units of ε.
func TestByHand(t *testing.T) {
	inf := math.Inf(1)
	third := single(1. / 3)
	for _, c := range []struct {
		text string
		w    []float64
		want float64
	}{
		{scalar("w"), []float64{1. / 3}, 1. / 6},
		{scalar("w"), []float64{3}, 0},
		{scalar("w .* w"), []float64{3}, 0},                 // it fits
		{scalar("w .* w"), []float64{third}, third * third}, // it doesn't
		{scalar("exp(w)"), []float64{0}, 2},                 // a function that may be off even so
		{scalar("2 * exp(w)"), []float64{0}, 4 + 2},
		{scalar("exp(w)^2"), []float64{0}, 2*2 + 4},
		{scalar("log(w)"), []float64{-1}, inf},
		{scalar("where(w > 0, log(w), 2)"), []float64{-1}, 0},
		{scalar("where(w > 0, w, log(w))"), []float64{1. / 3}, 1. / 6},
		{scalar("exp(w)"), []float64{100}, inf}, // no float32
		{"input y\nweight w[]\na = exp(w)\nloss a - a\n", []float64{1}, 0},
		// y is 1, 2, 3: the sum is of numbers that are exact.
		{"input y\nweight w[]\nloss y .* w\n", []float64{0.5}, 0},
		// The product by 3 rounds, which those by 1 and 2 do not; the sum of three rounds twice.
		{"input y\nweight w[]\nloss y .* w\n", []float64{third}, 3*third + 2*6*third},
		// h is 1/2, 1/4, 1/8 times exp(w), and so are its errors.
		{"input y\nweight w[]\nstate h = 1\nh = 1/2 * h[t-1]\nloss exp(w) .* h when t == 2\n", []float64{0}, 0.125*2 + 0.125},
		// One product of three terms whose size is 2, though the sum is less; 3·third is no float32.
		{"input y\nweight w[3]\nloss w' * [1, 1, 1] when t == 0\n", []float64{3 * third, -2 * third, third}, 3*6*third + 3*third/2},
		// The first order of a cube at 0 is nothing: the cube of the error is what it may be off by.
		{scalar("(exp(w) - 1)^3"), []float64{0}, 8 * 0x1p-46},
		// So is that of a product of errors.
		{scalar("(exp(w) - 1) .* (exp(w) - 1)"), []float64{0}, 4 * 0x1p-23},
	} {
		g, v := valued(t, c.text, c.w...)
		b := bound.New(g, v, 0x1p-23, nil)
		if got := b.At(g.Loss, 0, 0, 0) * 0x1p23; !near.Equal(got, c.want, 1e-4) {
			t.Errorf("%s at w = %v: bound %.6g ε, expected %.6g", c.text, c.w, got, c.want)
		}
	}
}

// Other units in the last place, as they are asked for.
func TestUlps(t *testing.T) {
	g, v := valued(t, scalar("exp(w)"), 0)
	b := bound.New(g, v, 0x1p-52, func(n *graph.Node) float64 {
		if n.Kind == graph.Row && n.Row.Name == "exp" {
			return 100
		}
		return 0
	})
	if got := b.At(g.Loss, 0, 0, 0) * 0x1p52; !near.Equal(got, 200, 1e-9) { // half of it the reference's own
		t.Errorf("%g", got)
	}
	if got := b.At(g.Loss, 0, 0, 0); got != b.At(g.Loss, 5, 7, 0) {
		t.Error("the loss has no series and no times")
	}
}

// What is near a kink, and what only looks so.
func TestKinks(t *testing.T) {
	close := 1 + 1e-9
	for _, c := range []struct {
		text           string
		w              []float64
		single, double bool // near a kink in float32, in float64
	}{
		{scalar("relu(w - 1)"), []float64{close}, true, false},
		{scalar("relu(w - 1)"), []float64{1.5}, false, false},
		{scalar("relu(w)"), []float64{0}, false, false}, // exactly 0 in any run
		{scalar("abs(exp(w) - 1)"), []float64{0}, true, true},
		{scalar("sign(w - 1)"), []float64{close}, true, false},
		{scalar("max(w, 1)"), []float64{close}, true, false},
		{scalar("min(w, 1)"), []float64{close}, true, false},
		{scalar("clip(w, 0, 1)"), []float64{close}, true, false},
		{scalar("clip(w, 1, 2)"), []float64{close}, true, false},
		{scalar("hard_tanh(-w)"), []float64{close}, true, false},
		{scalar("hard_sigmoid(3*w)"), []float64{close}, true, false},
		{scalar("w > 1"), []float64{close}, true, false},
		{scalar("w == 1"), []float64{1}, false, false},
		{scalar("where(w - 1, 3, 4)"), []float64{close}, true, false},
		{scalar("(2 + w) mod 3"), []float64{close}, true, false},
		{scalar("(2 + w) mod 3"), []float64{1.5}, false, false},
		{scalar("1 / (w - 1)"), []float64{close}, true, false},
		{scalar("sqrt(w - 1)"), []float64{close}, true, false},
		{scalar("(w - 1)^(1/2)"), []float64{close}, true, false},
		{scalar("lgamma(w - 2)"), []float64{close}, true, false},
		{scalar("elu(w - 1)"), []float64{close}, true, false},
		{scalar("max(exp(w) * [1, 2])"), []float64{0.3}, false, false}, // its derivative compares the largest with itself
		{"input y\nweight w[2]\nloss max(w)\n", []float64{1, close}, true, false},
		{"input y\nweight w[2]\nloss norm(w - 1)\n", []float64{close, close}, true, false},
		{scalar("where(y == 2, w, log(w))"), []float64{1.5}, false, false}, // data is exact
		{scalar("where(t mod 2 == 0, w, 1)"), []float64{1.5}, false, false},
	} {
		g, v := valued(t, c.text, c.w...)
		for _, k := range kinds {
			where, got := bound.New(g, v, k.eps, nil).Kink()
			if want := k.eps > 1e-10 && c.single || k.eps < 1e-10 && c.double; got != want || got == (where == "") {
				t.Errorf("%sat w = %v in %s: near a kink: %v, %q", c.text, c.w, k.name, got, where)
			}
		}
	}
}

// The derivative of an LSTM of 4 entries over 3 series of 8 steps.
func lstm(b *testing.B) (*graph.Graph, *eval.Values) {
	cell, err := unroll.Parse("lstm.cell", "use lstm\ninput y\nh = lstm(y[t-1], H = 4)\nweight v[4] = 1/2\ny ~ squared(v' * h)\n")
	if err != nil {
		b.Fatal(err)
	}
	var set series.Set
	for i := range int64(3) {
		one := unroll.Numbers("y", 1, 0, -1, 2, i, 1, 2, 1, 0).Series[0]
		one.ID = fmt.Sprint(i)
		set.Series = append(set.Series, one)
	}
	run, err := cell.Bind(set, unroll.Options{})
	if err != nil {
		b.Fatal(err)
	}
	d, err := run.Derivative()
	if err != nil {
		b.Fatal(err)
	}
	v, err := run.Eval(d.Graph)
	if err != nil {
		b.Fatal(err)
	}
	return d.Graph, v
}

// BenchmarkNew prepares a bound.
func BenchmarkNew(b *testing.B) {
	g, v := lstm(b)
	for b.Loop() {
		bound.New(g, v, 0x1p-23, nil)
	}
}

// BenchmarkAt is the bound of one entry of the first gradient.
func BenchmarkAt(b *testing.B) {
	g, v := lstm(b)
	most := bound.New(g, v, 0x1p-23, nil)
	for b.Loop() {
		most.At(g.Outputs[0], 0, 0, 0)
	}
}
