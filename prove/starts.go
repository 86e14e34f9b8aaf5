package prove

import (
	"unroll/eval"
	"unroll/graph"
	"unroll/lang"
	"unroll/series"
	"unroll/weights"
)

// start notes whether training would begin to move: whether, at the starts that the file gives its
// weights, any derivative is not 0.
func (t *trial) start() {
	w := t.world
	w.weights = map[string][]series.Array{}
	for _, p := range t.graph.Weights {
		a, ok := t.startOf(p)
		if !ok {
			t.starts = true
			return
		}
		for range t.world.weights[p.Name] {
			w.weights[p.Name] = append(w.weights[p.Name], a)
		}
	}
	v, err := t.eval(w, eval.Float)
	if err != nil {
		t.starts = true
		return
	}
	for _, p := range t.graph.Weights {
		t.starts = t.starts || !p.Fixed && t.moves(v, p)
	}
}

// startOf is a weight's start; not one that is made of data.
func (t *trial) startOf(p *graph.Param) (series.Array, bool) {
	s := p.Node.Shape
	switch {
	case p.Start == nil:
		var args []float64
		for _, a := range p.DrawArgs {
			x, _ := a.Float64()
			args = append(args, x)
		}
		x, err := weights.Draw(p.Draw, args, s.R, s.C, t.seed, p.Name)
		return series.Array{R: s.R, C: s.C, Float: x}, err == nil
	case p.Start.Kind == graph.Const:
		return series.Rats(s.R, s.C, p.Start.Value), true
	}
	return series.Array{}, false
}

// still remarks that training doesn't begin to move, in a cell that could.
func (p *prover) still(g *graph.Graph) []*lang.Error {
	for _, w := range g.Weights {
		if !p.starts && !w.Fixed && p.found[w.Name] == alive {
			return []*lang.Error{lang.Errorf(w.Pos, "at the starts of the weights every derivative was 0 in all runs, so that training by the gradient stays there; start some of them elsewhere, as by ~ glorot")}
		}
	}
	return nil
}
