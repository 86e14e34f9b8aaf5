package grad_test

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"unroll/graph"
	"unroll/internal/near"
	"unroll/op"
	"unroll/series"
)

// timeKinds are linear maps of a series h, made by the kinds that are about time. The values of h
// and of what the image is multiplied by are data; steps run from 1.
var timeKinds = map[string]func(m *graph.Maker, h, k *graph.Node) *graph.Node{
	"lag":           func(m *graph.Maker, h, _ *graph.Node) *graph.Node { return m.Shift(h, 1) },
	"lag of 3":      func(m *graph.Maker, h, _ *graph.Node) *graph.Node { return m.Shift(h, 3) },
	"lead":          func(m *graph.Maker, h, _ *graph.Node) *graph.Node { return m.Shift(h, -2) },
	"too far":       func(m *graph.Maker, h, _ *graph.Node) *graph.Node { return m.Shift(h, 9) },
	"there, back":   func(m *graph.Maker, h, _ *graph.Node) *graph.Node { return m.Shift(named(m, "s", m.Shift(h, 1)), -1) },
	"window":        func(m *graph.Maker, h, _ *graph.Node) *graph.Node { return m.Window(h, 3, 0) },
	"window ahead":  func(m *graph.Maker, h, _ *graph.Node) *graph.Node { return m.Window(h, 1, -1) },
	"window of one": func(m *graph.Maker, h, _ *graph.Node) *graph.Node { return m.Window(h, -1, -1) },
	"fold":          func(m *graph.Maker, h, _ *graph.Node) *graph.Node { return m.Fold(m.Window(h, 3, 1), 2, 0) },
	"fold alone":    func(m *graph.Maker, h, _ *graph.Node) *graph.Node { return m.Fold(h, 1, -1) },
	"total":         func(m *graph.Maker, h, _ *graph.Node) *graph.Node { return m.Total(h) },
	"pooled":        func(m *graph.Maker, h, _ *graph.Node) *graph.Node { return m.Pooled(m.Total(h)) },
	"first": func(m *graph.Maker, h, _ *graph.Node) *graph.Node {
		mask := m.Mask(graph.MaskSpec{Kind: graph.First, Inputs: []string{"x"}, Steps: true}, op.Scalar)
		return m.Total(m.Row(".*", mask, h))
	},
	"lag and start": func(m *graph.Maker, h, k *graph.Node) *graph.Node {
		inside := m.Mask(graph.MaskSpec{Kind: graph.Inside, K: 2}, op.Scalar)
		return m.Row("where", inside, m.Shift(h, 2), named(m, "start", m.Row(".*", m.Time(), k)))
	},
	"lag under a mask": func(m *graph.Maker, h, _ *graph.Node) *graph.Node {
		inside := m.Mask(graph.MaskSpec{Kind: graph.Inside, K: 3}, op.Scalar)
		return m.Row("where", inside, m.Shift(h, 1), m.Int(0))
	},
	"lag of a choice":    func(m *graph.Maker, h, _ *graph.Node) *graph.Node { return m.Shift(later(m, h), 2) },
	"window of a choice": func(m *graph.Maker, h, _ *graph.Node) *graph.Node { return m.Window(later(m, h), 2, 1) },
	"fold of a choice": func(m *graph.Maker, h, _ *graph.Node) *graph.Node {
		return m.Fold(later(m, m.Window(h, 2, 1)), 2, 1)
	},
	"constant": func(m *graph.Maker, h, k *graph.Node) *graph.Node {
		return m.Row("+", m.Shift(h, 1), m.Shift(k, 1))
	},
}

// later is a from the second step on, and 0 at the first.
func later(m *graph.Maker, a *graph.Node) *graph.Node {
	return m.Row("where", m.Mask(graph.MaskSpec{Kind: graph.Inside, K: 1}, op.Scalar), a, m.Zeros(a.Shape))
}

func named(m *graph.Maker, name string, arg *graph.Node) *graph.Node {
	n := m.Equation(name, graph.Steps, arg.Shape, arg.Pos)
	n.Args = []*graph.Node{arg}
	return n
}

