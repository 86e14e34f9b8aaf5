package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"unroll/plan"
)

// TestHoist writes an LSTM's sums in every order: each makes a plan of as many operations.
func TestHoist(t *testing.T) {
	orders := []string{
		"%[1]s + %[2]s + %[3]s", "%[1]s + %[3]s + %[2]s", "%[2]s + %[1]s + %[3]s", "%[2]s + %[3]s + %[1]s", "%[3]s + %[1]s + %[2]s", "%[3]s + %[2]s + %[1]s",
		"%[1]s + (%[2]s + %[3]s)", "%[2]s + (%[1]s + %[3]s)", "%[3]s - (0 - %[2]s - %[1]s)",
	}
	count := func(order string, without ...string) int {
		gate := func(g string) string { return fmt.Sprintf(order, "W"+g+"*x", "U"+g+"*h[t-1]", "b"+g) }
		text := "input x[2], y\nsize H = 3\nstate h[H], c[H] = 0\nweight Wi[H,2], Wf[H,2], Wo[H,2], Wg[H,2], Ui[H,H], Uf[H,H], Uo[H,H], Ug[H,H], bi[H], bf[H], bo[H], bg[H], V[1,H]\n" +
			"i = sigmoid(" + gate("i") + ")\nf = sigmoid(" + gate("f") + ")\no = sigmoid(" + gate("o") + ")\nk = " + gate("g") + "\ng = tanh(k)\n" +
			"c = f .* c[t-1] + i .* g\nh = o .* tanh(c)\ny ~ squared(V*h)\n"
		return strings.Count(training(t, text, size{2, 3, 2, 3}, plan.Options{Without: without}).plan.String(), " = ")
	}
	want := count(orders[0])
	for _, o := range orders {
		if got := count(o); strings.Contains(o, "-") && got > want+8 || !strings.Contains(o, "-") && got != want {
			t.Errorf("%s: %d operations, and %d in the first order", o, got, want)
		}
	}
	if got := count(orders[5], "hoist"); got <= want {
		t.Errorf("without the pass there are %d operations, with it %d", got, want)
	}
}
