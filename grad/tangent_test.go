package grad_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/lang"
	"unroll/op"
	"unroll/series"
)

// along is the cell's tangent by an entry of a weight.
func (c *cell) along(weight string, entry int) *grad.Tangent {
	c.t.Helper()
	for _, w := range c.g.Weights {
		if w.Name == weight {
			d, err := grad.Along(c.g, w, entry, op.Standard())
			if err != nil {
				c.t.Fatal(err)
			}
			if err := graph.Verify(d.Graph); err != nil {
				c.t.Fatal(err)
			}
			return d
		}
	}
	c.t.Fatalf("no weight %s", weight)
	return nil
}

// The sheet by hand: what h and yhat change by at t = 1, 2, 3, and the loss.
func TestAlongSheet(t *testing.T) {
	for _, x := range []struct {
		stop                  bool
		weight, h, yhat, loss string
	}{
		{true, "u", "", "0 1/2 3/8", "-7/64"},
		{true, "v", "0 1 3/4", "0 1/2 3/8", "-7/64"},
		{true, "w", "0 0 1/2", "0 0 1/4", "-29/32"},
		{false, "u", "0 0 1/4", "0 1/2 1/2", "-9/16"},
		{false, "v", "0 1 1", "0 1/2 1/2", "-9/16"},
		{false, "w", "0 0 1/2", "0 0 1/4", "-29/32"},
	} {
		c := chosenCell(t, sheet, "u = 1/2; v = 1/2; w = 1/2", "y = 0 1 -1 2",
			graph.Choices{Feed: graph.Feed{Mode: graph.ObservedTo, K: 1}, Stop: x.stop})
		d := c.along(x.weight, 0)
		v := c.values(d.Graph)
		steps := func(n *graph.Node) string {
			if n == nil {
				return ""
			}
			return show(v.At(n, 0, 1)) + " " + show(v.At(n, 0, 2)) + " " + show(v.At(n, 0, 3))
		}
		h, yhat, loss := steps(d.Of[c.g.Names[0]]), steps(d.Of[c.g.Names[1]]), show(v.At(d.Loss, 0, 0))
		if h != x.h || yhat != x.yhat || loss != x.loss {
			t.Errorf("by %s, stop %v: h %s, yhat %s, loss %s", x.weight, x.stop, h, yhat, loss)
		}
	}
}

// A tangent reads as on paper: the local derivative in front, then what is inside.
func TestAlongText(t *testing.T) {
	for _, x := range []struct{ text, weight, want string }{
		{sheet, "w", "h_w = (a > 0)*(h[t-1] + w*h_w[t-1])\nyhat_w = (b > 0)*(u*h_w)"},
		{sheet, "v", "h_v = (a > 0)*(w*h_v[t-1] + y[t-1])"},
		{sheet, "u", "yhat_u = (a > 0)*h"},
		{"input y\nstate h = s\nweight s, w\nh = tanh(w*h[t-1] + y)\ny ~ squared(h)", "s", "state h_s = 1\nh_s = (1 + a)*(1 - a)*(w*h_s[t-1])"},
		{"input y\nstate h = 1\nweight w\nh = sigmoid(w*h[t-1] + y)\ny ~ squared(h)", "w", "h_w = a*(1 - a)*(h[t-1] + w*h_w[t-1])"},
		{"input y\nweight w\nh = log(w*y) + cos(w)\ny ~ squared(h)", "w", "h_w = over(y, w*y) + -sin(w)"},
	} {
		d := newCell(t, x.text, "s = 1; u = 1/2; v = 1/2; w = 1/2", "y = 0 1 -1 2").along(x.weight, 0)
		f, err := graph.Text(d.Graph, []graph.Named{{Name: "L_" + x.weight, Node: d.Loss}})
		if err != nil {
			t.Fatal(err)
		}
		got := strings.ReplaceAll(lang.Print(f, true), "  ", " ")
		for strings.Contains(got, "  ") {
			got = strings.ReplaceAll(got, "  ", " ")
		}
		for line := range strings.SplitSeq(x.want, "\n") {
			if !strings.Contains(got, line) {
				t.Errorf("%q isn't in\n%s", line, got)
			}
		}
	}
}

// Which nodes are local derivatives, and of what.
func TestAlongLocal(t *testing.T) {
	c := newCell(t, "input y\nstate h = 0\nweight w, v[2]\nh = tanh(w*h[t-1] + w^3) + logsumexp(w*v)\ny ~ squared(h)", "w = 1/2; v = 1 2", "y = 1 2")
	var rows []string
	for local, n := range c.along("w", 0).Local {
		if local.Shape != n.Args[0].Shape {
			t.Errorf("the local derivative %s of %s is %s", local, n, local.Shape)
		}
		rows = append(rows, n.Row.Name)
	}
	slices.Sort(rows)
	if got := strings.Join(rows, " "); got != "logsumexp power power tanh" {
		t.Errorf("local derivatives of %s", got)
	}
}

func TestAlongErrors(t *testing.T) {
	c := newCell(t, "input y\nweight w, v[2]\nh = clip_gradient(w*y, 1) + sum(v)\ny ~ squared(h)", "w = 1; v = 1 2", "y = 1")
	for _, x := range []struct {
		weight, entry int
		want          string
	}{
		{0, 0, "test.cell:3:5: clip_gradient cuts what comes back"},
		{1, 2, "weight v is [2], and has no entry 2"},
		{0, -1, "weight w is a number, and has no entry -1"},
		{1, 1, ""},
	} {
		_, err := grad.Along(c.g, c.g.Weights[x.weight], x.entry, nil)
		if (err == nil) != (x.want == "") || err != nil && !strings.Contains(err.Error(), x.want) {
			t.Errorf("weight %d, entry %d: %v, not %q", x.weight, x.entry, err, x.want)
		}
	}
}

