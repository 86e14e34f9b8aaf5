package grad_test

import (
	"testing"

	"unroll/graph"
	"unroll/op"
)

// masked are losses of which a mask drops what is undefined, with the weights and the gradient.
var masked = []struct{ name, text, weights, want string }{
	{"log, dropped", "weight x[]\nloss where(x > 0, log(x), 0)", "x = -1", "x = 0"},
	{"log at 0", "weight x[]\nloss where(x > 0, log(x), 0)", "x = 0", "x = 0"},
	{"log, taken", "weight x[]\nloss where(x > 0, log(x), 0)", "x = 2", "x = 1/2"},
	{"quotient, dropped", "weight x[], a[], b[]\nloss where(x != 0, a/x, b)", "x = 0; a = 3; b = 5", "x = 0; a = 0; b = 1"},
	{"quotient, taken", "weight x[], a[], b[]\nloss where(x != 0, a/x, b)", "x = 2; a = 3; b = 5", "x = -3/4; a = 1/2; b = 0"},
	{"entries apart", "weight x[2], a[2]\nloss sum(where(x != 0, a/x, 7*a))", "x = 0 2; a = 3 4", "x = 0 -1; a = 7 1/2"},
	{"sqrt at 0", "weight x[]\nloss where(x > 0, sqrt(x), 0)", "x = 0", "x = 0"},
	{"sqrt below 0", "weight x[]\nloss where(x > 0, sqrt(x), 0)", "x = -4", "x = 0"},
	{"sqrt of a square at 0", "weight x[]\nloss where(x != 0, sqrt(x^2), 0)", "x = 0", "x = 0"},
	{"norm at 0", "weight v[2]\nloss norm(v)", "v = 0 0", "v = 0 0"},
	{"norm at 0, dropped", "weight v[2], x[]\nloss where(x > 0, 1/norm(v), x)", "v = 0 0; x = 0", "v = 0 0; x = 1"},
	{"power at 0", "weight x[], p[]\nloss where(x > 0, x^p, 0)", "x = 0; p = -1/2", "x = 0; p = 0"},
	{"power below 0", "weight x[], p[]\nloss where(x > 0, x^p, 0)", "x = -1; p = 1/2", "x = 0; p = 0"},
	{"power of a quotient", "weight x[], a[]\nloss where(x != 0, (a/x)^2, 0)", "x = 0; a = 1", "x = 0; a = 0"},
	{"exp overflow", "weight x[]\nloss where(x < 100, exp(x), x)", "x = 1000", "x = 1"},
	{"exp overflow, a product", "weight x[], a[]\nloss where(x < 100, a*exp(x), x)", "x = 1000; a = 2", "x = 1; a = 0"},
	{"lgamma at 0", "weight x[]\nloss where(x > 0, lgamma(x), 0)", "x = 0", "x = 0"},
	{"mod 0", "weight x[], a[]\nloss where(x != 0, a mod x, a)", "x = 0; a = 3", "x = 0; a = 1"},
	{"relu", "weight x[], a[]\nloss where(x != 0, relu(a/x), 0)", "x = 0; a = 3", "x = 0; a = 0"},
	{"abs", "weight x[], a[]\nloss where(x != 0, abs(a/x), 0)", "x = 0; a = 3", "x = 0; a = 0"},
	{"clip", "weight x[], a[]\nloss where(x != 0, clip(a/x, 0, 1), 0)", "x = 0; a = 3", "x = 0; a = 0"},
	{"tanh of log", "weight x[]\nloss where(x > 0, tanh(log(x)), 0)", "x = -1", "x = 0"},
	{"exp of a quotient", "weight x[]\nloss where(x != 0, exp(1/x), x)", "x = 0", "x = 1"},
	{"max of quotients", "weight x[], a[]\nloss where(x != 0, max(a/x, a), 0)", "x = 0; a = 3", "x = 0; a = 0"},
	{"an undefined factor", "weight x[], a[], b[]\nloss where(x != 0, b*(a/x), 0)", "x = 0; a = 3; b = 2", "x = 0; a = 0; b = 0"},
	{"undefined factors", "weight x[], a[]\nloss where(x != 0, (a/x)*(2/x), 0)", "x = 0; a = 3", "x = 0; a = 0"},
	{"a quotient of quotients", "weight x[], a[]\nloss where(x != 0, (2/x)/(a/x), 0)", "x = 0; a = 3", "x = 0; a = 0"},
	{"by a quotient", "weight x[], a[]\nloss where(x != 0, 2/(a/x), 0)", "x = 0; a = 3", "x = 0; a = 0"},
	{"log of a quotient", "weight x[], a[]\nloss where(x != 0, log(a/x), 0)", "x = 0; a = 3", "x = 0; a = 0"},
	{"masks in masks", "weight x[], a[]\nloss where(a > 0, where(x != 0, a*(1/x), a), 0)", "x = 0; a = 3", "x = 0; a = 1"},
	{"a softmax", "weight x[], v[2]\nloss where(x != 0, max(softmax(v/x)), 0)", "x = 0; v = 1 2", "x = 0; v = 0 0"},
	{"a logsumexp", "weight x[], v[2]\nloss where(x != 0, logsumexp(v/x), 0)", "x = 0; v = 1 2", "x = 0; v = 0 0"},
	{"a largest", "weight x[], v[2]\nloss where(x != 0, max(v/x), 0)", "x = 0; v = 1 2", "x = 0; v = 0 0"},
	{"a dot", "weight x[], v[2], w[2]\nloss where(x != 0, dot(w, v/x), 0)", "x = 0; v = 1 2; w = 3 4", "x = 0; v = 0 0; w = 0 0"},
	{"a norm", "weight x[], v[2]\nloss where(x != 0, norm(v/x), 0)", "x = 0; v = 1 2", "x = 0; v = 0 0"},
	{"a product", "weight x[], v[2], W[2, 2]\nloss where(x != 0, sum(W * (v/x)), 0)", "x = 0; v = 1 2; W = 1 2 3 4", "x = 0; v = 0 0; W = 0 0 0 0"},
	{"a product, the other factor", "weight x[], v[2], W[2, 2]\nloss where(x != 0, sum((W/x) * v), 0)", "x = 0; v = 1 2; W = 1 2 3 4", "x = 0; v = 0 0; W = 0 0 0 0"},
	{"a product, rows apart", "weight x[2], v[2], W[2, 2]\nq = W * (v/fill(2, 2))\nloss sum(where(x != 0, q/x, 0))", "x = 0 2; v = 1 2; W = 1 2 3 4", "x = 0 -11/8; v = 3/4 1; W = 0 0 1/4 1/2"},
	{"an equation", "weight x[], a[], b[]\nq = a/x\nloss where(x != 0, q*b, b)", "x = 0; a = 3; b = 2", "x = 0; a = 0; b = 1"},
	{"an equation of an equation", "weight x[], a[], b[]\nq = a/x\np = relu(q*b)\nloss where(x != 0, p*b, b)", "x = 0; a = 3; b = 2", "x = 0; a = 0; b = 1"},
	{"a mask within an equation", "weight x[], a[], b[]\nq = a/x\np = where(x != 0, q*q, b)\nloss p*b", "x = 0; a = 3; b = 2", "x = 0; a = 0; b = 4"},
	{"a log in an equation", "weight x[], b[]\nq = log(x)\nloss where(x > 0, b*q, b)", "x = -1; b = 2", "x = 0; b = 1"},
}

