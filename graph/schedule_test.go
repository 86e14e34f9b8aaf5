package graph_test

import (
	"strings"
	"testing"

	"unroll/cells"
	"unroll/grad"
	"unroll/graph"
	"unroll/lang"
	"unroll/op"
)

const lstmLayer = `
use lstm
input x[3]
input y
weight D, b
h = lstm(x[t-1], H = 4)
y ~ squared(D*h + b)
`

func build(t *testing.T, text string) *graph.Graph {
	t.Helper()
	f, err := lang.Parse(&lang.Source{Name: "test.cell", Text: text})
	if err != nil {
		t.Fatal(err)
	}
	use := func(name string, _ bool) (*lang.Source, error) { return cells.Source(name) }
	g, err := graph.Build(f, graph.Choices{Use: use, Assume: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := graph.Verify(g); err != nil {
		t.Fatal(err)
	}
	return g
}

// places tells for each node which component it is in.
func places(g *graph.Graph) (order []*graph.Component, at map[*graph.Node]int) {
	order = graph.Schedule(g.Roots()...)
	at = map[*graph.Node]int{}
	for i, c := range order {
		for _, n := range c.Nodes {
			at[n] = i
		}
	}
	return order, at
}

// only is the component that runs in a direction; there must be one.
func only(t *testing.T, order []*graph.Component, dir graph.Direction) int {
	t.Helper()
	found := -1
	for i, c := range order {
		if c.Dir == dir {
			if found >= 0 {
				t.Fatalf("two components run %s", dir)
			}
			found = i
		}
	}
	if found < 0 {
		t.Fatalf("no component runs %s", dir)
	}
	return found
}

// products are the matrix products by a weight.
func products(g *graph.Graph, weight string) []*graph.Node {
	var out []*graph.Node
	for _, n := range g.Nodes {
		if n.Kind == graph.Row && n.Row.Name == "*" && n.Args[0].Kind == graph.Weight && n.Args[0].Name == weight {
			out = append(out, n)
		}
	}
	return out
}

// An engine rests on this: the input products of an LSTM stand before its scan, each over all
// times at once, its recurrent products in the scan, its read-out after it.
func TestForwardScheduleOfLSTM(t *testing.T) {
	g := build(t, lstmLayer)
	order, at := places(g)
	scan := only(t, order, graph.Forward)
	for _, w := range []string{"h.Wi", "h.Wf", "h.Wo", "h.Wg"} {
		p := products(g, w)
		if len(p) != 1 || at[p[0]] >= scan || order[at[p[0]]].Dir != graph.Flat {
			t.Errorf("the product by %s does not stand before the scan", w)
		}
	}
	for _, u := range []string{"h.Ui", "h.Uf", "h.Uo", "h.Ug"} {
		if p := products(g, u); len(p) != 1 || at[p[0]] != scan {
			t.Errorf("the product by %s is not in the scan", u)
		}
	}
	if p := products(g, "D"); len(p) != 1 || at[p[0]] <= scan {
		t.Error("the read-out does not stand after the scan")
	}
	if n := len(order[scan].Nodes); n > 40 {
		t.Errorf("the scan has %d nodes: what needn't be in it is", n)
	}
}

// And so does it rest on this: the backward pass is one scan backward, and each weight's gradient
// is one sum over all times of products, after that scan.
func TestBackwardScheduleOfLSTM(t *testing.T) {
	g := build(t, lstmLayer)
	d, err := grad.Loss(g, op.Standard())
	if err != nil {
		t.Fatal(err)
	}
	if err := graph.Verify(d.Graph); err != nil {
		t.Fatal(err)
	}
	order, at := places(d.Graph)
	scan, back := only(t, order, graph.Forward), only(t, order, graph.Backward)
	if back < scan {
		t.Error("the backward scan stands before the forward one")
	}
	for _, w := range g.Weights {
		n := d.Weight[w.Name]
		if n.Kind != graph.Pooled || n.Args[0].Kind != graph.Total {
			t.Errorf("the gradient of %s is %s, not one sum over times and series", w.Name, n)
			continue
		}
		what := n.Args[0].Args[0]
		if w.Node.Shape.C > 1 && w.Name != "D" && at[what] <= back {
			t.Errorf("the gradient of %s does not stand after the backward scan", w.Name)
		}
		if w.Node.Shape.C > 1 && (what.Kind != graph.Row || what.Row.Name != "*" && what.Row.Name != ".*") {
			t.Errorf("the gradient of %s sums %s, not one product", w.Name, what)
		}
		if order[at[n.Args[0]]].Dir != graph.Flat {
			t.Errorf("the gradient of %s is computed step by step", w.Name)
		}
	}
}

func TestBidirectionalIsTwoScans(t *testing.T) {
	g := build(t, strings.ReplaceAll(lstmLayer, "y ~ squared(D*h + b)", "k = backward lstm(x[t-1], H = 4)\ny ~ squared(D*concat(h, k) + b)"))
	order, _ := places(g)
	only(t, order, graph.Forward)
	only(t, order, graph.Backward)
}
