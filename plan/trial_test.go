package plan_test

import (
	"cmp"
	"fmt"
	"maps"
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
	"unroll/kernel"
	"unroll/plan"
	"unroll/series"
)

// trial is a cell's derivative on data, and what the interpreter makes of it.
type trial struct {
	graph  *graph.Graph
	run    eval.Run
	leaves *eval.Leaves
	want   *eval.Values             // nil until it is needed
	roots  map[string][]*graph.Node // what may be asked for, by a word: see asks
	near   map[float64]*nearness    // by the distance from 1 to the next number
}

// nearness is how far a run may be off, as far as it was asked.
type nearness struct {
	*bound.Bound
	kink string // what is too near to a kink
	at   map[entry]float64
}

// asks are what may be asked of a plan: what training needs; besides it what has a name; or everything, so
// that no value is left out or shares memory.
var asks = []string{"gradients", "equations", "nodes"}

// rootsOf is the derivative of a run's loss, and what training needs of it: the loss and the gradients.
func rootsOf(run *unroll.Run) (*graph.Graph, []*graph.Node, error) {
	d, err := run.Derivative()
	if err != nil {
		return nil, nil, err
	}
	roots := []*graph.Node{run.Graph().Loss}
	for _, w := range run.Graph().Weights {
		if n := d.Weight[w.Name]; n != nil {
			roots = append(roots, n)
		}
	}
	return d.Graph, roots, nil
}

// newTrial is a run's derivative; it will be evaluated in float64.
func newTrial(run *unroll.Run) (*trial, error) {
	g, gradients, err := rootsOf(run)
	if err != nil {
		return nil, err
	}
	tr := &trial{graph: g, run: run.Case().Run, near: map[float64]*nearness{}}
	tr.run.Exact = eval.Float
	if tr.leaves, err = eval.NewLeaves(g, tr.run); err != nil {
		return nil, err
	}
	tr.roots = map[string][]*graph.Node{
		"gradients": gradients,
		"equations": slices.Concat(gradients, g.Names, g.Outputs),
		"nodes":     slices.Concat(gradients, tr.nodes()),
	}
	return tr, nil
}

// evaluate asks the interpreter, once.
func (tr *trial) evaluate() {
	if tr.want != nil {
		return
	}
	var err error
	if tr.want, err = eval.Eval(tr.graph, tr.run); err != nil {
		panic(err)
	}
}

// nodes are all that compute something.
func (tr *trial) nodes() []*graph.Node {
	var all []*graph.Node
	for _, c := range graph.Schedule(tr.graph.Roots()...) {
		for _, n := range c.Nodes {
			if n.Kind == graph.Row && n.Row.Valued() || n.Kind >= graph.Name {
				all = append(all, n)
			}
		}
	}
	return all
}

// epsilon is the distance from 1 to the next number.
func epsilon[T kernel.Real]() float64 {
	if T(1)+0x1p-40 == 1 {
		return 0x1p-23
	}
	return 0x1p-52
}

// bound is how far a run in some numbers may be off.
func (tr *trial) bound(eps float64) *nearness {
	if tr.near[eps] == nil {
		b := bound.New(tr.graph, tr.want, eps, nil)
		kink, _ := b.Kink()
		tr.near[eps] = &nearness{b, kink, map[entry]float64{}}
	}
	return tr.near[eps]
}

// of is how far an entry may be off.
func (n *nearness) of(e entry) float64 {
	if _, ok := n.at[e]; !ok {
		n.at[e] = n.At(e.n, e.s, e.t, e.i)
	}
	return n.at[e]
}

