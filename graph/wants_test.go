package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"unroll/graph"
	"unroll/lang"
)

// TestWants: what a file asks of its data, before there is any.
func TestWants(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"input y, x[3], z[D], k per series, p known", "y:1 x:3 z:0 k:1 p:1"},
		{"input s in 3, r in V", "s:1 counts below 3, r:1 counts"},
		{"input y\ny ~ poisson(2)", "y:1 forecast counts"},
		{"input y\ny[t+1 : t+2] ~ negbinomial(2, 1)", "y:1 forecast counts"},
		{"input y[2]\ny[0] ~ poisson(2)", "y:2 forecast"}, // the other component may be anything
		{"input y\ny/7 ~ poisson(2)", "y:1 forecast"},
		{"input y\ny ~ squared(2)\ny ~ poisson(2)", "y:1 forecast counts"},
	} {
		f, err := lang.Parse(&lang.Source{Name: "f", Text: c.file})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, in := range graph.Wants(f) {
			one := fmt.Sprintf("%s:%d", in.Name, in.Shape.R)
			if in.Forecast {
				one += " forecast"
			}
			if in.Counts {
				one += " counts"
			}
			if in.Classes > 0 {
				one += fmt.Sprintf(" below %d", in.Classes)
			}
			got = append(got, one)
		}
		if got := strings.Join(got, " "); got != strings.ReplaceAll(c.want, ",", "") {
			t.Errorf("%q: got %s, want %s", c.file, got, c.want)
		}
	}
}

// TestUseOfFiles: a path in a file is one beside that file; files may use each other.
func TestUseOfFiles(t *testing.T) {
	files := map[string]string{
		"lib/two.cell":   "use \"inner.cell\", \"../main.cell\"\ncell two(x) -> y {\n  a = inner(x)\n  b = own(x)\n  y = a + b\n}\n",
		"lib/inner.cell": "use \"two.cell\"\ncell inner(x) -> y {\n  y = 2*x\n}\n",
		"twice.cell":     "cell inner(x) -> y {\n  y = 3*x\n}\n",
	}
	use := func(name string, path bool) (*lang.Source, error) {
		text, ok := files[name]
		if !ok || !path {
			return nil, fmt.Errorf("there is no %s", name)
		}
		return &lang.Source{Name: "dir/" + name, Text: text}, nil
	}
	for _, c := range []struct{ use, err string }{
		{`"lib/two.cell"`, ""},
		{`"lib/two.cell", "twice.cell"`, "dir/twice.cell:1:1: cell inner is defined twice, first in line 2 of dir/lib/inner.cell; rename one of them"},
		{`"inner.cell"`, "there is no inner.cell"},
	} {
		text := "use " + c.use + "\ncell own(x) -> y {\n  y = -x\n}\ninput y\nf = two(y[t-1])\ny ~ squared(f)\n"
		f, err := lang.Parse(&lang.Source{Name: "dir/main.cell", Text: text})
		if err != nil {
			t.Fatal(err)
		}
		_, err = graph.Build(f, graph.Choices{Use: use, Assume: true})
		if c.err == "" && err != nil || c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)) {
			t.Errorf("use %s: got %v, want %q", c.use, err, c.err)
		}
	}
}
