package eval

import (
	"errors"
	"fmt"
	"math/big"

	"unroll/graph"
	"unroll/series"
)

// ExactMode says when a run is exact.
type ExactMode int

const (
	Auto   ExactMode = iota // where the equations are rational; a run whose numbers pass MaxBits is redone in float64
	Insist                  // the same without the limit
	Float                   // nowhere
)

// MaxBits is the longest numerator or denominator of an exact run, unless it insists.
const MaxBits = 4096

// mostBits is where a run that insists stops all the same: beyond it one product takes seconds.
const mostBits = 1 << 21

// Run is what a graph is run on.
type Run struct {
	Data    series.Set                // bound to the graph: columns by the names of its inputs
	Weights map[string][]series.Array // by name: one, or one a series
	Steps   int                       // T of a file without inputs

	// Masked lets values be missing that nothing forecasts: they are read as 0, as a derivative
	// reads them that has its own masks.
	Masked bool

	// Draw gives the number of a Draw node at an entry: exactly where the distribution allows it
	// (Uniform), and as a float64. Nil if the graph draws nothing.
	Draw func(spec graph.DrawSpec, seriesID string, t, entry int) (exact *big.Rat, inexact float64)

	Exact ExactMode
	// Stopped are values of the same graph on the same data, from which each stop(a) takes its own:
	// so that the loss changes with a weight as its derivative says. Nil if stop(a) is a.
	Stopped *Values
}

var errBits = errors.New("an exact number is too long")

// Eval computes every node that the graph's loss, equations, scores and outputs reach, and extra.
func Eval(g *graph.Graph, r Run, extra ...*graph.Node) (*Values, error) {
	if err := Check(g, r); err != nil {
		return nil, err
	}
	order := graph.Schedule(append(roots(g), extra...)...)
	v, err := eval(g, r, order)
	if errors.Is(err, errBits) {
		r.Exact = Float
		v, err = eval(g, r, order)
		if err == nil {
			v.rounded = true
		}
	}
	return v, err
}

// roots are the nodes that a run of the graph is about.
func roots(g *graph.Graph) []*graph.Node {
	all := []*graph.Node{g.Loss}
	all = append(all, g.Names...)
	for _, s := range g.Scores {
		all = append(all, s.Value, s.Count, s.Forecast)
	}
	return append(all, g.Outputs...)
}

func eval(g *graph.Graph, r Run, order []*graph.Component) (*Values, error) {
	r.Data = bound(g, r)
	v := &Values{
		graph: g, run: r, order: order, exact: exactness(r, order),
		stored: map[*graph.Node][][]*value{}, marks: map[mark]int{},
	}
	for i := range r.Data.Series {
		v.length = append(v.length, length(g, r, i))
	}
	for _, c := range order {
		if err := v.component(c); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// bound is the run's data; a file without inputs that is given none has one series.
func bound(g *graph.Graph, r Run) series.Set {
	if len(g.Inputs) == 0 && len(r.Data.Series) == 0 {
		return series.Set{Series: []series.Series{{ID: "1"}}}
	}
	return r.Data
}

// length is T of a series: the number of times of the inputs that aren't known ahead. If there
// are none it is Steps, or else the number of times of the known ones.
func length(g *graph.Graph, r Run, i int) int {
	T, known, some := 0, 0, false
	for _, c := range g.Inputs {
		n := r.Data.Series[i].Len(c.Name)
		switch {
		case c.PerSeries:
		case c.Known:
			known = max(known, n)
		default:
			T, some = max(T, n), true
		}
	}
	switch {
	case some:
		return T
	case r.Steps > 0:
		return r.Steps
	}
	return known
}

// component computes a component's nodes: each for all its times at once, or all of them step by step.
func (v *Values) component(c *graph.Component) error {
	for _, n := range c.Nodes {
		v.allot(n)
		timeless := n.Scope == graph.Global || n.Scope == graph.Series
		if c.Dir == graph.Mixed || c.Dir != graph.Flat && timeless {
			return fmt.Errorf("%sa loop that runs neither forward nor backward", at(n))
		}
	}
	if c.Dir == graph.Flat {
		return v.flat(c)
	}
	for s, T := range v.length {
		for i := range T {
			t := i
			if c.Dir == graph.Backward {
				t = T - 1 - i
			}
			if err := v.step(c, s, t); err != nil {
				return err
			}
		}
	}
	return nil
}

func (v *Values) flat(c *graph.Component) error {
	for _, n := range c.Nodes {
		for s := range v.stored[n] {
			lo, hi := v.span(n, s)
			for t := lo; t < hi; t++ {
				if err := v.store(n, s, t); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// step computes the nodes of a scan at one time.
func (v *Values) step(c *graph.Component, s, t int) error {
	for _, n := range c.Nodes {
		if lo, hi := v.span(n, s); t < lo || t >= hi {
			continue
		}
		if err := v.store(n, s, t); err != nil {
			return err
		}
	}
	return nil
}

// at is the beginning of a message about a node: its place in the file.
func at(n *graph.Node) string {
	if n.Pos.Src == nil {
		return ""
	}
	return fmt.Sprintf("%s:%d:%d: ", n.Pos.Src.Name, n.Pos.Line, n.Pos.Col)
}
