package plan_test

import (
	"testing"

	"unroll/kernel"
	"unroll/plan"
)

// normed is an LSTM with layer norms before its gates.
const normed = `input x[3], y
size H = 5
state h[H], c[H] = 0
weight W[4*H, 3], U[4*H, H], b[4*H], gain[4*H] = 1, shift[4*H] = 0, V[1, H]
a = layer_norm(W*x + U*h[t-1] + b, gain, shift)
c = sigmoid(a[0 : H-1]) .* c[t-1] + sigmoid(a[H : 2*H-1]) .* tanh(a[2*H : 3*H-1])
h = sigmoid(a[3*H : 4*H-1]) .* tanh(c)
y ~ squared(V*h)
`

// TestAllocs runs training steps, in several shards on several cores and in one: none allocates.
func TestAllocs(t *testing.T) {
	cells := map[string]*trial{}
	for _, cell := range []string{"lstm", "gru", "slstm", "peephole", "elman", "mingru"} {
		cells[cell] = layer(t, cell, size{5, 8, 3, 5})
		cells[cell+" in one shard"] = layer(t, cell, size{16, 30, 32, 64}) // long enough that its products are shared
	}
	cells["lstm with layer norm"] = textTrial(t, normed, ragged(size{5, 8, 3, 5}))
	cells["ets"] = textTrial(t, "use holt\ninput y\nyhat = holt(y)\ny ~ squared(yhat)\n", ragged(size{5, 8, 1, 1}))
	for name, tr := range cells {
		for _, f := range kernel.Families() {
			o := plan.Options{Family: f, Cores: 2, Shard: 2}
			if tr.leaves.Series() == 16 {
				o.Shard = 0
				if f == kernel.Go && (testing.Short() || name != "lstm in one shard") {
					continue // slow, and much the same
				}
			}
			allocs[float32](t, name, tr, o)
			allocs[float64](t, name, tr, o)
		}
	}
}

func allocs[T kernel.Real](t *testing.T, name string, tr *trial, o plan.Options) {
	t.Helper()
	b := bindPlan[T](t, tr, "gradients", o)
	if n := testing.AllocsPerRun(3, b.Run); n != 0 {
		t.Errorf("%T, %s, %+v: %v allocations a run", T(0), name, o, n)
	}
}
