package train

import (
	"fmt"

	"unroll/eval"
	"unroll/graph"
	"unroll/plan"
)

// broken is an error that says where a loss, or its gradient, begins to be infinite or undefined: the first
// equation in the order of computation, at its first time. The weights are those of the last good step.
func (f *fitting) broken(b *batch, r eval.Run, loss float64) error {
	what := fmt.Sprintf("the loss is %v", loss)
	if finite(loss) {
		what = "the loss is finite, but not its gradient"
	}
	where := f.firstBroken(b, r, f.cut.Graph, f.equations())
	if where == "" {
		where = f.firstBroken(b, r, f.derivative.Graph, f.adjoints())
	}
	f.vec.set(f.good)
	return fmt.Errorf("step %d, in epoch %d: %s%s; try a smaller rate, or clip the gradient", f.step+1, f.epoch+1, what, where)
}

// called is a node by the name that a person knows it by.
type called struct {
	n    *graph.Node
	name string
}

func (f *fitting) equations() []called {
	var all []called
	for _, n := range f.cut.Names {
		all = append(all, called{n, n.Name})
	}
	for _, s := range f.cut.Scores {
		all = append(all, called{s.Value, s.Text})
	}
	return all
}

func (f *fitting) adjoints() []called {
	var all []called
	for _, n := range f.cut.Names {
		if d := f.derivative.Adjoint[n]; d != nil {
			all = append(all, called{d, "the derivative by " + n.Name})
		}
	}
	return all
}

// firstBroken runs the batch once more and looks at what has a name; "" if all is finite.
func (f *fitting) firstBroken(b *batch, r eval.Run, g *graph.Graph, all []called) string {
	names := map[*graph.Node]string{}
	var roots []*graph.Node
	for _, c := range all {
		names[c.n] = c.name
		roots = append(roots, c.n)
	}
	bind, err := newBinder(g, roots, f.o.Float64, plan.Options{Cores: f.o.Cores})
	if err != nil {
		return ""
	}
	m, err := bind(r)
	if err != nil {
		return ""
	}
	m.Run()
	for _, c := range graph.Schedule(roots...) {
		if where := f.brokenIn(m, b, c, names); where != "" {
			return where
		}
	}
	return ""
}

// brokenIn looks at the equations that are computed together: of a scan at one time after the other.
func (f *fitting) brokenIn(m machine, b *batch, c *graph.Component, names map[*graph.Node]string) string {
	for i, s := range b.strands {
		for step := range m.T(i) {
			t := step
			if c.Dir == graph.Backward {
				t = m.T(i) - 1 - step
			}
			for _, n := range c.Nodes {
				if names[n] == "" || n.Scope >= graph.Steps && t < f.cut.T0 {
					continue
				}
				if x, ok := notFinite(m, n, i, t); ok {
					return f.place(n, names[n], x, s, t)
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
