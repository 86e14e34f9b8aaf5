package graph_test

import (
	"maps"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll/graph"
	"unroll/internal/randcell"
	"unroll/op"
	"unroll/series"
)

// TestScalingsOfRandomCells holds every scaling that is found in random cells against the gradient
// and the loss, as equal fractions.
func TestScalingsOfRandomCells(t *testing.T) {
	t.Parallel()
	cells, had, found := 0, 0, 0
	for range 20 {
		rapid.Check(t, func(rt *rapid.T) {
			c := randcell.Draw(rt, randcell.Rational)
			s, err := newScaled(c.Text, drawnChoices(c), c.Data)
			if err != nil {
				rt.Fatalf("%v\n%s", err, c.Text)
			}
			s.run.Weights = c.Weights
			all := graph.Scalings(s.g)
			cells++
			if len(all) > 0 {
				had++
			}
			for _, one := range all {
				found++
				if err := s.holds(one); err != nil {
					rt.Fatalf("%v\n%s", err, c.Text)
				}
			}
		})
		if had >= 20 || t.Failed() {
			break
		}
	}
	t.Logf("%d scalings in %d of %d cells", found, had, cells)
	if had < 20 {
		t.Errorf("only %d of %d cells had a scaling", had, cells)
	}
}

// drawnChoices are the choices of a drawn cell's run.
func drawnChoices(c randcell.Cell) graph.Choices {
	out := graph.Choices{Stop: c.Stop, Mean: c.Mean, Training: c.Training, Sizes: c.Sizes, Facts: factsOf(c.Data)}
	word, arg, _ := strings.Cut(c.Feed, ":")
	n, _ := new(big.Rat).SetString(arg)
	switch word {
	case "free":
		out.Feed.Mode = graph.Free
	case "observed":
		out.Feed = graph.Feed{Mode: graph.ObservedTo, K: int(n.Num().Int64())}
	case "sampled":
		out.Feed = graph.Feed{Mode: graph.Sampled, P: n}
	}
	return out
}

func factsOf(data series.Set) graph.Facts {
	f := graph.Facts{Missing: map[string]bool{}, Width: map[string]int{}, Classes: map[string]int{}}
	for _, s := range data.Series {
		f.Longest = max(f.Longest, s.Len("y"))
		all := map[string]series.Column{}
		for name, a := range s.Consts {
			all[name] = series.Arrays(a)
		}
		maps.Copy(all, s.Columns)
		for name, column := range all {
			for _, a := range column.All() {
				f.Missing[name] = f.Missing[name] || !a.HasAll()
				f.Width[name] = a.R
				if v := a.Float64(0); a.Has(0) && v >= 0 {
					f.Classes[name] = max(f.Classes[name], int(v)+1)
				}
			}
		}
	}
	return f
}

// A row whose degree is wrong gives a scaling that doesn't hold.
func TestPlantedDegrees(t *testing.T) {
	for _, c := range []struct {
		row   string
		args  int
		wrong op.Degree
		cell  string
	}{
		{"tanh", 1, op.Alike, "input y\nweight u, v\nh = tanh(v*y[t-1])\ny ~ squared(u*h)"},
		{"abs", 1, op.Halved, "input y\nweight u, v\nh = abs(v*y[t-1])\ny ~ squared(u*h)"},
		{"+", 2, op.OfFirst, "input y\nweight u, v\nh = v*y[t-1] + 1\ny ~ squared(u*h)"},
		{"stop", 1, op.Alike, "input y\nweight u, v\nh = stop(v*y[t-1])\ny ~ squared(u*h)"},
		{"clip_gradient", 2, op.OfFirst, "input y\nweight u, v\nh = clip_gradient(v*y[t-1], 1/8)\ny ~ squared(u*h)"},
		{"where", 3, op.OfFirst, "input y\nweight u, v\nh = where(v, 2, 1)\ny ~ squared(u*h)"},
		{">", 2, op.Held, "input y\nweight u, v\nh = where(v > 3/8, v, 0)\ny ~ squared(u*h)"},
	} {
		table := op.Standard()
		table.Lookup(c.row, c.args).Degree = c.wrong
		s, err := newScaled(c.cell, graph.Choices{Table: table}, columns("y=1 2 -1 2"))
		if err != nil {
			t.Fatal(err)
		}
		red := false
		for _, one := range graph.Scalings(s.g) {
			red = red || s.holds(one) != nil
		}
		if !red {
			t.Errorf("%s of degree %d passes: %s", c.row, c.wrong, text(graph.Scalings(s.g)))
		}
	}
}
