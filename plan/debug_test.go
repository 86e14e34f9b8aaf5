package plan_test

import (
	"os"
	"testing"

	"unroll"
	"unroll/data"
	"unroll/eval"
	"unroll/plan"
)

func TestDebug(t *testing.T) {
	text, _ := os.ReadFile("../examples/sheet/sheet.cell")
	if f := os.Getenv("CELL"); f != "" {
		text, _ = os.ReadFile(f)
	}
	cell, err := unroll.Parse("x.cell", string(text))
	if err != nil {
		t.Fatal(err)
	}
	_ = data.Inline
	run, err := cell.Bind(unroll.Numbers("y", 0, 1, -1, 2), unroll.Options{Reduce: os.Getenv("REDUCE"), Feed: "observed:1"})
	if err != nil {
		t.Fatal(err)
	}
	g, roots, err := rootsOf(run, false)
	if err != nil {
		t.Fatal(err)
	}
	er := run.EvalRun()
	er.Exact = eval.Float
	want, err := eval.Eval(g, er)
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.New[float64](g, roots, plan.Options{Family: family})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(p.String())
	b, err := p.Bind(er)
	if err != nil {
		t.Fatal(err)
	}
	b.Run()
	for _, n := range roots {
		t.Log(n, b.At(n, 0, 0), want.At(n, 0, 0))
	}
}
