package grad_test

import (
	"pgregory.net/rapid"

	"unroll"
	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/internal/randcell"
)

// random is a random cell, bound to its data.
type random struct {
	*rapid.T
	text string
	run  *unroll.Run
	d    *grad.Derivative
}

// drawCell draws a cell, binds it with the weights that were drawn for it, and differentiates it.
func drawCell(t *rapid.T, mode randcell.Mode) *random {
	c := randcell.Draw(t, mode)
	r := &random{T: t, text: c.Text}
	o := unroll.Options{Feed: c.Feed, Sizes: c.Sizes, Training: c.Training, Exact: true, Seed: 7}
	if c.Stop {
		o.Feedback = "stop"
	}
	if c.Mean {
		o.Reduce = "mean"
	}
	cell, err := unroll.Parse("random.cell", c.Text)
	r.must(err)
	r.run, err = cell.Bind(c.Data, o)
	r.must(err)
	for name, values := range c.Weights {
		r.must(r.run.Set(name, values...))
	}
	r.d, err = r.run.Derivative()
	r.must(err)
	return r
}

// must fails if there is an error, and shows the cell.
func (r *random) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatalf("%v\n%s", err, r.text)
	}
}

// eval computes a graph that was made of the cell's, after looking at it.
func (r *random) eval(g *graph.Graph) *eval.Values {
	r.Helper()
	r.must(graph.Verify(g))
	v, err := r.run.Eval(g)
	r.must(err)
	return v
}
