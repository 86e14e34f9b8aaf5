package plan_test

import (
	"math"
	"testing"

	"unroll"
	"unroll/graph"
	"unroll/kernel"
	"unroll/plan"
)

// decaying are cells whose states, and adjoints, come to nothing: the loss counts the last time alone, so
// its adjoint decays from there to the first.
var decaying = map[string]string{
	"a number":   "input x, y\nstate h = 1\nweight a = 0.7\nh = a*h[t-1] + 0*x\ny ~ squared(h) when t > 398\n",
	"a product":  "input x, y\nstate h[3] = 1\nweight A[3, 3] = [[0.5, 0.1, 0], [0, 0.6, 0.1], [0.1, 0, 0.5]], V[1, 3] = 1\nh = A*h[t-1] + 0*x\ny ~ squared(V*h) when t > 398\n",
	"a bent one": "input x, y\nstate h[3] = 1\nweight A[3, 3] = [[0.5, 0.1, 0], [0, 0.6, 0.1], [0.1, 0, 0.5]], V[1, 3] = 1\nh = tanh(A*h[t-1] + 0*x)\ny ~ squared(V*h) when t > 398\n",
	"two states": "input x, y\nstate h = 1, c = 1\nweight a = 0.6, b = 0.3\nc = a*c[t-1] + b*h[t-1] + 0*x\nh = 0.2*c + 0.1*h[t-1]\ny ~ squared(h) when t > 398\n",
	"a lead":     "input x, y\nstate r = 1\nweight a = 0.7\nr = a*r[t+1] + 0*x\ny ~ squared(r) when t < 1\n",
	"a lag of 2": "input x, y\nstate h = 1\nweight a = 0.5\nh = a*h[t-2] + 0*x\ny ~ squared(h) when t > 398\n",
}

// TestFlush: what decays to nothing is 0 soon after it is below the smallest normal number; if it were
// rounded it would stay there for ever, and cost a hundred times as much.
func TestFlush(t *testing.T) {
	t.Parallel()
	for name, text := range decaying {
		for _, f := range kernel.Families() {
			for _, shard := range []int{1, 2} {
				holdFlushed(t, name, text, plan.Options{Family: f, Shard: shard})
			}
		}
	}
}

func holdFlushed(t *testing.T, name, text string, o plan.Options) {
	t.Helper()
	const times = 400
	cell, err := unroll.Parse("decay.cell", text)
	if err != nil {
		t.Fatal(err)
	}
	set := batch(size{2, times, 1, 1})
	set.Series[1].Columns["x"] = set.Series[1].Columns["x"].Slice(0, times-1)
	set.Series[1].Columns["y"] = set.Series[1].Columns["y"].Slice(0, times-1)
	run, err := cell.Bind(set, unroll.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := run.Derivative()
	if err != nil {
		t.Fatal(err)
	}
	roots := append(append([]*graph.Node{}, d.Graph.Names...), d.Graph.Outputs...)
	p, err := plan.New[float32](d.Graph, roots, o)
	if err != nil {
		t.Fatal(err)
	}
	b, err := p.Bind(run.Case().Run)
	if err != nil {
		t.Fatal(err)
	}
	b.Run()
	for _, n := range roots {
		if n.Scope != graph.Steps {
			continue
		}
		for i := range n.Shape.Len() {
			below, zeros := 0, 0
			for at := range times {
				switch x := math.Abs(float64(b.At(n, 0, at)[i])); {
				case x == 0:
					zeros++
				case x < 0x1p-126:
					below++
				}
			}
			if below > 4 || zeros < 20 {
				t.Errorf("%s, %+v: of %s entry %d is below the smallest normal number at %d times, and 0 at %d\n%s", name, o, n, i, below, zeros, p)
				return
			}
		}
	}
}
