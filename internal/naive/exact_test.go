package naive

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"unroll/lang"
	"unroll/series"
)

// answer is a file of exact answers.
type answer struct {
	Cell   string
	Series map[string][]string
	Batch  []map[string][]string
	Args   []string
	Loss   string
	Grad   map[string][]string
	Values map[string][]string
}

func TestExactAnswers(t *testing.T) {
	files, _ := filepath.Glob("../../testdata/exact/*.json")
	if len(files) < 7 {
		t.Fatalf("only %d files of answers", len(files))
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var a answer
			if err := json.Unmarshal(text, &a); err != nil {
				t.Fatal(err)
			}
			checkAnswer(t, a)
		})
	}
}

func checkAnswer(t *testing.T, a answer) {
	f := parse(t, a.Cell)
	opt := Options{Weights: startsIn(f)}
	for i := 0; i+1 < len(a.Args); i += 2 {
		switch a.Args[i] {
		case "--feed":
			opt.Feed = a.Args[i+1]
		case "--feedback":
			opt.Stop = a.Args[i+1] == "stop"
		default:
			t.Fatalf("what is %s?", a.Args[i])
		}
	}
	res, err := Run(f, setOf(t, a), opt)
	if err != nil {
		t.Fatal(err)
	}
	if !sameRat(res.Loss, fraction(t, a.Loss)) {
		t.Errorf("loss %v, want %s", res.Loss, a.Loss)
	}
	if len(a.Grad) != len(res.Grad) {
		t.Errorf("%d derivatives, want %d", len(res.Grad), len(a.Grad))
	}
	for name, want := range a.Grad {
		if got := res.Grad[name]; show(got) != want[0] {
			t.Errorf("derivative by %s: %s, want %s", name, show(got), want)
		}
	}
	for name, want := range a.Values {
		if got := res.Values[name][0]; !sameArrays(got, numbers(t, want)) {
			t.Errorf("%s is %s, want %v", name, show(got), want)
		}
	}
}

// startsIn are the weights' starts, numbers all, as they stand in the file.
func startsIn(f *lang.File) map[string][]series.Array {
	opt := &Options{}
	r := &run{names: resolve(f, opt), memo: map[key]matrix{}, reached: map[*def]int{}}
	out := map[string][]series.Array{}
	for _, d := range r.defs {
		if d.kind == isWeight {
			out[d.name] = []series.Array{array(r.eval(d.weight.Start, at{sc: r.file}))}
		}
	}
	return out
}

func setOf(t *testing.T, a answer) series.Set {
	all := a.Batch
	if a.Series != nil {
		all = append(all, a.Series)
	}
	var set series.Set
	for _, one := range all {
		s := series.Series{Columns: map[string]series.Column{}}
		for name, values := range one {
			s.Columns[name] = series.Arrays(numbers(t, values)...)
		}
		set.Series = append(set.Series, s)
	}
	return set
}

func numbers(t *testing.T, values []string) []series.Array {
	var out []series.Array
	for _, v := range values {
		out = append(out, arrayOf(t, v))
	}
	return out
}
