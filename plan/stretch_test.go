package plan_test

import (
	"strings"
	"testing"

	"unroll"
	"unroll/plan"
)

// trialText is a cell on data of unequal lengths.
func trialText(t *testing.T, text string, o unroll.Options) *trial {
	t.Helper()
	cell, err := unroll.Parse("test.cell", text)
	if err != nil {
		t.Fatal(err)
	}
	data := batch(size{5, 300, 2, 1})
	for i, n := range []int{300, 140, 300, 1, 129} {
		for name, c := range data.Series[i].Columns {
			data.Series[i].Columns[name] = c.Slice(0, n)
		}
	}
	run, err := cell.Bind(data, o)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := newTrial(run)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

const lstmText = "use lstm\ninput x[2]\ninput y\nweight V[1, 8], c\nh = lstm(x, H = 8)\nyhat = V*h + c\ny ~ squared(yhat)\n"

// TestStretches: a long LSTM in stretches of the usual length, on series of unequal lengths.
func TestStretches(t *testing.T) {
	for _, reduce := range []string{"sum", "mean"} {
		tr := trialText(t, lstmText, unroll.Options{Reduce: reduce})
		o := plan.Options{Shard: 3, Cores: 2}
		all := bindPlan[float32](t, tr, "gradients", o)
		o.Memory = true
		less := bindPlan[float32](t, tr, "gradients", o)
		all.Run()
		less.Run()
		if at := differs(tr, bits(tr, all, "gradients"), bits(tr, less, "gradients"), "gradients"); at != "" {
			t.Errorf("reduce %s: %s", reduce, at)
		}
		if n := testing.AllocsPerRun(3, less.Run); n > 0 {
			t.Errorf("reduce %s: a run allocates %v times", reduce, n)
		}
	}
}

// TestStretchesMemory: what is kept of a step is its data, and little of the rest.
func TestStretchesMemory(t *testing.T) {
	z := size{4, 5000, 8, 64}
	all, less := step(t, "lstm", z, plan.Options{}).Bytes(), step(t, "lstm", z, plan.Options{Memory: true}).Bytes()
	t.Logf("%d bytes, and %d in stretches", all, less)
	if less*10 > all {
		t.Errorf("in stretches a run takes %d bytes, and %d without", less, all)
	}
}

// TestNoStretches: why a graph can't be run in stretches.
func TestNoStretches(t *testing.T) {
	for _, c := range []struct{ text, ask, want string }{
		{lstmText, "equations", "less memory can't be: the values of "},
		{"input x[2]\ninput y\nweight W[1, 2], U, V\nstate h, g = 0\nh = tanh(W*x + U*h[t-1])\ng = tanh(W*x + V*g[t+1])\ny ~ squared(h + g)\n", "gradients",
			"runs backward in time, and what runs forward needs it"},
		{"input x[2]\ninput y\nweight W[1, 2], U\nstate h, k = 0\nk = W*x\nh = tanh(k[t+1] + U*h[t-1])\ny ~ squared(h)\n", "gradients", "k is read at a later time by what runs forward"},
		{"input x[2]\ninput y\nweight W[1, 2]\nm = total(W*x)\nyhat = W*x - m\ny ~ squared(yhat)\n", "gradients", "takes the whole series, and is read at every time"},
	} {
		tr := trialText(t, c.text, unroll.Options{})
		_, err := plan.New[float64](tr.graph, tr.roots[c.ask], plan.Options{Memory: true})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s\nerror %v, want %q", c.text, err, c.want)
		} else {
			t.Log(err)
		}
	}
}
