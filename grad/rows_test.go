package grad_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/op"
	"unroll/series"
)

// call is a graph of one call of a row, whose loss is a fixed linear functional of its value.
type call struct {
	table  *op.Table
	g      *graph.Graph
	args   []*graph.Node // as the row takes them
	values map[string][]*big.Rat
	value  *graph.Node
}

func newCall(table *op.Table, r *op.Row, s sample) *call {
	m := graph.NewMaker(table)
	c := &call{table: table, g: &graph.Graph{Cell: r.Name}, values: map[string][]*big.Rat{}}
	bind := map[string]*graph.Node{}
	for i, a := range s {
		n := m.Array(a.shape, a.values)
		if !a.fixed {
			n = c.weight(m, fmt.Sprintf("p%d", i), a)
		}
		c.args, bind[r.Args[i]] = append(c.args, n), n
	}
	if r.Calm != "" { // draws are for a run
		c.value = m.Rule(r.Name, r.Calm, bind)
	} else {
		c.value = m.Row(r.Name, c.args...)
	}
	c.g.Loss = functional(m, []*graph.Node{c.value})
	c.g.Nodes = m.Nodes()
	return c
}

func (c *call) weight(m *graph.Maker, name string, a argument) *graph.Node {
	n := m.Add(&graph.Node{Kind: graph.Weight, Name: name, Shape: a.shape})
	c.g.Weights = append(c.g.Weights, &graph.Param{Node: n, Name: name})
	c.values[name] = a.values
	return n
}

// functional is the sum of all entries of all nodes, each times a number of its own.
func functional(m *graph.Maker, nodes []*graph.Node) *graph.Node {
	sum, k := m.Int(0), int64(0)
	for _, n := range nodes {
		var c []*big.Rat
		for range n.Shape.Len() {
			k++
			c = append(c, big.NewRat(9+7*k%11, 8-16*(k*k%3%2)))
		}
		sum = m.Row("+", sum, m.SumAll(m.Row(".*", m.Array(n.Shape, c), n)))
	}
	return sum
}

// checkRow holds the derivative of each call of a row against one that doesn't know the rules, to
// second order: against dual numbers where the row is rational, and elsewhere against differences.
func checkRow(table *op.Table, r *op.Row) error {
	all, err := samples(r)
	if err != nil {
		return err
	}
	for _, s := range all {
		if err := newCall(table, r, s).check(); err != nil {
			return fmt.Errorf("%s of %v: %w", key(r), s, err)
		}
	}
	return nil
}

func (c *call) check() error {
	d, err := c.differentiate(c.g, c.g.Loss)
	if err != nil {
		return err
	}
	// A linear functional of the gradient, differentiated again.
	m := graph.Continue(d.Graph, c.table)
	var gradient []*graph.Node
	for _, w := range c.g.Weights {
		gradient = append(gradient, d.Weight[w.Name])
	}
	again := *d.Graph
	of := functional(m, gradient)
	again.Outputs, again.Nodes = append([]*graph.Node{of}, again.Outputs...), m.Nodes()
	if _, err := c.differentiate(&again, of); err != nil {
		return fmt.Errorf("to second order: %w", err)
	}
	return nil
}

// differentiate compares the gradient of a node with what it should be.
func (c *call) differentiate(g *graph.Graph, of *graph.Node) (*grad.Derivative, error) {
	d, err := grad.Of(g, of, c.table)
	if err != nil {
		return nil, err
	}
	if err := graph.Verify(d.Graph); err != nil {
		return nil, err
	}
	v, err := eval.Eval(d.Graph, c.run(nil, nil, eval.Insist), of)
	if err != nil {
		return nil, err
	}
	for _, w := range g.Weights {
		n := d.Weight[w.Name]
		if n.Shape != w.Node.Shape {
			return nil, fmt.Errorf("the gradient of %s is %v, and %s is %v", w.Name, n.Shape, w.Name, w.Node.Shape)
		}
		if v.Exact(of) {
			err = c.compareExactly(of, w.Node, v.At(n, 0, 0))
		} else {
			err = c.compareFloats(g, of, w.Node, v.At(n, 0, 0).ToFloat().Float)
		}
		if err != nil {
			return nil, fmt.Errorf("by %s: %w", w.Name, err)
		}
	}
	return d, nil
}

// run gives the weights their values, one of them moved by a step, if there is one.
func (c *call) run(moved *graph.Node, step []float64, mode eval.ExactMode) eval.Run {
	r := eval.Run{Steps: 1, Exact: mode, Weights: map[string][]series.Array{}}
	for _, w := range c.g.Weights {
		a := series.Rats(w.Node.Shape.R, w.Node.Shape.C, c.values[w.Name])
		if w.Node == moved {
			a = a.ToFloat()
			for i := range a.Float {
				a.Float[i] += step[i]
			}
		}
		r.Weights[w.Name] = []series.Array{a}
	}
	return r
}

