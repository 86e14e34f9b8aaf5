package grad_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/internal/near"
	"unroll/internal/randcell"
	"unroll/op"
	"unroll/series"
)

// sameArrays tells whether two arrays are equal: as fractions where both are exact, otherwise to a
// relative 1e-9. What is undefined is equal to what is undefined.
func sameArrays(a, b series.Array) bool {
	if a.R != b.R || a.C != b.C {
		return false
	}
	for i := range a.Len() {
		x, y := a.Float64(i), b.Float64(i)
		switch {
		case a.Has(i) != b.Has(i):
			return false
		case !a.Has(i) || math.IsNaN(x) && math.IsNaN(y):
		case a.Exact() && b.Exact():
			if a.Rat[i].Cmp(b.Rat[i]) != 0 {
				return false
			}
		case !near.Close(x, y, 1e-9):
			return false
		}
	}
	return true
}

// The sheet by hand: what comes back along each edge at t = 1, 2, 3, where forecasts that are fed back
// are numbers, and where they aren't.
func TestContributionsSheet(t *testing.T) {
	for stop, want := range map[bool]string{
		true: `h reads w[t-0]: 0 0 -29/32
h reads h[t-1]: 0 11/64 -29/32
h reads v[t-0]: 0 11/32 -29/64
h reads y[t-1]: 0 11/64 0
yhat reads u[t-0]: 0 5/4 -87/64
yhat reads h[t-0]: 0 5/4 -29/16
 reads yhat[t-0]: -2 5/2 -29/8
 reads y[t-0]: 2 -5/2 29/8`,
		false: `h reads w[t-0]: 0 0 -29/32
h reads h[t-1]: 0 -7/128 -29/32
h reads v[t-0]: 0 -7/64 -29/64
h reads y[t-1]: 0 -7/128 0
h reads yhat[t-1]: 0 0 -29/32
yhat reads u[t-0]: 0 51/64 -87/64
yhat reads h[t-0]: 0 51/64 -29/16
 reads yhat[t-0]: -2 5/2 -29/8
 reads y[t-0]: 2 -5/2 29/8`,
	} {
		c := chosenCell(t, sheet, "u = 1/2; v = 1/2; w = 1/2", "y = 0 1 -1 2",
			graph.Choices{Feed: graph.Feed{Mode: graph.ObservedTo, K: 1}, Stop: stop})
		d := c.loss()
		e := grad.Contributions(d, op.Standard())
		if err := graph.Verify(e.Graph); err != nil {
			t.Fatal(err)
		}
		if got := c.edges(e, append(slices.Clone(c.g.Names), c.g.Scores[0].Value)); got != want {
			t.Errorf("stop %v: it is\n%s", stop, got)
		}
		if loss := e.Of[d.Of]; len(loss) != 1 || loss[0].Reads != c.g.Scores[0].Value || !loss[0].Summed || loss[0].At != graph.Steps {
			t.Errorf("the loss reads %v", loss)
		}
	}
}

// edges prints what comes back from some readers at t = 1, 2, 3.
func (c *cell) edges(e *grad.Edges, readers []*graph.Node) string {
	v := c.values(e.Graph)
	var out []string
	for _, n := range readers {
		for _, x := range e.Of[n] {
			line := fmt.Sprintf("%s reads %s[t-%d]:", n.Name, x.Reads.Name, x.Lag)
			for s := 1; s < 4; s++ {
				line += " " + show(v.At(x.Back, 0, s))
			}
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// What comes back along the edges adds up to the adjoint of each equation and to the gradient of each
// weight: in random cells, exactly.
func TestContributionsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		r := drawCell(rt, randcell.Rational)
		e := grad.Contributions(r.d, r.run.Choices().Table)
		r.must(sumsDiffer(r.d, e, r.eval(e.Graph)))
	})
}

// The same for each kind that is about time.
func TestContributionsOfKinds(t *testing.T) {
	for name, of := range timeKinds {
		for _, entries := range []int{1, 3} {
			if name == "fold alone" && entries == 1 {
				continue
			}
			l := newLinear(of, entries)
			c := &cell{t: t, g: l.g}
			c.r.Data = l.data()
			c.r.Weights = map[string][]series.Array{"k": {series.Number(big.NewRat(3, 7))}}
			d := c.loss()
			e := grad.Contributions(d, nil)
			if err := sumsDiffer(d, e, c.values(e.Graph)); err != nil {
				t.Errorf("%s of %d: %v", name, entries, err)
			}
		}
	}
}

