package explain

import (
	"fmt"
	"slices"

	"unroll/graph"
	"unroll/lang"
	"unroll/notation"
	"unroll/op"
	"unroll/words"
)

// layer says what changes for several series, and for several neurons: the shapes of the weights,
// and the same equations with matrices.
func (l *teller) layer() Part {
	s := l.section("layer", 1, l.say("Several series, several neurons"))
	if n := l.v.Series(); n > 1 {
		s.Parts = append(s.Parts, l.para("Here there are {n} series. The equations are the same for each.", words.A("n", n)), l.shared())
	} else {
		s.Parts = append(s.Parts, l.para("Of several series each runs by itself, with the same equations."), l.shared())
	}
	if l.d != nil {
		s.Parts = append(s.Parts, l.para("The loss, and its derivative by each weight, are sums over the series."))
	}
	if parts := l.neurons(); parts != nil {
		s.Parts = append(s.Parts, parts...)
	} else if len(l.trained()) > 0 {
		s.Parts = append(s.Parts, l.para("The shapes of the weights:"), l.shapes())
	}
	return s
}

// shared says which weights the series have together.
func (l *teller) shared() Part {
	var own []*graph.Node
	for _, w := range l.Graph.Weights {
		if w.PerSeries {
			own = append(own, w.Node)
		}
	}
	switch {
	case len(own) == 0:
		return l.para("The weights are the same for all of them.")
	case len(own) == len(l.Graph.Weights):
		return l.para("Each series has weights of its own.")
	}
	return l.para("Each series has {names} of its own; the other weights are the same for all of them.", words.A("names", l.symbols(own)))
}

// shapes are the weights' shapes as they are.
func (l *teller) shapes() Part {
	t := Table{Head: []Text{l.say("weight"), l.say("shape"), l.say("numbers to learn")}}
	for _, w := range l.Graph.Weights {
		n := w.Node.Shape.Len()
		switch {
		case w.Fixed:
			n = 0
		case w.PerSeries:
			n *= l.v.Series()
		}
		t.Rows = append(t.Rows, []Cell{{Text: formula(l.p.names[w.Node](nil))}, {Text: l.shape(w.Node.Shape)}, {Text: formula(notation.Int(n))}})
	}
	return t
}

// shape is a shape in words.
func (l *teller) shape(s op.Shape) Text {
	switch {
	case s == op.Scalar:
		return l.say("a number")
	case s.C == 1:
		return Text{{Words: fmt.Sprintf("[%d]", s.R)}}
	}
	return Text{{Words: fmt.Sprintf("[%d, %d]", s.R, s.C)}}
}

// neurons shows a cell of numbers as a layer: states that are vectors, and then series that are
// forecast side by side. Nothing if the cell has vectors already, or can't be read so.
func (l *teller) neurons() []Part {
	if l.File == nil || len(l.Graph.States) == 0 || !l.allNumbers() {
		return nil
	}
	H := max(l.opt.Neurons, 2)
	wide, err := l.variant(H, 0)
	if err != nil {
		return nil
	}
	other, err := l.variant(H+1, 0)
	if err != nil || !widens(wide, H) {
		return nil
	}
	h, d := l.p.letter("H", "N", "K"), l.p.letter("D", "S", "M")
	parts := []Part{
		l.para("With {h} neurons the states are vectors of {h} numbers, and the shapes of the weights follow from the equations, which stay:", words.A("h", h)),
		Chains{l.variantEquations(wide)},
	}
	t := Table{Head: []Text{l.say("weight"), l.say("one neuron"), l.say("{h} neurons", words.A("h", h)), formula(notation.Fill(template(`#1 = #2`), h, notation.Int(H)))}}
	both, err := l.variant(H, 3)
	both2, err2 := l.variant(H, 4)
	joint := err == nil && err2 == nil
	if joint {
		t.Head = append(t.Head, l.say("and {d} series side by side", words.A("d", d)))
	}
	for i, w := range l.Graph.Weights {
		a, b := wide.Weights[i].Node.Shape, other.Weights[i].Node.Shape
		row := []Cell{{Text: formula(l.p.names[w.Node](nil))}, {Text: l.shape(w.Node.Shape)}, {Text: l.named(a, l.dim(a.R, b.R), l.dim(a.C, b.C))}, {Text: l.shape(a)}}
		if joint {
			row = append(row, Cell{Text: l.openBoth(a, b, both.Weights[i].Node.Shape, both2.Weights[i].Node.Shape)})
		}
		t.Rows = append(t.Rows, row)
	}
	return append(parts, t)
}