// compareExactly holds each entry of a gradient against dual numbers along it.
func (c *call) compareExactly(of, w *graph.Node, got series.Array) error {
	if !got.Exact() {
		return fmt.Errorf("the row is rational, and its derivative isn't")
	}
	for i := range w.Shape.Len() {
		f := &forward{known: map[*graph.Node][]dual{}}
		for _, p := range c.g.Weights {
			f.known[p.Node] = alongEntry(c.values[p.Name], i, p.Node == w)
		}
		want := f.at(of)[0]
		switch {
		case f.err != nil:
			return f.err
		case got.Rat[i] == nil || want.d == nil:
			return fmt.Errorf("entry %d is undefined", i)
		case got.Rat[i].Cmp(want.d) != 0:
			return fmt.Errorf("entry %d is %s, not %s", i, got.Rat[i].RatString(), want.d.RatString())
		}
	}
	return nil
}

// alongEntry are dual numbers that move in one entry, or in none.
func alongEntry(values []*big.Rat, i int, moves bool) []dual {
	var out []dual
	for k, v := range values {
		out = append(out, constantDual(v))
		if k == i && moves {
			out[k].d = big.NewRat(1, 1)
		}
	}
	return out
}

// compareFloats holds a gradient against differences along some directions.
func (c *call) compareFloats(g *graph.Graph, of, w *graph.Node, got []float64) error {
	rng := rand.New(rand.NewPCG(3, 5))
	for range 2 {
		direction, along := make([]float64, len(got)), 0.0
		for i := range got {
			direction[i] = 0.5 + 0.5*rng.Float64()
			if rng.IntN(2) == 0 {
				direction[i] = -direction[i]
			}
			along += got[i] * direction[i]
		}
		want := slope(func(h float64) float64 { return c.moved(g, of, w, direction, h) })
		if !(math.Abs(along-want) <= 1e-8*(1+math.Abs(want))) {
			return fmt.Errorf("along a direction it is %v, not %v", along, want)
		}
	}
	return nil
}

// moved is a number of the graph where a weight is moved by h times a direction.
func (c *call) moved(g *graph.Graph, of, w *graph.Node, direction []float64, h float64) float64 {
	step := make([]float64, len(direction))
	for i, d := range direction {
		step[i] = h * d
	}
	one := &graph.Graph{Nodes: g.Nodes, Weights: g.Weights}
	v, err := eval.Eval(one, c.run(w, step, eval.Float), of)
	if err != nil {
		return math.NaN()
	}
	return v.At(of, 0, 0).Float64(0)
}

// slope is the derivative of f at 0 by differences of order 8, with steps up to 1/64.
func slope(f func(h float64) float64) float64 {
	const h = 1.0 / 256
	sum := 0.0
	for k, c := range []float64{4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280} {
		x := float64(k+1) * h
		sum += c * (f(x) - f(-x))
	}
	return sum / h
}

func TestRows(t *testing.T) {
	t.Parallel()
	table := op.Standard()
	for i := range table.Rows {
		if err := checkRow(table, &table.Rows[i]); err != nil {
			t.Error(err)
		}
	}
}

// Each rule has the shape of its argument, or of the value where a number stood for an array.
func TestRuleShapes(t *testing.T) {
	table := op.Standard()
	for i := range table.Rows {
		r := &table.Rows[i]
		all, _ := samples(r)
		for _, s := range all {
			if err := ruleShapes(table, r, s); err != nil {
				t.Errorf("%s of %v: %v", key(r), s, err)
			}
		}
	}
}

func ruleShapes(table *op.Table, r *op.Row, s sample) error {
	if !r.Valued() {
		return nil
	}
	c := newCall(table, r, s)
	m := graph.Continue(c.g, table)
	bind := map[string]*graph.Node{"y": c.value}
	bind["g"] = m.Add(&graph.Node{Kind: graph.Weight, Name: "g", Shape: c.value.Shape})
	for i, a := range c.args {
		bind[r.Args[i]] = a
	}
	for i, rule := range r.Deriv {
		if rule == "" || r.Name == "*" && (c.args[0].Shape == number || c.args[1].Shape == number) {
			continue
		}
		got, want := m.Rule(r.Name, rule, bind).Shape, c.args[i].Shape
		if err := m.Err(); err != nil {
			return err
		}
		if got != want && !(want == number && got == c.value.Shape) {
			return fmt.Errorf("%q is %v, and %s is %v", rule, got, r.Args[i], want)
		}
	}
	return nil
}

// Of every row: where what comes back is 0, the derivative by it isn't.
func TestSecondAtZero(t *testing.T) {
	t.Parallel()
	table := op.Standard()
	for i := range table.Rows {
		r := &table.Rows[i]
		all, _ := samples(r)
		if len(r.Args) == 0 {
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
