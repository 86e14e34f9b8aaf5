package main

import (
	"math"
	"testing"
)

// The gradient by each weight is what the loss does when that weight is moved.
func TestGradient(t *testing.T) {
	l := newLSTM(2, 5, 3, 4)
	l.forward()
	l.backward()
	for name, c := range map[string]struct{ weight, grad []float32 }{
		"w": {l.w.Data, l.dw.Data}, "u": {l.u.Data, l.du.Data}, "b": {l.b, l.db}, "v": {l.v, l.dv},
	} {
		for i := range c.weight {
			const step = 1e-2
			w := c.weight[i]
			c.weight[i] = w + step
			l.forward()
			up := l.loss
			c.weight[i] = w - step
			l.forward()
			down := l.loss
			c.weight[i] = w
			if want := (up - down) / (2 * step); math.Abs(want-float64(c.grad[i])) > 2e-3*(1+math.Abs(want)) {
				t.Errorf("%s[%d]: %v, by differences %v", name, i, c.grad[i], want)
			}
		}
	}
}
