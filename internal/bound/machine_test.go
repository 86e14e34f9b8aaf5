package bound_test

import (
	"math"
	"math/rand/v2"

	"unroll/eval"
	"unroll/graph"
	"unroll/op"
)

// machine runs a graph as a fast engine might: every number is rounded, sums are added in any order,
// with or without fused products, and functions are off by what they may.
type machine struct {
	ref    *eval.Values
	eps    float64
	round  func(float64) float64
	random *rand.Rand
	values map[moment][]float64

	broken moment // where a mistake is planted
	mend   func(value []float64)
}

type moment struct {
	n    *graph.Node
	s, t int
}

func single(x float64) float64 { return float64(float32(x)) }
func double(x float64) float64 { return x }

func (m *machine) run(g *graph.Graph) {
	m.values = map[moment][]float64{}
	roots := append([]*graph.Node{g.Loss}, g.Names...)
	for _, s := range g.Scores {
		roots = append(roots, s.Value, s.Count, s.Forecast)
	}
	for _, c := range graph.Schedule(append(roots, g.Outputs...)...) {
		if c.Dir == graph.Flat {
			for _, n := range c.Nodes {
				for s := range m.ref.Series() {
					for t := range m.ref.T(s) {
						m.store(g, n, s, t)
					}
				}
			}
			continue
		}
		for s := range m.ref.Series() {
			for i := range m.ref.T(s) {
				t := i
				if c.Dir == graph.Backward {
					t = m.ref.T(s) - 1 - i
				}
				for _, n := range c.Nodes {
					m.store(g, n, s, t)
				}
			}
		}
	}
}

// key is where a value is kept.
func key(n *graph.Node, s, t int) moment {
	switch n.Scope {
	case graph.Global:
		return moment{n, 0, 0}
	case graph.Series:
		return moment{n, s, 0}
	}
	return moment{n, s, t}
}

func (m *machine) store(g *graph.Graph, n *graph.Node, s, t int) {
	k := key(n, s, t)
	if m.values[k] != nil || n.Scope == graph.Steps && t < g.T0 {
		return
	}
	v := m.compute(g, n, s, t)
	if k == m.broken {
		m.mend(v)
	}
	m.values[k] = v
}

func (m *machine) read(n *graph.Node, s, t int) []float64 {
	if n.Kind == graph.Input {
		return m.leaf(n, s, t)
	}
	if v := m.values[key(n, s, t)]; v != nil {
		return v
	}
	return make([]float64, n.Shape.Len())
}

func (m *machine) leaf(n *graph.Node, s, t int) []float64 {
	var out []float64
	a := m.ref.At(n, s, t)
	for i := range a.Len() {
		out = append(out, m.round(a.Float64(i)))
	}
	return out
}

func (m *machine) compute(g *graph.Graph, n *graph.Node, s, t int) []float64 {
	switch n.Kind {
	case graph.Row:
		return m.row(n, s, t)
	case graph.Name:
		out := append([]float64{}, m.read(n.Args[0], s, t)...)
		for i, x := range out {
			if m.eps > 0x1p-40 && math.Abs(x) < 0x1p-126 {
				out[i] = 0
			}
		}
		return out
	case graph.Shift:
		return m.read(n.Args[0], s, t-n.K)
	case graph.Window:
		var out []float64
		for k := n.P; k >= n.Q; k-- {
			out = append(out, m.read(n.Args[0], s, t-k)...)
		}
		return out
	case graph.Fold, graph.Total, graph.Pooled:
		return m.added(n, s, t)
	}
	return m.leaf(n, s, t)
}

func (m *machine) added(n *graph.Node, s, t int) []float64 {
	out := make([]float64, n.Shape.Len())
	for i := range out {
		var terms [][]float64
		switch n.Kind {
		case graph.Fold:
			for k := n.Q; k <= n.P; k++ {
				terms = append(terms, []float64{m.read(n.Args[0], s, t+k)[(n.P-k)*len(out)+i]})
			}
		case graph.Total:
			for t := range m.ref.T(s) {
				terms = append(terms, []float64{m.read(n.Args[0], s, t)[i]})
			}
		default:
			for s := range m.ref.Series() {
				terms = append(terms, []float64{m.read(n.Args[0], s, 0)[i]})
			}
		}
		out[i] = m.sum(terms)
	}
	return out
}

// sum adds products in some order.
func (m *machine) sum(terms [][]float64) float64 {
	m.random.Shuffle(len(terms), func(i, j int) { terms[i], terms[j] = terms[j], terms[i] })
	fused := m.random.IntN(2) == 0
	sum := 0.0
	for _, t := range terms {
		p := 1.0
		for _, x := range t {
			p *= x
		}
		if !fused {
			p = m.round(p)
		}
		sum = m.round(sum + p)
	}
	return sum
}

func (m *machine) row(n *graph.Node, s, t int) []float64 {
	var in []op.FloatArray
	for _, a := range n.Args {
		in = append(in, op.FloatArray{Shape: a.Shape, Data: m.read(a, s, t)})
	}
	if n.Row.Terms != nil {
		return m.linear(n, in)
	}
	out := n.Row.Float64(n.Shape, in)
	for i := range out {
		if n.Row.Ulps > 0.5 {
			out[i] += out[i] * m.eps * (n.Row.Ulps - 0.5) * (2*m.random.Float64() - 1)
		}
		out[i] = m.round(out[i])
	}
	return out
}

func (m *machine) linear(n *graph.Node, in []op.FloatArray) []float64 {
	var shapes []op.Shape
	var consts []int
	for _, a := range in {
		shapes, consts = append(shapes, a.Shape), append(consts, int(a.Data[0]))
	}
	out := make([]float64, n.Shape.Len())
	for i := range out {
		var terms [][]float64
		for _, t := range n.Row.Terms(shapes, consts, i/n.Shape.C, i%n.Shape.C) {
			var p []float64
			for _, r := range t {
				p = append(p, in[r.Arg].Data[r.Row*in[r.Arg].C+r.Col])
			}
			terms = append(terms, p)
		}
		out[i] = m.sum(terms)
	}
	return out
}
