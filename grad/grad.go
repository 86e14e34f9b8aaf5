package grad

import (
	"fmt"

	"unroll/graph"
	"unroll/op"
)

// Derivative is a graph with, besides its equations, the adjoints of one number: for each equation
// the derivative of that number by the equation's value, at each step, and for each weight its gradient.
type Derivative struct {
	Graph   *graph.Graph
	Of      *graph.Node                 // the number, as a rule the loss
	Adjoint map[*graph.Node]*graph.Node // by equation; none where the number doesn't depend on it
	Weight  map[string]*graph.Node      // by weight: same shape and scope as the weight; zero where the number doesn't depend on it
	Names   []*graph.Node               // the adjoints that have names, in the order in which they are found

	direct bool
}

// Loss differentiates the loss by every weight.
func Loss(g *graph.Graph, table *op.Table) (*Derivative, error) {
	if err := hasLoss(g); err != nil {
		return nil, err
	}
	return Of(g, g.Loss, table)
}

// Direct differentiates the loss as if the values that other steps have were numbers: no derivative
// passes through a lag, a lead or a window. It is what a formula gives that looks at one step alone,
// and as a rule not the derivative.
func Direct(g *graph.Graph, table *op.Table) (*Derivative, error) {
	if err := hasLoss(g); err != nil {
		return nil, err
	}
	return differentiate(g, g.Loss, table, true)
}

func hasLoss(g *graph.Graph) error {
	if g.Loss == nil {
		return fmt.Errorf("%s has no loss: nothing is observed with ~, and there is no loss term", g.Cell)
	}
	return nil
}

// Of differentiates one number of the graph by every weight. A number of each series is added over
// the series. The error says what is wrong with the number.
func Of(g *graph.Graph, of *graph.Node, table *op.Table) (*Derivative, error) {
	return differentiate(g, of, table, false)
}

func differentiate(g *graph.Graph, of *graph.Node, table *op.Table, direct bool) (*Derivative, error) {
	if of.Scope >= graph.Steps || of.Shape != op.Scalar {
		return nil, fmt.Errorf("only one number can be differentiated, and %s is %s, %s", of.Name, of.Shape, of.Scope)
	}
	m := graph.Continue(g, table)
	if of.Scope == graph.Series {
		of = m.Pooled(of)
	}
	d := &differ{m: m, of: of, direct: direct, made: len(m.Nodes()), adjoints: map[*graph.Node]*graph.Node{}, taken: takenBy(g)}
	d.survey()
	return d.derivative(g), nil
}

// taken are the names that a graph has.
type taken map[string]bool

func takenBy(g *graph.Graph) taken {
	out := taken{}
	for _, n := range g.Nodes {
		if n.Kind == graph.Name || n.Kind == graph.Weight || n.Kind == graph.Input {
			out[n.Name] = true
		}
	}
	return out
}

// differ is the state of one differentiation.
type differ struct {
	m        *graph.Maker
	of       *graph.Node
	direct   bool                     // nothing passes from one step to another
	made     int                      // how many nodes there were before
	readers  map[*graph.Node][]reader // who reads a node, where the derivative passes
	wanted   map[*graph.Node]bool     // weights, equations, and what depends on them
	masked   map[*graph.Node]bool
	risky    map[*graph.Node]bool
	adjoints map[*graph.Node]*graph.Node
	names    []*graph.Node
	taken    taken
}

// notLinear is the row whose rule isn't linear in g.
const notLinear = "clip_gradient"

// reader is a node and which of its arguments is read.
type reader struct {
	n   *graph.Node
	arg int
}

// node is what is read.
func (r reader) node() *graph.Node { return r.n.Args[r.arg] }

// derivative collects what was asked for.
func (d *differ) derivative(g *graph.Graph) *Derivative {
	out := &Derivative{Of: d.of, direct: d.direct, Adjoint: map[*graph.Node]*graph.Node{}, Weight: map[string]*graph.Node{}}
	var outputs []*graph.Node
	for _, n := range g.Nodes {
		if n.Kind == graph.Name {
			if a := d.adjoint(n); a != nil {
				out.Adjoint[n] = a
			}
		}
	}
	for _, w := range g.Weights {
		a := d.adjoint(w.Node)
		if a == nil {
			a = d.m.Zeros(w.Node.Shape)
		}
		out.Weight[w.Name] = a
		outputs = append(outputs, a)
	}
	full := *g
	full.Outputs = append(append([]*graph.Node{}, g.Outputs...), outputs...)
	full.Outputs = append(full.Outputs, d.names...)
	full.Nodes = d.m.Nodes()
	out.Graph, out.Names = &full, d.names
	return out
}

