package train_test

import (
	"testing"

	"pgregory.net/rapid"

	"unroll"
	"unroll/graph"
	"unroll/internal/randcell"
	"unroll/train"
)

// TestRandom: the losses of windows that follow each other, of random cells, add up to those of whole series, in
// whatever way they read time.
func TestRandom(t *testing.T) {
	t.Parallel()
	looked := 0
	for seed := range 150 {
		c := rapid.Custom(func(rt *rapid.T) randcell.Cell { return randcell.Draw(rt, randcell.Any) }).Example(seed)
		p, ok := randomProblem(c)
		if !ok || !adds(p.Graph) {
			continue
		}
		whole, n, _, err := train.FirstEpoch(p, train.Options{Batch: 1, Float64: true})
		if err != nil {
			continue // there is too little data
		}
		for _, window := range []int{2, 5} {
			loss, m, _, err := train.FirstEpoch(p, train.Options{Batch: 1, Window: window, Carry: true, Float64: true})
			if err != nil {
				continue // a lag reads further back
			}
			looked++
			if !(near(loss, whole) || loss != loss && whole != whole) || m != n {
				t.Errorf("seed %d, windows of %d: the loss is %v of %v entries, not %v of %v\n%s\nfeed %s, training %v, fill %q", seed, window, loss, m, whole, n, c.Text, c.Feed, c.Training, c.Fill)
			}
		}
	}
	t.Logf("%d runs", looked)
	if looked < 50 {
		t.Errorf("only %d runs were looked at", looked)
	}
}

// randomProblem binds a random cell; not ok if it has no loss.
func randomProblem(c randcell.Cell) (p train.Problem, ok bool) {
	cell, err := unroll.Parse("random.cell", c.Text)
	if err != nil {
		return p, false
	}
	run, err := cell.Bind(c.Data, unroll.Options{Feed: c.Feed, Sizes: c.Sizes, Fill: c.Fill, Seed: 7})
	if err != nil || run.Graph().Loss == nil {
		return p, false
	}
	for name, values := range c.Weights {
		if err := run.Set(name, values...); err != nil {
			return p, false
		}
	}
	return train.Problem{Graph: run.Graph(), Data: run.Data(), Weights: run.Weights(), Masked: c.Fill == "masked"}, true
}

// adds tells whether the loss is a sum over the steps of what is known at each: nothing is read ahead, no sum over
// the steps is read by what makes it, and no series is scored as such.
func adds(g *graph.Graph) bool {
	for _, s := range g.Scores {
		if s.Value.Scope < graph.Steps {
			return false
		}
	}
	for _, n := range g.Nodes {
		from, _ := n.Reach()
		if from < 0 && n.Args[0].Scope == graph.Steps || n.Kind == graph.Fold {
			return false
		}
		if n.Kind == graph.Total && n.Args[0].Scope == graph.Steps || n.Kind == graph.Pooled || n == g.Loss {
			continue
		}
		for _, a := range n.Args {
			if a.Kind == graph.Total && moves(a) || a.Kind == graph.Pooled && moves(a) && n.Scope > graph.Global {
				return false
			}
		}
		if n.Kind == graph.Row && n.Scope == graph.Global && n.Row.Name != "+" {
			for _, a := range n.Args {
				if sums(a) {
					return false
				}
			}
		}
	}
	return true
}

func moves(n *graph.Node) bool {
	return reaches(n, map[*graph.Node]bool{}, func(n *graph.Node) bool { return n.Kind == graph.Weight })
}

func sums(n *graph.Node) bool {
	return reaches(n, map[*graph.Node]bool{}, func(n *graph.Node) bool { return n.Kind == graph.Total || n.Kind == graph.Pooled })
}

func reaches(n *graph.Node, seen map[*graph.Node]bool, is func(*graph.Node) bool) bool {
	if seen[n] {
		return false
	}
	seen[n] = true
	if is(n) {
		return true
	}
	for _, a := range n.Args {
		if reaches(a, seen, is) {
			return true
		}
	}
	return false
}
