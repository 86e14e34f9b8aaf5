package plan_test

import (
	"fmt"
	"slices"
	"testing"

	"unroll/plan"
)

// dilated is an LSTM whose state is that of eight steps before.
func dilated(z size) string {
	gate := func(g string) string { return fmt.Sprintf("W%[1]s*x + U%[1]s*h[t-8] + b%[1]s", g) }
	return fmt.Sprintf("size H = %d, D = %d\n", z.h, z.i) +
		"input x[D], y\nstate h[H], c[H] = 0\nweight Wi[H,D], Wf[H,D], Wo[H,D], Wg[H,D], Ui[H,H], Uf[H,H], Uo[H,H], Ug[H,H], bi[H], bf[H], bo[H], bg[H], V[1,H]\n" +
		"i = sigmoid(" + gate("i") + ")\nf = sigmoid(" + gate("f") + ")\no = sigmoid(" + gate("o") + ")\ng = tanh(" + gate("g") + ")\n" +
		"c = f .* c[t-8] + i .* g\nh = o .* tanh(c)\ny ~ squared(V*h)\n"
}

// TestDilated compares the bits of a dilated LSTM's step with those of one step at a time.
func TestDilated(t *testing.T) {
	for _, z := range []size{{4, 30, 2, 32}, {1, 5, 1, 3}, {1, 31, 1, 1}, {7, 17, 2, 5}, {4, 8, 1, 4}, {6, 19, 1, 80}} {
		data := batch(z)
		for c, col := range data.Series[0].Columns {
			data.Series[0].Columns[c] = col.Slice(0, col.Len()-z.b/3)
		}
		x := trainingOn(t, dilated(z), data, plan.Options{})
		y := trainingOn(t, dilated(z), data, plan.Options{Without: []string{"dilated"}})
		want := 8
		if z.b*z.h > 256 { // wide rows go step by step
			want = 1
		}
		if x.bound.Jump() != want || y.bound.Jump() > 1 {
			t.Errorf("%v: %d steps at once, %d without the pass", z, x.bound.Jump(), y.bound.Jump())
		}
		if a, b := x.run(), y.run(); !slices.Equal(a, b) {
			t.Errorf("%v: %v, and step by step %v", z, a, b)
		}
	}
}
