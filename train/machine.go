package train

import (
	"unroll/eval"
	"unroll/graph"
	"unroll/kernel"
	"unroll/plan"
)

// machine is a plan bound to data, of either kind of numbers.
type machine interface {
	Run()
	Read(n *graph.Node, series, t int, into []float64)
	SetWeight(name string, series int, values []float64) error
	Reload(r eval.Run) (fits bool, err error)
	Redraw(r eval.Run) error
	T(series int) int
	Bytes() int
}

// binder binds a plan.
type binder func(r eval.Run) (machine, error)

// newBinder plans what is to be read of a graph.
func newBinder(g *graph.Graph, roots []*graph.Node, float64s bool, o plan.Options) (binder, error) {
	if float64s {
		return binderOf[float64](g, roots, o)
	}
	return binderOf[float32](g, roots, o)
}

func binderOf[T kernel.Real](g *graph.Graph, roots []*graph.Node, o plan.Options) (binder, error) {
	p, err := plan.New[T](g, roots, o)
	if err != nil {
		return nil, err
	}
	return func(r eval.Run) (machine, error) { return p.Bind(r) }, nil
}

// bench keeps the bound plans of a graph: one for each number of strands that batches have. So memory
// doesn't grow, however many batches there are.
type bench struct {
	bind binder
	by   map[int]*bound
}

// bound is a machine and the strands that it has been given.
type bound struct {
	machine
	strands []strand
}

// load gives a machine a batch: the one that there is, if it can take it.
func (x *bench) load(b *batch, r eval.Run) (machine, error) {
	at := x.by[len(b.strands)]
	if at == nil {
		m, err := x.bind(r)
		if err != nil {
			return nil, err
		}
		x.by[len(b.strands)] = &bound{m, b.strands}
		return m, nil
	}
	if !b.changes && same(at.strands, b.strands) {
		return at.machine, at.again(r)
	}
	fits, err := at.Reload(r)
	if err != nil {
		return nil, err
	}
	if !fits {
		if at.machine, err = x.bind(r); err != nil {
			return nil, err
		}
	}
	at.strands = b.strands
	return at.machine, nil
}

// again gives a machine other weights and random numbers for the data that it has.
func (x *bound) again(r eval.Run) error {
	for name, all := range r.Weights {
		for i, a := range all {
			if err := x.SetWeight(name, i, a.Float); err != nil {
				return err
			}
		}
	}
	if r.Draw == nil {
		return nil
	}
	return x.Redraw(r)
}
