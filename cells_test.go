package unroll_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"unroll"
	"unroll/cells"
	"unroll/data"
	"unroll/explain"
	"unroll/internal/golden"
	"unroll/internal/near"
	"unroll/series"
)

const (
	usesDir   = "examples/cells/"
	checksDir = "testdata/cells/"
)

// reference is what a source says of a cell in use, from a file of testdata/cells.
type reference struct {
	Source   string // of the numbers
	Script   string // that made the file
	Feed     string
	File     string // of the data, in examples/cells
	Data     map[string][]json.RawMessage
	Weights  map[string]json.RawMessage
	Values   map[string][]json.RawMessage // from the first step on; null is not known to the source
	Loss     *float64
	Gradient map[string]json.RawMessage
}

// tolerance is how far a value and a derivative may be off, relative to the larger of 1 and the value:
// in the classical cells derivatives are differences of the source's losses.
var tolerance = map[string][2]float64{"recurrent.py": {1e-12, 1e-12}, "classical.py": {1e-9, 1e-7}, "direct.py": {1e-12, 1e-11}}

// references are the files of testdata/cells by the example that they are about.
func references(t *testing.T) map[string][]string {
	paths, err := filepath.Glob(checksDir + "*.json")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for _, path := range paths {
		name, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(path), ".json"), "-")
		all[name] = append(all[name], path)
	}
	return all
}

func readReference(t *testing.T, path string) reference {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var r reference
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if r.Source == "" || tolerance[r.Script] == [2]float64{} {
		t.Fatalf("%s names no source, or no script of testdata/cells: %q, %q", path, r.Source, r.Script)
	}
	return r
}

// numbersOf reads a number, a list (a column) or a list of rows; null is missing.
func numbersOf(t *testing.T, raw json.RawMessage) series.Array {
	t.Helper()
	var one *float64
	if json.Unmarshal(raw, &one) == nil {
		return series.Floats(1, 1, []float64{orNaN(one)})
	}
	var list []*float64
	if json.Unmarshal(raw, &list) == nil {
		return column(list, len(list), 1)
	}
	var rows [][]*float64
	if err := json.Unmarshal(raw, &rows); err != nil {
		t.Fatal(err)
	}
	list = nil
	for _, r := range rows {
		list = append(list, r...)
	}
	return column(list, len(rows), len(rows[0]))
}

func column(list []*float64, r, c int) series.Array {
	var entries []float64
	for _, v := range list {
		entries = append(entries, orNaN(v))
	}
	return series.Floats(r, c, entries)
}

func orNaN(v *float64) float64 {
	if v == nil {
		return math.NaN()
	}
	return *v
}

// bind runs an example on what a reference was made with, of it the first steps only if most isn't 0.
func (r reference) bind(t *testing.T, name string, most int) *unroll.Run {
	t.Helper()
	cell, err := unroll.ReadFile(usesDir + name + ".cell")
	if err != nil {
		t.Fatal(snippets(err))
	}
	o := unroll.Options{Feed: r.Feed, Weights: map[string]series.Array{}}
	for w, raw := range r.Weights {
		o.Weights[w] = numbersOf(t, raw)
	}
	set := r.set(t, cell)
	for name, col := range set.Series[0].Columns {
		if most > 0 {
			set.Series[0].Columns[name] = col.Slice(0, min(most, col.Len()))
		}
	}
	run, err := cell.Bind(set, o)
	if err != nil {
		t.Fatal(snippets(err))
	}
	for _, w := range run.Graph().Weights {
		if _, ok := r.Weights[w.Name]; !ok && !w.Fixed {
			t.Errorf("%s: the source has no weight %s", name, w.Name)
		}
	}
	return run
}

