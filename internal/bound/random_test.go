package bound_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"unroll"
	"unroll/eval"
	"unroll/graph"
	"unroll/internal/bound"
	"unroll/internal/randcell"
)

// drawn is a random cell's derivative and its values, nil if the cell isn't bound.
func drawn(t *testing.T, mode randcell.Mode, seed int) (*graph.Graph, *eval.Values, randcell.Cell) {
	c := rapid.Custom(func(rt *rapid.T) randcell.Cell { return randcell.Draw(rt, mode) }).Example(seed)
	cell, err := unroll.Parse("random.cell", c.Text)
	if err != nil {
		t.Fatal(err)
	}
	o := unroll.Options{Feed: c.Feed, Sizes: c.Sizes, Training: c.Training, Fill: c.Fill, Seed: 7}
	if c.Stop {
		o.Feedback = "stop"
	}
	if c.Mean {
		o.Reduce = "mean"
	}
	run, err := cell.Bind(c.Data, o)
	if err != nil {
		return nil, nil, c // shapes that are found too late
	}
	for name, values := range c.Weights {
		if err := run.Set(name, values...); err != nil {
			t.Fatal(err)
		}
	}
	d, err := run.Derivative()
	if err != nil {
		t.Fatal(err)
	}
	v, err := run.Eval(d.Graph)
	if err != nil {
		t.Fatal(err)
	}
	return d.Graph, v, c
}

// outputs calls f for every entry of what a test of an engine compares.
func outputs(g *graph.Graph, v *eval.Values, f func(at moment, entry int)) {
	for _, n := range slices.Concat([]*graph.Node{g.Loss}, g.Names, g.Outputs) {
		for s := range v.Series() {
			for t := range v.T(s) {
				if key(n, s, t) != (moment{n, s, t}) || n.Scope == graph.Steps && t < g.T0 {
					continue
				}
				for i := range n.Shape.Len() {
					f(moment{n, s, t}, i)
				}
			}
		}
	}
}

// cellsDrawn is how many cells are drawn for each kind of run.
const cellsDrawn = 60

// kinds are the formats that runs are made in.
var kinds = []struct {
	name  string
	eps   float64
	round func(float64) float64
}{{"float32", 0x1p-23, single}, {"float64", 0x1p-52, double}}

// Random cells and their derivatives, run with every rounding there may be, stay within the bound, and
// the bound isn't far above.
func TestRandomCells(t *testing.T) {
	for mode, cells := range map[randcell.Mode]int{randcell.Any: cellsDrawn, randcell.Rational: cellsDrawn, randcell.Large: cellsDrawn / 3} {
		for _, k := range kinds {
			l := &looseness{}
			for seed := range cells {
				g, v, c := drawn(t, mode, seed)
				if g == nil {
					continue
				}
				l.cells++
				b := bound.New(g, v, k.eps, nil)
				if _, near := b.Kink(); near {
					l.kinked++
					continue
				}
				m := &machine{ref: v, eps: k.eps, round: k.round, random: rand.New(rand.NewPCG(uint64(seed), 0))}
				if fault := l.compare(b, m.worst(g, 8)); fault != "" {
					t.Fatalf("mode %d, %s, seed %d: %s\n%s", mode, k.name, seed, fault, c.Text)
				}
			}
			l.report(t, fmt.Sprintf("mode %d, %s", mode, k.name))
		}
	}
}

// looseness counts what was compared, and how many times an error goes into its bound.
type looseness struct {
	cells, kinked, endless int
	ratios                 []float64
}

// compare says which error is above its bound, "" if none is.
func (l *looseness) compare(b *bound.Bound, worst map[moment][]float64) string {
	for at, all := range worst {
		for entry, off := range all {
			most := b.At(at.n, at.s, at.t, entry)
			switch {
			case math.IsInf(most, 1):
				l.endless++
			case !(off <= most):
				return fmt.Sprintf("%s in series %d at t = %d, entry %d is off by %.3g, bound %.3g", at.n, at.s, at.t, entry, off, most)
			case off > 0:
				l.ratios = append(l.ratios, most/off)
			}
		}
	}
	return ""
}

