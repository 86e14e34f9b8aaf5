package unroll

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/internal/spell"
	"unroll/kernel"
	"unroll/plan"
	"unroll/series"
)

// EngineOptions are the choices of a compiled run. The zero value computes the loss and its gradient in
// float32, as fast as it can.
type EngineOptions struct {
	Float64 bool     // numbers are float64, in place of float32
	Forward bool     // no gradient
	Keep    []string // equations whose values can be read after a run
	Cores   int      // how many cores a run takes at most; 0: as many as Go may use
	Memory  bool     // less memory for more time: what backward needs of the steps is computed again, as far as it can be
	Family  string   // of kernels, such as "go", "avx2" and "avx512"; "": the best here
	Without []string // passes that are left out, to see their worth: see plan.Passes
}

// Compiled is a run whose graph has been made into loops of the machine's own operations. It doesn't
// change: any number of goroutines may use it at once, and bind it to as much data as they like. How
// long the data is, and of how many series, makes no difference to it.
type Compiled struct {
	run        *Run
	options    EngineOptions
	derivative *grad.Derivative // nil if Forward
	p32        *plan.Plan[float32]
	p64        *plan.Plan[float64]
}

// Engine is a compiled run bound to data, with memory of its own: running it allocates nothing. One
// goroutine at a time may use it. Several engines may be made of one Compiled, and run at once.
type Engine struct {
	of    *Compiled
	run   *Run // the data, and what the weights are at the beginning
	bound machine
	loss  [1]float64
	ran   bool
}

// errNotRun is the error for values that are asked for before there are any.
var errNotRun = errors.New("the engine hasn't run yet; call Run first")

// machine is a plan bound to data, of either kind of numbers.
type machine interface {
	Run()
	Read(n *graph.Node, series, t int, into []float64)
	SetWeight(name string, series int, values []float64) error
	Weight(name string, series int, into []float64) bool
	T(series int) int
	Bytes() int
	Flops() float64
}

// Compile makes loops of the run's graph and its derivative. The error names an option that can't be.
func (r *Run) Compile(o EngineOptions) (*Compiled, error) {
	c := &Compiled{run: r.copy(), options: o}
	how := plan.Options{Cores: o.Cores, Memory: o.Memory, Without: o.Without, Family: kernel.Family(o.Family)}
	if err := o.check(); err != nil {
		return nil, err
	}
	g := r.graph
	roots := []*graph.Node{g.Loss}
	for _, name := range o.Keep {
		n, err := r.equation(name)
		if err != nil {
			return nil, err
		}
		roots = append(roots, n)
	}
	if !o.Forward && g.Loss != nil {
		d, err := r.Derivative()
		if err != nil {
			return nil, err
		}
		c.derivative, g = d, d.Graph
		for _, w := range g.Weights {
			roots = append(roots, d.Weight[w.Name])
		}
	}
	var err error
	if o.Float64 {
		c.p64, err = plan.New[float64](g, roots, how)
	} else {
		c.p32, err = plan.New[float32](g, roots, how)
	}
	return c, err
}

func (o EngineOptions) check() error {
	if o.Cores < 0 {
		return fmt.Errorf("the option Cores is %d; expected a number from 1 on, or 0 for all", o.Cores)
	}
	if slices.Contains(o.Keep, "") {
		return errors.New("a name in Keep is empty; expected names of equations")
	}
	var here []string
	for _, f := range kernel.Families() {
		here = append(here, string(f))
	}
	if o.Family == "" || slices.Contains(here, o.Family) {
		return nil
	}
	hint := "the families of kernels that run here are " + strings.Join(here, ", ")
	if near := spell.Nearest(o.Family, here); near != "" {
		hint = "did you mean " + near + "?"
	}
	return fmt.Errorf("there are no kernels %q on this machine; %s", o.Family, hint)
}

// copy is the run as it is now, whatever is set in it later.
func (r *Run) copy() *Run {
	now := *r
	now.weights, now.set = map[string][]series.Array{}, maps.Clone(r.set)
	for name, values := range r.weights {
		now.weights[name] = slices.Clone(values)
	}
	return &now
}

// Engine lays out memory for the data of the run that was compiled, and puts the data and the weights
// into it. The error says how much memory is needed if there isn't as much.
func (c *Compiled) Engine() (*Engine, error) { return c.bind(c.run) }

// Bind is Engine on other data. Weights have the values that they have in the run; those that are per
// series start anew on the data. What the run's data decided of the graph, the data must agree with: the
// sizes of inputs, their classes, and whether any value is missing.
func (c *Compiled) Bind(set series.Set) (*Engine, error) {
	r, err := c.run.on(set)
	if err != nil {
		return nil, err
	}
	return c.bind(r)
}

