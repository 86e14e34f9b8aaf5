package graph_test

import (
	"math/big"
	"strings"
	"testing"

	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/internal/near"
	"unroll/lang"
	"unroll/series"
)

func eachGraph(t *testing.T, text string, c graph.Choices) *graph.Graph {
	t.Helper()
	file, err := lang.Parse(&lang.Source{Name: "each.cell", Text: text})
	if err != nil {
		t.Fatal(err)
	}
	g, err := graph.Build(file, c)
	if err != nil {
		t.Fatal(err)
	}
	if err := graph.Verify(g); err != nil {
		t.Fatal(err)
	}
	return g
}

// With Each a series' loss and its derivative are what they are alone, whatever the loss is made of.
func TestEachIsAlone(t *testing.T) {
	const text = `
input  y
weight a = 0.5
weight b per series = 0.25
weight c fixed = 2
yhat = a*y[t-1] + b + c
y ~ squared(yhat)
loss 0.1*(a^2 + b^2)
loss y*a when t > 1
loss 3
`
	columns := []series.Series{numbered("p", 1, 2, 4, 3), numbered("q", 5, 3, 1), numbered("r", 2, 7)}
	for _, mean := range []bool{false, true} {
		both := eachGraph(t, text, graph.Choices{Each: true, Mean: mean})
		if both.Own == nil || both.Own.Scope != graph.Series {
			t.Fatal("the series have no loss of their own")
		}
		d, err := grad.Loss(both, nil)
		if err != nil {
			t.Fatal(err)
		}
		all := eachValues(t, d.Graph, columns, both.Own)
		alone := eachGraph(t, text, graph.Choices{Mean: mean})
		dAlone, err := grad.Loss(alone, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := range columns {
			one := eachValues(t, dAlone.Graph, columns[i:i+1], nil)
			same(t, "the loss", all.At(both.Own, i, 0), one.At(alone.Loss, 0, 0))
			same(t, "by a", all.At(d.Weight["a"], i, 0), one.At(dAlone.Weight["a"], 0, 0))
			same(t, "by b", all.At(d.Weight["b"], i, 0), one.At(dAlone.Weight["b"], 0, 0))
		}
	}
}

func same(t *testing.T, what string, got, want series.Array) {
	t.Helper()
	if !near.Equal(got.Float64(0), want.Float64(0), 1e-15) {
		t.Errorf("%s is %v, and alone %v", what, got, want)
	}
}

func TestEachRefusesPooled(t *testing.T) {
	file, err := lang.Parse(&lang.Source{Name: "each.cell", Text: "input y\nweight a\ny ~ squared(a + pooled(total(y)))\n"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = graph.Build(file, graph.Choices{Each: true}); err == nil || !strings.Contains(err.Error(), "pooled adds over the series") {
		t.Errorf("the error is %v", err)
	}
}

// numbered is a series of whole numbers.
func numbered(id string, values ...int64) series.Series {
	s := series.Series{ID: id, Columns: map[string]series.Column{}}
	for _, v := range values {
		s.Columns["y"] = s.Columns["y"].Append(series.Number(big.NewRat(v, 1)))
	}
	return s
}

// eachValues runs a graph with its weights at their starts.
func eachValues(t *testing.T, g *graph.Graph, columns []series.Series, extra *graph.Node) *eval.Values {
	t.Helper()
	r := eval.Run{Data: series.Set{Series: columns}, Weights: map[string][]series.Array{}}
	for _, w := range g.Weights {
		n := 1
		if w.PerSeries {
			n = len(columns)
		}
		for range n {
			r.Weights[w.Name] = append(r.Weights[w.Name], series.Rats(1, 1, w.Start.Value))
		}
	}
	if extra == nil {
		extra = g.Loss
	}
	v, err := eval.Eval(g, r, extra)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
