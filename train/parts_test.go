package train_test

import (
	"math"
	"testing"

	"unroll"
	"unroll/series"
	"unroll/train"
)

// cells whose epochs, in parts, come to what whole series come to.
var cells = map[string]string{
	"lag":       "input y\nweight w = 0.5\nyhat = w*y[t-1] + 0.1*y[t-3]\ny ~ squared(yhat)\n",
	"season":    "input y\nweight s[4] = 0.3\nyhat = s[t mod 4] + 0.01*t\ny ~ squared(yhat)\n",
	"level":     "input y\nweight w = 0.5\nm = average(y)\nyhat = m + w*(y[t-1] - m)\ny ~ squared(yhat)\n",
	"pooled":    "input y\nweight w = 0.5\nm = pooled(average(y))\nyhat = m*w\ny ~ squared(yhat)\n",
	"penalty":   "input y\nweight w = 0.5\nyhat = w*y[t-1]\ny ~ squared(yhat)\nloss 3*w^2\n",
	"shrinkage": "input y\nweight c = 0.2\nweight w per series = 0.5\nyhat = w*y[t-1]\ny ~ squared(yhat)\nloss 3*(w - c)^2\n",
	"direct":    "input y\nweight A[3, 4] = 0.1\nf = A*y[t-3:t]\ny[t+1:t+3] ~ squared(f)\n",
	"ahead":     "input y\nweight a = 0.1\nf = a*y[t-3]\ny[t+2] ~ squared(f)\n",
	"quantiles": "input y\nweight A[2, 4], B[2, 4] = 0.1\nf = A*y[t-3:t]\ng = B*y[t-3:t]\ny[t+1:t+2] ~ quantile(f, g; 0.1, 0.9)\n",
	"step loss": "input y\nweight w = 0.5\nyhat = w*y[t-1]\ny ~ squared(yhat)\nloss 0.1*abs(yhat)\n",
}

// stateful cells go on from window to window.
var stateful = map[string]string{
	"lstm":    "use lstm\ninput y\nweight V, c\nh = lstm(y[t-1], H = 3)\nyhat = V*h + c\ny ~ squared(yhat)\n",
	"start":   "input y\nweight h0 = 0.7\nstate h = h0\nweight a = 0.4\nh = a*h[t-1] + y[t-1]\nyhat = 0.3*h\ny ~ squared(yhat)\n",
	"dilated": "input y\nstate h[2] = 0.1\nweight A[2, 2] ~ glorot\nweight b[2] = 0.2\nh = tanh(A*h[t-3] + b*y[t-1])\nyhat = sum(h)\ny ~ squared(yhat)\n",
	"window":  "input y\nstate h = 0\nweight w[3] = 0.2\nh = tanh(sum(w .* h[t-3:t-1]) + y[t-1])\nyhat = h\ny ~ squared(yhat)\n",
	"levels":  "input y\nweight l0 per series = first(y)\nweight s0[4] = 0.1\nstate l = l0\nstate s = s0[t mod 4]\nweight a, g in (0, 1)\nyhat = l[t-1] + s[t-4]\nl = a*(y - s[t-4]) + (1 - a)*l[t-1]\ns = g*(y - l) + (1 - g)*s[t-4]\ny ~ squared(yhat)\n",
	"two":     "input y\nstate h = 0\nweight a = 0.4\nh = tanh(a*h[t-1] + 0.2*h[t-2] + y[t-1])\nyhat = h\ny ~ squared(yhat)\n",
}

// epoch is what an epoch comes to.
type epoch struct {
	loss, count float64
	gradient    []float64
}

func epochOf(t *testing.T, p train.Problem, o train.Options) epoch {
	t.Helper()
	o.Float64 = true
	var e epoch
	var err error
	if e.loss, e.count, e.gradient, err = train.FirstEpoch(p, o); err != nil {
		t.Fatal(err)
	}
	return e
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*(1+math.Abs(a)+math.Abs(b)) }