// linear is a graph of <A x, c>: x is the series h, of some entries, and a constant k.
type linear struct {
	m          *graph.Maker
	g          *graph.Graph
	h, k, loss *graph.Node
}

func newLinear(of func(m *graph.Maker, h, k *graph.Node) *graph.Node, entries int) *linear {
	l := &linear{m: graph.NewMaker(op.Standard()), g: &graph.Graph{Cell: "linear", T0: 1}}
	l.h = named(l.m, "h", l.stack("x", entries))
	l.k = l.m.Add(&graph.Node{Kind: graph.Weight, Name: "k", Shape: op.Scalar})
	l.g.Weights = []*graph.Param{{Node: l.k, Name: "k"}}
	image := of(l.m, l.h, l.k)
	c := l.stack("c", image.Shape.R)
	if image.Shape.C > 1 {
		image = l.m.Row("*", image, l.stack("e", image.Shape.C))
	}
	l.loss = l.m.Pooled(l.m.Total(l.m.SumAll(l.m.Row(".*", c, image))))
	l.g.Loss, l.g.Nodes = l.loss, l.m.Nodes()
	return l
}

// stack is an input, a vector of some entries.
func (l *linear) stack(name string, entries int) *graph.Node {
	shape := op.Shape{R: entries, C: 1}
	l.g.Inputs = append(l.g.Inputs, &graph.Column{Name: name, Shape: shape})
	return l.m.Add(&graph.Node{Kind: graph.Input, Scope: graph.Times, Name: name, Shape: shape})
}

// data is two series of different lengths.
func (l *linear) data() series.Set {
	var set series.Set
	for s, T := range []int{7, 4} {
		columns := map[string]series.Column{}
		for i, in := range l.g.Inputs {
			for t := range T {
				a := series.Missing(in.Shape.R, 1)
				for k := range a.Rat {
					a.Rat[k] = big.NewRat(int64((i+2)*(t+3)*(s+5)*(k+1)%13-6), int64(2+(t+i+k)%3))
				}
				columns[in.Name] = columns[in.Name].Append(a)
			}
		}
		set.Series = append(set.Series, series.Series{ID: fmt.Sprint(s + 1), Columns: columns})
	}
	return set
}

// <A x, c> = <x, Aᵀ c>, exactly, for each kind, over numbers and vectors.
func TestAdjoints(t *testing.T) {
	for name, of := range timeKinds {
		for _, entries := range []int{1, 3} {
			if name == "fold alone" && entries == 1 {
				continue
			}
			t.Run(fmt.Sprint(name, " of ", entries), func(t *testing.T) {
				l := newLinear(of, entries)
				c := &cell{t: t, g: l.g}
				c.r.Data = l.data()
				c.r.Weights = map[string][]series.Array{"k": {series.Number(big.NewRat(3, 7))}}
				d := c.loss()
				v := c.values(d.Graph, d.Graph.Nodes...)
				sum := new(big.Rat)
				add := func(a, b series.Array) {
					for i := range a.Len() {
						sum.Add(sum, new(big.Rat).Mul(a.Rat[i], b.Rat[i]))
					}
				}
				add(v.At(l.k, 0, 0), v.At(d.Weight["k"], 0, 0))
				if adjoint := d.Adjoint[l.h]; adjoint != nil {
					for s := range v.Series() {
						for t := l.g.T0; t < v.T(s); t++ {
							add(v.At(l.h, s, t), v.At(adjoint, s, t))
						}
					}
				}
				if want := v.At(l.loss, 0, 0).Rat[0]; sum.Cmp(want) != 0 || want.Sign() == 0 && name != "too far" {
					t.Errorf("<x, Aᵀc> is %s, and <Ax, c> %s", sum.RatString(), want.RatString())
				}
			})
		}
	}
}

