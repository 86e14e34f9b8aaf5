package plan_test

import (
	"fmt"
	"testing"

	"unroll"
	"unroll/eval"
	"unroll/graph"
	"unroll/plan"
	"unroll/series"
)

// trained is a file's training step: its loss and the gradient of its weights.
type trained struct {
	plan  *plan.Plan[float32]
	bound *plan.Bound[float32]
	roots []*graph.Node
}

func training(t *testing.T, text string, z size, o plan.Options) trained {
	t.Helper()
	return trainingOn(t, text, batch(z), o)
}

// trainingOn plans and binds a step.
func trainingOn(t *testing.T, text string, data series.Set, o plan.Options) trained {
	t.Helper()
	c, err := unroll.Parse("x.cell", text)
	if err != nil {
		t.Fatal(err)
	}
	run, err := c.Bind(data, unroll.Options{})
	if err != nil {
		t.Fatal(err)
	}
	g, roots, err := rootsOf(run)
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.New[float32](g, roots, o)
	if err != nil {
		t.Fatal(err)
	}
	er := run.Case().Run
	er.Exact = eval.Float
	b, err := p.Bind(er)
	if err != nil {
		t.Fatal(err)
	}
	return trained{p, b, roots}
}

// run is what a run computes.
func (x trained) run() []float32 {
	x.bound.Run()
	var out []float32
	for _, n := range x.roots {
		out = append(out, x.bound.At(n, 0, 0)...)
	}
	return out
}

// library is a file that reads a cell of the library.
func library(cell string, z size) string {
	return fmt.Sprintf("use %s\ninput x[%d]\ninput y\nweight V[1, %d], c\nh = %s(x, H = %d)\nyhat = V*h + c\ny ~ squared(yhat)\n", cell, z.i, z.h, cell, z.h)
}
