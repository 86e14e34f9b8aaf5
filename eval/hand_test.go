package eval

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"unroll/graph"
	"unroll/op"
	"unroll/series"
)

// The rows that the graphs of these tests are made of.
var (
	table   = op.Standard()
	plus    = table.Lookup("+", 2)
	times   = table.Lookup(".*", 2)
	over    = table.Lookup("/", 2)
	power   = table.Lookup("^", 2)
	tanh    = table.Lookup("tanh", 1)
	choice  = table.Lookup("where", 3)
	matmul  = table.Lookup("*", 2)
	largest = table.Lookup("max", 1)
)

// node makes a node.
func node(kind graph.Kind, scope graph.Scope, r, c int, args ...*graph.Node) *graph.Node {
	lastID++
	return &graph.Node{ID: lastID, Kind: kind, Scope: scope, Shape: op.Shape{R: r, C: c}, Args: args}
}

var lastID int

// rowNode is a row at each step, of its first argument's shape.
func rowNode(r *op.Row, args ...*graph.Node) *graph.Node {
	n := node(graph.Row, graph.Steps, args[0].Shape.R, args[0].Shape.C, args...)
	n.Row = r
	return n
}

func input1(name string, r int) *graph.Node {
	n := node(graph.Input, graph.Times, r, 1)
	n.Name = name
	return n
}

func constant(x string) *graph.Node {
	n := node(graph.Const, graph.Global, 1, 1)
	n.Value = numbersOf(x).Rat
	return n
}

func named(name string, arg *graph.Node) *graph.Node {
	n := node(graph.Name, graph.Steps, 1, 1, arg)
	n.Name = name
	return n
}

func shift(k int, arg *graph.Node) *graph.Node {
	n := node(graph.Shift, graph.Steps, arg.Shape.R, arg.Shape.C, arg)
	n.K = k
	return n
}

// numbersOf reads a vector: "1 2/3 _", _ is missing.
func numbersOf(text string) series.Array {
	a := series.Array{C: 1}
	for _, f := range strings.Fields(text) {
		x, ok := new(big.Rat).SetString(f)
		if !ok {
			x = nil
		}
		a.R, a.Rat = a.R+1, append(a.Rat, x)
	}
	return a
}

// column reads the arrays of an input: "1 2, 3 4" is two times of a vector.
func column(text string) series.Column {
	var out series.Column
	for _, part := range strings.Split(text, ",") {
		out = out.Append(numbersOf(part))
	}
	return out
}

// data makes one series for each text, of one input y.
func data(texts ...string) series.Set {
	var set series.Set
	for i, text := range texts {
		set.Series = append(set.Series, series.Series{
			ID: fmt.Sprint(i + 1), Columns: map[string]series.Column{"y": column(text)},
		})
	}
	return set
}

// graphOf is a graph over y, a vector of r or a number, whose steps begin at t0.
func graphOf(t0, r int, outputs ...*graph.Node) *graph.Graph {
	return &graph.Graph{T0: t0, Outputs: outputs, Inputs: []*graph.Column{{Name: "y", Shape: op.Shape{R: r, C: 1}}}}
}

func must(t *testing.T, g *graph.Graph, r Run) *Values {
	t.Helper()
	v, err := Eval(g, r)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// show prints a node's values in a series over all times, as column reads them.
func show(v *Values, n *graph.Node, s int) string {
	var out []string
	T := v.T(s)
	if n.Scope == graph.Global || n.Scope == graph.Series {
		T = 1
	}
	for t := range T {
		var entries []string
		a := v.At(n, s, t)
		for _, x := range a.Rat {
			if x == nil {
				entries = append(entries, "_")
				continue
			}
			entries = append(entries, x.RatString())
		}
		for _, x := range a.Float {
			entries = append(entries, fmt.Sprintf("≈%.4g", x))
		}
		out = append(out, strings.Join(entries, " "))
	}
	return strings.Join(out, ", ")
}

func want(t *testing.T, v *Values, n *graph.Node, s int, text string) {
	t.Helper()
	if got := show(v, n, s); got != text {
		t.Errorf("%s node %d, series %d: got %q, want %q", n.Name, n.ID, s, got, text)
	}
}
