package unroll_test

import (
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"unroll"
	"unroll/series"
)

// exactFile is a cell with its data, and the loss, gradients and values that an independent program
// computed of it.
type exactFile struct {
	Name   string
	Cell   string
	Series map[string][]string
	Batch  []map[string][]string
	Args   []string
	Loss   string
	Grad   map[string][]string
	Values map[string][]string
}

func (f *exactFile) data(t *testing.T) series.Set {
	batch := f.Batch
	if f.Series != nil {
		batch = append(batch, f.Series)
	}
	set := series.Set{}
	for i, columns := range batch {
		s := series.Series{ID: string(rune('1' + i)), Columns: map[string]series.Column{}, Consts: map[string]series.Array{}}
		for name, texts := range columns {
			for _, txt := range texts {
				v, err := series.ParseNumber(txt)
				if err != nil {
					t.Fatal(err)
				}
				s.Columns[name] = s.Columns[name].Append(series.Number(v))
			}
		}
		set.Series = append(set.Series, s)
	}
	return set
}

func (f *exactFile) options() unroll.Options {
	var o unroll.Options
	for i := 0; i+1 < len(f.Args); i += 2 {
		switch f.Args[i] {
		case "--feed":
			o.Feed = f.Args[i+1]
		case "--feedback":
			o.Feedback = f.Args[i+1]
		case "--reduce":
			o.Reduce = f.Args[i+1]
		}
	}
	return o
}

// TestExact holds losses, gradients and values against an independent program, as equal fractions.
func TestExact(t *testing.T) {
	files, _ := filepath.Glob("testdata/exact/*.json")
	if len(files) < 7 {
		t.Fatalf("only %d exact files", len(files))
	}
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".json"), func(t *testing.T) { checkExact(t, path) })
	}
}

func checkExact(t *testing.T, path string) {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var f exactFile
	if err := json.Unmarshal(text, &f); err != nil {
		t.Fatal(err)
	}
	cell, err := unroll.Parse(f.Name+".cell", f.Cell)
	if err != nil {
		t.Fatal(err)
	}
	run, err := cell.Bind(f.data(t), f.options())
	if err != nil {
		t.Fatal(err)
	}
	loss, err := run.Loss()
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "loss", loss.Rat, []string{f.Loss})
	gradient, err := run.Gradient()
	if err != nil {
		t.Fatal(err)
	}
	if len(gradient) != len(f.Grad) {
		t.Errorf("%d gradients, want %d", len(gradient), len(f.Grad))
	}
	for name, want := range f.Grad {
		var got []*big.Rat
		for _, a := range gradient[name] {
			got = append(got, a.Rat...)
		}
		equal(t, "gradient of "+name, got, want)
	}
	checkValues(t, run, f.Values)
}

func checkValues(t *testing.T, run *unroll.Run, values map[string][]string) {
	g := run.Graph()
	v, err := run.Eval(g)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range g.Names {
		want, ok := values[n.Name]
		if !ok {
			continue
		}
		var got []*big.Rat
		for s := g.T0; s < v.T(0); s++ {
			got = append(got, v.At(n, 0, s).Rat...)
		}
		equal(t, n.Name, got, want)
	}
}

func equal(t *testing.T, what string, got []*big.Rat, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d numbers, want %d", what, len(got), len(want))
		return
	}
	for i, w := range want {
		r, ok := new(big.Rat).SetString(w)
		if !ok || got[i] == nil || got[i].Cmp(r) != 0 {
			t.Errorf("%s[%d] = %v, want %s", what, i, got[i], w)
		}
	}
}
