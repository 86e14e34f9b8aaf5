package eval

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"unroll/graph"
	"unroll/op"
	"unroll/series"
)

func TestTimeKinds(t *testing.T) {
	y := input1("y", 1)
	lagged, lead := shift(1, y), shift(-1, y)
	window := node(graph.Window, graph.Steps, 3, 1, y)
	window.P, window.Q = 2, 0
	fold := node(graph.Fold, graph.Steps, 1, 1, window)
	fold.P, fold.Q = 2, 0
	total := node(graph.Total, graph.Series, 1, 1, y)
	steps := node(graph.Total, graph.Series, 1, 1, lagged)
	pooled := node(graph.Pooled, graph.Global, 1, 1, total)
	now := node(graph.Time, graph.Times, 1, 1)
	g := graphOf(1, 1, lagged, lead, window, fold, total, steps, pooled, now)
	v := must(t, g, Run{Data: data("1, 2, 3, 4", "5, 6", "7")})

	want(t, v, y, 0, "1, 2, 3, 4")
	want(t, v, lagged, 0, "0, 1, 2, 3") // there is no step at 0
	want(t, v, lead, 0, "0, 3, 4, 0")
	want(t, v, window, 0, "0 0 0, 0 1 2, 1 2 3, 2 3 4")
	// At t: the last entry of the window at t, the middle one at t+1, the first at t+2.
	want(t, v, fold, 0, "0, 6, 6, 4")
	want(t, v, total, 0, "10")
	want(t, v, steps, 0, "6")
	want(t, v, total, 1, "11")
	want(t, v, steps, 2, "0") // no steps in a series of one time
	want(t, v, pooled, 0, "28")
	want(t, v, now, 1, "0, 1")
}

func TestWindowOfVectors(t *testing.T) {
	y := input1("y", 2)
	window := node(graph.Window, graph.Steps, 2, 2, y)
	window.P, window.Q = 1, 0
	fold := node(graph.Fold, graph.Steps, 2, 1, window)
	fold.P, fold.Q = 1, 0
	v := must(t, graphOf(1, 2, window, fold), Run{Data: data("1 2, 3 4, 5 6")})
	want(t, v, window, 0, "0 0 0 0, 1 2 3 4, 3 4 5 6")
	want(t, v, fold, 0, "0 0, 6 8, 5 6")
}

// h = h[t-1]/2 + y runs forward; d = d[t+1]/2 + y backward.
func TestScans(t *testing.T) {
	scan := func(k int) *graph.Node {
		n := named("h", nil)
		n.Args = []*graph.Node{rowNode(plus, rowNode(over, shift(k, n), constant("2")), input1("y", 1))}
		return n
	}
	forward, backward := scan(1), scan(-1)
	v := must(t, graphOf(0, 1, forward, backward), Run{Data: data("4, 0, 4, 2", "8")})
	want(t, v, forward, 0, "4, 2, 5, 9/2")
	want(t, v, backward, 0, "21/4, 5/2, 5, 2")
	want(t, v, forward, 1, "8")

	both := named("b", nil)
	both.Args = []*graph.Node{rowNode(plus, shift(1, both), shift(-1, both))}
	if _, err := Eval(graphOf(0, 1, both), Run{Data: data("1")}); err == nil {
		t.Error("a loop of lags and leads was run")
	}
	sum := named("s", nil)
	sum.Args = []*graph.Node{node(graph.Total, graph.Series, 1, 1, shift(1, sum))}
	if _, err := Eval(graphOf(0, 1, sum), Run{Data: data("1")}); err == nil {
		t.Error("a loop through a total was run")
	}
}

