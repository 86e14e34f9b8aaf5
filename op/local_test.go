package op_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"unroll/op"
)

// Of each row that runs entry by entry over one argument, g times the local derivative is the rule:
// in float64 and, where the row is rational, as equal fractions.
func TestLocal(t *testing.T) {
	table := op.Standard()
	rng := rand.New(rand.NewPCG(5, 6))
	for i := range table.Rows {
		r := &table.Rows[i]
		if r.Form != op.Entrywise || len(r.Args) != 1 || len(r.Deriv) != 1 || r.Deriv[0] == "" {
			if got := r.Local(); got != "" {
				t.Errorf("%s has the local derivative %q, and no such rule", r.Name, got)
			}
			continue
		}
		for range 20 {
			a := eighths(r.Name, rng)
			names := map[string]value{r.Args[0]: a, "y": compute(r, []value{a}), "g": eighths("", rng)}
			got := formula(table, "g .* ("+r.Local()+")", names)
			want := formula(table, r.Deriv[0], names)
			if err := near(got, want); err != nil {
				t.Errorf("%s: %q instead of %q: %v", r.Name, r.Local(), r.Deriv[0], err)
			}
			if want.rat != nil && (got.rat == nil || got.rat[0].Cmp(want.rat[0]) != 0) {
				t.Errorf("%s: %q at %s is %v, not %v", r.Name, r.Local(), a.rat[0].RatString(), got.rat, want.rat)
			}
		}
	}
}

// eighths is a number that a row takes, a multiple of 1/8.
func eighths(name string, rng *rand.Rand) value {
	n := int64(8*domain(name, rng)) | 1
	return number(big.NewRat(n, 8))
}

// Local reads a rule as it is written, and gives nothing where g isn't multiplied by one thing.
func TestLocalReads(t *testing.T) {
	for rule, want := range map[string]string{
		"g":                             "1",
		"-g":                            "-1",
		"g .* y":                        "y",
		"g .* (a > 0)":                  "a > 0",
		"g .* ((1 + y) .* (1 - y))":     "(1 + y) .* (1 - y)",
		"g .* where(a > 0, 1, y + 1)":   "where(a > 0, 1, y + 1)",
		"-g .* sin(a)":                  "-sin(a)",
		"-g .* (a + 1)":                 "-(a + 1)",
		"over(g, a)":                    "1/a",
		"over(g, 2*y)":                  "1/(2*y)",
		"-over(g, a)":                   "-1/a",
		"gated(g, polygamma(0, a))":     "polygamma(0, a)",
		"-gated(g, a + 1)":              "-(a + 1)",
		"":                              "",
		"g .* (1 + y) .* (1 - y)":       "",
		"g .* (a > -3) / 6":             "",
		"clip(g, -a, a)":                "",
		"over(g, a) .* a":               "",
		"over(over(g, a), a)":           "",
		"spread(g, a) .* over(a, g)":    "",
		"g + a":                         "",
		"gated(g, a) - gated(g, a + 1)": "",
	} {
		r := op.Row{Args: []string{"a"}, Deriv: []string{rule}}
		if got := r.Local(); got != want {
			t.Errorf("%q has the local derivative %q, not %q", rule, got, want)
		}
	}
	two := op.Row{Args: []string{"a", "b"}, Deriv: []string{"g", "g"}}
	if got := two.Local(); got != "" {
		t.Errorf("a row of two arguments has the local derivative %q", got)
	}
}
