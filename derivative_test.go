package unroll_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll"
	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/internal/randcell"
	"unroll/lang"
)

// TestDerivativeIsACell prints the derivatives of random cells as files, reads those again, and
// wants the same numbers: the loss and every gradient, as equal fractions.
func TestDerivativeIsACell(t *testing.T) {
	for range 2 {
		rapid.Check(t, func(rt *rapid.T) {
			c := randcell.Draw(rt, randcell.Rational)
			compareWithPrinted(rt, c)
		})
	}
}

func compareWithPrinted(t fataler, c randcell.Cell) {
	run := bind(t, c)
	d, err := run.Derivative()
	if err != nil {
		t.Fatalf("%v\n%s", err, c.Text)
	}
	v, err := run.Eval(d.Graph)
	if err != nil {
		t.Fatalf("%v\n%s", err, describe(c))
	}
	text := printed(t, d)
	again := rebind(t, text, c, run)
	w, err := again.Eval(again.Graph())
	if err != nil {
		t.Fatalf("printed: %v\n%s\n%s", err, text, describe(c))
	}
	if again.Graph().T0 != run.Graph().T0 {
		t.Fatalf("printed: t0 is %d, not %d\n%s\n%s", again.Graph().T0, run.Graph().T0, text, describe(c))
	}
	defer func() {
		if r := recover(); r != nil {
			t.Fatalf("%v", r)
		}
	}()
	c.Text = text + "\n" + c.Text
	compareNames(t, c, run, v, again, w)
	same(t, c, "printed loss", w.At(again.Graph().Loss, 0, 0), v.At(run.Graph().Loss, 0, 0))
	for _, p := range run.Graph().Weights {
		name := "d_" + strings.ReplaceAll(p.Name, ".", "_")
		n := byName(again.Graph(), name)
		if n == nil {
			t.Fatalf("printed: no %s\n%s", name, c.Text)
		}
		for s := range v.Series() {
			same(t, c, "printed "+name, w.At(n, s, 0), v.At(d.Weight[p.Name], s, 0))
		}
	}
}

// printed is a derivative as the text of a file.
func printed(t fataler, d *grad.Derivative) string {
	var named []graph.Named
	for _, p := range d.Graph.Weights {
		named = append(named, graph.Named{Name: "d_" + p.Name, Node: d.Weight[p.Name]})
	}
	f, err := graph.Text(d.Graph, named)
	if err != nil {
		t.Fatalf("can't be written: %v", err)
	}
	return lang.Print(f, false)
}

// rebind binds the text of a derivative to the same data and weights. What feeds what is said in its
// equations already; dropout is drawn again.
func rebind(t fataler, text string, c randcell.Cell, run *unroll.Run) *unroll.Run {
	cell, err := unroll.Parse("derivative.cell", text)
	if err != nil {
		t.Fatalf("%s\n%s", snippets(err), text)
	}
	again, err := cell.Bind(run.Data(), unroll.Options{Training: c.Training, Exact: true, Seed: 7})
	if err != nil {
		t.Fatalf("%s\n%s\n%s", snippets(err), text, describe(c))
	}
	for name, values := range run.Weights() {
		if err := again.Set(strings.ReplaceAll(name, ".", "_"), values...); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	}
	return again
}

func byName(g *graph.Graph, name string) *graph.Node {
	for _, n := range g.Names {
		if n.Name == name {
			return n
		}
	}
	return nil
}

// compareNames compares the equations that both files have, so that a fault shows where it begins.
func compareNames(t fataler, c randcell.Cell, run *unroll.Run, v *eval.Values, again *unroll.Run, w *eval.Values) {
	for _, n := range run.Graph().Names {
		m := byName(again.Graph(), strings.ReplaceAll(n.Name, ".", "_"))
		if m == nil {
			continue
		}
		for s := range v.Series() {
			for step := run.Graph().T0; step < v.T(s); step++ {
				same(t, c, fmt.Sprintf("printed %s, series %d, t = %d", n.Name, s, step), w.At(m, s, step), v.At(n, s, step))
			}
		}
	}
}
