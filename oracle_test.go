package unroll_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll"
	"unroll/graph"
	"unroll/internal/naive"
	"unroll/internal/randcell"
	"unroll/lang"
	"unroll/series"
	"unroll/weights"
)

// TestOracle holds the interpreter and the derivative against the naive interpreter, as equal
// fractions, on random rational cells; and counts what they held.
func TestOracle(t *testing.T) {
	drawn := map[string]int{}
	checked := 0
	// At least 400 cells, and as many more as it takes until each thing was drawn 20 times.
	for batch := 0; !t.Failed() && (batch < 4 || batch < 15 && len(rare(drawn)) > 0); batch++ {
		rapid.Check(t, func(rt *rapid.T) {
			c := randcell.Draw(rt, randcell.Rational)
			if c.Has("row clip_gradient") {
				rt.Skip("has no forward mode")
			}
			compareWithNaive(rt, c)
			checked++
			for _, f := range c.Features {
				drawn[f]++
			}
		})
	}
	if t.Failed() {
		return
	}
	if few := rare(drawn); len(few) > 0 {
		t.Errorf("in %d cells these were drawn fewer than 20 times: %v", checked, few)
	}
	var counts []string
	for _, f := range randcell.Features(randcell.Rational) {
		counts = append(counts, fmt.Sprintf("%s %d", f, drawn[f]))
	}
	t.Logf("%d cells: %s", checked, strings.Join(counts, ", "))
}

// rare are the features that were drawn fewer than 20 times.
func rare(drawn map[string]int) []string {
	var few []string
	for _, f := range randcell.Features(randcell.Rational) {
		if f != "row clip_gradient" && drawn[f] < 20 {
			few = append(few, f)
		}
	}
	return few
}

type fataler interface {
	Fatalf(string, ...any)
	Errorf(string, ...any)
}

func options(c randcell.Cell) unroll.Options {
	o := unroll.Options{Feed: c.Feed, Sizes: c.Sizes, Training: c.Training, Exact: true, Seed: 7}
	if c.Stop {
		o.Feedback = "stop"
	}
	if c.Mean {
		o.Reduce = "mean"
	}
	return o
}

func naiveOptions(c randcell.Cell) naive.Options {
	return naive.Options{
		Feed: c.Feed, Stop: c.Stop, Mean: c.Mean, Training: c.Training, Sizes: c.Sizes, Weights: c.Weights,
		Uniform: func(id, seriesID string, t, entry int) *big.Rat {
			return big.NewRat(int64(weights.Uniform(7, 0, seriesID, id, t, entry)), 1<<32)
		},
	}
}

// bind binds a drawn cell with the weights that were drawn for it.
func bind(t fataler, c randcell.Cell) *unroll.Run {
	cell, err := unroll.Parse("random.cell", c.Text)
	if err != nil {
		t.Fatalf("%s\n%s", snippets(err), c.Text)
	}
	run, err := cell.Bind(c.Data, options(c))
	if err != nil {
		t.Fatalf("%s\n%s", snippets(err), c.Text)
	}
	for name, values := range c.Weights {
		if err := run.Set(name, values...); err != nil {
			t.Fatalf("%v\n%s", err, c.Text)
		}
	}
	if err := graph.Verify(run.Graph()); err != nil {
		t.Fatalf("%v\n%s", err, c.Text)
	}
	return run
}

func snippets(err error) string {
	list, ok := err.(lang.Errors)
	if !ok {
		return err.Error()
	}
	text := ""
	for _, e := range list {
		text += e.Snippet() + "\n"
	}
	return text
}

func compareWithNaive(t fataler, c randcell.Cell) {
	run := bind(t, c)
	file, err := lang.Parse(&lang.Source{Name: "random.cell", Text: c.Text})
	if err != nil {
		t.Fatalf("%v", err)
	}
	want, err := naive.Run(file, c.Data, naiveOptions(c))
	if err != nil {
		t.Fatalf("naive: %v\n%s", err, describe(c))
	}
	d, err := run.Derivative()
	if err != nil {
		t.Fatalf("%v\n%s", err, c.Text)
	}
	if err := graph.Verify(d.Graph); err != nil {
		t.Fatalf("derivative: %v\n%s", err, c.Text)
	}
	v, err := run.Eval(d.Graph)
	if err != nil {
		t.Fatalf("%v\n%s", err, describe(c))
	}
	if run.Graph().T0 != want.T0 {
		t.Fatalf("t0 is %d, naive has %d\n%s", run.Graph().T0, want.T0, describe(c))
	}
	for _, n := range run.Graph().Names {
		for s, path := range want.Values[n.Name] {
			for i, a := range path {
				same(t, c, fmt.Sprintf("%s, series %d, step %d", n.Name, s, i), v.At(n, s, want.T0+i), a)
			}
		}
	}
	same(t, c, "loss", v.At(run.Graph().Loss, 0, 0), series.Number(want.Loss))
	for _, w := range run.Graph().Weights {
		for s, a := range want.Grad[w.Name] {
			same(t, c, fmt.Sprintf("gradient of %s, copy %d", w.Name, s), v.At(d.Weight[w.Name], s, 0), a)
		}
	}
}

func same(t fataler, c randcell.Cell, what string, got, want series.Array) {
	if !got.Exact() {
		t.Fatalf("%s is not exact\n%s", what, describe(c))
	}
	for i := range want.Len() {
		g, w := got.Rat[min(i, got.Len()-1)], want.Rat[i]
		if (g == nil) != (w == nil) || g != nil && g.Cmp(w) != 0 {
			t.Fatalf("%s, entry %d: %v, naive has %v\n%s", what, i, g, w, describe(c))
		}
	}
}

func describe(c randcell.Cell) string {
	text := fmt.Sprintf("%s\nfeed %s stop %v mean %v training %v sizes %v\n", c.Text, c.Feed, c.Stop, c.Mean, c.Training, c.Sizes)
	for _, s := range c.Data.Series {
		for name, col := range s.Columns {
			text += fmt.Sprintf("%s %s = %v\n", s.ID, name, col)
		}
	}
	for name, w := range c.Weights {
		text += fmt.Sprintf("%s = %v\n", name, w)
	}
	return text
}
