package op_test

import (
	"math"
	"testing"

	"unroll/op"
)

// What is not wanted passes nothing on, even where the row is undefined.
func TestSingularRules(t *testing.T) {
	table := op.Standard()
	zero := floats(2, 1, 0, 0)
	for _, c := range []struct {
		name string
		args []value
	}{
		{"/", []value{floats(2, 1, 1, 0), zero}}, {"over", []value{floats(2, 1, 1, 0), zero}}, {"mod", []value{floats(2, 1, 1, 0), zero}},
		{"^", []value{zero, floats(2, 1, -1, 0.5)}}, {"log", []value{zero}}, {"sqrt", []value{zero}}, {"norm", []value{zero}},
		{"lgamma", []value{zero}},
	} {
		r := table.Lookup(c.name, len(c.args))
		y := compute(r, c.args)
		g := floats(y.R, y.C, make([]float64, y.Len())...)
		names := map[string]value{"g": g, "y": y}
		for i, a := range c.args {
			names[r.Args[i]] = a
		}
		for i, rule := range r.Deriv {
			if err := near(formula(table, rule, names), zero); err != nil {
				t.Errorf("%s by %s: %v", r.Name, r.Args[i], err)
			}
		}
		if !r.Singular {
			t.Errorf("%s isn't marked as singular", r.Name)
		}
	}
}

// By a factor that a mask may have made 0 the derivative is defined whatever the other is.
func TestRulesByZero(t *testing.T) {
	table := op.Standard()
	inf := math.Inf(1)
	for name, want := range map[string]value{
		"over":  floats(5, 1, 0, 0, 0, 0, 0.25),
		"gated": floats(5, 1, 0, 0, 0, 0, 4),
		"kept":  floats(5, 1, 1, 0, 0, 0, 1),
	} {
		r := table.Lookup(name, 2)
		q := floats(5, 1, 0, math.NaN(), inf, -inf, 4)
		names := map[string]value{"g": floats(5, 1, 1, 1, 1, 1, 1), "p": floats(5, 1, 0, 0, 0, 0, 0), "q": q}
		if err := near(compute(r, []value{names["p"], q}), names["p"]); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := near(formula(table, r.Deriv[0], names), want); err != nil {
			t.Errorf("%s by p: %v", name, err)
		}
	}
}