// set is the data of a reference.
func (r reference) set(t *testing.T, cell *unroll.Cell) series.Set {
	t.Helper()
	if r.File == "" {
		s := series.Series{ID: "1", Columns: map[string]series.Column{}}
		for name, values := range r.Data {
			for _, v := range values {
				s.Columns[name] = s.Columns[name].Append(numbersOf(t, v))
			}
		}
		return series.Set{Series: []series.Series{s}}
	}
	file, err := os.Open(usesDir + r.File)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	var wants []data.Want
	for _, in := range cell.Inputs() {
		wants = append(wants, data.Want{Name: in.Name, Rows: in.Shape.R})
	}
	table, err := data.Read(r.File, file, data.Options{Want: wants, Exact: true})
	if err != nil {
		t.Fatal(err)
	}
	return table.Set
}

// TestCells holds every cell of the library, in its example, to the numbers of its source: values at
// the steps, the loss and the gradient.
func TestCells(t *testing.T) {
	for name, paths := range references(t) {
		for _, path := range paths {
			t.Run(strings.TrimSuffix(filepath.Base(path), ".json"), func(t *testing.T) {
				t.Parallel()
				r := readReference(t, path)
				run := r.bind(t, name, 0)
				holdValues(t, r, run)
				if r.Loss != nil {
					holdLoss(t, r, run)
				}
			})
		}
	}
}

func holdValues(t *testing.T, r reference, run *unroll.Run) {
	compared := 0
	for name, want := range r.Values {
		got, err := run.Values(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(want) > len(got[0]) {
			t.Fatalf("%s has %d steps, and the source %d", name, len(got[0]), len(want))
		}
		for step, raw := range want {
			compared += compare(t, fmt.Sprintf("%s at step %d", name, step), got[0][step], numbersOf(t, raw), tolerance[r.Script][0])
		}
	}
	if compared < 5 {
		t.Errorf("only %d values were compared", compared)
	}
}

func holdLoss(t *testing.T, r reference, run *unroll.Run) {
	loss, err := run.Loss()
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "the loss", loss, series.Floats(1, 1, []float64{*r.Loss}), tolerance[r.Script][0])
	if len(r.Gradient) == 0 {
		return
	}
	gradient, err := run.Gradient()
	if err != nil {
		t.Fatal(err)
	}
	for w, got := range gradient {
		raw, ok := r.Gradient[w]
		if !ok {
			t.Errorf("the source has no derivative by %s", w)
			continue
		}
		compare(t, "the derivative by "+w, got[0], numbersOf(t, raw), tolerance[r.Script][1])
	}
}

// compare compares arrays entry by entry, but those that the source doesn't know, and counts them. It
// shows the first that differs.
func compare(t *testing.T, what string, got, want series.Array, tol float64) int {
	t.Helper()
	if got.Len() != want.Len() {
		t.Errorf("%s is %d×%d, and the source's %d×%d", what, got.R, got.C, want.R, want.C)
		return 0
	}
	n := 0
	for i := range want.Len() {
		if !want.Has(i) {
			continue
		}
		n++
		if !near.Close(got.Float64(i), want.Float64(i), tol) {
			t.Errorf("%s, entry %d: got %v, the source has %v", what, i, got.Float64(i), want.Float64(i))
			return n
		}
	}
	return n
}

// TestCellsHaveAll wants of every cell of the library a check against a source and an example, which
// is the one that its page shows, and of every example a worked solution.
func TestCellsHaveAll(t *testing.T) {
	checks := references(t)
	for _, name := range cells.Names() {
		if len(checks[name]) == 0 {
			t.Errorf("nothing in %s checks the cell %s", checksDir, name)
		}
		p, err := cells.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		golden.Check(t, fmt.Sprintf("# %s; unroll cells %s says more.\n%s", p.Name(), name, p.Use), usesDir+name+".cell")
	}
	examples, err := filepath.Glob(usesDir + "*.cell")
	if err != nil || len(examples) < len(cells.Names()) {
		t.Fatalf("%d examples, %v", len(examples), err)
	}
	for _, path := range examples {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			name := strings.TrimSuffix(filepath.Base(path), ".cell")
			if len(checks[name]) == 0 {
				t.Fatalf("nothing in %s checks the example %s", checksDir, name)
			}
			run := readReference(t, checksDir+name+".json").bind(t, name, 8)
			verify(t, run.Graph())
			if err := explained(run, "text", explain.Options{}); err != nil {
				t.Error(err)
			}
		})
	}
}
