package plan_test

import (
	"strings"
	"testing"

	"unroll"
	"unroll/graph"
	"unroll/plan"
)

// TestReport: a plan is told in the file's words, with the sizes of its products.
func TestReport(t *testing.T) {
	t.Parallel()
	c, err := unroll.Parse("x.cell", layerText("lstm", "x", size{1, 100, 3, 4}))
	if err != nil {
		t.Fatal(err)
	}
	g, err := c.Graph(unroll.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.New[float32](g, []*graph.Node{g.Loss}, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text := p.Report(map[*graph.Node]string{g.Loss: "L"})
	for _, want := range []string{"x.cell: ", "1 of them a scan, which goes step by step", "h.Wi (4, 3) · x (3)", " += h.Ui (4, 4) · h[t-1] (4)", "h.c = sigmoid(", "L = ∑ over series of ", "memory of one series: "} {
		if !strings.Contains(text, want) {
			t.Errorf("the report doesn't say %q:\n%s", want, text)
		}
	}
}
