package step

import (
	"fmt"

	"unroll/graph"
	"unroll/series"
)

// Tiny is the size of the step: so small that its square vanishes beside any number there is.
const Tiny = 1e-30

// Run is what a graph is run on.
type Run struct {
	Data    series.Set                // bound to the graph: columns by the names of its inputs
	Weights map[string][]series.Array // by name: one, or one a series
	Draw    func(spec graph.DrawSpec, seriesID string, t, entry int) float64
}

// Bump moves one entry of one copy of a weight.
type Bump struct {
	Weight      string
	Copy, Entry int
	By          complex128
}

// Complex computes one number of a graph in complex arithmetic.
type Complex struct {
	graph  *graph.Graph
	of     *graph.Node
	run    Run
	order  []*graph.Component
	length []int // T by series
	rows   map[*graph.Node]formula
	zeros  value

	base    store // where nothing is bumped
	bumped  store // room for the rest, used again at each call
	now     store
	slab    value // what values are cut from
	args    []value
	bumps   []Bump
	lacking string // a row without a complex form that met a complex number
}

// value is an array's entries, row after row.
type value []complex128

// store has the values by node's ID, series and time: one series or one time where the scope has one.
type store [][][]value

// New makes ready to compute a node of scope Global and shape 1×1.
func New(g *graph.Graph, of *graph.Node, run Run) (*Complex, error) {
	if of.Scope != graph.Global || of.Shape.Len() != 1 {
		return nil, fmt.Errorf("%s isn't one number", of)
	}
	e := &Complex{graph: g, of: of, run: run, order: graph.Schedule(of), rows: map[*graph.Node]formula{}}
	if len(g.Inputs) == 0 && len(run.Data.Series) == 0 {
		e.run.Data.Series = []series.Series{{ID: "1"}}
	}
	for i := range e.run.Data.Series {
		e.length = append(e.length, e.times(i))
	}
	last, longest := 0, 0
	for _, c := range e.order {
		if c.Dir == graph.Mixed {
			return nil, fmt.Errorf("%s is in a loop that runs neither forward nor backward", c.Nodes[0])
		}
		for _, n := range c.Nodes {
			last, longest = max(last, n.ID), max(longest, n.Shape.Len())
			if n.Kind == graph.Row {
				e.rows[n] = e.formula(n)
			}
		}
	}
	e.zeros = make(value, longest)
	e.base = make(store, last+1)
	e.bumped = make(store, last+1)
	e.now = e.base
	for _, c := range e.order {
		e.component(c, e.base)
	}
	e.now, e.slab = make(store, last+1), nil
	return e, nil
}

// times is T of a series: that of the inputs that aren't known ahead, or else of those that are.
func (e *Complex) times(i int) int {
	T, known := 0, 0
	for _, c := range e.graph.Inputs {
		n := e.run.Data.Series[i].Len(c.Name)
		switch {
		case c.PerSeries:
		case c.Known:
			known = max(known, n)
		default:
			T = max(T, n)
		}
	}
	if T == 0 {
		return known
	}
	return T
}

// Derivative is the derivative of the number by one entry of one copy of a weight. The error names
// a row that has no complex form.
func (e *Complex) Derivative(weight string, copy, entry int) (float64, error) {
	e.lacking = ""
	d := imag(e.Value(Bump{weight, copy, entry, complex(0, Tiny)})) / Tiny
	if e.lacking != "" {
		return 0, fmt.Errorf("%s has no complex form", e.lacking)
	}
	return d, nil
}

// Value is the number, some entries of weights being bumped. What doesn't depend on them isn't
// computed again.
func (e *Complex) Value(bumps ...Bump) complex128 {
	e.bumps = bumps
	copy(e.now, e.base)
	e.slab = e.slab[:0]
	stale := make([]bool, len(e.base))
	for _, c := range e.order {
		if !e.depends(c, stale) {
			continue
		}
		for _, n := range c.Nodes {
			stale[n.ID] = true
		}
		e.component(c, e.bumped)
	}
	return e.read(e.of, 0, 0)[0]
}

// depends tells whether a component reads a weight that is bumped.
func (e *Complex) depends(c *graph.Component, stale []bool) bool {
	for _, n := range c.Nodes {
		for _, b := range e.bumps {
			if n.Kind == graph.Weight && n.Name == b.Weight {
				return true
			}
		}
		for _, a := range n.Args {
			if stale[a.ID] {
				return true
			}
		}
	}
	return false
}

// component computes its nodes: each for all its times, or all of them step by step.
func (e *Complex) component(c *graph.Component, room store) {
	for _, n := range c.Nodes {
		if room[n.ID] == nil {
			room[n.ID] = e.allot(n)
		}
		e.now[n.ID] = room[n.ID]
	}
	if c.Dir == graph.Flat {
		for _, n := range c.Nodes {
			for s := range e.now[n.ID] {
				lo, hi := e.span(n, s)
				for t := lo; t < hi; t++ {
					e.now[n.ID][s][t] = e.compute(n, s, t)
				}
			}
		}
		return
	}
	for s, T := range e.length {
		for i := e.graph.T0; i < T; i++ {
			t := i
			if c.Dir == graph.Backward {
				t = T - 1 - (i - e.graph.T0)
			}
			for _, n := range c.Nodes {
				e.now[n.ID][s][t] = e.compute(n, s, t)
			}
		}
	}
}

func (e *Complex) allot(n *graph.Node) [][]value {
	count := len(e.length)
	if n.Scope == graph.Global {
		count = 1
	}
	all := make([][]value, count)
	for s := range all {
		_, hi := e.span(n, s)
		all[s] = make([]value, hi)
	}
	return all
}

// fresh is an array of zeros. It lasts until the next call of Value.
func (e *Complex) fresh(n int) value {
	if len(e.slab)+n > cap(e.slab) {
		e.slab = make(value, 0, max(n, 2*cap(e.slab), 1024))
	}
	e.slab = e.slab[:len(e.slab)+n]
	out := e.slab[len(e.slab)-n : len(e.slab) : len(e.slab)]
	clear(out)
	return out
}

// span is the range of times, lo included and hi not, at which a node has values in a series.
func (e *Complex) span(n *graph.Node, s int) (lo, hi int) {
	switch {
	case n.Scope <= graph.Series:
		return 0, 1
	case n.Scope == graph.Steps:
		return e.graph.T0, e.length[s]
	case n.Kind == graph.Input: // one that is known ahead may be longer
		return 0, max(e.length[s], e.run.Data.Series[s].Len(n.Name))
	}
	return 0, e.length[s]
}

// read is a node's value; 0 outside its times. It is not to be changed.
func (e *Complex) read(n *graph.Node, s, t int) value {
	all := e.now[n.ID]
	if n.Scope == graph.Global {
		s = 0
	}
	if n.Scope <= graph.Series {
		t = 0
	}
	if t < 0 || t >= len(all[s]) || all[s][t] == nil {
		return e.zeros[:n.Shape.Len()]
	}
	return all[s][t]
}
