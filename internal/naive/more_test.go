package naive

import (
	"math/big"
	"testing"

	"unroll/series"
)

// TestMore is about totals through equations, left sides that are fed back, and sizes.
func TestMore(t *testing.T) {
	left := func(expr, loss, grad string) little { // y_0 = 1, its own forecast is seen at t = 1
		return little{name: expr + " fed", cell: "input y\ninput l per series\nweight w\nstate y = 1\n" + expr + " ~ squared(w*y[t-1])",
			data: "y: 1 2 / l = 2", weights: "w=1", opt: Options{Feed: "free"}, loss: loss, grad: grad}
	}
	runAll(t, []little{
		left("y + l", "29", "w=-4"),    // y_0 is seen as w - 2: misses 3 - w and 4 - w(w-2)
		left("l + y", "29", "w=-4"),    // the same
		left("l*y", "53/4", "w=-9"),    // as w/2: misses 2 - w, 4 - w²/2
		left("l .* y", "53/4", "w=-9"), // the same
		left("(y*l)", "53/4", "w=-9"),  // the same
		left("(-(y - l))", "1", "w=0"), // as 2 - w: misses 1 - w, 0 - w(2-w)
		left("l - y", "1", "w=0"),      // the same
		left("l/y", "2", "w=-2"),       // as 2/w: misses 2 - w, 1 - 2
		{name: "trend by totals", // z = -1, 0, 1 by t; all times, though t0 = 1
			cell: "input y\nweight w\nz = t - average(t)\ns = total(z*y)/total(z^2)\ny ~ squared(w*s + 0*y[t-1])",
			data: "y: 1 2 5", weights: "w=1", loss: "9", grad: "w=-12"},
		{name: "total of a state", // h = 1, 3; a constant that depends on the steps
			cell: "input x\nweight w\nstate h = 0\nh = h[t-1] + x\nloss w*(last(h) + first(h) + average(h))",
			data: "x: 1 2", weights: "w=1", loss: "6", grad: "w=6"},
		{name: "sizes", cell: "size n, m = 2*n\ninput x[D]\nstate h[m] = n\nweight w\nh = h[t-1]\nloss w*sum(h) + sum(x) + D",
			opt: Options{Sizes: map[string]int{"n": 2, "D": 2}}, data: "x: 1;2", weights: "w=1", loss: "13", grad: "w=8"},
		{name: "the shape of the side not taken", // h = 0, then (1, 1): W*h is 0, then (3, 7)
			cell: "input x\nstate h[2] = 1\nweight W\nh = 1*h[t-1]\nloss sum(W*where(t == 0, 0, h))",
			data: "x: 1 1", weights: "W=1,2;3,4", loss: "10", grad: "W=1,1;1,1"},
		{name: "known inputs only", cell: "input x known\nweight w\nloss w*x",
			data: "x: 1 2", weights: "w=1", loss: "3", grad: "w=3"},
	})
}

// TestEmptyArray reads an array without entries as missing.
func TestEmptyArray(t *testing.T) {
	f := parse(t, "input y[D]\nweight w\ny ~ squared(w)")
	data := dataOf(t, "y: 1;2")
	data.Series[0].Columns["y"] = data.Series[0].Columns["y"].Append(series.Array{})
	if _, err := Run(f, data, Options{Weights: weightsOf(t, "w=0"), Sizes: map[string]int{}}); err == nil {
		t.Fatal("an array of unknown shape was read")
	}
	f = parse(t, "size D = 2\ninput y[D]\nweight w\ny ~ squared(w)")
	res, err := Run(f, data, Options{Weights: weightsOf(t, "w=0")})
	if err != nil {
		t.Fatal(err)
	}
	if res.Loss.Cmp(big.NewRat(5, 1)) != 0 {
		t.Errorf("loss %v, want 5", res.Loss)
	}
}
