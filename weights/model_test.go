package weights

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll/internal/golden"
	"unroll/series"
)

// small is a model with a bit of everything: a checkpoint of an ensemble of two.
func small() *Model {
	member := func(seed uint64, x float64) Member {
		return Member{
			Seed: seed,
			Weights: map[string][]series.Array{
				"b":     {series.Floats(1, 1, []float64{x})},
				"v":     {series.Floats(3, 1, []float64{1, 2, x})},
				"h1.Wi": {series.Floats(2, 3, []float64{1, 2, 3, 4, 5, x})},
				"u":     {series.Floats(1, 2, []float64{x, -1})},
				"level": {series.Floats(2, 1, []float64{x, 7}), series.Floats(2, 1, []float64{8, 9})},
			},
			State: map[string][]float64{"raw/b": {x / 3}, "adam/m/b": {1e-300}, "none": {}},
			Notes: map[string]string{"step": "120", "best": "+Inf"},
		}
	}
	return &Model{
		Name:      "cell.cell",
		Text:      "input y\n# a < b & c, в рублях\n",
		Uses:      map[string]string{"gate": "def gate(x) = sigmoid(x)\n"},
		Sizes:     map[string]int{"H": 2},
		Options:   map[string]string{"feed": "observed:1", "optimizer": "adam"},
		Calendar:  map[string]string{"frequency": "hour", "period": "24"},
		Series:    []string{"H1", "H2"},
		Scales:    map[string]map[string]series.Scaling{"H1": {"y": {Kind: "standard", Shift: []float64{0.1}, Factor: []float64{3}}}},
		PerSeries: []string{"level"},
		Members:   []Member{member(1, 0.1), member(math.MaxUint64, -2)},
	}
}

func encode(t testing.TB, m *Model) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func decode(file []byte) (*Model, error) {
	return DecodeModel("m.safetensors", bytes.NewReader(file), int64(len(file)))
}

// TestModelGolden pins the bytes of a file, which a script in testdata reads with Python.
func TestModelGolden(t *testing.T) {
	file := encode(t, small())
	golden.Check(t, string(file), "testdata/model.safetensors")
	got, err := decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, small()) {
		t.Errorf("read back as\n%+v, not\n%+v", got, small())
	}
}

// TestModelOfPython reads what Python's safetensors wrote: its layout differs, one weight is F32.
func TestModelOfPython(t *testing.T) {
	m, err := ReadModel("testdata/python.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]series.Array{
		"w":     {series.Floats(1, 1, []float64{0.1})},
		"W":     {series.Floats(2, 3, []float64{0, 0.5, 1, 1.5, 2, 2.5})},
		"level": {series.Floats(1, 1, []float64{1}), series.Floats(1, 1, []float64{-2})},
	}
	if got := m.Members[0]; len(m.Members) != 1 || got.Seed != 7 || !reflect.DeepEqual(got.Weights, want) {
		t.Errorf("read as %+v", m.Members)
	}
	if m.Sizes["H"] != 2 || !slices.Equal(m.Series, []string{"a", "б"}) || !strings.HasPrefix(m.Text, "input y\n") {
		t.Errorf("read as %+v", m)
	}
}

// models draws models of all kinds.
func models(t *rapid.T) *Model {
	name := rapid.StringMatching(`[a-zα-ω_]{1,3}(\.[A-Z])?`)
	number := rapid.Float64().Filter(finite)
	texts := rapid.MapOf(rapid.String(), rapid.String())
	m := &Model{
		Name: rapid.String().Draw(t, "name"), Text: "x" + rapid.String().Draw(t, "text"),
		Uses: texts.Draw(t, "uses"), Options: texts.Draw(t, "options"), Calendar: texts.Draw(t, "calendar"),
		Sizes:  rapid.MapOf(name, rapid.Int()).Draw(t, "sizes"),
		Series: rapid.SliceOfNDistinct(rapid.String(), 1, 4, rapid.ID).Draw(t, "series"),
		Scales: map[string]map[string]series.Scaling{m0: {"y": {Kind: "log", Shift: rapid.SliceOfN(number, 1, 3).Draw(t, "shift"), Factor: []float64{1}}}},
	}
	m.Members = make([]Member, rapid.IntRange(1, 3).Draw(t, "members"))
	for k := range m.Members {
		one := &m.Members[k]
		one.Seed, one.Notes = rapid.Uint64().Draw(t, "seed"), texts.Draw(t, "notes")
		one.State = rapid.MapOf(rapid.StringN(1, 5, -1), rapid.SliceOf(rapid.Float64())).Draw(t, "state")
		one.Weights = map[string][]series.Array{}
	}
	for _, w := range rapid.SliceOfNDistinct(name, 0, 3, rapid.ID).Draw(t, "weights") {
		count, r, c := 1, rapid.IntRange(1, 3).Draw(t, "r"), rapid.IntRange(1, 3).Draw(t, "c")
		if rapid.Bool().Draw(t, "per series") {
			m.PerSeries, count = append(m.PerSeries, w), len(m.Series)
		}
		for k := range m.Members {
			for range count {
				entries := rapid.SliceOfN(number, r*c, r*c).Draw(t, "entries")
				m.Members[k].Weights[w] = append(m.Members[k].Weights[w], series.Floats(r, c, entries))
			}
		}
	}
	return m
}

const m0 = "a series that has no weights"