func TestMasks(t *testing.T) {
	mask := func(r int, m graph.MaskSpec) *graph.Node {
		n := node(graph.Mask, graph.Times, r, 1)
		n.Mask = m
		return n
	}
	y, cut := []string{"y"}, 1
	inside := mask(1, graph.MaskSpec{Kind: graph.Inside, K: 1})
	observed := mask(2, graph.MaskSpec{Kind: graph.Observed, Inputs: y})
	before := mask(2, graph.MaskSpec{Kind: graph.Observed, Inputs: y, K: 1})
	first := mask(1, graph.MaskSpec{Kind: graph.First, Inputs: y})
	later := mask(1, graph.MaskSpec{Kind: graph.First, Inputs: y, Steps: true})
	last := mask(1, graph.MaskSpec{Kind: graph.Last, Inputs: y})
	upTo := mask(1, graph.MaskSpec{Kind: graph.Last, Inputs: y, Cut: &cut})
	none := mask(1, graph.MaskSpec{Kind: graph.Last, Inputs: y, Cut: new(int), Steps: true})
	v := must(t, graphOf(1, 2, inside, observed, before, first, later, last, upTo, none),
		Run{Data: data("1 2, _ 3, 4 5, 6 7, 8 _")})
	want(t, v, inside, 0, "0, 0, 1, 1, 1")
	want(t, v, observed, 0, "1 1, 0 1, 1 1, 1 1, 1 0")
	want(t, v, before, 0, "0 0, 1 1, 0 1, 1 1, 1 1")
	want(t, v, first, 0, "1, 0, 0, 0, 0")
	want(t, v, later, 0, "0, 0, 1, 0, 0")
	want(t, v, last, 0, "0, 0, 0, 1, 0")
	want(t, v, upTo, 0, "1, 0, 0, 0, 0")
	want(t, v, none, 0, "0, 0, 0, 0, 0")
}

func TestRows(t *testing.T) {
	y := input1("y", 2)
	half := constant("1/2")
	scaled := rowNode(times, y, half) // a number for an array
	W := node(graph.Weight, graph.Global, 2, 2)
	W.Name = "W"
	product := node(graph.Row, graph.Steps, 2, 1, W, y)
	product.Row = matmul
	byRow := node(graph.Row, graph.Global, 2, 1, W)
	byRow.Row = largest
	whole := node(graph.Row, graph.Steps, 1, 1, y)
	whole.Row = largest
	bent := rowNode(tanh, y)
	g := graphOf(0, 2, scaled, product, byRow, whole, bent)
	g.Weights = []*graph.Param{{Node: W, Name: "W"}}
	w := series.Array{R: 2, C: 2, Rat: numbersOf("1 2 4 3").Rat}
	r := Run{Data: data("1 0, 2 1"), Weights: map[string][]series.Array{"W": {w}}}
	v := must(t, g, r)
	want(t, v, scaled, 0, "1/2 0, 1 1/2")
	want(t, v, product, 0, "1 4, 4 11")
	want(t, v, byRow, 0, "2 4")
	want(t, v, whole, 0, "1, 2")
	want(t, v, bent, 0, "≈0.7616 ≈0, ≈0.964 ≈0.7616")

	r.Exact = Float
	g.Outputs = []*graph.Node{product}
	want(t, must(t, g, r), product, 0, "≈1 ≈4, ≈4 ≈11")
}

func TestExactness(t *testing.T) {
	y := input1("y", 1)
	rational := named("h", nil)
	rational.Args = []*graph.Node{rowNode(plus, shift(1, rational), y)}
	bent := named("e", nil)
	bent.Args = []*graph.Node{rowNode(tanh, rowNode(plus, shift(1, bent), y))}
	mixed := rowNode(plus, rational, bent)
	square, root := rowNode(power, y, constant("2")), rowNode(power, y, constant("1/2"))
	g := graphOf(0, 1, rational, bent, mixed, square, root)
	v := must(t, g, Run{Data: data("1, 2")})
	for n, exact := range map[*graph.Node]bool{y: true, rational: true, bent: false, mixed: false, square: true, root: false} {
		if v.Exact(n) != exact {
			t.Errorf("node %d: exact is %v", n.ID, v.Exact(n))
		}
	}
	want(t, v, mixed, 0, "≈1.762, ≈3.992")

	r := Run{Data: data("1, 2")}
	r.Data.Series[0].Columns["y"] = column("1").Append(series.Floats(1, 1, []float64{2}))
	want(t, must(t, g, r), rational, 0, "≈1, ≈3")
}

