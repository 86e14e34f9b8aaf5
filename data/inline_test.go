package data

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll/series"
)

var (
	scalarY = Want{Name: "y", Rows: 1}
	vectorX = Want{Name: "x"}
	constK  = Want{Name: "k", Rows: 1, PerSeries: true}
	knownP  = Want{Name: "promo", Rows: 1, Known: true}
)

// show prints a set on one line for comparison.
func show(set series.Set) string {
	var parts []string
	for _, s := range set.Series {
		text := s.ID + ":"
		for _, name := range s.Inputs() {
			if c, ok := s.Consts[name]; ok {
				text += fmt.Sprintf(" %s=%v", name, c)
			} else {
				text += fmt.Sprintf(" %s=%v", name, s.Columns[name])
			}
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " | ")
}

func TestInline(t *testing.T) {
	for _, c := range []struct {
		specs string // separated by spaces
		want  []Want
		set   string
	}{
		{"", nil, "1:"},
		{"y=0,1,-1,2", []Want{scalarY}, "1: y=[0 1 -1 2]"},
		{"y=1/3,0.25,1e-3,−2", []Want{scalarY}, "1: y=[1/3 1/4 1/1000 -2]"},
		{"y=,1,NaN,", []Want{scalarY}, "1: y=[– 1 – –]"},
		{"y=1,2;3", []Want{scalarY}, "1: y=[1 2] | 2: y=[3]"},
		{"x=[1,2],[3,4]", []Want{vectorX}, "1: x=[[1, 2] [3, 4]]"},
		{"x=[1,],,[,4]", []Want{vectorX}, "1: x=[[1, –] [–, –] [–, 4]]"},
		{"x=,[1,2,3];[4,5,6]", []Want{vectorX}, "1: x=[[–, –, –] [1, 2, 3]] | 2: x=[[4, 5, 6]]"},
		{"x=[7]", []Want{{Name: "x", Rows: 1}}, "1: x=[7]"},
		{"k=3;4 y=1;2", []Want{scalarY, constK}, "1: y=[1] k=3 | 2: y=[2] k=4"},
		{"y=1,2 promo=0,1,1", []Want{scalarY, knownP}, "1: promo=[0 1 1] y=[1 2]"},
	} {
		set, err := Inline(strings.Fields(c.specs), c.want)
		if got := show(set); err != nil || got != c.set {
			t.Errorf("%s: got %s, %v, want %s", c.specs, got, err, c.set)
		}
	}
}

func TestInlineErrors(t *testing.T) {
	for _, c := range []struct {
		specs string
		want  []Want
		err   string
	}{
		{"y", []Want{scalarY}, "--input y: no = after the name; write an input as in --input y=0,1,-1,2"},
		{"pormo=1", []Want{knownP}, `--input pormo: the cell has no input called "pormo"; did you mean promo?`},
		{"q=1", []Want{scalarY, constK}, `--input q: the cell has no input called "q"; did you mean k?`},
		{"sales=1", []Want{scalarY, constK}, `--input sales: the cell has no input called "sales"; its inputs are y, k`},
		{"y=1 y=2", []Want{scalarY}, "--input y: given twice; series are separated by ; as in y=1,2;3,4"},
		{"", []Want{vectorX}, "--input x: the input x is not given; add --input x=[1, 2],[3, 4]"},
		{"y=", []Want{scalarY}, "--input y: series 1: y has no values; write them as in y=1,2, a missing one as NaN"},
		{"y=1,a", []Want{scalarY}, `--input y: series 1: value 2: "a" is not a number such as 3, -1/3, 0.25 or 1e-3`},
		{"y=1;2/0", []Want{scalarY}, `--input y: series 2: value 1: "2/0" divides by 0`},
		{"y=[1,2]", []Want{scalarY}, `--input y: series 1: value 1: "[1,2]" has 2 entries, expected 1`},
		{"x=1,2", []Want{vectorX}, `--input x: series 1: value 1: "1" is not a vector; put the entries of each time in brackets, as in x=[1, 2],[3, 4]`},
		{"x=[1,2],[3]", []Want{vectorX}, `--input x: series 1: value 2: "[3]" has 1 entry, expected 2`},
		{"x=[1,2", []Want{vectorX}, `--input x: series 1: value 1: "[1,2" has no closing bracket; write a vector as in [1, 2]`},
		{"x=NaN", []Want{vectorX}, "--input x: the length of x can't be told: all its values are missing; write them as in x=[,],[,]"},
		{"s=0,3", []Want{{Name: "s", Rows: 1, Classes: 3}}, `--input s: series 1: value 2: "3" is not one of the classes of s, the whole numbers from 0 to 2`},
		{"s=0,-1", []Want{{Name: "s", Rows: 1, Counts: true}}, `--input s: series 1: value 2: "-1" can't be a value of s, which is a whole number from 0 on`},
		{"k=3,4", []Want{constK}, "--input k: series 1: k has 2 values, but is one a series; separate series by ;"},
		{"y=1;2 k=3", []Want{scalarY, constK}, "--input k: k has 1 series, y has 2 series; give each input the same series, separated by ;"},
		{"y=1,2 z=1", []Want{scalarY, {Name: "z", Rows: 1}}, "--input z: series 1: y has 2 times, z has 1 time; give both as many (an empty value is missing), or declare the longer one known"},
		{"y=1,2 promo=1", []Want{scalarY, knownP}, "--input promo: series 1: y has 2 times, promo has 1 time; a known input may be longer than the others, not shorter: give promo more"},
	} {
		_, err := Inline(strings.Fields(c.specs), c.want)
		if err == nil || err.Error() != c.err {
			t.Errorf("%s: got\n\t%v\nwant\n\t%s", c.specs, err, c.err)
		}
	}
}

// TestInlineReadsBack draws series, writes them as a command line would, and reads them back.
func TestInlineReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Custom(func(t *rapid.T) string {
			return fmt.Sprintf("%d/%d", rapid.Int32().Draw(t, "num"), rapid.Int32Range(1, 99).Draw(t, "den"))
		})
		all := rapid.SliceOfN(rapid.SliceOfN(value, 1, 5), 1, 4).Draw(t, "values")
		var parts []string
		for _, one := range all {
			parts = append(parts, strings.Join(one, ", "))
		}
		set, err := Inline([]string{"y=" + strings.Join(parts, "; ")}, []Want{scalarY})
		if err != nil || len(set.Series) != len(all) {
			t.Fatalf("%d series, %v, want %d", len(set.Series), err, len(all))
		}
		for s, one := range all {
			for i, text := range one {
				want, _ := series.ParseNumber(text)
				if got := set.Series[s].Columns["y"].At(i); !got.Equal(series.Number(want)) {
					t.Fatalf("series %d, time %d: %v, want %s", s, i, got, text)
				}
			}
		}
	})
}

func FuzzInline(f *testing.F) {
	for _, seed := range []string{"y=0,1,-1,2", "y=1;2,", "y=[1],[2]", "y=1e10000", "y=]1,[", "=;,", "ŷ=−1"} {
		f.Add(seed, "x=[1,2],[3,4]")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		want := []Want{scalarY, vectorX}
		if set, err := Inline([]string{a, b}, want); err == nil {
			checkAccepted(t, set, want)
		}
	})
}

// checkAccepted holds what was read to the promises of Inline and Read.
func checkAccepted(t *testing.T, set series.Set, want []Want) {
	t.Helper()
	if err := set.Check(); err != nil {
		t.Fatal(err)
	}
	for _, s := range set.Series {
		for _, w := range want {
			if s.Len(w.Name) != s.Len(want[0].Name) {
				t.Fatalf("series %s: %s has %d times, %s %d", s.ID, w.Name, s.Len(w.Name), want[0].Name, s.Len(want[0].Name))
			}
			if w.Rows > 0 && s.Len(w.Name) > 0 && s.Columns[w.Name].At(0).R != w.Rows {
				t.Fatalf("series %s: %s has %d rows", s.ID, w.Name, s.Columns[w.Name].At(0).R)
			}
		}
	}
}
