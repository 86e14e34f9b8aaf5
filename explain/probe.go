package explain

import (
	"maps"
	"math/big"

	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/series"
)

// probe differentiates what a value is at one step: the sum of seed·value over time, where the seed
// is a column of data that is 1 at one entry of one step.
type probe struct {
	*solved
	of *graph.Node
	d  *grad.Derivative
}

// seed can't be a name of the file.
const seed = "(seed)"

func (s *solved) probe(of *graph.Node) (*probe, error) {
	m := graph.Continue(s.Graph, s.Choices.Table)
	g := *s.Graph
	leaf := m.Add(&graph.Node{Kind: graph.Input, Name: seed, Scope: graph.Times, Shape: of.Shape})
	sum := m.Pooled(m.Total(m.SumAll(m.Row(".*", leaf, of))))
	g.Nodes = m.Nodes()
	g.Inputs = append(append([]*graph.Column{}, g.Inputs...), &graph.Column{Name: seed, Shape: of.Shape})
	d, err := grad.Of(&g, sum, s.Choices.Table)
	return &probe{s, of, d}, err
}

// only is a graph of which nothing is wanted but the derivative by the value itself.
func (p *probe) only() *graph.Graph {
	g := *p.d.Graph
	g.Loss, g.Names, g.Scores = nil, nil, nil
	g.Outputs = []*graph.Node{p.d.Adjoint[p.of]}
	return &g
}

// at are the values of a graph of the probe's with the seed at an entry of a step.
func (p *probe) at(g *graph.Graph, i, t, entry int) (*eval.Values, error) {
	run := p.Run
	run.Data = series.Set{Series: append([]series.Series{}, p.Run.Data.Series...)}
	if len(run.Data.Series) == 0 {
		run.Data.Series = []series.Series{{ID: "1"}}
	}
	for j := range run.Data.Series {
		one := &run.Data.Series[j]
		one.Columns = maps.Clone(one.Columns)
		if one.Columns == nil {
			one.Columns = map[string]series.Column{}
		}
		one.Columns[seed] = p.column(j == i, p.v.T(j), t, entry)
	}
	return eval.Eval(g, run)
}

func (p *probe) column(on bool, T, t, entry int) series.Column {
	all := make([]series.Array, T)
	for s := range all {
		all[s] = zeros(p.of.Shape.R, p.of.Shape.C)
	}
	if on {
		all[t].Rat[entry] = big.NewRat(1, 1)
	}
	return series.Arrays(all...)
}

// movedBy are the derivatives of the value at t by an input at each time, through the equations: what
// the score itself reads is left out.
func (p *probe) movedBy(edges *grad.Edges, in *graph.Node, t int) (map[int]series.Array, error) {
	v, err := p.at(edges.Graph, 0, t, 0)
	if err != nil {
		return nil, err
	}
	out := map[int]series.Array{}
	for reader, all := range edges.Of {
		for _, e := range all {
			if reader.Kind != graph.Name || e.Reads != in || e.At != graph.Steps || e.Summed {
				continue
			}
			for at := p.Graph.T0; at < p.v.T(0); at++ {
				a := v.At(e.Back, 0, at)
				if old, ok := out[at-e.Lag]; ok {
					a = add(old, a)
				}
				out[at-e.Lag] = a
			}
		}
	}
	return out, nil
}