// TestModelRoundTrip: what is written is read back, entries bit for bit, and written again it is
// the same file, whatever the order of maps.
func TestModelRoundTrip(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := models(rt)
		file := encode(t, m)
		got, err := decode(file)
		if err != nil {
			rt.Fatal(err)
		}
		if again := encode(t, got); !bytes.Equal(again, file) {
			rt.Fatalf("written again it differs:\n%q\n%q", again, file)
		}
		if a, b := fmt.Sprint(got), fmt.Sprint(m); a != b {
			rt.Fatalf("read back as\n%s, not\n%s", a, b)
		}
		for k, one := range m.Members {
			for name, values := range one.Weights {
				for i, a := range values {
					if !sameBits(a.Float, got.Members[k].Weights[name][i].Float) {
						rt.Fatalf("%s: %v, not %v", name, got.Members[k].Weights[name][i], a)
					}
				}
			}
			for name, numbers := range one.State {
				if !sameBits(numbers, got.Members[k].State[name]) {
					rt.Fatalf("%s: %v, not %v", name, got.Members[k].State[name], numbers)
				}
			}
		}
	})
}

func sameBits(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) })
}

// TestExactWeights: a start such as 1/3 becomes the nearest float64.
func TestExactWeights(t *testing.T) {
	m := &Model{Text: "x", Members: []Member{{Weights: map[string][]series.Array{"w": {series.Number(big.NewRat(1, 3))}}}}}
	got, err := decode(encode(t, m))
	if err != nil {
		t.Fatal(err)
	}
	if w := got.Members[0].Weights["w"][0]; w.Exact() || w.Float[0] != 1.0/3 {
		t.Errorf("read as %v", w)
	}
}

// TestModelsThatAreNotWritten: nothing is written of what couldn't be read back.
func TestModelsThatAreNotWritten(t *testing.T) {
	for want, spoil := range map[string]func(m *Model){
		`member 2: the weight "h1.Wi" is NaN in row 1, column 3; a model has finite numbers`: func(m *Model) {
			m.Members[1].Weights["h1.Wi"][0].Float[2] = math.NaN()
		},
		`member 1: the weight "level" of series H2 is -Inf in row 2, column 1; a model has finite numbers`: func(m *Model) {
			m.Members[0].Weights["level"][1].Float[1] = math.Inf(-1)
		},
		`member 1: the weight "b" is NaN in row 1, column 1; a model has finite numbers`: func(m *Model) {
			m.Members[0].Weights["b"][0] = series.Missing(1, 1)
		},
		`member 2: it has no weight b, which the first member has`: func(m *Model) { delete(m.Members[1].Weights, "b") },
		`member 2: the weight "b" isn't in the first member`:       func(m *Model) { delete(m.Members[0].Weights, "b") },
		`member 2: the weight "v" is 1×1, and elsewhere 3×1`: func(m *Model) {
			m.Members[1].Weights["v"] = m.Members[1].Weights["b"]
		},
		`member 1: the weight "v" is 0×1: it has no entries`: func(m *Model) {
			m.Members[0].Weights["v"][0] = series.Floats(0, 1, nil)
		},
		`member 1: the weight "v" is an array of 3×1 with 2 entries`: func(m *Model) {
			m.Members[0].Weights["v"][0] = series.Array{R: 3, C: 1, Float: []float64{1, 2}}
		},
		`member 1: the weight "level" has 2 values; it must have 3, and at least one`: func(m *Model) { m.Series = append(m.Series, "H3") },
		`member 1: the weight "level" has 2 values; it must have 1, and at least one`: func(m *Model) { m.PerSeries = nil },
		`"q" is said to have one value a series, but there is no such weight`:         func(m *Model) { m.PerSeries = []string{"q"} },
		`member 1: the weight "1/b" can't have that name in a file`: func(m *Model) {
			m.Members[0].Weights["1/b"] = m.Members[0].Weights["b"]
			m.Members[1].Weights["1/b"] = m.Members[1].Weights["b"]
		},
		`member 1: a part of the state has no name`: func(m *Model) { m.Members[0].State[""] = nil },
		`the scaling of "y" in series "H1" has +Inf; a model has finite numbers`: func(m *Model) {
			m.Scales["H1"]["y"].Factor[0] = math.Inf(1)
		},
		`"caf\xe9" is text of the model, and not UTF-8`:        func(m *Model) { m.Series[1] = "caf\xe9" },
		`"step\xff" is text of the model, and not UTF-8`:       func(m *Model) { m.Members[1].Notes["step\xff"] = "1" },
		`the model has no equations`:                           func(m *Model) { m.Text = "" },
		`the model has no weights`:                             func(m *Model) { m.Members = nil },
		`a safetensors file may have 100000000: the model has`: func(m *Model) { m.Text = strings.Repeat("x", 1e8) },
	} {
		m := small()
		spoil(m)
		var out bytes.Buffer
		if err := m.Write(&out); err == nil || !strings.Contains(err.Error(), want) || out.Len() > 0 {
			t.Errorf("got %v and %d bytes, want %s", err, out.Len(), want)
		}
	}
}

// A writer that fails is heard.
func TestModelIntoAFullDisk(t *testing.T) {
	pipe, end := io.Pipe()
	pipe.CloseWithError(fmt.Errorf("no space left"))
	if err := small().Write(end); err == nil || err.Error() != "no space left" {
		t.Errorf("got %v", err)
	}
}
