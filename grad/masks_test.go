package grad_test

import (
	"math/big"
	"strings"
	"testing"

	"unroll/grad"
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
	{"by a log of an exponential", "weight z[], a[]\nloss where(z != 0, a/log(exp(1/z)), 0)", "z = 0; a = 3", "z = 0; a = 0"},
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
	{"a stopped log", "weight x[], b[]\nloss where(x > 0, b*stop(log(x)), b)", "x = 0; b = 2", "x = 0; b = 1"},
	{"a total", "weight x[], b[]\nq = log(x)*t\nloss where(x > 0, b*total(q), b)", "x = 0; b = 2", "x = 0; b = 1"},
	{"lgamma of a log", "weight x[]\nloss where(x > 0, lgamma(log(x)), 0)", "x = -1", "x = 0"},
	{"clip_gradient", "weight x[], a[]\nloss where(x != 0, clip_gradient(log(a/x), 1), a)", "x = 0; a = 3", "x = 0; a = 1"},
	{"clip_gradient, undefined itself", "weight x[], a[]\nloss where(x != 0, clip_gradient(a, 1/x), a)", "x = 0; a = 3", "x = 0; a = 1"},
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

// Nor to second and third order.
func TestMasksAgain(t *testing.T) {
	t.Parallel()
	for _, c := range masked {
		t.Run(c.name, func(t *testing.T) {
			one := newCell(t, c.text, c.weights, "")
			one.finiteAgain(one.loss(), 2, "")
		})
	}
}

// finiteAgain differentiates a gradient so many times, by each weight, and wants numbers.
func (c *cell) finiteAgain(d *grad.Derivative, times int, path string) {
	c.t.Helper()
	for _, w := range c.g.Weights {
		m := graph.Continue(d.Graph, op.Standard())
		of := m.SumAll(d.Weight[w.Name])
		full := *d.Graph
		full.Nodes = m.Nodes()
		again, path := c.of(&full, of), path+w.Name+", "
		v := c.values(again.Graph)
		for _, by := range c.g.Weights {
			if got := v.At(again.Weight[by.Name], 0, 0); !finite(got) {
				c.t.Errorf("by %s%s: %s", path, by.Name, show(got))
			}
		}
		if times > 1 {
			c.finiteAgain(again, times-1, path)
		}
	}
}

// factored are masked losses at points where they are defined, with the weights.
var factored = []struct{ name, text, weights string }{
	{"a power", "weight x[], p[]\nloss x^p", "x = 2; p = 3/2"},
	{"a power of 0", "weight x[], p[]\nloss x^p", "x = 0; p = 3/2"},
	{"lgamma", "weight x[]\nloss lgamma(x)", "x = 2"},
	{"mod", "weight x[], a[]\nloss a mod x", "x = 2; a = 7"},
	{"tanh of log", "weight x[]\nloss where(x > 0, tanh(log(x)), 0)", "x = 2"},
	{"a quotient of quotients", "weight x[], a[], b[]\nloss where(x != 0, (b/x)/(a/x), 0)", "x = 2; a = 3; b = 5"},
	{"one, of 0", "weight x[], a[], b[]\nloss where(x != 0, (b/x)/(a/x), 0)", "x = 2; a = 3; b = 0"},
	{"a product", "weight x[], v[2], W[2, 2]\nloss where(x != 0, sum((W/x) * (v/x)), 0)", "x = 2; v = 1 2; W = 1 2 3 4"},
	{"a largest", "weight x[], v[2]\nloss where(x != 0, max(v/x), 0)", "x = 2; v = 1 2"},
	{"a logsumexp", "weight x[], v[2]\nloss where(x != 0, logsumexp(v/x), 0)", "x = 2; v = 1 2"},
	{"a norm", "weight x[], v[2]\nloss where(x != 0, norm(v/x), 0)", "x = 2; v = 1 2"},
	{"a softmax", "weight x[], v[2], k[2]\nloss where(x != 0, dot(k, softmax(v/x)), 0)", "x = 2; v = 1 2; k = 3 5"},
	{"rows of a softmax", "weight x[], v[2, 2], k[2, 2]\nloss where(x != 0, sum(sum(k .* softmax(v/x))), 0)", "x = 2; v = 1 2 4 5; k = 3 5 0 0"},
	{"the bound of a gradient", "weight x[], a[]\nloss where(x != 0, clip_gradient(a, 9/x), a)", "x = 2; a = 3"},
	{"a clipped gradient", "weight x[], a[]\nloss where(x != 0, clip_gradient(log(a/x), 9), a)", "x = 2; a = 3"},
}

// Where what comes back is 0, the derivative by it isn't, defined or under a mask: of c·loss, the
// derivative by c of the gradient at c = 0 is the gradient at c = 1.
func TestMasksAtZero(t *testing.T) {
	all := factored
	for _, c := range masked {
		all = append(all, struct{ name, text, weights string }{c.name, c.text, c.weights})
	}
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			plain := newCell(t, c.text, c.weights, "")
			d := plain.loss()
			want := plain.values(d.Graph)
			before, loss, _ := strings.Cut(c.text, "\nloss ")
			scaled := newCell(t, before+"\nweight zero[]\nloss zero*("+loss+")", c.weights+"; zero = 0", "")
			first := scaled.loss()
			for _, w := range plain.g.Weights {
				m := graph.Continue(first.Graph, op.Standard())
				var got []string
				for i := range w.Node.Shape.Len() {
					entry := make([]*big.Rat, w.Node.Shape.Len())
					for k := range entry {
						entry[k] = big.NewRat(int64(1-min(1, (k-i)*(k-i))), 1)
					}
					of := m.SumAll(m.Row(".*", m.Array(w.Node.Shape, entry), first.Weight[w.Name]))
					full := *first.Graph
					full.Nodes = m.Nodes()
					again := scaled.of(&full, of)
					got = append(got, show(scaled.values(again.Graph).At(again.Weight["zero"], 0, 0)))
				}
				if got, want := strings.Join(got, " "), show(want.At(d.Weight[w.Name], 0, 0)); got != want {
					t.Errorf("by %s: %s, not %s", w.Name, got, want)
				}
			}
		})
	}
}

