package picture

import "fmt"

// The networks that the tests draw.

// build makes networks step by step.
type build struct{ Network }

func (b *build) step(label Label) int {
	b.Columns = append(b.Columns, Column{Label: label})
	return len(b.Columns) - 1
}

// node adds a node to the newest column.
func (b *build) node(id string, rank int, kind Kind, base, sub, value, back string) {
	b.Nodes = append(b.Nodes, Node{ID: id, Column: len(b.Columns) - 1, Rank: rank, Kind: kind,
		Label: Label{Base: base, Sub: sub}, Value: value, Back: back, Hint: base + " at " + sub})
}

func (b *build) edge(from, to, back string) {
	b.Edges = append(b.Edges, Edge{From: from, To: to, Back: back})
}

// weigh names the weight on the newest edge.
func (b *build) weigh(w string) { b.Edges[len(b.Edges)-1].Weight = Label{Base: w} }

func at(t int) Label { return Label{Base: fmt.Sprintf("t = %d", t)} }

func id(name string, t int) string { return fmt.Sprintf("%s.%d", name, t) }

var words = Legend{Values: "values", Fed: "its own forecast", Back: "derivatives of the loss"}

// sheet is one neuron over three steps, with the numbers of the example in the readme.
func sheet() *Network {
	b := &build{Network{Title: "One neuron over three steps", Desc: "Values run forward and up, derivatives of the loss backward and down.", Legend: words}}
	h := []string{"0", "0", "1/2", "3/8"}
	yhat := []string{"", "0", "1/4", "3/16"}
	y := []string{"0", "1", "−1", "2"}
	score := []string{"", "1", "25/16", "841/256"}
	dh := []string{"", "11/64", "11/32", "−29/16"}
	dyhat := []string{"", "−2", "5/2", "−29/8"}
	toH := []string{"", "0", "5/4", "−29/16"}
	lag := []string{"", "0", "11/64", "−29/32"}
	b.step(at(0))
	b.node("h.0", 0, Start, "h", "0", h[0], "")
	b.node("y.0", 2, Input, "y", "0", y[0], "")
	for t := 1; t <= 3; t++ {
		s := fmt.Sprint(t)
		b.step(at(t))
		b.node(id("h", t), 0, Equation, "h", s, h[t], dh[t])
		b.node(id("yhat", t), 1, Equation, "ŷ", s, yhat[t], dyhat[t])
		b.node(id("score", t), 2, Score, "ℓ", s, score[t], "")
		b.node(id("y", t), 2, Observed, "y", s, y[t], "")
		b.edge(id("h", t-1), id("h", t), lag[t])
		b.weigh("w")
		if t < 3 {
			b.edge(id("y", t-1), id("h", t), "")
		} else {
			b.edge(id("yhat", t-1), id("h", t), "")
			b.Edges[len(b.Edges)-1].Fed = true
		}
		b.weigh("v")
		b.edge(id("h", t), id("yhat", t), toH[t])
		b.weigh("u")
		b.edge(id("yhat", t), id("score", t), dyhat[t])
		b.edge(id("y", t), id("score", t), "")
	}
	return &b.Network
}

// low is the sheet with what it reads at the bottom, as one draws it by hand.
func low() *Network {
	n := sheet()
	b := &build{Network{Title: n.Title, Desc: n.Desc, Legend: n.Legend}}
	b.step(at(0))
	b.node("h.0", 1, Start, "h", "0", "0", "")
	seen, names := []string{"0", "1", "1/4"}, []string{"y", "y", "ŷ"}
	for _, x := range n.Nodes {
		if x.Column == 0 {
			continue
		}
		if x.Column >= len(b.Columns) {
			t := b.step(at(x.Column))
			b.node(id("in", t), 0, Input, names[t-1], fmt.Sprint(t-1), seen[t-1], "")
			b.edge(id("in", t), id("h", t), "")
			b.weigh("v")
		}
		if x.Kind != Observed {
			x.Rank++
			b.Nodes = append(b.Nodes, x)
		}
	}
	for _, e := range n.Edges {
		if e.From[:2] == "y." {
			continue
		}
		if e.Fed {
			e.To = "in.3"
		}
		b.Edges = append(b.Edges, e)
	}
	return &b.Network
}

// number is some number of six characters.
func number(t, k int) string {
	n := (t*7919 + k*104729) % 20000
	sign := ""
	if n >= 10000 {
		n, sign = n-10000, "−"
	}
	return fmt.Sprintf("%s0.%04d", sign, n)
}

func gru(steps int) *Network {
	b := &build{Network{Title: "A gated recurrent unit", Legend: words}}
	b.step(at(0))
	b.node("h.0", 3, Start, "h", "0", "0", "")
	for t := 1; t <= steps; t++ {
		b.step(at(t))
		b.gruStep(t, t-1)
	}
	return &b.Network
}

