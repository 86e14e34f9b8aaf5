package unroll_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"unroll"
	"unroll/graph"
	"unroll/series"
)

// small are sizes for a quick run of the sketches; esrnn's are tied to each other.
var small = map[string]map[string]int{
	"esrnn.cell": {"H": 2}, "linear.cell": {"p": 4, "h": 3}, "char.cell": {"H": 2, "V": 4},
}

// TestSketches checks cells that people want to write: each is vetted without data, and run with
// it: its loss and its gradients are numbers.
func TestSketches(t *testing.T) {
	files, _ := filepath.Glob("testdata/sketches/*.cell")
	if len(files) < 38 {
		t.Fatalf("only %d sketches", len(files))
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			cell, err := unroll.ReadFile(path)
			if err != nil {
				t.Fatal(snippets(err))
			}
			vetSketch(t, cell)
			runSketch(t, cell, filepath.Base(path))
		})
	}
}

func vetSketch(t *testing.T, cell *unroll.Cell) {
	run, err := cell.Bind(series.Set{}, unroll.Options{Assume: true, Steps: 3})
	if err != nil {
		t.Fatal(snippets(err))
	}
	verify(t, run.Graph())
	if run.Graph().Loss == nil {
		return
	}
	d, err := run.Derivative()
	if err != nil {
		t.Fatal(err)
	}
	verify(t, d.Graph)
}

func verify(t *testing.T, g *graph.Graph) {
	t.Helper()
	if err := graph.Verify(g); err != nil {
		t.Error(err)
	}
}

func runSketch(t *testing.T, cell *unroll.Cell, name string) {
	set, sizes := sketchData(cell, name)
	run, err := cell.Bind(set, unroll.Options{Sizes: sizes, Steps: 4, Seed: 1})
	if err != nil {
		t.Fatal(snippets(err))
	}
	if run.Graph().Loss == nil {
		if _, err := run.Eval(run.Graph()); err != nil {
			t.Error(err)
		}
		return
	}
	loss, err := run.Loss()
	if err != nil {
		t.Fatal(err)
	}
	finite(t, "the loss", loss)
	gradient, err := run.Gradient()
	if err != nil {
		t.Fatal(err)
	}
	for w, copies := range gradient {
		for _, a := range copies {
			finite(t, "the gradient of "+w, a)
		}
	}
}

func finite(t *testing.T, what string, a series.Array) {
	t.Helper()
	for i := range a.Len() {
		if f := a.Float64(i); math.IsNaN(f) || math.IsInf(f, 0) {
			t.Errorf("%s is %v", what, f)
		}
	}
}

// sketchData draws two series of positive numbers for a cell's inputs, and small sizes.
func sketchData(cell *unroll.Cell, name string) (series.Set, map[string]int) {
	r := rand.New(rand.NewPCG(1, 2))
	length := 14
	if name == "esrnn.cell" {
		length = 80
	}
	sizes := small[name]
	if sizes == nil {
		sizes = map[string]int{}
		for _, s := range []string{"H", "N", "K", "M", "G"} {
			if graph.HasSize(cell.File(), s) {
				sizes[s] = 3
			}
		}
	}
	set := series.Set{}
	for _, id := range []string{"a", "b"} {
		s := series.Series{ID: id, Columns: map[string]series.Column{}, Consts: map[string]series.Array{}}
		for _, in := range cell.Inputs() {
			draw := func() series.Array { return drawInput(r, in, name) }
			if in.PerSeries {
				s.Consts[in.Name] = draw()
				continue
			}
			for range length {
				s.Columns[in.Name] = s.Columns[in.Name].Append(draw())
			}
		}
		set.Series = append(set.Series, s)
	}
	return set, sizes
}

func drawInput(r *rand.Rand, in *graph.Column, name string) series.Array {
	if in.Name == "label" || in.Name == "s" && name == "char.cell" {
		return series.Number(big.NewRat(r.Int64N(2), 1))
	}
	rows := in.Shape.R
	if rows == 0 {
		rows = 2
	}
	var entries []*big.Rat
	for range rows {
		entries = append(entries, big.NewRat(8+r.Int64N(9), 4))
	}
	return series.Vector(entries...)
}
