package prove_test

import (
	"fmt"
	"strings"
	"testing"

	"unroll/graph"
	"unroll/op"
)

// uses has, for each row of the table that has rules, an expression of the weights a and b, two vectors
// of 2, and of W, a matrix, in which a derivative passes through every rule of the row.
var uses = map[string]string{
	"+/2": "a + b", "-/2": "a - b", "neg/1": "-a", ".*/2": "a .* b", "//2": "a / b", "mod/2": "a mod b",
	"^/2": "exp(a) ^ b", "power/2": "power(a, 3)", "*/2": "W * a", "'/1": "(a' * W)'", "over/2": "over(a, b)",
	"gated/2": "gated(a, b)", "kept/2": "kept(a, b)", "where/3": "where(y[t-1] > 0, a, b)", "max/2": "max(a, b)",
	"min/2": "min(a, b)", "clip/3": "clip(y[t-1], a, a + exp(b))", "relu/1": "relu(a)", "leaky_relu/1": "leaky_relu(a)",
	"elu/1": "elu(a)", "selu/1": "selu(a)", "gelu/1": "gelu(a)", "silu/1": "silu(a)", "softplus/1": "softplus(a)", "sigmoid/1": "sigmoid(a)", "tanh/1": "tanh(a)",
	"hard_sigmoid/1": "hard_sigmoid(a)", "hard_tanh/1": "hard_tanh(a)", "exp/1": "exp(a)", "log/1": "log(exp(a) + 1)",
	"sqrt/1": "sqrt(exp(a))", "abs/1": "abs(a)", "sin/1": "sin(a)", "cos/1": "cos(a)", "erf/1": "erf(a)", "lgamma/1": "lgamma(exp(a))",
	"polygamma/2": "polygamma(0, exp(a))", "sum/1": "a + sum(b)", "mean/1": "a + mean(b)", "dot/2": "a + dot(a, b)",
	"outer/2": "outer(a, b) * y[t-1] * [1, 2]", "max/1": "a .* max(b)", "logsumexp/1": "a + logsumexp(b)", "softmax/1": "softmax(a)",
	"norm/1": "a + norm(b)", "concat/2": "concat(a[0], b[1])", "fill/3": "fill(a[0], 2, 1)", "spread/2": "spread(sum(a), b)",
	"slice/5": "a[0 : 1] .* b", "place/5": "place(a[0], 1, 2, 0, 1) + b",
}

// useOf is a file around an expression.
func useOf(expr string) string {
	return "input y\nweight a[2], b[2], W[2, 2]\nstate h[2] = 0\nh = h[t-1]/4 + " + expr + "\ny ~ squared(h[0] + h[1]/2)\n"
}

// TestPlanted makes each rule of each row wrong by a thousandth, and wants a cell that uses the row not to be
// proved any more.
func TestPlanted(t *testing.T) {
	t.Parallel()
	for _, r := range op.Standard().Rows {
		key := fmt.Sprintf("%s/%d", r.Name, len(r.Args))
		rules := strings.Join(r.Deriv, "")
		if rules == "" || r.Name == "clip_gradient" {
			continue // which is left out of a proof
		}
		expr, ok := uses[key]
		if !ok {
			t.Errorf("no expression uses %s", key)
			continue
		}
		if r, err := provedText(t, "use.cell", useOf(expr), graph.Choices{}); err != nil || !r.Proved() {
			t.Errorf("%s: %v, %v", key, r, err)
			continue
		}
		for i, rule := range r.Deriv {
			if rule == "" {
				continue
			}
			table := planted(r.Name, len(r.Args), i, "1.001 * ("+rule+")")
			if r, err := provedText(t, "use.cell", useOf(expr), graph.Choices{Table: table}); err != nil || r.Proved() {
				t.Errorf("%s by %s, wrong by a thousandth: %v, %v", key, expr, r, err)
			}
		}
	}
}