func (b *build) gruStep(t, before int) {
	for i, n := range []struct {
		name, base string
		rank       int
		kind       Kind
	}{{"x", "x", 0, Input}, {"z", "z", 1, Equation}, {"r", "r", 1, Equation}, {"n", "n", 2, Equation}, {"h", "h", 3, Equation},
		{"yhat", "ŷ", 4, Equation}, {"score", "ℓ", 5, Score}, {"y", "y", 5, Observed}} {
		back := number(t, i)
		if n.kind != Equation {
			back = ""
		}
		b.node(id(n.name, t), n.rank, n.kind, n.base, fmt.Sprint(t), number(t+50, i), back)
	}
	for i, e := range [][2]string{{"x", "z"}, {"x", "r"}, {"x", "n"}, {"r", "n"}, {"z", "h"}, {"n", "h"}, {"h", "yhat"}, {"yhat", "score"}, {"y", "score"}} {
		back := number(t, i+20)
		if e[0] == "x" || e[0] == "y" {
			back = ""
		}
		b.edge(id(e[0], t), id(e[1], t), back)
	}
	for i, to := range []string{"z", "r", "n", "h"} {
		b.edge(id("h", before), id(to, t), number(t, i+40))
	}
}

// folded is a long network of which the middle is left out.
func folded() *Network {
	b := &build{Network{Title: "A long network", Legend: words}}
	b.step(at(0))
	b.node("h.0", 3, Start, "h", "0", "0", "")
	before := 0
	for _, t := range []int{1, 2, 3, 48, 49, 50} {
		b.step(at(t))
		if t == 48 {
			b.Columns[len(b.Columns)-1].Gap = "44 steps"
		}
		b.gruStep(t, before)
		before = t
	}
	return &b.Network
}

// lstm has peepholes: its gates read the cell's memory.
func lstm(steps int) *Network {
	b := &build{Network{Title: "Long short-term memory", Legend: words}}
	b.step(at(0))
	b.node("c.0", 2, Start, "c", "0", "0", "")
	b.node("h.0", 4, Start, "h", "0", "0", "")
	for t := 1; t <= steps; t++ {
		s := fmt.Sprint(t)
		b.step(at(t))
		b.node(id("x", t), 0, Input, "x", s, number(t, 1), "")
		for i, name := range []string{"i", "f", "g"} {
			b.node(id(name, t), 1, Equation, name, s, number(t, i+2), number(t, i+12))
		}
		b.node(id("c", t), 2, Equation, "c", s, number(t, 5), number(t, 25))
		b.node(id("o", t), 3, Equation, "o", s, number(t, 6), number(t, 26))
		b.node(id("h", t), 4, Equation, "h", s, number(t, 7), number(t, 27))
		b.node(id("yhat", t), 5, Equation, "ŷ", s, number(t, 8), number(t, 28))
		for i, e := range [][2]string{{"x", "i"}, {"x", "f"}, {"x", "g"}, {"x", "o"}} {
			b.edge(id(e[0], t), id(e[1], t), number(t, i+60)[:0])
		}
		for i, e := range [][2]string{{"i", "c"}, {"f", "c"}, {"g", "c"}, {"c", "o"}, {"c", "h"}, {"o", "h"}, {"h", "yhat"}} {
			b.edge(id(e[0], t), id(e[1], t), number(t, i+30))
		}
		for i, e := range [][2]string{{"h", "i"}, {"h", "f"}, {"h", "g"}, {"h", "o"}, {"c", "i"}, {"c", "f"}, {"c", "c"}} {
			b.edge(id(e[0], t-1), id(e[1], t), number(t, i+40))
		}
	}
	return &b.Network
}

// both has a state that runs forward and one that runs backward.
func both(steps int) *Network {
	b := &build{Network{Title: "Read from both ends", Legend: words}}
	b.step(at(0))
	b.node("f.0", 1, Start, "f", "0", "0", "")
	for t := 1; t <= steps; t++ {
		s := fmt.Sprint(t)
		b.step(at(t))
		b.node(id("x", t), 0, Input, "x", s, number(t, 1), "")
		b.node(id("f", t), 1, Equation, "f", s, number(t, 2), number(t, 12))
		b.node(id("b", t), 2, Equation, "b", s, number(t, 3), number(t, 13))
		b.node(id("yhat", t), 3, Equation, "ŷ", s, number(t, 4), number(t, 14))
		b.edge(id("x", t), id("f", t), "")
		b.edge(id("x", t), id("b", t), "")
		b.edge(id("f", t), id("yhat", t), number(t, 22))
		b.edge(id("b", t), id("yhat", t), number(t, 23))
		b.edge(id("f", t-1), id("f", t), number(t, 24))
		b.edge(id("b", t+1), id("b", t), number(t, 25))
	}
	b.step(at(steps + 1))
	b.node(id("b", steps+1), 2, Start, "b", fmt.Sprint(steps+1), "0", "")
	return &b.Network
}

func samples() map[string]*Network {
	return map[string]*Network{"sheet": sheet(), "low": low(), "gru": gru(5), "lstm": lstm(4), "both": both(4), "folded": folded(), "long": gru(50)}
}
