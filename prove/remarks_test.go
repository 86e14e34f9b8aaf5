package prove_test

import (
	"strings"
	"testing"

	"unroll/graph"
)

// TestRemarks: what is legal and probably not meant is remarked on, at its place; and nothing else.
func TestRemarks(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "input y\nstate h = 0\nweight u, v, w = 1/2\nh = tanh(w*h[t-1] + v*y[t-1])\ny ~ squared(u*h)", ""},
		{"a weight the loss doesn't depend on", "input y\nweight u, v\ny ~ squared(u*y[t-1])", "2:11: the loss doesn't depend on weight v"},
		{"a weight that only what is unread reads", "input y\nweight u, v\nq = v*y\ny ~ squared(u*y[t-1])",
			"2:11: the loss doesn't depend on weight v | 3:1: nothing reads q"},
		{"an input", "input x, y\nweight u\ny ~ squared(u*y[t-1])", "1:7: nothing reads input x"},
		{"an equation that is only lagged", "input y\nweight u\nz = 2*y\ny ~ squared(u*z[t-1])", ""},
		{"results of a call", "use lstm\ninput y\nweight D\nh, c = lstm(y[t-1], H = 2)\ny ~ squared(D*h)", ""},
		{"no result of a call", "use lstm\ninput y\nweight D\nh = lstm(y[t-1], H = 2)\nk = lstm(y[t-1], H = 2)\ny ~ squared(D*h)",
			"5:1: nothing reads k | k.Wi"},
		{"within a cell", "cell f(x) -> h {\n state h = 0\n weight a\n q = a*x\n h = tanh(x)\n}\ninput y\nweight D\nh = f(y[t-1])\ny ~ squared(D*h)",
			"3:9: the loss doesn't depend on weight h.a | 4:2: nothing reads q"},
		{"a state that no lag reads", "input y\nstate h = 0\nweight u, v\nh = tanh(v*y[t-1])\ny ~ squared(u*h)", "2:7: no equation reads the state h at another time"},
		{"a state in a window", "input y\nstate h = 0\nweight u[2], v\nh = tanh(v*y[t-1])\ny ~ squared(dot(u, h[t-1 : t]))", ""},
		{"a state read at t", "input y\nstate h = 0\nweight u, v\nh = tanh(v*y[t-1])\ny ~ squared(u*h[t])", "2:7: no equation reads the state h"},
		{"no derivative", "input y\nweight u, s = 1\ny ~ squared(u*(y[t-1] > s))", "2:11: no derivative reaches weight s"},
		{"stopped", "input y\nweight u, s = 1\ny ~ squared(u*y[t-1] + stop(s*y[t-1]))", "2:11: no derivative reaches weight s"},
		{"dead", "input y\nweight u, v\ny ~ squared(u*y[t-1] + 0*relu(-1 - exp(v)))", "2:11: the derivative by weight v was 0 in all runs"},
		{"still", "input y\nstate h = 0\nweight u, v, w = 0\nh = tanh(w*h[t-1] + v*y[t-1])\ny ~ squared(u*h)", "3:8: at the starts of the weights every derivative was 0"},
		{"a size", "size H = 2, K = 3\ninput y\nstate h[H] = 0\nweight u, v\nh = tanh(v*y[t-1])\ny ~ squared(u*h[t-1])", "1:13: nothing reads size K"},
		{"a size that a cell reads", "size H = 2\ncell f(x) -> h[H] {\n weight a\n h = a*x\n}\ninput y\nweight D\nh = f(y[t-1])\ny ~ squared(D*h)", ""},
		{"a weight for what is missing", "input x, y\nweight a, b\nh = a*where(observed(x), x, b)\ny ~ squared(h)", ""},
		{"a leak", "input y\nweight u\nh = tanh(u*y)\nyhat = 2*h\ny ~ squared(yhat)", "5:1: the forecast of y is made of y at the same time or later: yhat → h → y"},
		{"a leak in a scale", "input y\nweight u\ns = exp(u*y)\ny ~ normal(u*y[t-1], s)", "4:1: the forecast of y is made of y at the same time or later: s → y"},
		{"a leak from later steps", "input y\nstate b = 0\nweight u\nb = tanh(b[t+1] + y)\ny ~ squared(u*b)", "5:1: the forecast of y is made of y"},
		{"a direct forecast", "input y\nweight A[2], b[2]\ny[t+1 : t+2] ~ absolute(A*y + b)", ""},
		{"a likelihood", "input y\nweight m\nq = (y - m)^2\ny ~ score(q; m)", ""},
		{"a filter", "input y\nweight a in (0, 1)\nstate l = 0\nl = a*y + (1 - a)*l[t-1]\ny ~ squared(l[t-1])", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := mustProve(t, "remarks.cell", c.text, graph.Choices{})
			var wants []string
			if c.want != "" {
				wants = strings.Split(c.want, " | ")
			}
			if len(r.Remarks) < len(wants) || len(wants) == 0 && len(r.Remarks) > 0 {
				t.Errorf("%d remarks:\n%s", len(r.Remarks), r)
			}
			said := r.String()
			for _, want := range wants {
				if !strings.Contains(said, want) {
					t.Errorf("%q isn't said:\n%s", want, said)
				}
			}
		})
	}
}