// recurrent are small cells, the rational ones of a polynomial loss.
var recurrent = []struct {
	name, text, weights string
	polynomial          bool
}{
	{"dropout", `input y
state h = 0
weight w, v
h = dropout(w*h[t-1] + y, 1/2)
k = zoneout(v*h, h[t-1], 1/3)
loss k^2`, "w = 1/2; v = -2", true},
	{"elman", `input y
state h[2] = h0
weight W, v, b, u, h0
h = tanh(W*h[t-1] + v*y[t-1] + b)
yhat = u*h
y ~ squared(yhat)`, "W = 1/2 -1/3 1/4 1/5; v = 1 -1; b = 1/10 0; u = 1 2; h0 = 1/2 -1/2", false},
	{"square", `input y
state h = s
weight w, s
h = h[t-1]^2*w + y
loss h`, "w = 1/2; s = 1/3", true},
	{"window", `input y
state h = 0
weight phi[2], w
h = w*h[t-1] + dot(phi, y[t-2 : t-1])*h[t-2]
y ~ squared(h + 1)`, "phi = 1/2 1/3; w = 2", true},
	{"backward", `input y
state h, k = s
weight w, s, v
h = w*h[t-1] + y
k = v*k[t+1]*h + w
loss k*h`, "w = 1/2; s = 2; v = -1", true},
	{"lead of data", `input y
state h = 0
weight w
h = w*y[t-1] + h[t+1]
loss y*h[t+1]`, "w = 2", true},
	{"per series", `input y
state l = l0
weight l0 per series = 1
weight a
e = y - l[t-1]
l = l[t-1] + a*e
y ~ squared(l[t-1])
loss pooled(total(a*l))`, "l0 = 1 | 2; a = 1/3", true},
	{"garch", `input y
state s2 = 1
weight a, b, c
s2 = a + b*y[t-1]^2 + c*s2[t-1]
y ~ normal(0, sqrt(s2))`, "a = 1/2; b = 1/3; c = 1/4", false},
}

// The gradient of a cell, and the derivative of each entry of it.
func TestRecurrent(t *testing.T) {
	t.Parallel()
	for _, r := range recurrent {
		t.Run(r.name, func(t *testing.T) {
			c := newCell(t, r.text, r.weights, "y = 1 -1/2 2 1/3 | 2 1 1/2")
			d := c.loss()
			c.compare(c.g, c.g.Loss, d.Graph, d.Weight, r.polynomial)
			for _, w := range c.g.Weights {
				m := graph.Continue(d.Graph, op.Standard())
				if d.Weight[w.Name].Scope == graph.Series {
					continue // Of adds over the series what is one a series
				}
				of := m.SumAll(d.Weight[w.Name])
				full := *d.Graph
				full.Nodes = m.Nodes()
				again := c.of(&full, of)
				c.compare(&full, of, again.Graph, again.Weight, r.polynomial)
			}
		})
	}
}

// What is fed back, as a forecast or as the last that is known, is differentiated through.
func TestFedBack(t *testing.T) {
	text := "input y\nstate h = 0\nweight u, v, w\nh = w*h[t-1] + v*y[t-1]\nyhat = u*h\ny ~ squared(yhat)"
	for _, feed := range []graph.FeedMode{graph.Teacher, graph.Free} {
		c := fedCell(t, text, "u = 1/2; v = 1/3; w = -1", "y = 1 -1/2 2 1/3 | 2 1 1/2", feed)
		d := c.loss()
		c.compare(c.g, c.g.Loss, d.Graph, d.Weight, true)
		again := c.of(d.Graph, d.Weight["w"])
		c.compare(d.Graph, d.Weight["w"], again.Graph, again.Weight, true)
	}
}

// compare holds the gradient of a number against its differences: exact ones for a polynomial.
func (c *cell) compare(g *graph.Graph, of *graph.Node, full *graph.Graph, gradient map[string]*graph.Node, polynomial bool) {
	c.t.Helper()
	v := c.values(full)
	for _, w := range c.g.Weights {
		got := v.At(gradient[w.Name], 0, 0)
		for i := range got.Len() {
			if polynomial {
				if want := c.exactSlope(g, of, w.Name, i, 9); got.Rat[i].Cmp(want) != 0 {
					c.t.Errorf("by %s: entry %d is %s, not %s", w.Name, i, got.Rat[i].RatString(), want.RatString())
				}
			} else if want := c.slope(g, of, w.Name, i); !near.Close(got.Float64(i), want, 1e-8) || math.IsNaN(want) {
				c.t.Errorf("by %s: entry %d is %v, not %v", w.Name, i, got.Float64(i), want)
			}
		}
	}
}
