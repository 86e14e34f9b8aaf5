package grad_test

import (
	"testing"

	"unroll/grad"
	"unroll/graph"
	"unroll/op"
)

// direct differentiates the cell's loss as if what other steps have were numbers.
func (c *cell) direct() *grad.Derivative {
	c.t.Helper()
	d, err := grad.Direct(c.g, op.Standard())
	if err != nil {
		c.t.Fatal(err)
	}
	if err := graph.Verify(d.Graph); err != nil {
		c.t.Fatal(err)
	}
	return d
}

const sheet = `input y
state h = 0
weight u, v, w
h = relu(w*h[t-1] + v*y[t-1])
yhat = relu(u*h)
y ~ squared(yhat)`

// The sheet by hand: its derivative, and what one forgets who looks at one step alone.
func TestDirectSheet(t *testing.T) {
	for _, c := range []struct {
		feed         graph.Choices
		loss, direct string
	}{
		{graph.Choices{Feed: graph.Feed{Mode: graph.ObservedTo, K: 1}, Stop: true}, "u = -7/64; v = -7/64; w = -29/32", "u = -7/64; v = 51/64; w = -29/32"},
		{graph.Choices{Feed: graph.Feed{Mode: graph.ObservedTo, K: 1}}, "u = -9/16; v = -9/16; w = -29/32", "u = -7/64; v = 51/64; w = -29/32"},
		{graph.Choices{}, "u = 5/4; v = 5/4; w = 0", "u = 5/4; v = 5/4; w = 0"},
	} {
		s := chosenCell(t, sheet, "u = 1/2; v = 1/2; w = 1/2", "y = 0 1 -1 2", c.feed)
		if got := s.gradient(s.loss()); got != c.loss {
			t.Errorf("the derivative is %s, not %s", got, c.loss)
		}
		if got := s.gradient(s.direct()); got != c.direct {
			t.Errorf("the direct derivative is %s, not %s", got, c.direct)
		}
	}
}

// Direct gives the derivative of the file in which each lag, lead and window of an equation stands in
// stop(…). Starts are no other steps.
func TestDirectStops(t *testing.T) {
	for text, stopped := range map[string]string{
		"input y\nstate h = s\nweight s, w\nh = w*h[t-1]^2 + y\nloss h^2":                              "input y\nstate h = 0\nweight s, w\nh = w*where(t > 0, stop(h[t-1]), s)^2 + y\nloss h^2",
		"input y\nstate h = 0\nweight s, w\nh = w*h[t+1] + s*y\nloss h*h[t+1]":                         "input y\nstate h = 0\nweight s, w\nh = w*stop(h[t+1]) + s*y\nloss h*stop(h[t+1])",
		"input y\nstate h = 0\nweight s, w\nh = w*sum(h[t-3 : t-1]) + s\nloss h^2":                     "input y\nstate h = 0\nweight s, w\nh = w*sum(stop(h[t-3 : t-1])) + s\nloss h^2",
		"input y\nstate d = 0\nweight s, w\nd[2] = [1, 2]*s*y\nk = w*unwindow(d[t+1 : t+2])\nloss k^2": "input y\nstate d = 0\nweight s, w\nd[2] = [1, 2]*s*y\nk = w*stop(unwindow(d[t+1 : t+2]))\nloss k^2",
		"input y\nweight s, w\nb = s*w\nh = b*y\nloss total(h)^2 + b*y[t-1]":                           "input y\nweight s, w\nb = s*w\nh = b*y\nloss total(h)^2 + b*y[t-1]",
	} {
		weights, data := "s = 1/3; w = -2", "y = 1 -1/2 2 1/3 | 2 1 1/2"
		a, b := newCell(t, text, weights, data), newCell(t, stopped, weights, data)
		if got, want := a.gradient(a.direct()), b.gradient(b.loss()); got != want {
			t.Errorf("%s\ngives %s, not %s", text, got, want)
		}
	}
}

func TestDirectWithoutLoss(t *testing.T) {
	c := newCell(t, "input y\nweight w\nh = w*y", "w = 1", "y = 1")
	if _, err := grad.Direct(c.g, nil); err == nil {
		t.Error("a graph without a loss is differentiated")
	}
}
