package grad_test

import (
	"testing"

	"unroll/graph"
	"unroll/op"
)

// known are checks that are known to fail: what isn't right yet. One that passes is to be moved to
// its place among the tests, and fails here until it is.
var known = map[string]func(t *testing.T) bool{
	// The derivative by y of where(g == 0, 0, g .* f) is f at g = 0 too, and the rules of ^ and
	// lgamma pass 0: a second derivative is wrong where the first one is 0.
	"the derivative by c of c's slope, at c = 0, of ^": func(t *testing.T) bool {
		return secondAtZero(t, "x^p", "2") == "2.12132"
	},
	"the derivative by c of c's slope, at c = 0, of lgamma": func(t *testing.T) bool {
		return secondAtZero(t, "lgamma(x) + 0*p", "2") == "0.422784"
	},
	// In over(p, q) of a second derivative q is undefined itself, and the rule by p looks at it.
	"a quotient by a quotient, twice": func(t *testing.T) bool {
		c := newCell(t, "weight x[], a[]\nloss where(x != 0, 2/(a/x), 0)", "x = 0; a = 3", "")
		d := c.loss()
		again := c.of(d.Graph, d.Weight["x"])
		return finite(c.values(again.Graph).At(again.Weight["x"], 0, 0))
	},
	// A lag is taken to read a value that is defined, whatever mask it stands under.
	"an undefined lag under a mask": func(t *testing.T) bool {
		c := newCell(t, "input y\nstate q = 0\nweight a, b\nq = a/y\nloss where(y[t-1] != 0, q[t-1]*b, 0)", "a = 2; b = 3", "y = 1 0 1/2")
		return c.gradient(c.loss()) == "a = 0; b = 0"
	},
	// A lead of y + d_h is made y[t-1] + d_h[t-1], though y has values before the first step.
	"a lead that the loss multiplies by data": func(t *testing.T) bool {
		c := newCell(t, "input y\nstate h = 0\nweight w\nh = w*y[t-1] + h[t+1]\nloss y*h[t+1]", "w = 2", "y = 1 2 3 5")
		return c.gradient(c.loss()) == "w = "+c.exactSlope(c.g, c.g.Loss, "w", 0, 1).RatString()
	},
}

func TestKnown(t *testing.T) {
	for name, right := range known {
		if right(t) {
			t.Errorf("%s: it is right now; move it to its place among the tests", name)
		}
	}
}

// secondAtZero is, at c = 0, the derivative by c of the derivative by x of c·f(x).
func secondAtZero(t *testing.T, f, x string) string {
	c := newCell(t, "weight x[], c[], p[]\nloss c*("+f+")", "c = 0; p = 3/2; x = "+x, "")
	d := c.loss()
	again := c.of(d.Graph, d.Weight["x"])
	return show(c.values(again.Graph).At(again.Weight["c"], 0, 0))
}

// Of every row: where what comes back is 0, the derivative by it isn't.
func TestSecondAtZero(t *testing.T) {
	t.Parallel()
	table := op.Standard()
	late := map[string]bool{"^/2": true, "lgamma/1": true, "polygamma/2": true, "mod/2": true} // known
	for i := range table.Rows {
		r := &table.Rows[i]
		all, _ := samples(r)
		if late[key(r)] || len(r.Args) == 0 {
			continue
		}
		for _, s := range all[:min(len(all), len(shapesFor(r)))] {
			c := newCall(table, r, s)
			m := graph.Continue(c.g, table)
			zero := c.weight(m, "zero", argument{shape: number, values: assignments("z = 0")["z"][0]})
			c.g.Loss = m.Row(".*", zero, c.g.Loss)
			c.g.Nodes = m.Nodes()
			if err := c.check(); err != nil {
				t.Errorf("%s of %v: %v", key(r), s, err)
			}
		}
	}
}
