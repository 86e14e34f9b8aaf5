package train

import (
	"math"

	"unroll/eval"
	"unroll/graph"
	"unroll/plan"
	"unroll/series"
)

// validation is a run on the data with the times that are held out, without what training draws. It counts the
// scores that are about those times alone.
type validation struct {
	p       Problem
	cut     *cut
	data    *part
	bench   *bench
	batches []batch
	from    map[strand]int // by strand: the first time of it that counts
}

// newValidation plans the run.
func newValidation(p Problem, o Options) (*validation, error) {
	v := &validation{p: p, from: map[strand]int{}}
	if p.Valid != nil {
		v.p.Graph = p.Valid
	}
	var err error
	if v.data, err = newPart(v.p, 0); err != nil {
		return nil, err
	}
	v.cut = newCut(v.p.Graph, how{table: p.Table, windows: o.Window > 0 || stateless(v.p.Graph), mean: p.Mean})
	if err := v.data.prepare(v.p, v.cut); err != nil {
		return nil, err
	}
	v.strands(o)
	var roots []*graph.Node
	for _, s := range v.cut.Scores {
		roots = append(roots, s.Value, s.Count)
	}
	room := 0
	for _, b := range v.batches {
		for _, s := range b.strands {
			room = max(room, s.hi-s.lo)
		}
	}
	bind, err := newBinder(v.cut.Graph, roots, o.Float64, plan.Options{Cores: o.Cores, Room: room})
	v.bench = &bench{bind, map[int]*bound{}}
	return v, err
}

// long is how many times a series has, at least, that isn't run as a whole when training takes windows.
const long = 10_000

// strands lists what is run: whole series; only what counts, if what is scored at a step needs no step before;
// and of long series, if training takes windows, what counts and the steps of a few windows before it, in pieces
// that go side by side.
func (v *validation) strands(o Options) {
	x := &batches{t0: v.cut.T0, lengths: v.data.lengths, o: o}
	ahead := 0
	for _, s := range v.cut.Scores {
		ahead = max(ahead, s.Ahead)
	}
	alone := stateless(v.p.Graph)
	var all []strand
	for i, T := range v.data.lengths {
		size, before := T, T
		switch {
		case alone:
			before = 0
		case o.Window > 0 && T > long:
			size, before = max(o.Window, (o.Holdout+o.Batch-1)/o.Batch), 4*o.Window
		}
		for from := max(T-o.Holdout, x.t0); from < T; from += size {
			s := strand{series: i, lo: max(0, from-before-ahead-x.t0), hi: min(T, from+size)}
			v.from[s] = from
			all = append(all, s)
		}
	}
	v.batches = x.grouped(0, all)
}

// loss is the mean score of the entries that are held out, with some weights.
func (v *validation) loss(vec *vector, raw []float64) (float64, error) {
	var sum, count float64
	err := v.scores(vec, raw, func(_ int, x, n float64) { sum, count = sum+x, count+n })
	if count == 0 {
		return math.NaN(), err
	}
	return sum / count, err
}

// scores gives, strand by strand, the sum of the scores of a series and how many entries they are of.
func (v *validation) scores(vec *vector, raw []float64, add func(series int, sum, count float64)) error {
	now := vector{blocks: vec.blocks, raw: raw, value: make([]float64, len(raw)), fixed: vec.fixed}
	now.update([]span{{0, len(raw)}})
	for i := range v.batches {
		b := &v.batches[i]
		r := eval.Run{Weights: v.data.given(v.cut, &now, b), Steps: v.p.Steps, Masked: true}
		if v.cut.names[partName] {
			for range b.strands {
				r.Weights[partName] = append(r.Weights[partName], scalar(1))
			}
		}
		if v.cut.names[shareName] {
			r.Weights[shareName] = []series.Array{scalar(1)}
		}
		for _, s := range b.strands {
			r.Data.Series = append(r.Data.Series, v.data.strand(s, v.cut))
		}
		m, err := v.bench.load(b, r)
		if err != nil {
			return err
		}
		m.Run()
		for i, s := range b.strands {
			x, n := v.scored(m, i, s)
			add(s.series, x, n)
		}
	}
	return nil
}

// scored adds up the scores of a strand that count, and their numbers of entries.
func (v *validation) scored(m machine, i int, s strand) (sum, count float64) {
	var x [2]float64
	for _, score := range v.cut.Scores {
		from := v.from[s] - s.lo
		if score.Value.Scope >= graph.Steps {
			from = max(from-score.Ahead, v.cut.T0)
		}
		hi := s.hi - s.lo
		if s.hi < v.data.lengths[s.series] {
			hi -= score.Ahead // the next piece has them
		}
		if score.Value.Scope < graph.Steps {
			from, hi = 0, 1
		}
		for t := from; t < hi; t++ {
			m.Read(score.Value, i, t, x[:1])
			m.Read(score.Count, i, t, x[1:])
			sum, count = sum+x[0], count+x[1]
		}
	}
	return sum, count
}
