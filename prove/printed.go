package prove

import (
	"fmt"
	"math"
	"strings"

	"unroll/eval"
	"unroll/graph"
	"unroll/lang"
	"unroll/series"
)

// printed prints the derivative as `unroll grad` does, reads the file again and runs it on the same
// world: the derivative is a cell, and must give the same numbers. It ends the run: its lines go to
// the report.
func (t *trial) printed() error {
	text, names, err := t.text()
	if err != nil {
		return err
	}
	off, err := t.readBack(text, names)
	if err != nil {
		t.fault("the derivative, printed and read again, doesn't run: %v", err)
	}
	if !(off <= printedNear) {
		t.fault("the derivative, printed and read again, gives numbers that differ by %.2g", off)
	}
	for _, line := range t.lines {
		if line != nil {
			line.Printed = off
			t.report.Lines = append(t.report.Lines, *line)
		}
	}
	return nil
}

// text is the derivative as a file, and the names that the gradients have in it, by weight.
func (t *trial) text() (string, map[string]string, error) {
	taken := map[string]bool{}
	for _, n := range t.d.Graph.Nodes {
		taken[strings.ReplaceAll(n.Name, ".", "_")] = true
	}
	var named []graph.Named
	names := map[string]string{}
	for _, p := range t.graph.Weights {
		name := "d_" + strings.ReplaceAll(p.Name, ".", "_")
		for taken[name] {
			name += "_"
		}
		taken[name] = true
		names[p.Name] = name
		named = append(named, graph.Named{Name: name, Node: t.d.Weight[p.Name]})
	}
	f, err := graph.Text(t.d.Graph, named)
	if err != nil {
		return "", nil, err
	}
	return lang.Print(f, false), names, nil
}

// readBack runs a printed derivative, and gives the largest difference to the derivative that was
// printed. What is fed is said in its equations already.
func (t *trial) readBack(text string, names map[string]string) (float64, error) {
	f, err := lang.Parse(&lang.Source{Name: "derivative", Text: text})
	if err != nil {
		return 0, err
	}
	g, err := graph.Build(f, graph.Choices{Table: t.choices.Table, Training: t.training, Facts: t.facts(t.choice)})
	if err != nil {
		return 0, err
	}
	w := t.world
	w.weights = map[string][]series.Array{}
	for i, p := range g.Weights { // in the order in which the graph has them
		w.weights[p.Name] = t.world.weights[t.graph.Weights[i].Name]
	}
	mode := eval.Float
	if t.lines[Fractions] != nil {
		mode = eval.Insist
	}
	v, err := eval.Eval(g, w.run(mode))
	if err != nil {
		return 0, err
	}
	nodes := map[string]*graph.Node{}
	for _, n := range g.Names {
		nodes[n.Name] = n
	}
	off := t.apart(v.At(g.Loss, 0, 0), t.values.At(t.d.Of, 0, 0))
	for _, p := range t.graph.Weights {
		n := nodes[names[p.Name]]
		if n == nil {
			return 0, fmt.Errorf("it has no %s", names[p.Name])
		}
		for s := range t.world.weights[p.Name] {
			off = max(off, t.apart(v.At(n, s, 0), t.values.At(t.d.Weight[p.Name], s, 0)))
		}
	}
	return off, nil
}

// apart is how far two arrays differ: 0 if they are equal, as fractions where both are exact. A lone
// number stands for an array.
func (t *trial) apart(got, want series.Array) float64 {
	off := 0.0
	loss := math.Abs(t.values.At(t.d.Of, 0, 0).Float64(0))
	for i := range want.Len() {
		j := min(i, got.Len()-1)
		if got.Exact() && want.Exact() {
			if got.Rat[j] == nil || got.Rat[j].Cmp(want.Rat[i]) != 0 {
				return math.Inf(1)
			}
			continue
		}
		a, b := got.Float64(j), want.Float64(i)
		off = max(off, math.Abs(a-b)/max(math.Abs(b), 1e-4*max(1, loss)))
		if math.IsNaN(a) {
			return math.Inf(1)
		}
	}
	return off
}
