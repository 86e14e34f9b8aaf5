package train_test

import (
	"math"
	"testing"

	"unroll"
	"unroll/series"
	"unroll/train"
)

// TestWatch looks at a cell of which the derivatives are known: by h they shrink by half a step back, and two
// of three units are never above 0.
func TestWatch(t *testing.T) {
	values := make([]float64, 12)
	values[11] = 1
	set := series.Set{Series: []series.Series{{ID: "1", Columns: map[string]series.Column{"y": series.Dense(1, 1, values)}}}}
	text := `input y
weight w = 0.5
weight b[3] = [1, -1, -2]
state h = 0
u = relu(b)*(y + 1)
r = relu(b + 0*y)
h = w*h[t-1] + 1
y ~ score(where(t == 11, h, 0*sum(r + u)); h)
`
	p := problem(t, text, set, unroll.Options{})
	r, err := train.Watch(p, train.Options{Float64: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.States) != 1 || r.States[0].Name != "h" || len(r.States[0].ByStep) != 12 {
		t.Fatal(r.States)
	}
	for i, x := range r.States[0].ByStep {
		if want := math.Pow(0.5, float64(11-i)) / 12; math.Abs(x-want) > 1e-12 {
			t.Errorf("at step %d the derivative by h is %v, not %v", i, x, want)
		}
	}
	if len(r.Units) != 1 || r.Units[0] != (train.Units{Name: "r", All: 3, Dead: 2}) {
		t.Error(r.Units)
	}
	if len(r.Weights) != 2 || r.Weights[0].Name != "w" || r.Weights[0].Weight != 0.5 || !(r.Weights[0].Gradient > 0) || r.Weights[1].Gradient != 0 {
		t.Error(r.Weights)
	}
}
