package unroll_test

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"unroll"
	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/internal/near"
	"unroll/internal/randcell"
	"unroll/internal/step"
	"unroll/op"
	"unroll/series"
	"unroll/weights"
)

// TestAnalytic holds the derivative against the complex step on random cells: every entry of every
// copy of every weight. Rows that have no complex form are held against differences.
func TestAnalytic(t *testing.T) {
	t.Parallel()
	n := newCounts(randcell.Analytic)
	for range 4 { // of 100 cells each
		rapid.Check(t, func(rt *rapid.T) {
			c := randcell.Draw(rt, randcell.Analytic)
			p := newPair(rt, c)
			p.sameLoss()
			whole := p.gradient(p.derivative.Weight)
			for _, s := range whole {
				want, err := p.loss.Derivative(s.weight, s.copy, s.entry)
				if err == nil {
					p.near(s, want, 1e-9, whole)
					n.steps++
					continue
				}
				p.differs(s, whole, n)
			}
			n.cell(c)
		})
	}
	n.report(t, 0.1) // the loss may be too rough in its last digits
}

// TestAnalyticTwice differentiates a random sum of the gradient's entries again, and holds that
// against the complex step of the derivative.
func TestAnalyticTwice(t *testing.T) {
	t.Parallel()
	n := newCounts(randcell.Analytic)
	rapid.Check(t, func(rt *rapid.T) {
		c := randcell.Draw(rt, randcell.Analytic)
		p := newPair(rt, c)
		g, sum := p.sumOfGradient(func() int64 { return rapid.Int64Range(-3, 3).Draw(rt, "factor") })
		again, err := grad.Of(g, sum, p.table)
		if err != nil {
			rt.Fatalf("%v\n%s", err, describe(c))
		}
		p.values = p.eval(again.Graph)
		first := p.stepper(g, sum)
		whole := p.gradient(again.Weight)
		for _, s := range whole {
			want, err := first.Derivative(s.weight, s.copy, s.entry)
			if err != nil {
				rt.Skip(err) // lgamma's derivatives are held in grad
			}
			p.near(s, want, 1e-8, whole)
			n.steps++
		}
		n.cell(c)
	})
	n.report(t, 0)
}

// TestTwice differentiates cells of every mode twice, and looks at the structure only: no component
// mixes lags and leads. For 3,000 graphs and more: go test -run TestTwice -rapid.checks=1000.
func TestTwice(t *testing.T) {
	t.Parallel()
	for _, mode := range []randcell.Mode{randcell.Rational, randcell.Analytic, randcell.Any} {
		rapid.Check(t, func(rt *rapid.T) {
			p := &pair{t: rt, c: randcell.Draw(rt, mode)}
			if mode == randcell.Any && refused(p.c) {
				rt.Skip("its shapes aren't found")
			}
			p.differentiate()
			g, sum := p.sumOfGradient(func() int64 { return 1 })
			again, err := grad.Of(g, sum, p.table)
			if err != nil {
				rt.Fatalf("%v\n%s", err, describe(p.c))
			}
			if err := graph.Verify(again.Graph); err != nil {
				rt.Fatalf("%v\n%s", err, describe(p.c))
			}
			for _, c := range graph.Schedule(again.Graph.Nodes...) {
				if c.Dir == graph.Mixed {
					rt.Fatalf("a component of %d nodes mixes lags and leads: %s\n%s", len(c.Nodes), c.Nodes[0], describe(p.c))
				}
			}
		})
	}
}

// pair is a cell with its derivative as grad has it, and its loss as package step computes it.
type pair struct {
	t          *rapid.T
	c          randcell.Cell
	run        *unroll.Run
	table      *op.Table
	derivative *grad.Derivative
	values     *eval.Values
	loss       *step.Complex
}

func newPair(t *rapid.T, c randcell.Cell) *pair {
	p := &pair{t: t, c: c}
	p.differentiate()
	p.values = p.eval(p.derivative.Graph)
	p.loss = p.stepper(p.run.Graph(), p.run.Graph().Loss)
	return p
}

func (p *pair) differentiate() {
	p.run = bind(p.t, p.c)
	p.table = p.run.Choices().Table
	if p.table == nil {
		p.table = op.Standard()
	}
	d, err := p.run.Derivative()
	if err != nil {
		p.t.Fatalf("%v\n%s", err, describe(p.c))
	}
	if err := graph.Verify(d.Graph); err != nil {
		p.t.Fatalf("derivative: %v\n%s", err, describe(p.c))
	}
	p.derivative = d
}

func (p *pair) eval(g *graph.Graph) *eval.Values {
	v, err := eval.Eval(g, eval.Run{
		Data: p.run.Data(), Weights: p.run.Weights(), Exact: eval.Float,
		Draw: func(spec graph.DrawSpec, seriesID string, t, entry int) (*big.Rat, float64) {
			return nil, drawn(spec, seriesID, t, entry)
		},
	})
	if err != nil {
		p.t.Fatalf("%v\n%s", err, describe(p.c))
	}
	return v
}

