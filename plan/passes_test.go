package plan_test

import (
	"regexp"
	"strings"
	"testing"

	"unroll"
	"unroll/internal/randcell"
	"unroll/kernel"
	"unroll/plan"
)

// TestWithout leaves out each pass, and all of them: the values stay within the bound.
func TestWithout(t *testing.T) {
	t.Parallel()
	without := [][]string{nil}
	for _, p := range plan.Passes {
		without = append(without, []string{p.Name})
		without[0] = append(without[0], p.Name)
	}
	all := []subject{{"lstm", false, layer(t, "lstm", size{4, 5, 2, 5})}, {"gru_after", false, layer(t, "gru_after", size{3, 4, 2, 3})}, {"lru", false, layer(t, "lru", size{3, 4, 2, 3})}, {"lnlstm", false, layer(t, "lnlstm", size{3, 4, 2, 5})}}
	for seed := range 6 {
		if c, tr := example([]randcell.Mode{randcell.Any, randcell.Rational}[seed%2], 100+seed); tr != nil {
			all = append(all, subject{describe(c), true, tr})
		}
	}
	compared, kinked := 0, 0
	for _, s := range all {
		for i, names := range without {
			o := plan.Options{Shard: 1 + i%3, Without: names, Family: kernel.Families()[i%len(kernel.Families())]}
			for _, v := range []verdict{holdAsked[float32](t, s.trial, "gradients", o), holdAsked[float64](t, s.trial, "equations", o)} {
				compared += v.compared
				if v.kink != "" {
					kinked++
				}
				if v.fault != "" {
					t.Errorf("%+v: %s\n%s", o, v.fault, s.text)
				}
			}
		}
	}
	t.Logf("%d subjects, %d numbers held to the bound, %d runs near a kink", len(all), compared, kinked)
	if compared < 1000 {
		t.Error("too few")
	}
}

func holdAsked[T kernel.Real](t *testing.T, tr *trial, ask string, o plan.Options) verdict {
	t.Helper()
	b := bindPlan[T](t, tr, ask, o)
	b.Run()
	return hold(tr, b, ask, 40)
}

// gated is a cell in which every pass finds something.
const gated = `input x[2], y
size H = 3
weight s[H]
state h[H] = 0, c[H] = s
weight W[H, 2], U[H, H], b[H], R[H, 2], S[H, H], d[H], V[1, H]
f = sigmoid(W*x + U*h[t-1] + b)
g = tanh(d + S*h[t-1] + R*x)
c = f .* c[t-1] + (1 - f) .* (k .* g)
k = sigmoid(sum(x))
h = k .* tanh(c)
y ~ squared(V*h)
`

// TestPasses looks at the plan of a cell with each pass and without: what there must be fewer of, or more.
// The passes that are about memory, about products side by side, about when a program runs and about cores
// leave the text as it is, and have tests of their own.
func TestPasses(t *testing.T) {
	t.Parallel()
	fewer := map[string]string{
		"views":       ` = `,             // copies of rows
		"starts":      `\bWhere\b`,       // choices in each step
		"hoist":       ` = `,             // sums
		"gradients":   `sum over series`, // one product is no sum over times and series
		"accumulate":  `\bAdd\b`,         // sums
		"programs":    `row by row`,
		"fuse":        `\bv\d+ = `, // values that are kept
		"equal":       ` = `,
		"complements": ` = `,
		"fused":       `\b(Mul|Add)\b`, // operations that round
	}
	text := func(without ...string) string {
		return training(t, gated, size{2, 3, 2, 3}, plan.Options{Without: without}).plan.String()
	}
	elsewhere := map[string]bool{"early": true, "strips": true, "dilated": true, "cores": true, "steps": true, "reuse": true, "again": true, "lend": true, "rows": true}
	for _, p := range plan.Passes {
		what, ok := fewer[p.Name]
		if !ok {
			if !elsewhere[p.Name] {
				t.Errorf("no test sees the pass %q act: say here what there is fewer of, or where it is tested", p.Name)
			}
			continue
		}
		var more []string
		if p.Name == "equal" { // equal factors exchanged are one for "rows" already
			more = []string{"rows"}
		}
		with, without := text(more...), text(append(more, p.Name)...)
		count := func(text string) int { return len(regexp.MustCompile(what).FindAllString(text, -1)) }
		if a, b := count(with), count(without); a >= b {
			t.Errorf("with the pass %q %s is found %d times, without it %d\nwith:\n%swithout:\n%s", p.Name, what, a, b, with, without)
		}
	}
	if text := text(); strings.Count(text, "gradient of") != 5 || !strings.Contains(text, "MulAdd") {
		t.Errorf("not the gradient of every matrix is one product, or nothing is fused:\n%s", text)
	}
}

// TestReuse: values that aren't alive together lie in one place.
func TestReuse(t *testing.T) {
	t.Parallel()
	for _, cell := range []string{"lstm", "gru", "elman"} {
		z := size{4, 50, 3, 8}
		with, without := step(t, cell, z, plan.Options{}).Bytes(), step(t, cell, z, plan.Options{Without: []string{"reuse"}}).Bytes()
		if with >= without {
			t.Errorf("%s: %d bytes, and %d without", cell, with, without)
		}
	}
}

// TestUnknownPass: the error names the pass that was meant.
func TestUnknownPass(t *testing.T) {
	t.Parallel()
	c, err := unroll.Parse("x.cell", gated)
	if err != nil {
		t.Fatal(err)
	}
	run, err := c.Bind(batch(size{1, 2, 2, 3}), unroll.Options{})
	if err != nil {
		t.Fatal(err)
	}
	g, roots, err := rootsOf(run)
	if err != nil {
		t.Fatal(err)
	}
	_, err = plan.New[float32](g, roots, plan.Options{Without: []string{"vews"}})
	if err == nil || !strings.Contains(err.Error(), "did you mean views?") {
		t.Errorf("the error is %v", err)
	}
}
