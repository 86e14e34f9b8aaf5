package train

import (
	"math"

	"unroll/graph"
	"unroll/plan"
)

// Report is a look at a gradient: what to look at when a loss doesn't fall. All is of the loss by scored entry,
// in the first batch that training would take, at the weights' starts.
type Report struct {
	Loss    float64
	Weights []WeightNorm // in file order, fixed ones left out
	States  []StateNorm  // of what steps hand on
	Units   []Units      // of equations that are a relu
}

// WeightNorm is how long a weight is, and the gradient by it; of one a series those of all the batch's together.
type WeightNorm struct {
	Name             string
	Weight, Gradient float64
}

// StateNorm is how long the derivative of the loss by a state is at each step, over all series: entry 0 is the
// first step. Where it vanishes towards the first steps, or explodes, nothing is learnt of what lies far back.
type StateNorm struct {
	Name   string
	ByStep []float64
}

// Units are the entries of a relu. A dead one is 0 at all steps of all series: no gradient comes back through it.
type Units struct {
	Name      string
	All, Dead int
}

// watcher is a batch whose gradient is looked at.
type watcher struct {
	*fitting
	m     machine
	b     *batch
	scale float64
}

// Watch computes the gradient of one batch and looks at it.
func Watch(p Problem, o Options) (*Report, error) {
	o = o.filled()
	o.Holdout, o.Patience = 0, 0
	if err := p.check(o); err != nil {
		return nil, err
	}
	f, err := newFitting(p, o)
	if err != nil {
		return nil, err
	}
	w := &watcher{fitting: f}
	list := f.order.epoch(0)
	w.b = &list[0]
	bind, err := newBinder(w.derivative.Graph, w.roots(), o.Float64, plan.Options{Cores: o.Cores})
	if err != nil {
		return nil, err
	}
	if w.m, err = bind(f.run(w.b, newShares(f.order, list))); err != nil {
		return nil, err
	}
	w.m.Run()
	return w.report(), nil
}

// roots are all that is looked at.
func (w *watcher) roots() []*graph.Node {
	roots := []*graph.Node{w.cut.Loss, w.cut.count}
	for _, b := range w.vec.blocks {
		roots = append(roots, w.derivative.Weight[b.Name])
	}
	for _, s := range w.states() {
		roots = append(roots, w.derivative.Adjoint[s])
	}
	return append(roots, w.relus()...)
}

// states are the equations that lags read, and that the loss depends on.
func (w *watcher) states() []*graph.Node {
	read := map[*graph.Node]bool{}
	for _, n := range w.cut.Nodes {
		if n.Kind == graph.Shift && n.K > 0 || n.Kind == graph.Window && n.P > 0 {
			read[n.Args[0]] = true
		}
	}
	var all []*graph.Node
	for _, n := range w.cut.Nodes {
		if n.Kind == graph.Name && read[n] && w.derivative.Adjoint[n] != nil {
			all = append(all, n)
		}
	}
	return all
}

// relus are the equations that are a relu.
func (w *watcher) relus() []*graph.Node {
	var all []*graph.Node
	for _, n := range w.cut.Nodes {
		if n.Kind == graph.Name && n.Args[0].Kind == graph.Row && n.Args[0].Row.Name == "relu" {
			all = append(all, n)
		}
	}
	return all
}

func (w *watcher) report() *Report {
	count := max(1, number(w.m, w.cut.count))
	w.scale = 1 / count
	if w.p.Mean {
		w.scale = 1
	}
	r := &Report{Loss: number(w.m, w.cut.Loss) * w.scale}
	for i := range w.vec.blocks {
		b := &w.vec.blocks[i]
		n := WeightNorm{Name: b.Name}
		copies := 1
		if b.PerSeries {
			copies = len(w.b.strands)
		}
		for c := range copies {
			at := b.at(0)
			if b.PerSeries {
				at = b.at(w.b.strands[c].series)
			}
			n.Weight = math.Hypot(n.Weight, norm(w.vec.value[at.lo:at.hi]))
			n.Gradient = math.Hypot(n.Gradient, w.normAt(w.derivative.Weight[b.Name], c, 0)*w.scale)
		}
		r.Weights = append(r.Weights, n)
	}
	for _, s := range w.states() {
		r.States = append(r.States, w.byStep(s))
	}
	for _, n := range w.relus() {
		r.Units = append(r.Units, w.units(n))
	}
	return r
}

func norm(values []float64) float64 {
	sum := 0.0
	for _, x := range values {
		sum = math.Hypot(sum, x)
	}
	return sum
}

// normAt is how long a value is.
func (w *watcher) normAt(n *graph.Node, series, t int) float64 {
	x := make([]float64, n.Shape.Len())
	w.m.Read(n, series, t, x)
	return norm(x)
}

// byStep is how long the derivative by a state is at each step.
func (w *watcher) byStep(s *graph.Node) StateNorm {
	out := StateNorm{Name: s.Name}
	for i := range w.b.strands {
		for t := w.cut.T0; t < w.m.T(i); t++ {
			if t-w.cut.T0 == len(out.ByStep) {
				out.ByStep = append(out.ByStep, 0)
			}
			at := &out.ByStep[t-w.cut.T0]
			*at = math.Hypot(*at, w.normAt(w.derivative.Adjoint[s], i, t)*w.scale)
		}
	}
	return out
}

// units counts the entries of a relu.
func (w *watcher) units(n *graph.Node) Units {
	x, alive := make([]float64, n.Shape.Len()), make([]bool, n.Shape.Len())
	for i := range w.b.strands {
		for t := w.cut.T0; t < w.m.T(i); t++ {
			w.m.Read(n, i, t, x)
			for j := range x {
				alive[j] = alive[j] || x[j] != 0
			}
		}
	}
	out := Units{Name: n.Name, All: len(alive)}
	for _, a := range alive {
		if !a {
			out.Dead++
		}
	}
	return out
}