func (p *pair) stepper(g *graph.Graph, of *graph.Node) *step.Complex {
	e, err := step.New(g, of, step.Run{Data: p.run.Data(), Weights: p.run.Weights(), Draw: drawn})
	if err != nil {
		p.t.Fatalf("%v\n%s", err, describe(p.c))
	}
	return e
}

// drawn is what a run of options(c) draws.
func drawn(spec graph.DrawSpec, seriesID string, t, entry int) float64 {
	if spec.Kind == graph.Gauss {
		return weights.Gauss(7, 0, seriesID, spec.ID, t, entry)
	}
	return float64(weights.Uniform(7, 0, seriesID, spec.ID, t, entry)) / (1 << 32)
}

// sameLoss holds the two values against each other: otherwise a difference in the derivatives
// would say little.
func (p *pair) sameLoss() {
	got, want := real(p.loss.Value()), p.values.At(p.run.Graph().Loss, 0, 0).Float64(0)
	if !near.Close(got, want, 1e-12) || math.IsNaN(want) || math.IsInf(want, 0) {
		p.t.Fatalf("the loss is %v, and in complex numbers %v\n%s", want, got, describe(p.c))
	}
}

// sumOfGradient is the derivative's graph, and in it a sum of all entries of all gradients, each
// entry times a factor.
func (p *pair) sumOfGradient(factor func() int64) (*graph.Graph, *graph.Node) {
	m := graph.Continue(p.derivative.Graph, p.table)
	sum := m.Int(0)
	for _, w := range p.derivative.Graph.Weights {
		factors := make([]*big.Rat, w.Node.Shape.Len())
		for i := range factors {
			factors[i] = big.NewRat(factor(), 2)
		}
		one := m.SumAll(m.Row(".*", m.Array(w.Node.Shape, factors), p.derivative.Weight[w.Name]))
		if one.Scope == graph.Series {
			one = m.Pooled(one)
		}
		sum = m.Row("+", sum, one)
	}
	g := *p.derivative.Graph
	g.Nodes = m.Nodes()
	g.Outputs = append(append([]*graph.Node{}, g.Outputs...), sum)
	return &g, sum
}

// slope is the derivative by one entry of one copy of a weight, as grad has it.
type slope struct {
	weight      string
	copy, entry int
	got         float64
}

// gradient lists all slopes.
func (p *pair) gradient(of map[string]*graph.Node) []slope {
	var out []slope
	for _, w := range p.run.Graph().Weights {
		for s, a := range p.run.Weights()[w.Name] {
			got := p.values.At(of[w.Name], s, 0)
			for i := range a.Len() {
				out = append(out, slope{w.Name, s, i, got.Float64(i)})
			}
		}
	}
	return out
}

// near holds a slope against what it should be, relative to its size.
func (p *pair) near(s slope, want, tolerance float64, whole []slope) {
	if !(math.Abs(s.got-want) <= tolerance*p.scale(want, whole)) {
		p.t.Fatalf("the derivative by %s, copy %d, entry %d is %v; should be %v\n%s",
			s.weight, s.copy, s.entry, s.got, want, describe(p.c))
	}
}

// scale is the size of a slope. One that is small beside the others is a sum that cancelled, and as
// uncertain as they are; one that is small beside the loss, as a saturated 1 − tanh² makes it, is
// uncertain by the rounding of what it was made of.
func (p *pair) scale(want float64, whole []slope) float64 {
	loss := p.values.At(p.run.Graph().Loss, 0, 0).Float64(0)
	size := max(math.Abs(want), 1e-4*max(1, math.Abs(loss)))
	for _, s := range whole {
		size = max(size, math.Abs(s.got)/1000)
	}
	return size
}

// counts is what was checked.
type counts struct {
	mode                                        randcell.Mode
	cells, steps, differences, skipped, refused int
	drawn                                       map[string]int
}

func newCounts(mode randcell.Mode) *counts { return &counts{mode: mode, drawn: map[string]int{}} }

func (n *counts) cell(c randcell.Cell) {
	n.cells++
	for _, f := range c.Features {
		n.drawn[f]++
	}
}

// report logs the counts, and fails if more than a part of the differences was skipped.
func (n *counts) report(t *testing.T, part float64) {
	t.Helper()
	t.Logf("%d cells, %d complex steps, %d differences and %d skipped", n.cells, n.steps, n.differences, n.skipped)
	if float64(n.skipped) > 3+part*float64(n.differences) {
		t.Errorf("%d of %d differences were skipped", n.skipped, n.differences)
	}
	text := ""
	for _, f := range randcell.Features(n.mode) {
		text += fmt.Sprintf("%s %d, ", f, n.drawn[f])
	}
	t.Log(text)
}

// bump moves one entry of a weight's copy; the others keep their values.
func (s slope) bump(by float64) step.Bump {
	return step.Bump{Weight: s.weight, Copy: s.copy, Entry: s.entry, By: complex(by, 0)}
}

// moved is a weight's value, each entry moved by what by gives.
func moved(a series.Array, by func() float64) series.Array {
	out := make([]float64, a.Len())
	for i := range out {
		out[i] = a.Float64(i) + by()
	}
	return series.Floats(a.R, a.C, out)
}
