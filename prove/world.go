package prove

import (
	"math/big"
	"math/rand/v2"
	"strconv"

	"unroll/eval"
	"unroll/graph"
	"unroll/series"
	"unroll/weights"
)

// world is what a run is on: data, weights, and the seed of what the cell draws.
type world struct {
	data    series.Set
	weights map[string][]series.Array
	steps   int // of a cell without inputs
	seed    uint64
}

// drawWorld draws series of the lengths given, and weights.
func drawWorld(g *graph.Graph, lengths []int, gaps bool, p *picker) world {
	w := world{weights: map[string][]series.Array{}, seed: p.r.Uint64(), steps: stepsOf(g, lengths)}
	if len(g.Inputs) > 0 {
		kinds := map[string]kind{}
		for _, in := range g.Inputs {
			kinds[in.Name] = p.pick(in.Name, false)
		}
		for i, T := range lengths {
			w.data.Series = append(w.data.Series, drawSeries(g, strconv.Itoa(i+1), T, gaps, kinds, p.r))
		}
	}
	for _, param := range g.Weights {
		k := p.pick(param.Name, true)
		copies := 1
		if param.PerSeries {
			copies = max(1, len(w.data.Series))
		}
		for range copies {
			w.weights[param.Name] = append(w.weights[param.Name], drawWeight(param, k, p.r))
		}
	}
	return w
}

// stepsOf is how many steps a run has if no input says it; otherwise 0.
func stepsOf(g *graph.Graph, lengths []int) int {
	for _, in := range g.Inputs {
		if !in.PerSeries {
			return 0
		}
	}
	return lengths[0]
}

func drawSeries(g *graph.Graph, id string, T int, gaps bool, kinds map[string]kind, r *rand.Rand) series.Series {
	s := series.Series{ID: id, Columns: map[string]series.Column{}, Consts: map[string]series.Array{}}
	for _, in := range g.Inputs {
		if in.PerSeries {
			s.Consts[in.Name] = drawInput(in, kinds[in.Name], r)
			continue
		}
		for t := range lengthOf(in, g, T) {
			a := drawInput(in, kinds[in.Name], r)
			if gaps && mayMiss(in, g, t) {
				a = withGaps(a, r)
			}
			s.Columns[in.Name] = s.Columns[in.Name].Append(a)
		}
	}
	return s
}

// lengthOf is how many times an input has: one that is known ahead more, beside others, as far as it
// is read ahead.
func lengthOf(in *graph.Column, g *graph.Graph, T int) int {
	for _, other := range g.Inputs {
		if in.Known && !other.Known && !other.PerSeries {
			return T + ahead(g)
		}
	}
	return T
}

func drawInput(in *graph.Column, k kind, r *rand.Rand) series.Array {
	a := series.Missing(in.Shape.R, in.Shape.C)
	for i := range a.Rat {
		if in.Classes > 0 {
			a.Rat[i] = big.NewRat(r.Int64N(int64(in.Classes)), 1)
		} else {
			a.Rat[i] = k.draw(r)
		}
	}
	return a
}

// mayMiss tells whether an input may be missing at a time: one that is forecast from its first
// forecast on, and one of which the file asks whether it is there.
func mayMiss(in *graph.Column, g *graph.Graph, t int) bool {
	if !in.Forecast {
		return in.Asked
	}
	return t > 0 && t >= g.T0+firstAhead(g, in.Name)
}

// withGaps leaves out each entry with probability 1/4.
func withGaps(a series.Array, r *rand.Rand) series.Array {
	for i := range a.Rat {
		if r.IntN(4) == 0 {
			a.Rat[i] = nil
		}
	}
	return a
}

// drawWeight draws within the weight's interval. A fixed weight keeps what the file says.
func drawWeight(w *graph.Param, k kind, r *rand.Rand) series.Array {
	s := w.Node.Shape
	start := w.Start != nil && w.Start.Kind == graph.Const
	a := series.Missing(s.R, s.C)
	for i := range a.Rat {
		switch {
		case start && w.Fixed:
			a.Rat[i] = w.Start.Value[i]
		case w.Lo != nil || w.Hi != nil:
			a.Rat[i] = between(w.Lo, w.Hi, r)
		case start && k == started:
			a.Rat[i] = new(big.Rat).Add(w.Start.Value[i], big.NewRat(r.Int64N(9)-4, 16))
		default:
			a.Rat[i] = k.draw(r)
		}
	}
	return a
}

// changed is the same world with weights in float64, each entry changed.
func (w world) changed(g *graph.Graph, change func(weight string, copy, entry int, x float64) float64) world {
	out := w
	out.weights = map[string][]series.Array{}
	for _, p := range g.Weights {
		for s, a := range w.weights[p.Name] {
			x := make([]float64, a.Len())
			for i := range x {
				x[i] = change(p.Name, s, i, a.Float64(i))
			}
			out.weights[p.Name] = append(out.weights[p.Name], series.Floats(a.R, a.C, x))
		}
	}
	return out
}

// moved is the same world with weights moved a little: off the quarters, where kinks are. A weight
// stays in its interval.
func (w world) moved(g *graph.Graph, r *rand.Rand) world {
	far := map[string]float64{}
	for _, p := range g.Weights {
		far[p.Name] = room(p)
	}
	return w.changed(g, func(weight string, _, _ int, x float64) float64 {
		return x + far[weight]*(r.Float64()-0.5)
	})
}

// room is how far a weight may be moved.
func room(w *graph.Param) float64 {
	const far = 0.04
	switch {
	case w.Fixed:
		return 0
	case w.Lo == nil || w.Hi == nil:
		return far
	}
	width, _ := new(big.Rat).Sub(w.Hi, w.Lo).Float64()
	return far * min(1, width)
}

// run is what package eval runs the world on.
func (w world) run(mode eval.ExactMode) eval.Run {
	return eval.Run{Data: w.data, Weights: w.weights, Steps: w.steps, Exact: mode, Draw: w.draw}
}

// uniform is a multiple of 1/2^32 from 0 up to 1.
func (w world) uniform(id, seriesID string, t, entry int) *big.Rat {
	return big.NewRat(int64(weights.Uniform(w.seed, 0, seriesID, id, t, entry)), 1<<32)
}

func (w world) draw(spec graph.DrawSpec, seriesID string, t, entry int) (*big.Rat, float64) {
	if spec.Kind == graph.Gauss {
		return nil, weights.Gauss(w.seed, 0, seriesID, spec.ID, t, entry)
	}
	u := w.uniform(spec.ID, seriesID, t, entry)
	f, _ := u.Float64()
	return u, f
}

// firstAhead is how far ahead an input is forecast.
func firstAhead(g *graph.Graph, name string) int {
	for _, s := range g.Scores {
		if s.Input == name && s.Forecast != nil {
			return s.Ahead
		}
	}
	return 0
}

// ahead is how far the graph looks ahead at most.
func ahead(g *graph.Graph) int {
	most := 0
	for _, n := range g.Nodes {
		switch n.Kind {
		case graph.Shift:
			most = max(most, -n.K)
		case graph.Window:
			most = max(most, -n.Q)
		}
	}
	return most
}

// span is how far the graph looks back at most.
func span(g *graph.Graph) int {
	most := 0
	for _, n := range g.Nodes {
		switch n.Kind {
		case graph.Shift:
			most = max(most, n.K)
		case graph.Window:
			most = max(most, n.P)
		}
	}
	return most
}