// Of a derivative that looks at one step alone, too: no lag is an edge of it.
func TestContributionsDirect(t *testing.T) {
	c := newCell(t, sheet, "u = 1/2; v = 1/2; w = 1/2", "y = 0 1 -1 2")
	d := c.direct()
	e := grad.Contributions(d, nil)
	if err := sumsDiffer(d, e, c.values(e.Graph)); err != nil {
		t.Error(err)
	}
	for _, n := range e.Graph.Nodes {
		for _, x := range e.Of[n] {
			if x.Lag != 0 {
				t.Errorf("%s reads %s at the lag %d", n, x.Reads, x.Lag)
			}
		}
	}
}

// sumsDiffer is an error if what comes back along the edges doesn't add up.
func sumsDiffer(d *grad.Derivative, e *grad.Edges, v *eval.Values) error {
	for _, all := range e.Of {
		for _, x := range all {
			if x.Back.Shape != x.Reads.Shape || x.Reads.Scope < graph.Steps && x.Lag != 0 {
				return fmt.Errorf("what comes back to %s, %s at the lag %d, is %s", x.Reads, x.Reads.Shape, x.Lag, x.Back.Shape)
			}
		}
	}
	sums := addUp(e, v)
	for _, n := range d.Graph.Nodes {
		if a := d.Adjoint[n]; a != nil && n != d.Of {
			if err := sums[n].differ(n, a, d.Graph.T0, v); err != nil {
				return err
			}
		}
	}
	for _, w := range d.Graph.Weights {
		if err := sums[w.Node].differ(w.Node, d.Weight[w.Name], d.Graph.T0, v); err != nil {
			return err
		}
	}
	return nil
}

// sums are what comes back to a node, by series and time; one of either where it has one.
type sums map[[2]int][]*big.Rat

// addUp adds what comes back along each edge.
func addUp(e *grad.Edges, v *eval.Values) map[*graph.Node]sums {
	out := map[*graph.Node]sums{}
	for _, n := range e.Graph.Nodes {
		for _, x := range e.Of[n] {
			if out[x.Reads] == nil {
				out[x.Reads] = sums{}
			}
			for s := range seriesOf(x.At, v) {
				lo, hi := timesOf(x.At, e.Graph.T0, v.T(s))
				for t := lo; t < hi; t++ {
					out[x.Reads].add(moment(x.Reads, s, t-x.Lag), v.At(x.Back, s, t))
				}
			}
		}
	}
	return out
}

// seriesOf is in how many series what has a scope has a value.
func seriesOf(scope graph.Scope, v *eval.Values) int {
	if scope == graph.Global {
		return 1
	}
	return v.Series()
}

// timesOf are the times at which what has a scope has a value.
func timesOf(scope graph.Scope, t0, T int) (lo, hi int) {
	switch scope {
	case graph.Steps:
		return t0, T
	case graph.Times:
		return 0, T
	}
	return 0, 1
}

// moment is where the value of a node is that is read in a series at a time.
func moment(n *graph.Node, s, t int) [2]int {
	if n.Scope < graph.Steps {
		t = 0
	}
	if n.Scope == graph.Global {
		s = 0
	}
	return [2]int{s, t}
}

func (sum sums) add(at [2]int, a series.Array) {
	if sum[at] == nil {
		sum[at] = zeros(a.Len())
	}
	for i := range a.Len() {
		if a.Rat[i] == nil || sum[at][i] == nil {
			sum[at][i] = nil
			continue
		}
		sum[at][i] = new(big.Rat).Add(sum[at][i], a.Rat[i])
	}
}

// differ is an error if the sums aren't an adjoint, or a gradient.
func (sum sums) differ(n, adjoint *graph.Node, t0 int, v *eval.Values) error {
	for s := range seriesOf(n.Scope, v) {
		lo, hi := timesOf(n.Scope, t0, v.T(s))
		for t := lo; t < hi; t++ {
			want := v.At(adjoint, s, t)
			got := series.Array{R: want.R, C: want.C, Rat: sum[moment(n, s, t)]}
			if got.Rat == nil { // nothing comes back
				got.Rat = zeros(want.Len())
			}
			if !sameArrays(got, want) {
				return fmt.Errorf("what comes back to %s in series %d at t = %d is %s, not %s", n.Name, s, t, show(got), show(want))
			}
		}
	}
	return nil
}

func zeros(n int) []*big.Rat {
	out := make([]*big.Rat, n)
	for i := range out {
		out[i] = new(big.Rat)
	}
	return out
}
