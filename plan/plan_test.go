package plan_test

import (
	"fmt"
	"math"
	"os"
	"testing"

	"pgregory.net/rapid"

	"unroll"
	"unroll/eval"
	"unroll/graph"
	"unroll/internal/bound"
	"unroll/internal/randcell"
	"unroll/kernel"
	"unroll/plan"
)

func rootsOf(run *unroll.Run, names bool) (*graph.Graph, []*graph.Node, error) {
	d, err := run.Derivative()
	if err != nil {
		return nil, nil, err
	}
	roots := []*graph.Node{run.Graph().Loss}
	for _, w := range run.Graph().Weights {
		roots = append(roots, d.Weight[w.Name])
	}
	if names {
		roots = nil
		for _, c := range graph.Schedule(d.Graph.Roots()...) {
			for _, n := range c.Nodes {
				if n.Kind == graph.Row || n.Kind >= graph.Total || n.Kind == graph.Name {
					roots = append(roots, n)
				}
			}
		}
	}
	return d.Graph, roots, nil
}

func TestRandomQuick(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := randcell.Draw(rt, randcell.Any)
		cell, err := unroll.Parse("random.cell", c.Text)
		if err != nil {
			rt.Skip()
		}
		o := unroll.Options{Feed: c.Feed, Sizes: c.Sizes, Training: c.Training, Seed: 7}
		if c.Stop {
			o.Feedback = "stop"
		}
		if c.Mean {
			o.Reduce = "mean"
		}
		run, err := cell.Bind(c.Data, o)
		if err != nil {
			rt.Skip()
		}
		for name, values := range c.Weights {
			if err := run.Set(name, values...); err != nil {
				rt.Fatal(err)
			}
		}
		for _, names := range []bool{true, false} {
			g, roots, err := rootsOf(run, names)
			if err != nil {
				rt.Fatal(err)
			}
			er := run.EvalRun()
			er.Exact = eval.Float
			want, err := eval.Eval(g, er)
			if err != nil {
				rt.Fatal(err)
			}
			p, err := plan.New[float64](g, roots, plan.Options{Family: family, Shard: rapid.IntRange(1, 3).Draw(rt, "shard")})
			if err != nil {
				rt.Fatal(err)
			}
			b, err := p.Bind(er)
			if err != nil {
				rt.Fatal(err)
			}
			b.Run()
			b.Run()
			var near *bound.Bound
			for _, n := range roots {
				if n.Kind == graph.Row && !n.Row.Valued() {
					continue
				}
				for s := range want.Series() {
					for t := range want.T(s) {
						got := b.At(n, s, t)
						w := want.At(n, s, t)
						for i := range got {
							x := w.Float64(i)
							if math.IsNaN(x) || math.IsInf(x, 0) {
								continue
							}
							if math.Abs(got[i]-x) <= 1e-14*math.Abs(x) {
								continue
							}
							if near == nil {
								near = bound.New(g, want, 0x1p-52, nil)
								if _, kink := near.Kink(); kink {
									rt.Skip()
								}
							}
							if !(math.Abs(got[i]-x) <= near.At(n, s, t, i)) {
								rt.Log(p.String())
								rt.Fatalf("names %v: %s\nseries %d t %d entry %d: %v, want %v\n%s\nfeed %s stop %v mean %v training %v\n%v\n%s", names, n, s, t, i, got[i], x, c.Text, c.Feed, c.Stop, c.Mean, c.Training, c.Features, dump(c))
							}
						}
						if n.Scope < graph.Steps {
							break
						}
					}
				}
			}
		}
	})
}

var family = kernel.Family(os.Getenv("FAMILY"))

func dump(c randcell.Cell) string {
	text := ""
	for _, s := range c.Data.Series {
		for name, col := range s.Columns {
			text += fmt.Sprintf("%s %s = %v\n", s.ID, name, col)
		}
	}
	return text
}
