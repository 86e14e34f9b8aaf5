package step

import (
	"math"
	"math/big"
	"testing"

	"unroll/graph"
	"unroll/internal/near"
	"unroll/lang"
	"unroll/op"
	"unroll/series"
)

// loss makes ready the loss of a cell without inputs, with one weight w.
func loss(t *testing.T, text string, w ...float64) *Complex {
	t.Helper()
	file, err := lang.Parse(&lang.Source{Name: "w.cell", Text: text})
	if err != nil {
		t.Fatal(err)
	}
	g, err := graph.Build(file, graph.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	weights := map[string][]series.Array{"w": {series.Floats(len(w), 1, w)}}
	e, err := New(g, g.Loss, Run{Weights: weights})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Each row by hand: the value and the derivative by the first entry of w.
func TestRows(t *testing.T) {
	s := 1 / (1 + math.Exp(-0.5)) // sigmoid(1/2)
	for _, c := range []struct {
		loss     string
		w        []float64
		value, d float64
	}{
		{"tanh(w[0])", []float64{0.5, 0}, math.Tanh(0.5), 1 - math.Tanh(0.5)*math.Tanh(0.5)},
		{"tanh(w[0])", []float64{-25, 0}, -1, 4 * math.Exp(-50)},
		{"tanh(w[0])", []float64{2000, 0}, 1, 0},
		{"exp(w[0])", []float64{0.5, 0}, math.Exp(0.5), math.Exp(0.5)},
		{"log(w[0])", []float64{0.5, 0}, math.Log(0.5), 2},
		{"sqrt(w[0])", []float64{0.25, 0}, 0.5, 1},
		{"sin(w[0])", []float64{0.5, 0}, math.Sin(0.5), math.Cos(0.5)},
		{"cos(w[0])", []float64{0.5, 0}, math.Cos(0.5), -math.Sin(0.5)},
		{"sigmoid(w[0])", []float64{0.5, 0}, s, s * (1 - s)},
		{"sigmoid(-w[0])", []float64{0.5, 0}, 1 - s, -s * (1 - s)},
		{"softplus(w[0])", []float64{0.5, 0}, math.Log1p(math.Exp(0.5)), s},
		{"softplus(-w[0])", []float64{0.5, 0}, math.Log1p(math.Exp(-0.5)), s - 1},
		{"w[0]^w[1]", []float64{0.5, 3.5}, math.Pow(0.5, 3.5), 3.5 * math.Pow(0.5, 2.5)},
		{"w[1]^w[0]", []float64{2, 0.5}, 0.25, 0.25 * math.Log(0.5)},
		{"w[0]^3", []float64{-2, 0}, -8, 12},
		{"w[0]^(-1)", []float64{-2, 0}, -0.5, -0.25},
		{"w[0]/w[1]", []float64{3, 4}, 0.75, 0.25},
		{"(w[0] + 7) mod w[1]", []float64{-2, 3}, 2, 1},
		{"w[1] mod w[0]", []float64{3, 7}, 1, -2},
		{"max(w[0], w[1])", []float64{3, 4}, 4, 0},
		{"max(w[0], w[1])", []float64{3, 3}, 3, 0.5},
		{"min(w[0], w[1])", []float64{3, 4}, 3, 1},
		{"max(w)", []float64{4, 3}, 4, 1},
		{"max(w)", []float64{3, 3}, 3, 0.5},
		{"abs(w[0])", []float64{-3, 0}, 3, -1},
		{"abs(w[0])", []float64{0, 0}, 0, 0},
		{"relu(w[0])", []float64{0, 0}, 0, 0},
		{"clip(w[0], 0, 1)", []float64{1, 0}, 1, 1},
		{"clip(w[1], w[0], 1)", []float64{0.5, 0}, 0.5, 1},
		{"hard_sigmoid(w[0])", []float64{1, 0}, 2. / 3, 1. / 6},
		{"hard_tanh(w[0])", []float64{1, 0}, 1, 0},
		{"elu(w[0])", []float64{-1, 0}, math.Expm1(-1), math.Exp(-1)},
		{"selu(w[0])", []float64{2, 0}, 2.1014019747, 1.0507009873554804934},
		{"stop(w[0]) * w[0]", []float64{3, 0}, 9, 3},
		{"where(w[0] > 2, w[0]^2, log(-w[0]))", []float64{3, 0}, 9, 6},
		{"norm(w)", []float64{3, 4}, 5, 0.6},
		{"norm(w)", []float64{0, 0}, 0, 0},
		{"logsumexp(w)", []float64{0.5, 0}, math.Log(math.Exp(0.5) + 1), s},
		{"max(softmax(w))", []float64{0.5, 0}, s, s * (1 - s)},
		{"sum(outer(w, w) * [1, 2])", []float64{3, 4}, 77, 7 + 11},
		{"lgamma(5) * w[0]", []float64{2, 0}, 2 * math.Log(24), math.Log(24)},
	} {
		e := loss(t, "weight w[2]\nloss "+c.loss+"\n", c.w...)
		d, err := e.Derivative("w", 0, 0)
		if v := real(e.Value()); err != nil || !near.Close(v, c.value, 1e-9) || !near.Close(d, c.d, 1e-14) {
			t.Errorf("%s at %v is %v with the derivative %v, not %v and %v; error %v", c.loss, c.w, v, d, c.value, c.d, err)
		}
	}
}

// What has no complex form has a value, and says that it has no derivative.
func TestLacking(t *testing.T) {
	e := loss(t, "weight w\nloss erf(w)\n", 0.5)
	if v := e.Value(Bump{"w", 0, 0, 0.25}); v != complex(math.Erf(0.75), 0) {
		t.Errorf("the value is %v", v)
	}
	if _, err := e.Derivative("w", 0, 0); err == nil || err.Error() != "erf has no complex form" {
		t.Errorf("the error is %v", err)
	}
}

// Every row of the table has a form here, but for these.
func TestForms(t *testing.T) {
	without := map[string]bool{"erf/1": true, "lgamma/1": true, "polygamma/2": true, "clip_gradient/2": true, "is_index/3": true,
		"poisson_inverse/2": true, "negbinomial_inverse/3": true}
	for _, r := range op.Standard().Rows {
		if !r.Valued() || r.Terms != nil {
			continue
		}
		key := r.Name + "/" + string(rune('0'+len(r.Args)))
		if has := entries[key] != nil || lines[key] != nil; has == without[key] {
			t.Errorf("%s has a form: %v", key, has)
		}
	}
}

func TestOneNumber(t *testing.T) {
	n := &graph.Node{Kind: graph.Const, Scope: graph.Series, Shape: op.Scalar, Value: []*big.Rat{new(big.Rat)}}
	if _, err := New(&graph.Graph{}, n, Run{}); err == nil {
		t.Error("a number of each series is taken")
	}
}