// adjoint is the derivative of the number by a node; nil where it is 0. Every loop passes through
// an equation, so an equation's adjoint gets its name before it is known.
func (d *differ) adjoint(n *graph.Node) *graph.Node {
	if a, ok := d.adjoints[n]; ok {
		return a
	}
	if n == d.of {
		d.adjoints[n] = d.m.Int(1)
		return d.adjoints[n]
	}
	if len(d.readers[n]) == 0 || !d.wanted[n] {
		return nil
	}
	if n.Kind != graph.Name {
		a := d.gather(n)
		if a != nil && a.Mirror == nil && a.Kind == graph.Row && a.ID > d.made {
			a.Mirror = n
		}
		d.adjoints[n] = a
		return a
	}
	name := d.m.In(over(n)).Equation(d.taken.free("d_"+n.Name), n.Scope, n.Shape, n.Pos)
	d.adjoints[n] = name
	sum := d.gather(n)
	if sum == nil {
		sum = d.m.Zeros(n.Shape)
	}
	name.Args = []*graph.Node{d.m.Fit(sum, n.Shape)}
	d.names = append(d.names, name)
	return name
}

// free is a name that isn't taken: one that is gets one more _.
func (t taken) free(name string) string {
	for t[name] {
		name += "_"
	}
	t[name] = true
	return name
}

// over is the times that a node's rows run over.
func over(n *graph.Node) graph.Scope { return timesOf(n.Scope) }

// timesOf is the times that rows of a scope run over.
func timesOf(s graph.Scope) graph.Scope {
	if s == graph.Times {
		return graph.Times
	}
	return graph.Steps
}

// gather adds what comes back from every reader. A constant that is read at each time, or in each
// series, gets the sum over them.
func (d *differ) gather(n *graph.Node) *graph.Node {
	var sums [4]*graph.Node // by the scope at which n is read
	for _, r := range d.readers[n] {
		c := d.contribution(r)
		if c == nil || c.IsZero() {
			continue
		}
		at := readAt(r)
		c = d.repeated(c, n, timesOf(at))
		if at == graph.Steps && n.Scope < graph.Steps {
			c = d.atSteps(c)
		}
		sums[at] = d.plus(sums[at], c, timesOf(at))
	}
	if n.Scope >= graph.Steps {
		return d.plus(sums[graph.Steps], sums[graph.Times], over(n))
	}
	var sum *graph.Node
	for _, at := range []graph.Scope{graph.Steps, graph.Times} {
		if sums[at] != nil {
			sum = d.plus(sum, d.m.In(at).Total(sums[at]), at)
		}
	}
	sum = d.plus(sum, sums[graph.Series], graph.Steps)
	if n.Scope == graph.Series {
		return d.plus(sum, sums[graph.Global], graph.Steps)
	}
	if sum != nil {
		sum = d.m.Pooled(sum)
	}
	return d.plus(sum, sums[graph.Global], graph.Steps)
}

func (d *differ) plus(a, b *graph.Node, at graph.Scope) *graph.Node {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return d.m.In(at).Row("+", a, b)
}

// readAt is the scope at which a reader reads: a total each of its times, a pool each series.
func readAt(r reader) graph.Scope {
	switch r.n.Kind {
	case graph.Total:
		return r.n.Args[0].Scope
	case graph.Pooled:
		return graph.Series
	}
	return r.n.Scope
}

// repeated is the one coded rule: a number that stood for an array has the sum of the entries'
// derivatives.
func (d *differ) repeated(c, n *graph.Node, at graph.Scope) *graph.Node {
	if n.Shape == op.Scalar && c.Shape != op.Scalar {
		return d.m.In(at).SumAll(c)
	}
	return c
}
