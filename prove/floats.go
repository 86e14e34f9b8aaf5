package prove

import (
	"math"
	"math/rand/v2"

	"unroll/eval"
	"unroll/graph"
	"unroll/internal/step"
	"unroll/series"
)

// How far a derivative may be off, relative to its size.
const (
	stepNear       = 1e-9
	differenceNear = 1e-7
	printedNear    = 1e-9
)

// slope is the derivative by one entry of one copy of a weight, as grad has it.
type slope struct {
	weight      string
	copy, entry int
	like        series.Array // of the weight's shape
	got         float64
}

func (s slope) String() string { return entry(s.weight, s.copy, s.entry, s.like) }

// slopes are the derivatives of the run by all entries.
func (t *trial) slopes() []slope {
	var out []slope
	for _, p := range t.graph.Weights {
		for s, a := range t.world.weights[p.Name] {
			got := t.values.At(t.d.Weight[p.Name], s, 0)
			for i := range a.Len() {
				out = append(out, slope{p.Name, s, i, a, got.Float64(i)})
			}
		}
	}
	return out
}

// floats is a run in float64, held against complex arithmetic.
type floats struct {
	*trial
	loss   *step.Complex
	here   float64 // the loss
	all    []slope
	stops  bool           // something in the loss is stopped
	others []*eval.Values // of worlds that are the same up to rounding; nil until they are needed
	tried  int            // how many derivatives were held against differences
}

// inFloats holds the derivatives against the complex step, and those that it can't find against
// differences.
func (t *trial) inFloats(r *rand.Rand) error {
	g, data := withClock(t.graph, t.world)
	loss, err := step.New(g, g.Loss, step.Run{Data: data, Weights: t.world.weights, Draw: func(spec graph.DrawSpec, id string, at, i int) float64 {
		_, f := t.world.draw(spec, id, at, i)
		return f
	}})
	if err != nil {
		return err
	}
	f := &floats{trial: t, loss: loss, here: real(loss.Value()), all: t.slopes()}
	for n := range reached(t.graph.Loss) {
		f.stops = f.stops || n.Kind == graph.Row && n.Row.Name == "stop"
	}
	got := t.values.At(t.d.Of, 0, 0).Float64(0)
	if !(math.Abs(got-f.here) <= stepNear*max(1, math.Abs(f.here))) {
		t.fault("the loss is %.15g, and in complex numbers %.15g", got, f.here)
	}
	for _, s := range f.some(r) {
		f.compare(s)
	}
	return nil
}

// withClock gives step a known input that says how many steps there are, where no input does.
func withClock(g *graph.Graph, w world) (*graph.Graph, series.Set) {
	if w.steps == 0 {
		return g, w.data
	}
	out, data := *g, series.Set{}
	out.Inputs = append(append([]*graph.Column{}, g.Inputs...), &graph.Column{Name: "", Known: true})
	all := w.data.Series
	if len(all) == 0 {
		all = []series.Series{{ID: "1"}}
	}
	for _, s := range all {
		s.Columns = map[string]series.Column{"": series.Column{}.AppendMissing(w.steps)}
		data.Series = append(data.Series, s)
	}
	return &out, data
}

// mostHeld is how many derivatives of a run are held against differences where something is stopped,
// each of which takes some fifty runs.
const mostHeld = 6

// mostWork is how many numbers a run may read in complex arithmetic: a fraction of a second.
const mostWork = 5_000_000

// some are the derivatives to compare: all of them, or as many as there is time for, at random, some of
// each weight.
func (f *floats) some(r *rand.Rand) []slope {
	steps := 0
	for s := range f.values.Series() {
		steps += f.values.T(s)
	}
	most := max(20, mostWork/(reading(f.graph.Loss)*max(1, steps)))
	if len(f.all) <= most {
		return f.all
	}
	f.note("Where there are more derivatives than there is time for, some by each weight were drawn at random.")
	var out, rest []slope
	seen := map[string]bool{}
	for _, i := range r.Perm(len(f.all)) {
		if s := f.all[i]; seen[s.weight] {
			rest = append(rest, s)
		} else {
			out, seen[s.weight] = append(out, s), true
		}
	}
	return append(out, rest[:max(0, most-len(out))]...)
}

// reading is how many numbers are read for a node at each step.
func reading(n *graph.Node) int {
	all := 0
	for n := range reached(n) {
		all += n.Shape.Len()
		for _, a := range n.Args {
			all += a.Shape.Len()
		}
	}
	return all
}

func (f *floats) compare(s slope) {
	want, err := f.loss.Derivative(s.weight, s.copy, s.entry)
	switch {
	case err == nil:
		f.near(ComplexStep, s, want, stepNear)
	case !f.stops || f.tried < mostHeld:
		f.tried++
		f.differs(s)
	}
}

// near notes how far a derivative is from what it should be.
func (f *floats) near(m Method, s slope, want, tolerance float64) {
	line := f.by(m)
	line.Derivatives++
	line.Of = len(f.all)
	size := f.size(want)
	off := math.Abs(s.got - want)
	line.Largest = max(line.Largest, off/size)
	if off <= tolerance*size {
		return
	}
	if noise := f.noise(s, size); off <= noise {
		f.note("In float64 rounding alone moves some derivatives here by more than %.0e of their size, as terms cancel; they were let be off by as much.", tolerance)
		return
	}
	f.fault("the derivative by %s is %.15g, and should be %.15g", s, s.got, want)
}

// size is what a difference is held against. A derivative that is small beside the others is a sum that cancelled,
// and as uncertain as they are; one that is small beside the loss is uncertain by the rounding of what
// it was made of.
func (f *floats) size(want float64) float64 {
	size := max(math.Abs(want), 1e-4*max(1, math.Abs(f.here)))
	for _, s := range f.all {
		size = max(size, math.Abs(s.got)/1000)
	}
	return size
}
