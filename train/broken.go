package train

import (
	"fmt"
	"slices"

	"unroll/eval"
	"unroll/graph"
	"unroll/plan"
)

// broken is an error that says where a loss, or its gradient, begins to be infinite or undefined: the first
// equation in the order of computation, at its first time. The weights are those of the last good step.
func (f *fitting) broken(b *batch, r eval.Run, loss float64) error {
	where := f.firstBroken(b, r)
	f.vec.set(f.good)
	what := fmt.Sprintf("the loss is %v", loss)
	if finite(loss) {
		what = "the gradient isn't finite, though the loss is"
	}
	return fmt.Errorf("step %d, in epoch %d: %s%s; try a smaller rate, or clip the gradient", f.step+1, f.epoch+1, what, where)
}

// firstBroken runs the batch once more and looks at every equation; "" if all of them are finite.
func (f *fitting) firstBroken(b *batch, r eval.Run) string {
	called := map[*graph.Node]string{}
	roots := slices.Clone(f.cut.Names)
	for _, n := range f.cut.Names {
		called[n] = n.Name
	}
	for _, s := range f.cut.Scores {
		called[s.Value] = s.Text
		roots = append(roots, s.Value)
	}
	bind, err := newBinder(f.cut.Graph, roots, f.o.Float64, plan.Options{Cores: f.o.Cores})
	if err != nil {
		return ""
	}
	m, err := bind(r)
	if err != nil {
		return ""
	}
	m.Run()
	for _, c := range graph.Schedule(f.cut.Roots()...) {
		if where := f.brokenIn(m, b, c, called); where != "" {
			return where
		}
	}
	return ""
}

// brokenIn looks at the equations that are computed together: of a scan at one time after the other.
func (f *fitting) brokenIn(m machine, b *batch, c *graph.Component, called map[*graph.Node]string) string {
	for i, s := range b.strands {
		for step := range m.T(i) {
			t := step
			if c.Dir == graph.Backward {
				t = m.T(i) - 1 - step
			}
			for _, n := range c.Nodes {
				if called[n] == "" || n.Scope >= graph.Steps && t < f.cut.T0 {
					continue
				}
				if x, ok := notFinite(m, n, i, t); ok {
					return f.place(n, called[n], x, s, t)
				}
			}
		}
	}
	return ""
}

// notFinite finds an entry that isn't.
func notFinite(m machine, n *graph.Node, series, t int) (float64, bool) {
	x := make([]float64, n.Shape.Len())
	m.Read(n, series, t, x)
	for _, v := range x {
		if !finite(v) {
			return v, true
		}
	}
	return 0, false
}

// place says where a value is.
func (f *fitting) place(n *graph.Node, name string, x float64, s strand, t int) string {
	where := fmt.Sprintf(": %s is %v first", name, x)
	if n.Scope != graph.Global {
		where += " in series " + f.data.set.Series[s.series].ID
	}
	if n.Scope >= graph.Steps {
		where += fmt.Sprintf(" at t = %d", s.lo-f.cut.pad+t)
	}
	return where
}