func TestDraw(t *testing.T) {
	u, z := node(graph.Draw, graph.Steps, 2, 1), node(graph.Draw, graph.Steps, 1, 1)
	u.Draw, z.Draw = graph.DrawSpec{Kind: graph.Uniform, ID: "u"}, graph.DrawSpec{Kind: graph.Gauss, ID: "z"}
	g := graphOf(0, 1, u, z)
	r := Run{Data: data("1, 1")}
	if _, err := Eval(g, r); err == nil {
		t.Error("numbers were drawn from nowhere")
	}
	r.Draw = func(spec graph.DrawSpec, id string, t, entry int) (*big.Rat, float64) {
		if spec.Kind == graph.Gauss {
			return nil, 0.25
		}
		return big.NewRat(int64(t), int64(entry+1)), 0
	}
	v := must(t, g, r)
	want(t, v, u, 0, "0 0, 1 1/2")
	want(t, v, z, 0, "≈0.25, ≈0.25")
}

func TestUndefined(t *testing.T) {
	y := input1("y", 1)
	q := named("q", rowNode(over, constant("1"), y))
	kept := named("k", rowNode(choice, y, q, y))
	lossOf := func(n *graph.Node) *graph.Node {
		return node(graph.Pooled, graph.Global, 1, 1, node(graph.Total, graph.Series, 1, 1, n))
	}
	g := graphOf(0, 1)
	g.Names = []*graph.Node{q, kept}
	g.Loss = lossOf(kept)
	r := Run{Data: data("1, 2", "4, 5, 0, 0")}
	v := must(t, g, r)
	want(t, v, q, 1, "1/4, 1/5, _, _")
	want(t, v, kept, 1, "1/4, 1/5, 0, 0")
	if err := v.Undefined(); err != nil {
		t.Errorf("where did not drop it: %v", err)
	}
	for _, loss := range []*graph.Node{lossOf(q), lossOf(rowNode(tanh, q))} {
		g.Loss = loss
		err := must(t, g, r).Undefined()
		if err == nil || !strings.Contains(err.Error(), "q is undefined in series 2 at t = 2") {
			t.Errorf("got %v", err)
		}
	}
	r.Exact = Float
	if v := must(t, g, r); v.Undefined() != nil || !math.IsInf(v.At(q, 1, 2).Float[0], 1) {
		t.Error("in float64, a division by zero is infinite and no error")
	}
}

// h = (h[t-1] + y)^2 doubles its bits at each step.
func TestBits(t *testing.T) {
	h := named("h", nil)
	inner := rowNode(plus, shift(1, h), input1("y", 1))
	h.Args = []*graph.Node{rowNode(times, inner, inner)}
	g := graphOf(0, 1, h)
	r := Run{Data: data("1/3" + strings.Repeat(", 1/3", 14))}
	v := must(t, g, r)
	if !v.Rounded() || v.Exact(h) {
		t.Error("a run of long numbers was not redone in float64")
	}
	rounded := v.At(h, 0, 14).Float[0]
	r.Exact = Insist
	v = must(t, g, r)
	if v.Rounded() || !v.Exact(h) {
		t.Error("a run that insists was rounded")
	}
	if exact, _ := v.At(h, 0, 14).Rat[0].Float64(); math.Abs(exact-rounded) > 1e-12*exact {
		t.Errorf("exactly %v, in float64 %v", exact, rounded)
	}
}

func TestWithoutInputs(t *testing.T) {
	now := node(graph.Time, graph.Times, 1, 1)
	g := &graph.Graph{Outputs: []*graph.Node{now}}
	want(t, must(t, g, Run{Steps: 3}), now, 0, "0, 1, 2")
}

func TestPerSeries(t *testing.T) {
	w := node(graph.Weight, graph.Series, 1, 1)
	w.Name = "w"
	k := node(graph.Input, graph.Series, 1, 1)
	k.Name = "k"
	sum := node(graph.Row, graph.Series, 1, 1, w, k)
	sum.Row = plus
	g := graphOf(0, 1, sum)
	g.Inputs = append(g.Inputs, &graph.Column{Name: "k", Shape: op.Scalar, PerSeries: true})
	g.Weights = []*graph.Param{{Node: w, Name: "w", PerSeries: true}}
	r := Run{Data: data("1, 2", "1"), Weights: map[string][]series.Array{"w": {numbersOf("1"), numbersOf("2")}}}
	r.Data.Series[0].Consts = map[string]series.Array{"k": numbersOf("10")}
	r.Data.Series[1].Consts = map[string]series.Array{"k": numbersOf("20")}
	v := must(t, g, r)
	want(t, v, sum, 0, "11")
	want(t, v, sum, 1, "22")
}
