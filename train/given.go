package train

import (
	"math/big"

	"unroll/eval"
	"unroll/graph"
	"unroll/series"
	"unroll/weights"
)

// shares are how much of an epoch's steps there is in all, and in each series.
type shares struct {
	order *batches
	all   float64
	of    []float64
}

func newShares(order *batches, list []batch) *shares {
	x := &shares{order: order, of: make([]float64, len(order.lengths))}
	for _, b := range list {
		for _, s := range b.strands {
			n := float64(order.steps(s))
			x.all += n
			x.of[s.series] += n
		}
	}
	return x
}

// run is what a batch gives to the graph. What may be missing has been checked in the whole data.
func (f *fitting) run(b *batch, s *shares) eval.Run {
	r := eval.Run{Weights: f.data.given(f.cut, f.vec, b), Steps: f.p.Steps, Masked: true, Draw: drawing(f.o.Seed, uint64(f.step))}
	own := func(name string, of func(strand) float64) {
		if f.cut.names[name] {
			for _, x := range b.strands {
				r.Weights[name] = append(r.Weights[name], scalar(of(x)))
			}
		}
	}
	own(partName, func(x strand) float64 { return float64(f.order.steps(x)) / s.of[x.series] })
	if f.cut.names[shareName] {
		sum := 0.0
		for _, x := range b.strands {
			sum += float64(f.order.steps(x))
		}
		r.Weights[shareName] = []series.Array{scalar(sum / s.all)}
	}
	for _, x := range b.strands {
		r.Data.Series = append(r.Data.Series, f.data.strand(x, f.cut))
	}
	f.store.give(&r, b)
	return r
}

func scalar(x float64) series.Array { return series.Floats(1, 1, []float64{x}) }

// given are a batch's weights, and what else is given as such.
func (x *part) given(c *cut, v *vector, b *batch) map[string][]series.Array {
	out := map[string][]series.Array{}
	pick := func(name string, perSeries bool, of func(i int) series.Array) {
		if !perSeries {
			out[name] = []series.Array{of(0)}
			return
		}
		for _, s := range b.strands {
			out[name] = append(out[name], of(s.series))
		}
	}
	for i := range v.blocks {
		w := &v.blocks[i]
		pick(w.Name, w.PerSeries, func(i int) series.Array { return v.array(w, i) })
	}
	for _, w := range c.Weights {
		all, ok := v.fixed[w.Name]
		if !ok {
			all, ok = x.whole[w.Name]
		}
		if ok {
			pick(w.Name, w.PerSeries, func(i int) series.Array { return all[i] })
		}
	}
	own := func(name string, of func(strand) int) {
		if c.names[name] {
			for _, s := range b.strands {
				out[name] = append(out[name], scalar(float64(of(s))))
			}
		}
	}
	own(offsetName, func(s strand) int { return s.lo - c.pad })
	own(endName, func(s strand) int { return x.lengths[s.series] - c.pad })
	return out
}

// drawing gives the random numbers of a training step.
func drawing(seed, step uint64) func(spec graph.DrawSpec, id string, t, entry int) (*big.Rat, float64) {
	type key struct{ series, id string }
	streams := map[key]weights.Stream{}
	return func(spec graph.DrawSpec, id string, t, entry int) (*big.Rat, float64) {
		k := key{id, spec.ID}
		s, ok := streams[k]
		if !ok {
			s = weights.NewStream(seed, step, id, spec.ID)
			streams[k] = s
		}
		if spec.Kind == graph.Gauss {
			return nil, s.Gauss(t, entry)
		}
		return nil, float64(s.Uniform(t, entry)) / (1 << 32)
	}
}
