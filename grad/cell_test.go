package grad_test

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"

	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/lang"
	"unroll/op"
	"unroll/series"
)

// cell is a graph built of text, with what it is run on.
type cell struct {
	t *testing.T
	g *graph.Graph
	r eval.Run
}

// newCell builds a cell. Weights and columns are written as in `w = 1 2; v = 1/2`: numbers one after
// the other fill an array, or the times of a series of numbers; `|` stands between series.
func newCell(t *testing.T, text, weights, data string) *cell {
	t.Helper()
	return fedCell(t, text, weights, data, graph.Teacher)
}

// fedCell is newCell with a choice of what is fed back.
func fedCell(t *testing.T, text, weights, data string, feed graph.FeedMode) *cell {
	t.Helper()
	return chosenCell(t, text, weights, data, graph.Choices{Training: true, Feed: graph.Feed{Mode: feed}})
}

// chosenCell is newCell with the choices of a run. Draws are 0, 1/4, 1/2, 3/4 in turn.
func chosenCell(t *testing.T, text, weights, data string, choices graph.Choices) *cell {
	t.Helper()
	f, err := lang.Parse(&lang.Source{Name: "test.cell", Text: text})
	if err != nil {
		t.Fatal(err)
	}
	c := &cell{t: t, r: eval.Run{Weights: map[string][]series.Array{}, Data: dataOf(data)}}
	if c.g, err = graph.Build(f, choices); err != nil {
		t.Fatal(err)
	}
	c.r.Draw = func(_ graph.DrawSpec, _ string, t, entry int) (*big.Rat, float64) {
		k := (t + entry) % 4
		return big.NewRat(int64(k), 4), float64(k) / 4
	}
	given := assignments(weights)
	for _, w := range c.g.Weights {
		for _, one := range given[w.Name] {
			c.r.Weights[w.Name] = append(c.r.Weights[w.Name], series.Rats(w.Node.Shape.R, w.Node.Shape.C, one))
		}
	}
	if len(c.g.Inputs) == 0 {
		c.r.Data, c.r.Steps = series.Set{}, 4
	}
	return c
}

// assignments reads `w = 1 2 | 3 4; v = 1/2`.
func assignments(text string) map[string][][]*big.Rat {
	out := map[string][][]*big.Rat{}
	for _, part := range strings.Split(text, ";") {
		name, list, _ := strings.Cut(part, "=")
		for _, one := range strings.Split(list, "|") {
			var numbers []*big.Rat
			for _, f := range strings.Fields(one) {
				numbers = append(numbers, rat(f))
			}
			name = strings.TrimSpace(name)
			out[name] = append(out[name], numbers)
		}
	}
	return out
}

func dataOf(text string) series.Set {
	var set series.Set
	for name, all := range assignments(text) {
		for i, path := range all {
			if i == len(set.Series) {
				set.Series = append(set.Series, series.Series{ID: fmt.Sprint(i + 1), Columns: map[string]series.Column{}})
			}
			for _, v := range path {
				set.Series[i].Columns[name] = set.Series[i].Columns[name].Append(series.Number(v))
			}
		}
	}
	return set
}

// loss differentiates the cell's loss.
func (c *cell) loss() *grad.Derivative { return c.of(c.g, c.g.Loss) }

func (c *cell) of(g *graph.Graph, n *graph.Node) *grad.Derivative {
	c.t.Helper()
	d, err := grad.Of(g, n, op.Standard())
	if err != nil {
		c.t.Fatal(err)
	}
	if err := graph.Verify(d.Graph); err != nil {
		c.t.Fatal(err)
	}
	return d
}

func (c *cell) values(g *graph.Graph, extra ...*graph.Node) *eval.Values {
	c.t.Helper()
	v, err := eval.Eval(g, c.r, extra...)
	if err != nil {
		c.t.Fatal(err)
	}
	return v
}

// at is a number of the graph where an entry of a weight is moved.
func (c *cell) at(g *graph.Graph, n *graph.Node, name string, entry int, by *big.Rat) series.Array {
	c.t.Helper()
	old := c.r.Weights[name]
	defer func() { c.r.Weights[name] = old }()
	moved := series.Rats(old[0].R, old[0].C, append([]*big.Rat{}, old[0].Rat...))
	moved.Rat[entry] = new(big.Rat).Add(moved.Rat[entry], by)
	c.r.Weights[name] = append([]series.Array{moved}, old[1:]...)
	return c.values(g, n).At(n, 0, 0)
}

// slope is the derivative of a number of the graph by an entry of a weight, from differences.
func (c *cell) slope(g *graph.Graph, n *graph.Node, name string, entry int) float64 {
	return slope(func(h float64) float64 {
		return c.at(g, n, name, entry, new(big.Rat).SetFloat64(h)).Float64(0)
	})
}

// exactSlope is the same, without an error where the number is a polynomial of the entry of a
// degree up to 2·order.
func (c *cell) exactSlope(g *graph.Graph, n *graph.Node, name string, entry int, order int64) *big.Rat {
	sum := new(big.Rat)
	for k := int64(1); k <= order; k++ {
		above := c.at(g, n, name, entry, big.NewRat(k, 1)).Rat[0]
		below := c.at(g, n, name, entry, big.NewRat(-k, 1)).Rat[0]
		// (−1)^(k+1) order!² / (k (order−k)! (order+k)!)
		weight := big.NewRat(1-2*((k+1)%2), k)
		weight.Mul(weight, new(big.Rat).SetFrac(new(big.Int).Binomial(2*order, order+k), new(big.Int).Binomial(2*order, order)))
		sum.Add(sum, weight.Mul(weight, new(big.Rat).Sub(above, below)))
	}
	return sum
}

// show prints numbers as newCell reads them; what is undefined is an underscore.
func show(a series.Array) string {
	var out []string
	for i := range a.Len() {
		switch {
		case !a.Has(i):
			out = append(out, "_")
		case a.Exact():
			out = append(out, a.Rat[i].RatString())
		default:
			out = append(out, fmt.Sprintf("%.6g", a.Float[i]+0)) // of −0 it makes 0
		}
	}
	return strings.Join(out, " ")
}

// gradient prints the gradient by each weight: `a = 1/2; x = -3/4`.
func (c *cell) gradient(d *grad.Derivative) string {
	c.t.Helper()
	v := c.values(d.Graph)
	var out []string
	for _, w := range c.g.Weights {
		out = append(out, w.Name+" = "+show(v.At(d.Weight[w.Name], 0, 0)))
	}
	return strings.Join(out, "; ")
}

// finite says whether all numbers are there.
func finite(a series.Array) bool {
	for i := range a.Len() {
		if x := a.Float64(i); math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}