// bindPlan plans and binds what is asked.
func bindPlan[T kernel.Real](tb testing.TB, tr *trial, ask string, o plan.Options) *plan.Bound[T] {
	tb.Helper()
	p, err := plan.New[T](tr.graph, tr.roots[ask], o)
	if err != nil {
		tb.Fatal(err)
	}
	b, err := p.Bind(tr.run)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// entry is a number of a run.
type entry struct {
	n       *graph.Node
	s, t, i int
}

// entries goes through what was asked.
func (tr *trial) entries(ask string, visit func(e entry)) {
	for _, n := range tr.roots[ask] {
		for s := range tr.leaves.Series() {
			lo, hi := 0, 1
			if n.Scope >= graph.Steps {
				hi = tr.leaves.T(s)
			}
			if n.Scope == graph.Steps {
				lo = tr.graph.T0
			}
			for t := lo; t < hi; t++ {
				for i := range n.Shape.Len() {
					visit(entry{n, s, t, i})
				}
			}
			if n.Scope == graph.Global {
				break
			}
		}
	}
}

// verdict is what comes of a comparison.
type verdict struct {
	fault    string // "" if all is within the bound
	kink     string // what is so near to a kink that nothing was compared
	compared int    // numbers that were held to the bound; the rest is the reference's as near as can be
}

// hold holds a plan's values to the interpreter's: each is the number next to it, or within the bound. At
// most so many are held to the bound, those first that are off the most.
func hold[T kernel.Real](tr *trial, b *plan.Bound[T], ask string, most int) (v verdict) {
	type off struct {
		entry
		got, want, part float64
	}
	tr.evaluate()
	var all []off
	tr.entries(ask, func(e entry) {
		want := tr.want.At(e.n, e.s, e.t).Float64(e.i)
		got := b.At(e.n, e.s, e.t)[e.i]
		if got != T(want) && !math.IsNaN(want) && !math.IsInf(want, 0) {
			all = append(all, off{e, float64(got), want, math.Abs(float64(got)-want) / math.Abs(want)})
		}
	})
	if len(all) == 0 {
		return v
	}
	near := tr.bound(epsilon[T]())
	if v.kink = near.kink; v.kink != "" {
		return v
	}
	slices.SortStableFunc(all, func(x, y off) int { return cmp.Compare(y.part, x.part) })
	for _, o := range all[:min(most, len(all))] {
		v.compared++
		if at := near.of(o.entry); !(math.Abs(o.got-o.want) <= at) && !math.IsInf(at, 1) {
			v.fault = fmt.Sprintf("%s in series %d at t = %d, entry %d: %v, want %v; it is off by %.3g, and the bound is %.3g",
				o.n, o.s, o.t, o.i, o.got, o.want, math.Abs(o.got-o.want), at)
			return v
		}
	}
	return v
}

// drawn is a random cell, bound.
func drawn(rt *rapid.T, mode randcell.Mode) (randcell.Cell, *trial, error) {
	c := randcell.Draw(rt, mode)
	if mode != randcell.Rational || rapid.Bool().Draw(rt, "off the quarters") {
		jiggle(c, rapid.Uint64().Draw(rt, "jiggle"))
	}
	tr, err := trialOf(c)
	return c, tr, err
}

// example is a random cell that is always the same, nil if it can't be bound.
func example(mode randcell.Mode, seed int) (randcell.Cell, *trial) {
	c := rapid.Custom(func(rt *rapid.T) randcell.Cell { return randcell.Draw(rt, mode) }).Example(seed)
	jiggle(c, uint64(seed))
	tr, err := trialOf(c)
	if err != nil {
		return c, nil
	}
	return c, tr
}

func trialOf(c randcell.Cell) (*trial, error) {
	cell, err := unroll.Parse("random.cell", c.Text)
	if err != nil {
		return nil, err
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
		return nil, err
	}
	for name, values := range c.Weights {
		if err := run.Set(name, values...); err != nil {
			return nil, err
		}
	}
	return newTrial(run)
}

// jiggle moves the weights off the quarters that they are drawn from, where kinks are.
func jiggle(c randcell.Cell, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 0))
	for _, name := range slices.Sorted(maps.Keys(c.Weights)) {
		for i, a := range c.Weights[name] {
			moved := make([]float64, a.Len())
			for j := range moved {
				moved[j] = a.Float64(j) + 0.04*(random.Float64()-0.5)
			}
			c.Weights[name][i] = series.Floats(a.R, a.C, moved)
		}
	}
}

// describe is a drawn cell with all that it was run on.
func describe(c randcell.Cell) string {
	text := fmt.Sprintf("%s\nfeed %s, stop %v, mean %v, training %v, fill %q, sizes %v\n", c.Text, c.Feed, c.Stop, c.Mean, c.Training, c.Fill, c.Sizes)
	for _, s := range c.Data.Series {
		for name, col := range s.Columns {
			text += fmt.Sprintf("%s %s = %v\n", s.ID, name, col)
		}
		text += fmt.Sprintf("%s %v\n", s.ID, s.Consts)
	}
	for name, w := range c.Weights {
		text += fmt.Sprintf("%s = %v\n", name, w)
	}
	return text
}
