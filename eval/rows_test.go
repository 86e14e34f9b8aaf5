package eval

import (
	"math/big"
	"strings"
	"testing"

	"unroll/graph"
	"unroll/op"
	"unroll/series"
)

// An undefined entry makes a sum, a product of it and all of a vector's reduction undefined.
func TestUndefinedRows(t *testing.T) {
	y := input1("y", 2)
	q := rowNode(over, y, y)
	W := node(graph.Const, graph.Global, 1, 2)
	W.Value = numbersOf("0 1").Rat
	product := node(graph.Row, graph.Steps, 1, 1, W, q)
	product.Row = matmul
	most := node(graph.Row, graph.Steps, 1, 1, q)
	most.Row = largest
	along := rowNode(&op.Row{Name: "along", Form: op.Along, Vector: &op.Vector{Exact: func(x []*big.Rat) []*big.Rat { return x }}}, q)
	total := node(graph.Total, graph.Series, 2, 1, q)
	undecided := rowNode(choice, q, y, y)
	v := must(t, graphOf(0, 2, product, most, along, total, undecided), Run{Data: data("2 3, 0 4")})
	want(t, v, product, 0, "1, _")
	want(t, v, most, 0, "1, _")
	want(t, v, along, 0, "1 1, _ _")
	want(t, v, total, 0, "_ 2")
	want(t, v, undecided, 0, "2 3, _ 4")
}

// The whole numbers of a Slice say which entries its terms are.
func TestConstsOfRows(t *testing.T) {
	slice := &op.Row{Name: "slice", Form: op.Slice, Terms: func(_ []op.Shape, c []int, i, j int) []op.Term {
		return []op.Term{{{Arg: 0, Row: c[1] + i, Col: c[3] + j}}}
	}}
	y := input1("y", 3)
	n := node(graph.Row, graph.Steps, 2, 1, y, constant("1"), constant("2"), constant("0"), constant("1"))
	n.Row = slice
	v := must(t, graphOf(0, 3, n), Run{Data: data("4 5 6")})
	want(t, v, n, 0, "5 6")
}

// A node over all times sees 0 where one over the steps has no value.
func TestTimesReadSteps(t *testing.T) {
	h := named("h", input1("y", 1))
	n := rowNode(plus, h, constant("1"))
	n.Scope = graph.Times
	v := must(t, graphOf(2, 1, n), Run{Data: data("5, 6, 7")})
	want(t, v, n, 0, "1, 1, 8")
}

func TestUndefinedScore(t *testing.T) {
	y := input1("y", 1)
	q := rowNode(over, constant("1"), y)
	g := graphOf(0, 1)
	g.Loss = node(graph.Pooled, graph.Global, 1, 1, node(graph.Total, graph.Series, 1, 1, q))
	r := Run{Data: data("1, 0")}
	err := must(t, g, r).Undefined()
	match(t, "no names", err, "the loss is undefined: a division by zero")
	g.Scores = []*graph.Score{{Input: "y", Text: "y ~ squared(1/y)", Value: q}}
	err = must(t, g, r).Undefined()
	match(t, "a score", err, "y ~ squared(1/y) is undefined in series 1 at t = 1")
}

func TestFloatClasses(t *testing.T) {
	g := graphOf(0, 1, named("h", input1("y", 1)))
	g.Inputs[0].Classes = 2
	for x, want := range map[float64]string{1: "", 2: "has 2 at t = 0", 0.5: "has 0.5 at t = 0", -1: "has -1 at t = 0"} {
		r := Run{Data: data("1")}
		r.Data.Series[0].Columns["y"] = series.Dense(1, 1, []float64{x})
		match(t, "class", Check(g, r), want)
	}
}

func TestNoValue(t *testing.T) {
	n := rowNode(&op.Row{Name: "softplus", Body: "log(1 + exp(a))"}, input1("y", 1))
	_, err := Eval(graphOf(0, 1, n), Run{Data: data("1")})
	if err == nil || !strings.Contains(err.Error(), "softplus has no value of its own") {
		t.Errorf("got %v", err)
	}
}

// A forecast made two steps ahead leaves the first two steps to the data.
func TestMissingAhead(t *testing.T) {
	y := input1("y", 1)
	g := graphOf(0, 1, named("h", y))
	g.Inputs[0].Forecast = true
	g.Scores = []*graph.Score{{Input: "y", Forecast: constant("0"), Ahead: 2}}
	match(t, "before", Check(g, Run{Data: data("1, _, 3")}), "input y is missing in series 1 at t = 1")
	match(t, "after", Check(g, Run{Data: data("1, 2, _")}), "")
}