// TestParts: the losses and the gradients of an epoch's batches add up to those of all data at once, however
// it is cut, where nothing is carried.
func TestParts(t *testing.T) {
	for name, text := range cells {
		for _, reduce := range []string{"sum", "mean"} {
			p := problem(t, text, waves(5), unroll.Options{Reduce: reduce})
			whole := epochOf(t, p, train.Options{Batch: 5})
			for _, o := range []train.Options{{Batch: 2}, {Batch: 3, Window: 7, Carry: true}, {Batch: 40, Window: 9, Carry: true}} {
				e := epochOf(t, p, o)
				if !near(e.loss, whole.loss) || e.count != whole.count {
					t.Errorf("%s, %s, %d, %d: the loss is %v of %v entries, not %v of %v", name, reduce, o.Batch, o.Window, e.loss, e.count, whole.loss, whole.count)
				}
				for i := range e.gradient {
					if !near(e.gradient[i], whole.gradient[i]) {
						t.Errorf("%s, %s, %d, %d: the gradient is %v, not %v", name, reduce, o.Batch, o.Window, e.gradient, whole.gradient)
						break
					}
				}
			}
		}
	}
}

// TestTruncated: a window's derivatives end where it begins: what is carried is a number to it. One window has
// all derivatives; of several only the first knows of a start that is learnt.
func TestTruncated(t *testing.T) {
	data := waves(5)
	p := problem(t, stateful["start"], data, unroll.Options{})
	whole := epochOf(t, p, train.Options{Batch: 2})
	one := epochOf(t, p, train.Options{Batch: 2, Window: 100, Carry: true})
	for i := range whole.gradient {
		if !near(whole.gradient[i], one.gradient[i]) {
			t.Errorf("the gradient is %v in one window, not %v", one.gradient, whole.gradient)
		}
	}
	four := epochOf(t, p, train.Options{Batch: 2, Window: 4, Carry: true})
	for i, s := range data.Series {
		data.Series[i].Columns = map[string]series.Column{"y": s.Columns["y"].Slice(0, 5)}
	}
	begin := epochOf(t, problem(t, stateful["start"], data, unroll.Options{}), train.Options{Batch: 2})
	if !near(four.gradient[0], begin.gradient[0]) || near(four.gradient[1], whole.gradient[1]) {
		t.Errorf("the gradient by the start is %v, not %v; by the other %v, as of the whole", four.gradient[0], begin.gradient[0], four.gradient[1])
	}
}

// TestMissing: the same where values are missing: what the cell sees there is its own forecast, also that of
// the window before.
func TestMissing(t *testing.T) {
	data := waves(5)
	for i, s := range data.Series {
		for t := 5 + i; t < s.Columns["y"].Len(); t += 6 + i {
			s.Columns["y"].At(t).Float[0] = math.NaN()
		}
	}
	for _, text := range []string{cells["lag"], cells["direct"], stateful["lstm"], stateful["levels"], "input y\nweight w = 0.5\nyhat = w*mean(y[t-3:t-1])\ny ~ squared(yhat)\n"} {
		p := problem(t, text, data, unroll.Options{Seed: 3})
		whole := epochOf(t, p, train.Options{Batch: 5})
		e := epochOf(t, p, train.Options{Batch: 5, Window: 6, Carry: true})
		if !near(e.loss, whole.loss) || e.count != whole.count {
			t.Errorf("the loss is %v of %v entries, not %v of %v\n%s", e.loss, e.count, whole.loss, whole.count, text)
		}
	}
}

// TestCarried: windows that follow each other have the losses of the whole series.
func TestCarried(t *testing.T) {
	for name, text := range stateful {
		p := problem(t, text, waves(5), unroll.Options{Seed: 3})
		whole := epochOf(t, p, train.Options{Batch: 2})
		for _, window := range []int{4, 11, 100} {
			e := epochOf(t, p, train.Options{Batch: 2, Window: window, Carry: true})
			if !near(e.loss, whole.loss) || e.count != whole.count {
				t.Errorf("%s, windows of %d: the loss is %v of %v entries, not %v of %v", name, window, e.loss, e.count, whole.loss, whole.count)
			}
		}
	}
}