// widens tells whether all states are vectors of H, and the inputs numbers as they were: those of a
// call don't become so, and of a vector of one number the size is assumed.
func widens(g *graph.Graph, H int) bool {
	for _, s := range g.States {
		if s.Node.Shape != (op.Shape{R: H, C: 1}) {
			return false
		}
	}
	return !slices.ContainsFunc(g.Nodes, func(n *graph.Node) bool { return n.Kind == graph.Input && n.Shape != op.Scalar })
}

// allNumbers tells whether every state, input and weight is a number.
func (l *teller) allNumbers() bool {
	for _, n := range l.Graph.Nodes {
		if (n.Kind == graph.Name || n.Kind == graph.Weight || n.Kind == graph.Input) && n.Shape != op.Scalar {
			return false
		}
	}
	return true
}

// openBoth is a shape in letters: a dimension that follows the number of series is D, one that
// follows the number of neurons H.
func (l *teller) openBoth(a, b, d, e op.Shape) Text {
	r, c := l.dim(a.R, b.R), l.dim(a.C, b.C)
	if d.R != e.R {
		r = notation.Text(l.p.letter("D", "S", "M"))
	}
	if d.C != e.C {
		c = notation.Text(l.p.letter("D", "S", "M"))
	}
	return l.named(d, r, c)
}

// dim is H for a dimension that differs between two numbers of neurons.
func (l *teller) dim(a, b int) string {
	if a != b {
		return notation.Text(l.p.letter("H", "N", "K"))
	}
	return fmt.Sprint(a)
}

// named is a shape with letters for its dimensions.
func (l *teller) named(s op.Shape, r, c string) Text {
	switch {
	case s == op.Scalar:
		return l.say("a number")
	case s.C == 1 && c == "1":
		return Text{{Words: "[" + r + "]"}}
	}
	return Text{{Words: "[" + r + ", " + c + "]"}}
}

// variant is the cell with its states made vectors of H, and, if D isn't 0, what is scored vectors
// of D.
func (l *teller) variant(H, D int) (*graph.Graph, error) {
	f := *l.File
	f.Stmts = nil
	for _, st := range l.File.Stmts {
		f.Stmts = append(f.Stmts, widened(st, H, D, l.scoredInputs()))
	}
	c := l.Choices
	c.Feed, c.Sizes, c.Facts, c.Assume = graph.Feed{}, nil, graph.Facts{}, true
	return graph.Build(&f, c)
}

func (l *teller) scoredInputs() []string {
	var all []string
	for _, sc := range l.Graph.Scores {
		all = append(all, sc.Input)
	}
	return all
}

// widened is a statement with a shape for each state, and for what is scored if D isn't 0.
func widened(st lang.Stmt, H, D int, scored []string) lang.Stmt {
	switch st := st.(type) {
	case *lang.State:
		out := *st
		out.Items = slices.Clone(st.Items)
		for i := range out.Items {
			out.Items[i].Shape = vector(H)
		}
		return &out
	case *lang.Input:
		out := *st
		out.Items = slices.Clone(st.Items)
		for i, it := range out.Items {
			if D > 0 && slices.Contains(scored, it.Name) {
				out.Items[i].Shape = vector(D)
			}
		}
		return &out
	}
	return st
}