// No undefined number passes a mask forward either.
func TestAlongMasks(t *testing.T) {
	for _, x := range masked {
		if strings.Contains(x.text, "clip_gradient") {
			continue
		}
		if got := newCell(t, x.text, x.weights, "").sensitivities(); got != x.want {
			t.Errorf("%s: at %s the sensitivities are %s, not %s", x.name, x.weights, got, x.want)
		}
	}
}

// What doesn't change is read at each of the times that are summed, and data at no others.
func TestAlongTimes(t *testing.T) {
	for text, want := range map[string]string{
		"input y\nweight w[], v[3]\nloss w*y\nloss y[t-1]":                      "w = 9; v = 0 0 0",
		"input y\nweight w[], v[3]\nloss total(w + y)\nloss y[t-1]":             "w = 3; v = 0 0 0",
		"input y\nweight w[], v[3]\nloss sum(w + v)":                            "w = 3; v = 1 1 1",
		"input y\nweight w[], v[3]\nh = w*y[t-1]\nloss total(h)*v[1]":           "w = 6; v = 0 3 0",
		"input y\nstate h = w\nweight w[], v[3]\nh = y\nloss h[t-1]*(t + v[2])": "w = 5; v = 0 0 4",
	} {
		if got := newCell(t, text, "w = 1; v = 2 2 5", "y = 1 2 7").sensitivities(); got != want {
			t.Errorf("%s\ngives %s, not %s", text, got, want)
		}
	}
}

// sensitivities prints how the loss changes with each entry of each weight.
func (c *cell) sensitivities() string {
	c.t.Helper()
	var out []string
	for _, w := range c.g.Weights {
		var entries []string
		for i := range w.Node.Shape.Len() {
			d := c.along(w.Name, i)
			entries = append(entries, show(c.values(d.Graph).At(d.Loss, 0, 0)))
		}
		out = append(out, w.Name+" = "+strings.Join(entries, " "))
	}
	return strings.Join(out, "; ")
}

// checkTangents holds J t against Jᵀ g for each row: <g, J t> is <Jᵀ g, t>, for each t that is 1 in one
// entry.
func checkTangents(table *op.Table, r *op.Row, all []sample) error {
	for _, s := range all {
		c := newCall(table, r, s)
		d, err := grad.Loss(c.g, table)
		if err != nil {
			return err
		}
		back, err := eval.Eval(d.Graph, c.run(nil, nil, eval.Insist))
		if err != nil {
			return err
		}
		for _, w := range c.g.Weights {
			gradient := back.At(d.Weight[w.Name], 0, 0)
			for i := range w.Node.Shape.Len() {
				forth, err := c.sensitivity(w, i)
				if err != nil {
					return err
				}
				if want := entryOf(gradient, i); !sameArrays(forth, want) {
					return fmt.Errorf("%s of %v, by %s, entry %d: it is %s forward and %s backward", key(r), s, w.Name, i, show(forth), show(want))
				}
			}
		}
	}
	return nil
}

// sensitivity is how the loss changes with an entry of a weight.
func (c *call) sensitivity(w *graph.Param, entry int) (series.Array, error) {
	d, err := grad.Along(c.g, w, entry, c.table)
	if err != nil {
		return series.Array{}, err
	}
	if err := graph.Verify(d.Graph); err != nil {
		return series.Array{}, err
	}
	v, err := eval.Eval(d.Graph, c.run(nil, nil, eval.Insist))
	if err != nil {
		return series.Array{}, err
	}
	return v.At(d.Loss, 0, 0), nil
}

// entryOf is one entry of an array, as a number.
func entryOf(a series.Array, i int) series.Array {
	if a.Exact() {
		return series.Rats(1, 1, []*big.Rat{a.Rat[i]})
	}
	return series.Floats(1, 1, []float64{a.Float[i]})
}

func TestAlongRows(t *testing.T) {
	t.Parallel()
	table := op.Standard()
	for i := range table.Rows {
		r := &table.Rows[i]
		all, _ := samples(r)
		err := checkTangents(table, r, all)
		if r.Name == "clip_gradient" {
			if err == nil {
				t.Error("clip_gradient is taken for linear")
			}
		} else if err != nil {
			t.Error(err)
		}
	}
}

// A row over lines whose matrix of derivatives isn't symmetric is noticed: its rule goes back only.
func TestAlongUnsymmetric(t *testing.T) {
	running := op.Row{
		Name: "running", Args: []string{"a"}, Form: op.Along, Deriv: []string{"spread(sum(g), a) - running(g) + g"},
		Vector: &op.Vector{Float: func(x []float64) []float64 {
			out := slices.Clone(x)
			for i := 1; i < len(x); i++ {
				out[i] += out[i-1]
			}
			return out
		}},
	}
	table := op.Standard()
	table.Rows = append(table.Rows, running)
	v := argument{shape: column, values: assignments("v = 1 2 4")["v"][0]}
	if err := checkTangents(table, &table.Rows[len(table.Rows)-1], []sample{{v}}); err == nil {
		t.Error("a running sum passes as symmetric")
	}
}
