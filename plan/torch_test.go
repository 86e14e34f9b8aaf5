package plan_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"unroll"
	"unroll/kernel"
	"unroll/plan"
	"unroll/series"
)

const torchDir = "../testdata/torch/"

// torch is what PyTorch says of a batch.
type torch struct {
	Source, Cell string
	Data         []map[string][]json.RawMessage
	Weights      map[string]json.RawMessage
	Values       []map[string][]json.RawMessage
	Loss         float64
	Gradient     map[string]json.RawMessage
}

// TestTorch holds plans to PyTorch's own RNN, GRU and LSTM: values, loss and gradients, as double precision has
// them, and in float32 to a few of its last digits.
func TestTorch(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob(torchDir + "*.json")
	if err != nil || len(paths) < 6 {
		t.Fatalf("%d files, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".json"), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var r torch
			if err := json.Unmarshal(text, &r); err != nil {
				t.Fatal(err)
			}
			for _, f := range kernel.Families() {
				for shard := 1; shard <= 2; shard++ {
					o := plan.Options{Family: f, Shard: shard}
					holdTorch[float64](t, r, o, 1e-12)
					holdTorch[float32](t, r, o, 1e-5)
				}
			}
		})
	}
}

// holdTorch compares a run: each number may be off by so much of the larger of it and 1.
func holdTorch[T kernel.Real](t *testing.T, r torch, o plan.Options, tol float64) {
	t.Helper()
	run := r.bind(t)
	tr, err := newTrial(run)
	if err != nil {
		t.Fatal(err)
	}
	d, err := run.Derivative()
	if err != nil {
		t.Fatal(err)
	}
	tr.graph = d.Graph
	tr.roots["torch"] = append(slices.Clone(d.Graph.Outputs), append(d.Graph.Names, d.Graph.Loss)...)
	b := bindPlan[T](t, tr, "torch", o)
	b.Run()
	checked := 0
	check := func(what string, got []T, want series.Array) {
		t.Helper()
		checked += len(got)
		for i, x := range got {
			if w := want.Float64(i); !(math.Abs(float64(x)-w) <= tol*max(1, math.Abs(w))) {
				t.Errorf("%T, %+v, %s, entry %d: %v, PyTorch has %v", T(0), o, what, i, x, w)
				return
			}
		}
	}
	check("loss", b.At(d.Graph.Loss, 0, 0), series.Floats(1, 1, []float64{r.Loss}))
	for name, raw := range r.Gradient {
		check("gradient of "+name, b.At(d.Weight[name], 0, 0), numbers(t, raw))
	}
	for _, n := range d.Graph.Names {
		for s := range r.Values {
			for i, raw := range r.Values[s][n.Name] {
				check(fmt.Sprintf("%s in series %d at t = %d", n.Name, s, i), b.At(n, s, i), numbers(t, raw))
			}
		}
	}
	if checked < 40 {
		t.Errorf("only %d numbers were compared", checked)
	}
}

func (r torch) bind(t *testing.T) *unroll.Run {
	t.Helper()
	cell, err := unroll.Parse("torch.cell", r.Cell)
	if err != nil {
		t.Fatal(err)
	}
	var set series.Set
	for i, columns := range r.Data {
		s := series.Series{ID: fmt.Sprint(i), Columns: map[string]series.Column{}}
		for name, col := range columns {
			for _, v := range col {
				s.Columns[name] = s.Columns[name].Append(numbers(t, v))
			}
		}
		set.Series = append(set.Series, s)
	}
	run, err := cell.Bind(set, unroll.Options{Weights: numbersOf(t, r.Weights)})
	if err != nil {
		t.Fatal(err)
	}
	return run
}
