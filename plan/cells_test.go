package plan_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"unroll"
	"unroll/cells"
	"unroll/kernel"
	"unroll/plan"
	"unroll/series"
)

const (
	usesDir   = "../examples/cells/"
	checksDir = "../testdata/cells/"
)

// numbers reads a number, a list (a column) or a list of rows.
func numbers(t *testing.T, raw json.RawMessage) series.Array {
	t.Helper()
	var one float64
	if json.Unmarshal(raw, &one) == nil {
		return series.Floats(1, 1, []float64{one})
	}
	var list []float64
	if json.Unmarshal(raw, &list) == nil {
		return series.Floats(len(list), 1, list)
	}
	var rows [][]float64
	if err := json.Unmarshal(raw, &rows); err != nil {
		t.Fatal(err)
	}
	return series.Floats(len(rows), len(rows[0]), slices.Concat(rows...))
}

// numbersOf reads an object's numbers by their names.
func numbersOf(t *testing.T, raw map[string]json.RawMessage) map[string]series.Array {
	out := map[string]series.Array{}
	for name, r := range raw {
		out[name] = numbers(t, r)
	}
	return out
}

// sample is what a library cell's example is run on.
type sample struct {
	File    string
	Data    map[string][]json.RawMessage
	Weights map[string]json.RawMessage
}

// most is how many steps of an example are run: a year of months and more.
const most = 15

// batch is three series of unequal length: the example's first steps, fewer, and others.
func (s sample) batch(t *testing.T) series.Set {
	columns := map[string][]series.Array{}
	for name, values := range s.Data {
		for _, v := range values {
			columns[name] = append(columns[name], numbers(t, v))
		}
	}
	if s.File != "" {
		columns["y"] = readColumn(t, usesDir+s.File, "y")
	}
	var set series.Set
	for i := range 3 {
		one := series.Series{ID: fmt.Sprint(i + 1), Columns: map[string]series.Column{}}
		for name, col := range columns {
			n := min(most, len(col))
			n -= []int{0, min(3, n/3), 1}[i]
			for _, a := range col[i/2:][:n] {
				one.Columns[name] = one.Columns[name].Append(series.Floats(a.R, a.C, slices.Clone(a.Float)))
			}
		}
		set.Series = append(set.Series, one)
	}
	return set
}

func readColumn(t *testing.T, path, name string) []series.Array {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(rows[0], name)
	var out []series.Array
	for _, r := range rows[1:] {
		x, err := strconv.ParseFloat(r[at], 64)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, series.Floats(1, 1, []float64{x}))
	}
	return out
}

// lose makes values of y missing: one in the middle of the first series, two in the next, the last of all.
func lose(set series.Set) {
	for i, times := range [][]int{{4}, {3, -2}, {-1}} {
		y := set.Series[i].Columns["y"]
		for _, t := range times {
			if t < 0 {
				t += y.Len()
			}
			if t < y.Len() {
				for i := range y.At(t).Float {
					y.At(t).Float[i] = math.NaN()
				}
			}
		}
	}
}

// TestCells runs every cell of the library, in its example: fed in all ways, with values missing and without.
func TestCells(t *testing.T) {
	t.Parallel()
	compared, refused, turn := 0, 0, 0
	for _, name := range append(cells.Names(), "stacked", "bidirectional") {
		text, err := os.ReadFile(checksDir + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var s sample
		if err := json.Unmarshal(text, &s); err != nil {
			t.Fatal(err)
		}
		cell, err := unroll.ReadFile(usesDir + name + ".cell")
		if err != nil {
			t.Fatal(err)
		}
		for _, feed := range []string{"teacher", "free", "observed:3", "sampled:1/2"} {
			for _, missing := range []bool{false, true} {
				set := s.batch(t)
				if missing {
					lose(set)
				}
				o := unroll.Options{Feed: feed, Training: feed == "sampled:1/2", Weights: numbersOf(t, s.Weights), Seed: 3}
				run, err := cell.Bind(set, o)
				if err != nil {
					t.Logf("%s, %s, missing %v: %v", name, feed, missing, err)
					refused++
					continue
				}
				compared += holdCell(t, name, fmt.Sprintf("%s, missing %v", feed, missing), turn, run)
				turn++
			}
		}
	}
	t.Logf("%d numbers were held to the bound; %d runs were refused", compared, refused)
	if refused > 0 {
		t.Error("every example can be run in every way")
	}
}

// delicate are the examples in whose runs the bound finds a kink or a pole too near, where nothing is wrong: how
// far float64 and float32 may be off all the same, of the larger of a value and 1. A clockwork's periods are powers
// of 2, and exact, which the bound can't know; a diffuse start of 10⁷ leaves float32 no digit; a hidden state
// that is fed its own forecast soon is a matter of chance; and a forecaster takes the first value, which stands for
// what was before it, from itself, which is 0 exactly.
var delicate = map[string][2]float64{"clockwork": {1e-12, 1e-4}, "local_trend": {1e-6, math.Inf(1)}, "hmm": {1e-9, math.Inf(1)},
	"forecaster": {1e-12, 1e-4}}

// holdCell holds a cell's runs in both precisions to the bound, on families and in shards by turns.
func holdCell(t *testing.T, name, how string, turn int, run *unroll.Run) int {
	t.Helper()
	tr, err := newTrial(run)
	if err != nil {
		t.Fatal(err)
	}
	compared, families := 0, kernel.Families()
	single := plan.Options{Family: families[turn%len(families)], Shard: turn % 4}
	double := plan.Options{Family: families[(turn+1)%len(families)], Shard: turn % 4}
	for _, v := range []verdict{held[float64](t, tr, double, delicate[name][0]), held[float32](t, tr, single, delicate[name][1])} {
		compared += v.compared
		if v.fault != "" {
			t.Errorf("%s, %s, %+v, %+v: %s", name, how, single, double, v.fault)
		}
		if v.kink != "" && delicate[name] == [2]float64{} {
			t.Errorf("%s, %s: a kink is too near: %s", name, how, v.kink)
		}
	}
	return compared
}

// held plans a run, does it and compares; where a kink is near, by tol.
func held[T kernel.Real](t *testing.T, tr *trial, o plan.Options, tol float64) verdict {
	t.Helper()
	b := bindPlan[T](t, tr, "equations", o)
	b.Run()
	v := hold(tr, b, "equations", 50)
	if v.kink != "" {
		v.fault = closeTo(tr, b, "equations", tol)
	}
	return v
}

// closeTo says which number isn't the interpreter's but for so much of the larger of it and 1, "" if all are.
func closeTo[T kernel.Real](tr *trial, b *plan.Bound[T], ask string, tol float64) (fault string) {
	tr.evaluate()
	tr.entries(ask, func(e entry) {
		got, want := float64(b.At(e.n, e.s, e.t)[e.i]), tr.want.At(e.n, e.s, e.t).Float64(e.i)
		if fault == "" && !(math.Abs(got-want) <= tol*max(1, math.Abs(want))) && !math.IsInf(tol, 1) {
			fault = fmt.Sprintf("%s in series %d at t = %d, entry %d: %v, want %v", e.n, e.s, e.t, e.i, got, want)
		}
	})
	return fault
}
