package explain_test

import (
	"bytes"
	"encoding/json"
	"math"
	"math/big"
	"strings"
	"testing"

	"unroll/explain"
	"unroll/series"
)

// decoded is the solution's JSON, read again.
func decoded(t *testing.T, s *explain.Solution) map[string]any {
	t.Helper()
	var b bytes.Buffer
	if err := s.JSON(&b); err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(b.Bytes(), &all); err != nil {
		t.Fatalf("%v in\n%s", err, b.String())
	}
	return all
}

const wide = `
input x[6], y
weight W[5, 6]
weight a > 0
weight b < 1
state h = 0
z = W*x
h = a*h[t-1] + b*sum(z)
alone = 3*t
y ~ squared(h)
y ~ absolute(h)
loss a^2
`

// wideSolution has vectors that text shortens, constraints, two scores of one input, and an
// equation that the loss doesn't depend on.
func wideSolution(t *testing.T) *explain.Solution {
	t.Helper()
	one := big.NewRat(1, 1)
	var entries []*big.Rat
	for range 30 {
		entries = append(entries, big.NewRat(1, 10))
	}
	x := series.Vector(one, one, one, one, one, one)
	columns := map[string]series.Column{"x": series.Arrays(x, x), "y": series.Arrays(numbers(1, 0)...)}
	weights := map[string][]series.Array{
		"W": {series.Rats(5, 6, entries)}, "a": {series.Number(big.NewRat(1, 2))}, "b": {series.Number(big.NewRat(1, 4))},
	}
	s, err := solve(wide, columns, weights)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestConstrained: a weight with a constraint takes its step in the number that stands for it.
func TestConstrained(t *testing.T) {
	s := wideSolution(t)
	for i, u := range s.Updated {
		gradient := s.Gradient[i].All[0].Float64(0)
		var raw, want float64
		switch u.Name {
		case "a": // log(1 + exp(raw)) = 1/2
			raw = math.Log(math.Expm1(0.5))
			want = math.Log1p(math.Exp(raw - 0.1*gradient/(1+math.Exp(-raw))))
		case "b": // 1 - log(1 + exp(raw)) = 1/4
			raw = math.Log(math.Expm1(0.75))
			want = 1 - math.Log1p(math.Exp(raw+0.1*gradient/(1+math.Exp(-raw))))
		default:
			continue
		}
		if got := u.All[0].Float64(0); math.Abs(got-want) > 1e-12 {
			t.Errorf("%s: got %v, want %v", u.Name, got, want)
		}
	}
}

// TestJSONKeepsAll: JSON shortens nothing, and adds the scores of one input.
func TestJSONKeepsAll(t *testing.T) {
	all := decoded(t, wideSolution(t))
	step := all["steps"].([]any)[0].(map[string]any)
	if z := step["values"].(map[string]any)["z"].([]any); len(z) != 5 {
		t.Errorf("z has %d entries", len(z))
	}
	w := all["gradient"].(map[string]any)["W"].([]any)
	if len(w) != 5 || len(w[0].([]any)) != 6 {
		t.Errorf("the gradient by W is %v", w)
	}
	if score := step["scores"].(map[string]any)["y"]; score != "5/16" { // (1 - 3/4)^2 + |1 - 3/4|
		t.Errorf("the scores of y add up to %v", score)
	}
	if alone := all["adjoints"].([]any)[0].(map[string]any)["values"].(map[string]any)["alone"]; alone != "0" {
		t.Errorf("the derivative by an equation that the loss does not depend on is %v", alone)
	}
}

// TestWarnings: what is undefined or infinite is null in JSON, and is said.
func TestWarnings(t *testing.T) {
	columns := map[string]series.Column{"y": series.Arrays(numbers(1, 1)...)}
	weights := map[string][]series.Array{"w": numbers(1000)}
	s, err := solve("input y\nweight w\nf = exp(w)*t\ny ~ squared(f)", columns, weights)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0], "f at t = 0 of series 1") {
		t.Errorf("got warnings %q", s.Warnings)
	}
	if loss, ok := decoded(t, s)["loss"]; loss != nil || !ok {
		t.Errorf("the loss is %v", loss)
	}
}