func (l *looseness) report(t *testing.T, title string) {
	slices.Sort(l.ratios)
	median := l.ratios[len(l.ratios)/2]
	t.Logf("%s: %d cells, %d near a kink; %d numbers, bound over error: least %.3g, median %.3g; %d without end",
		title, l.cells, l.kinked, len(l.ratios), l.ratios[0], median, l.endless)
	if median > 100 {
		t.Errorf("%s: the bound is %.3g times as large as the error", title, median)
	}
	if l.kinked > l.cells/2 || l.endless > len(l.ratios)/20 {
		t.Errorf("%s: too little is left to compare", title)
	}
}

// A mistake is seen: always, if an equation's value is off by a hundred times its bound; and nearly
// always, if any row's is off by a thousandth and that matters to any output.
func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		name string
		kind graph.Kind
		by   func(value, bound float64) float64
		seen float64 // at least this part
	}{
		{"an equation", graph.Name, func(_, bound float64) float64 { return 100 * bound }, 1},
		{"a row", graph.Row, func(value, _ float64) float64 { return value / 1000 }, 0.9}, // of very many, 0.96 are
	} {
		p := &planter{kind: c.kind, by: c.by}
		for seed := range 2 * cellsDrawn {
			if g, v, _ := drawn(t, randcell.Any, seed); g != nil {
				p.plant(g, v, rand.New(rand.NewPCG(uint64(seed), 1)))
			}
		}
		t.Logf("%s: %d of %d mistakes are seen", c.name, p.seen, p.planted)
		if p.planted < 100 || float64(p.seen) < c.seen*float64(p.planted) {
			t.Errorf("%s: too few", c.name)
		}
	}
}

// planter makes mistakes in nodes of a kind.
type planter struct {
	kind          graph.Kind
	by            func(value, bound float64) float64
	planted, seen int
}

// plant makes some mistakes in a cell's run, one at a time.
func (p *planter) plant(g *graph.Graph, v *eval.Values, random *rand.Rand) {
	b, fit := bound.New(g, v, 0x1p-23, nil), p.victims(g)
	if _, near := b.Kink(); near || len(fit) == 0 {
		return
	}
	for range 5 {
		s := random.IntN(v.Series())
		at := moment{fit[random.IntN(len(fit))], s, g.T0 + random.IntN(max(1, v.T(s)-g.T0))}
		off := p.by(v.At(at.n, at.s, at.t).Float64(0), b.At(at.n, at.s, at.t, 0))
		m := &machine{ref: v, round: double, random: random, broken: at}
		m.mend = func(x []float64) { x[0] += off }
		if off == 0 || math.IsInf(off, 0) || !m.matters(g) {
			continue
		}
		m.eps, m.round = 0x1p-23, single
		p.planted++
		if fault := new(looseness).compare(b, m.worst(g, 1)); fault != "" {
			p.seen++
		}
	}
}

// matters tells whether any output of a run is off by more than a hundred-thousandth of itself.
func (m *machine) matters(g *graph.Graph) bool {
	for at, all := range m.worst(g, 1) {
		for i, off := range all {
			if off > 1e-5*math.Abs(m.ref.At(at.n, at.s, at.t).Float64(i)) {
				return true
			}
		}
	}
	return false
}

// victims are the nodes on the way to the loss in which a mistake may be made.
func (p *planter) victims(g *graph.Graph) []*graph.Node {
	var fit []*graph.Node
	for _, c := range graph.Schedule(g.Loss) {
		for _, n := range c.Nodes {
			if n.Kind == p.kind && n.Scope == graph.Steps && (n.Kind == graph.Row || slices.Contains(g.Names, n)) {
				fit = append(fit, n)
			}
		}
	}
	return fit
}

// worst is by how much runs are off at most, by place and entry.
func (m *machine) worst(g *graph.Graph, runs int) map[moment][]float64 {
	worst := map[moment][]float64{}
	for range runs {
		m.run(g)
		outputs(g, m.ref, func(at moment, i int) {
			if worst[at] == nil {
				worst[at] = make([]float64, at.n.Shape.Len())
			}
			off := math.Abs(m.values[at][i] - m.ref.At(at.n, at.s, at.t).Float64(i))
			if math.IsNaN(off) {
				off = 0 // both undefined, or the bound is infinite: that is looked at elsewhere
				if !math.IsNaN(m.ref.At(at.n, at.s, at.t).Float64(i)) {
					off = math.Inf(1)
				}
			}
			worst[at][i] = max(worst[at][i], off)
		})
	}
	return worst
}
