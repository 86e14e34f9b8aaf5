package eval

import (
	"strings"
	"testing"

	"unroll/graph"
	"unroll/series"
)

func TestMissing(t *testing.T) {
	y := input1("y", 1)
	y0 := constant("0")
	alone := node(graph.Row, graph.Times, 1, 1, y, y)
	alone.Row = times
	mask := func(kind graph.MaskKind, k int) *graph.Node {
		n := node(graph.Mask, graph.Steps, 1, 1)
		n.Mask = graph.MaskSpec{Kind: kind, K: k, Inputs: []string{"y"}}
		return n
	}
	both := rowNode(times, mask(graph.Observed, 1), mask(graph.Observed, 0))
	started := func() *graph.Node { return rowNode(choice, mask(graph.Inside, 1), shift(1, y), y0) }

	for _, c := range []struct {
		name     string
		read     *graph.Node
		t0       int
		forecast bool
		known    bool
		data     string
		want     string // what the error says
	}{
		{"now", named("h", y), 0, false, false, "1, _, 3", "input y is missing in series 1 at t = 1"},
		{"now, forecast", named("h", y), 0, true, false, "1, _, 3", ""},
		{"before the first forecast", shift(1, y), 2, true, false, "1, _, 3", "at t = 1"},
		{"before what is read", shift(1, y), 2, true, false, "_, 1, 3", ""},
		{"the last, lagged", shift(1, y), 1, false, false, "1, 2, _", ""},
		{"through another", shift(1, alone), 1, false, false, "1, _, 3", "at t = 1"},
		{"a sum over all times", node(graph.Total, graph.Series, 1, 1, y), 0, false, false, "1, _, 3", ""},
		{"before a start", started(), 1, false, false, "_, 1, 3", ""},
		{"after a start", started(), 1, false, false, "0, _, 3", "at t = 1"},
		{"where it is observed", rowNode(choice, mask(graph.Observed, 0), rowNode(tanh, y), y0), 0, false, false, "1, _, 3", ""},
		{"where another is observed", rowNode(choice, mask(graph.Observed, 1), y, y0), 0, false, false, "1, _, 3", "at t = 1"},
		{"where both are", rowNode(choice, both, rowNode(plus, y, shift(1, y)), y0), 1, false, false, "1, _, 3", ""},
		{"where it isn't", rowNode(choice, mask(graph.Observed, 0), y0, y), 0, false, false, "1, _, 3", "at t = 1"},
		{"the first", rowNode(choice, mask(graph.First, 0), y, y0), 0, false, false, "1, _, 3", ""},
		{"ahead", shift(-1, y), 0, false, false, "1, 2, 3", ""},
	} {
		g := graphOf(c.t0, 1, c.read)
		g.Inputs[0].Forecast, g.Inputs[0].Known = c.forecast, c.known
		match(t, c.name, Check(g, Run{Data: data(c.data)}), c.want)
	}
}

// A known input is longer than the others if it is read ahead.
func TestMissingKnown(t *testing.T) {
	k := input1("k", 1)
	ahead := shift(-1, k)
	g := graphOf(0, 1, ahead)
	g.Inputs = append(g.Inputs, &graph.Column{Name: "k", Shape: g.Inputs[0].Shape, Known: true})
	r := Run{Data: data("1, 2")}
	r.Data.Series[0].Columns["k"] = column("1, 2")
	match(t, "short", Check(g, r), "input k of series 1 is known ahead up to t = 1, and is read up to t = 2")
	r.Data.Series[0].Columns["k"] = column("1, 2, 3")
	v := must(t, g, r)
	want(t, v, ahead, 0, "2, 3")
}

// An array that misses an entry isn't read where all of it is asked for.
func TestMissingEntries(t *testing.T) {
	y, mask, sum := input1("y", 2), node(graph.Mask, graph.Steps, 2, 1), table.Lookup("sum", 1)
	mask.Mask = graph.MaskSpec{Kind: graph.Observed, Inputs: []string{"y"}}
	there := node(graph.Row, graph.Steps, 1, 1, mask)
	there.Row = sum
	for number, want := range map[string]string{"2": "", "1": "at t = 1"} {
		all := rowNode(table.Lookup("==", 2), there, constant(number))
		n := node(graph.Row, graph.Steps, 2, 1, all, y, constant("0"))
		n.Row = choice
		match(t, number, Check(graphOf(0, 2, n), Run{Data: data("1 2, _ 3")}), want)
	}
}

func TestCheck(t *testing.T) {
	y, w := input1("y", 1), node(graph.Weight, graph.Global, 2, 1)
	w.Name = "w"
	g := graphOf(0, 1, named("h", y))
	g.Inputs[0].Classes = 3
	match(t, "classes", Check(g, Run{Data: data("0, 2")}), "")
	match(t, "a class too large", Check(g, Run{Data: data("0, 3")}), "series 1 has 3 at t = 1, which is not a whole number from 0 to 2")
	match(t, "a class with a part", Check(g, Run{Data: data("0", "1/2")}), "series 2 has 1/2 at t = 0")
	match(t, "a shape", Check(g, Run{Data: data("0, 1 2")}), "series 1 has a vector of 2 at t = 1, not a number")
	match(t, "a column", Check(g, Run{Data: series.Set{Series: []series.Series{{ID: "a"}}}}), "input y: series a has none")
	match(t, "series", Check(g, Run{}), "the data has no series")

	g.Weights = []*graph.Param{{Node: w, Name: "w"}}
	match(t, "a weight", Check(g, Run{Data: data("0")}), "weight w: the run gives 0 arrays, not 1")
	r := Run{Data: data("0"), Weights: map[string][]series.Array{"w": {numbersOf("1")}}}
	match(t, "a weight's shape", Check(g, r), "weight w: the run gives a number, not a vector of 2")
}

func match(t *testing.T, name string, err error, want string) {
	t.Helper()
	switch {
	case err == nil && want != "":
		t.Errorf("%s: no error, want %q", name, want)
	case err != nil && (want == "" || !strings.Contains(err.Error(), want)):
		t.Errorf("%s: %v, want %q", name, err, want)
	}
}
