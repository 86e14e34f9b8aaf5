package page_test

import (
	"math/big"

	"unroll"
	"unroll/lang"
	"unroll/op"
	"unroll/series"
)

// valued is a value over the steps of a series.
type valued func(i, t int) series.Array

// world is a fresh run of a case: the values of all that a page may name.
type world struct {
	truthCase
	table    *op.Table
	run      *unroll.Run
	series   int
	first    int                            // step
	ends     func(i int) int                // behind the last step of a series
	words    [2]*vocabulary                 // of a text, and of where formulas are set
	values   map[string]valued              // equations and their adjoints by their names, the loss "L", its scores "L_t"
	starts   map[string]valued              // of states, before the first step and after the last
	inputs   map[string]valued              // the data; missing entries are nil
	forecast map[string]valued              // the cell's own, by input
	counted  map[string]func(i, t int) bool // whether a score counts
	copies   map[string]int                 // of a weight: how many series have one of their own, else 1
	slopes   map[string][]series.Array      // of the loss, by weight
	mirrors  []mirror
	memory   map[string]any
	probes   probes

	constants map[*lang.Num]*big.Rat // what numbers in formulas of names are that are shown rounded
	rounded   []series.Array         // the constants of the graph that a page has to round

	defined   map[string][]*formula // what the page says of what it names, by name
	elsewhere *world                // the same with other numbers

	inner map[string]valued // adjoints of what the page alone names, once they are found
}

// mirror is what a function is given within an equation, and the derivative of the loss by it.
type mirror struct{ of, by valued }

// newWorld runs a case, and differentiates it.
func newWorld(c truthCase) (*world, error) {
	run, err := c.bind(c.options)
	if err != nil {
		return nil, err
	}
	w := &world{truthCase: c, table: op.Standard(), run: run, first: run.Graph().T0, values: map[string]valued{}, starts: map[string]valued{}, inputs: map[string]valued{},
		forecast: map[string]valued{}, counted: map[string]func(i, t int) bool{}, copies: map[string]int{}, probes: probes{}, memory: map[string]any{}, defined: map[string][]*formula{}, inner: map[string]valued{}, constants: map[*lang.Num]*big.Rat{}}
	if err := w.evaluate(); err != nil {
		return nil, err
	}
	w.data()
	w.words = w.vocabularies()
	return w, nil
}

// evaluate takes the values of the run's graph and, if it has a loss, of its derivative.
func (w *world) evaluate() error {
	g := w.run.Graph()
	all := g
	d, err := w.run.Derivative()
	if err == nil {
		all = d.Graph
		if w.slopes, err = w.run.Gradient(); err != nil {
			return err
		}
	}
	v, err := w.run.Eval(all)
	if err != nil {
		return err
	}
	w.series, w.ends = v.Series(), v.T
	for _, n := range g.Names {
		w.values[n.Name] = func(i, t int) series.Array { return v.At(n, i, t) }
		if d == nil {
			continue
		}
		if a := d.Adjoint[n]; a != nil {
			w.values["δ"+n.Name] = func(i, t int) series.Array { return v.At(a, i, t) }
		}
	}
	w.rounded = longConstants(all)
	for _, n := range all.Nodes {
		if of := n.Mirror; of != nil {
			w.mirrors = append(w.mirrors, mirror{func(i, t int) series.Array { return v.At(of, i, t) }, func(i, t int) series.Array { return v.At(n, i, t) }})
		}
	}
	if g.Loss != nil {
		w.values["L"] = func(_, _ int) series.Array { return v.At(g.Loss, 0, 0) }
	}
	for _, s := range g.Scores {
		name := "L_t"
		if len(g.Scores) > 1 {
			name += "^" + s.Input
		}
		w.values[name] = func(i, t int) series.Array { return v.At(s.Value, i, t) }
		w.counted[name] = func(i, t int) bool { return v.At(s.Count, i, t).Float64(0) > 0 }
		if s.Forecast != nil {
			w.forecast[s.Input] = func(i, t int) series.Array { return v.At(s.Forecast, i, t) }
		}
	}
	for _, s := range g.States {
		w.starts[s.Node.Name] = func(i, t int) series.Array {
			for k, start := range s.At {
				switch {
				case !w.isStep(i, t+k): // read with a lag of k
				case start.Value != nil:
					return series.Rats(start.Shape.R, start.Shape.C, start.Value)
				default:
					return v.At(start, i, t+k)
				}
			}
			return series.Array{}
		}
	}
	return nil
}

func (w *world) isStep(i, t int) bool { return t >= w.first && t < w.ends(i) }

// started tells whether a state has a start at a time that isn't a step.
func (w *world) started(name string, i, t int) bool {
	start := w.starts[name]
	return start != nil && start(i, t).R > 0
}

// data are the inputs as the run was given them, and how many copies the weights have.
func (w *world) data() {
	data := w.run.Data()
	for _, in := range w.run.Graph().Inputs {
		w.inputs[in.Name] = func(i, t int) series.Array {
			column := data.Series[i].Columns[in.Name]
			if a, ok := data.Series[i].Consts[in.Name]; ok {
				return a
			}
			if t < 0 || t >= column.Len() || column.At(t).Len() == 0 {
				return series.Missing(in.Shape.R, in.Shape.C)
			}
			return column.At(t)
		}
	}
	for name, all := range w.run.Weights() {
		w.copies[name] = len(all)
	}
}

// adjoint is the derivative of the loss by a value that the page alone has a name for: that of the
// value in the graph that is the same at every step and, of several, fits the page's own formula.
func (w *world) adjoint(name string) valued {
	if v := w.inner[name]; v != nil {
		return v
	}
	var found valued
	best := 0
	for _, m := range w.mirrors {
		fits := 0
		if w.sameEverywhere(m.of, name) {
			fits = 1
			if w.sameEverywhere(m.by, "δ"+name) {
				fits = 2
			}
			if m.by(0, w.first).Exact() {
				fits += 2 // what isn't needed, and so is never evaluated, reads as an inexact 0
			}
		}
		if fits > best {
			found, best = m.by, fits
		}
	}
	if found == nil {
		fault("nothing in the graph is %s", name)
	}
	w.inner[name] = found
	return found
}

// sameEverywhere tells whether a value of the graph is what the page's formulas of a name give.
func (w *world) sameEverywhere(v valued, name string) bool {
	for _, f := range w.defined[name] {
		for _, seen := range []bool{false, true} {
			if w.everywhere(func(m moment, t int) bool {
				m.seen = seen
				a, err := w.value(f, m)
				return err == nil && agrees(a, v(m.series, t))
			}) {
				return true
			}
		}
	}
	return false
}

// everywhere tells whether something holds at every step of every series.
func (w *world) everywhere(holds func(m moment, t int) bool) bool {
	for i := range w.series {
		for t := w.first; t < w.ends(i); t++ {
			if !holds(moment{series: i}.with("t", t), t) {
				return false
			}
		}
	}
	return true
}