// What needs no guard has none: the derivative is as short as without masks.
func TestNeedlessGuards(t *testing.T) {
	for _, text := range []string{
		"input y\nstate s = 1\nweight a, b\ns = exp(a*s[t-1]) + sqrt(s[t-1])*b/y\nloss log(s)*s[t-1]",
		"input y\nstate s[2] = 1\nweight W[2, 2], b\ns = tanh(W*exp(s[t-1]) + b)\nloss norm(s)",
		"weight x[], p[]\nloss lgamma(x)\nloss 3*(x mod p)",
		"weight x[], a[]\nloss where(x > 0, tanh(x/2)*a, 0)",
		"input y\nweight a\nloss where(t mod 2 == 0, tanh(a)*a*y, 0)",
		"weight x[], a[], c[]\nloss where(x != 0, clip_gradient(log(x), c) + 2*log(a), a)",
	} {
		c := newCell(t, text, "", "y = 1")
		d := c.loss()
		for _, w := range c.g.Weights {
			for _, part := range graph.Schedule(d.Weight[w.Name]) {
				for _, n := range part.Nodes {
					if n.Kind == graph.Row && (n.Row.Name == "gated" || n.Row.Name == "kept") {
						t.Errorf("%s\nby %s: %s", text, w.Name, n)
					}
				}
			}
		}
	}
}

// Over time, a step at which the mask drops the value passes nothing on, whoever else reads it.
func TestMasksOverTime(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"now", "input y\nweight a, b\nq = a/y\nloss where(y != 0, q*b, b)", "a = 21/2; b = 8"},
		{"a state", "input y\nstate h = 0\nweight a, b\nh = where(y != 0, b*(a/y), h[t-1])\nloss h", "a = 27/2; b = 9"},
		{"before", "input y\nstate q = 0\nweight a, b\nq = a/y\nloss where(y[t-1] != 0, q[t-1]*b, b)", "a = 6; b = 5"},
		{"an exponential before", "input y\nstate q, r = 1\nweight a, b\nq = exp(a/y)\nr = q*b\nloss where(y[t-1] != 0, log(r[t-1]), b)", "a = 2; b = 1.33333"},
		{"a start", "input y\nstate h = b*relu(a/(1 - t))\nweight a, b\nh = h[t-1]*y\nloss h", "a = 3/2; b = 1"},
		{"a window", "input y\nstate q = 0\nweight a, b\nq = b*relu(a/y)\nloss where(y[t-1]*y != 0, sum(q[t-1 : t]), b)", "a = 15/2; b = 7"},
		{"an exponential", "input y\nweight a, b\nq = exp(a/y)\nloss where(y < 1, b, log(q)*b)", "a = 4.5; b = 5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			one := newCell(t, c.text, "a = 2; b = 3", "y = 1 0 1/2 2")
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

// TestClipWrittenTwice: of two that are written alike each cuts what comes back to it, so they aren't
// one.
func TestClipWrittenTwice(t *testing.T) {
	c := newCell(t, "input y\nweight w\nh = clip_gradient(w*y, 1)\nk = clip_gradient(w*y, 1)\nloss h + k", "w = 2", "y = 1 2")
	if got := c.gradient(c.loss()); got != "w = 6" {
		t.Errorf("got %s, want w = 6", got)
	}
}