func (c *Compiled) bind(r *Run) (*Engine, error) {
	e := &Engine{of: c, run: r.copy()}
	var err error
	if c.p64 != nil {
		e.bound, err = bindPlan(c.p64, r.evalRun())
	} else {
		e.bound, err = bindPlan(c.p32, r.evalRun())
	}
	if err != nil {
		return nil, err
	}
	for i := range max(1, len(r.data.Series)) {
		if e.bound.T(i) > r.graph.T0 {
			return e, nil
		}
	}
	if len(r.graph.Inputs) == 0 {
		return nil, errors.New("the run has no steps; say in Options how many")
	}
	return nil, fmt.Errorf("the data end before the first step, which is t = %d; give more times", r.graph.T0)
}

func bindPlan[T kernel.Real](p *plan.Plan[T], run eval.Run) (machine, error) { return p.Bind(run) }

// on is the run on other data, with the same graph.
func (r *Run) on(set series.Set) (*Run, error) {
	wants := r.cell.Inputs()
	set, err := prepare(set, wants, r.options.Fill)
	if err != nil {
		return nil, err
	}
	if err := r.agrees(facts(set, wants)); err != nil {
		return nil, err
	}
	other := *r
	other.data = set
	if other.weights, err = other.startWeights(); err != nil {
		return nil, err
	}
	for _, w := range r.graph.Weights {
		if !w.PerSeries || r.set[w.Name] && len(r.weights[w.Name]) == len(other.weights[w.Name]) {
			other.weights[w.Name] = r.weights[w.Name]
		}
	}
	return &other, nil
}

// agrees finds what data has that the graph wasn't made for.
func (r *Run) agrees(f graph.Facts) error {
	was := r.choices.Facts
	for _, in := range r.graph.Inputs {
		name := in.Name
		switch {
		case f.Width[name] != was.Width[name] && f.Width[name] > 0:
			return fmt.Errorf("input %s has %d entries, and the run was compiled for %d", name, f.Width[name], was.Width[name])
		case f.Classes[name] > was.Classes[name] && in.Classes > 0:
			return fmt.Errorf("input %s has the class %d, and the run was compiled for classes up to %d", name, f.Classes[name]-1, was.Classes[name]-1)
		case f.Missing[name] && !was.Missing[name] && in.Forecast:
			return fmt.Errorf("values of %s are missing, and the run was compiled on data with all of them; compile it on data that has such", name)
		}
	}
	return nil
}

// Run computes the loss and, unless the options say Forward, its gradient. It gives the loss: NaN if it
// is undefined, or if the cell has none.
func (e *Engine) Run() float64 {
	e.bound.Run()
	e.ran = true
	e.loss[0] = math.NaN()
	if e.run.graph.Loss != nil {
		e.bound.Read(e.run.graph.Loss, 0, 0, e.loss[:])
	}
	return e.loss[0]
}

// Grad is the derivative of the loss by a weight, as the last Run computed it: one, or one a series.
func (e *Engine) Grad(name string) ([]series.Array, error) {
	i := slices.IndexFunc(e.run.graph.Weights, func(w *graph.Param) bool { return w.Name == name })
	switch {
	case i < 0:
		return nil, e.run.noWeight(name)
	case !e.ran:
		return nil, errNotRun
	case e.of.derivative == nil:
		return nil, fmt.Errorf("the run was compiled without a gradient")
	case e.run.graph.Weights[i].Fixed:
		return nil, fmt.Errorf("weight %s is fixed, and has no derivative", name)
	}
	n, s := e.of.derivative.Weight[name], e.run.graph.Weights[i].Node.Shape
	var out []series.Array
	for k := range e.run.weights[name] {
		a := series.Floats(s.R, s.C, make([]float64, s.Len()))
		if n != nil { // the loss depends on it
			e.bound.Read(n, k, 0, a.Float)
		}
		out = append(out, a)
	}
	return out, nil
}

// Values are the values of an equation of the options' Keep, as the last Run computed them: by series,
// and within it by step, the first being t0.
func (e *Engine) Values(name string) ([][]series.Array, error) {
	n, err := e.run.equation(name)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(e.of.options.Keep, name) {
		return nil, fmt.Errorf("the values of %s weren't kept; name it in Keep", name)
	}
	if !e.ran {
		return nil, errNotRun
	}
	out := make([][]series.Array, max(1, len(e.run.data.Series)))
	for i := range out {
		for t := e.run.graph.T0; t < e.bound.T(i); t++ {
			a := series.Floats(n.Shape.R, n.Shape.C, make([]float64, n.Shape.Len()))
			e.bound.Read(n, i, t, a.Float)
			out[i] = append(out[i], a)
		}
	}
	return out, nil
}

// SetWeight replaces a weight's values in this engine: one, or one a series if it is per series. The run
// that was compiled keeps its own.
func (e *Engine) SetWeight(name string, values ...series.Array) error {
	if err := e.run.checkWeight(name, values); err != nil {
		return err
	}
	for i, a := range values {
		if err := e.bound.SetWeight(name, i, a.ToFloat().Float); err != nil {
			return err
		}
	}
	return nil
}

// Bytes is how much memory the engine has for its runs, without the data it was made of.
func (e *Engine) Bytes() int { return e.bound.Bytes() }

// Flops is how many multiplications and additions the matrix products of a run take.
func (e *Engine) Flops() float64 { return e.bound.Flops() }