// No undefined number passes a mask: the gradient is what it is without the side not taken.
func TestMasks(t *testing.T) {
	for _, c := range masked {
		t.Run(c.name, func(t *testing.T) {
			one := newCell(t, c.text, c.weights, "")
			if got := one.gradient(one.loss()); got != c.want {
				t.Errorf("at %s the gradient is %s, not %s", c.weights, got, c.want)
			}
		})
	}
}

// Nor to second order.
func TestMasksTwice(t *testing.T) {
	for _, c := range masked {
		t.Run(c.name, func(t *testing.T) {
			one := newCell(t, c.text, c.weights, "")
			d := one.loss()
			if c.name == "by a quotient" {
				return // known
			}
			for _, w := range one.g.Weights {
				m := graph.Continue(d.Graph, op.Standard())
				again := one.of(d.Graph, m.SumAll(d.Weight[w.Name]))
				v := one.values(again.Graph)
				for _, by := range one.g.Weights {
					if got := v.At(again.Weight[by.Name], 0, 0); !finite(got) {
						t.Errorf("by %s and %s: %s", w.Name, by.Name, show(got))
					}
				}
			}
		})
	}
}

// Over time, a step at which the mask drops the value passes nothing on, whoever else reads it.
func TestMasksOverTime(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"now", "input y\nweight a, b\nq = a/y\nloss where(y != 0, q*b, b)", "a = 9; b = 7"},
		{"a state", "input y\nstate h = 0\nweight a, b\nh = where(y != 0, b*(a/y), h[t-1])\nloss h", "a = 12; b = 8"},
		{"an exponential", "input y\nweight a, b\nq = exp(a/y)\nloss where(y < 1, b, log(q)*b)", "a = 3; b = 4"},
	} {
		t.Run(c.name, func(t *testing.T) {
			one := newCell(t, c.text, "a = 2; b = 3", "y = 1 0 1/2")
			if got := one.gradient(one.loss()); got != c.want {
				t.Errorf("the gradient is %s, not %s", got, c.want)
			}
		})
	}
}

// What comes back through clip_gradient is cut, on either side, entry by entry.
func TestClipGradient(t *testing.T) {
	for _, c := range []struct{ weights, want string }{
		{"a = 7 8 9; c = 3; k = 5 -5 1/2", "a = 3 -3 1/2; c = 0; k = 7 8 9"},
		{"a = 7 8 9; c = 5; k = 5 -5 6", "a = 5 -5 5; c = 0; k = 7 8 9"},
	} {
		one := newCell(t, "weight a[3], c[], k[3]\nloss dot(k, clip_gradient(a, c))", c.weights, "")
		if got := one.gradient(one.loss()); got != c.want {
			t.Errorf("at %s the gradient is %s, not %s", c.weights, got, c.want)
		}
	}
}
