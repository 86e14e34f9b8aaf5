package explain

import (
	"slices"

	"unroll/eval"
	"unroll/graph"
	"unroll/notation"
	"unroll/series"
	"unroll/words"
)

// unrolled writes the sensitivity of a state that reads its own past as a sum over the earlier steps:
// what each step added, times what every step since has made of it.
func (s *sensitive) unrolled() []Part {
	var parts []Part
	for _, n := range s.Graph.Names {
		t := s.d.Of[n]
		if n.Scope < graph.Steps || n.Shape.Len() > 1 || s.p.names[t] == nil {
			continue
		}
		r, ok := s.recurrence(t)
		if !ok {
			continue
		}
		j, k := s.stepLetters()
		lead := s.say("Put into itself again and again, {d} becomes a sum over the steps before: what step {k} added, times what each later step {j} made of it.", words.A("d", s.p.symbolAt(t, general)), words.A("k", k), words.A("j", j))
		parts = append(parts, Para{lead}, Chains{s.unrolledChains(t, r)})
	}
	return parts
}

// recurrence is t = factor·t[-1] + added.
type recurrence struct{ factor, added *graph.Node }

// recurrence takes a sensitivity apart that reads its own last value and no other sensitivity's.
func (s *sensitive) recurrence(t *graph.Node) (recurrence, bool) {
	m := graph.Continue(s.d.Graph, s.p.table)
	r, ok := splitter{m, t}.split(t.Args[0])
	if !ok || r.factor == nil || r.added == nil || s.readsSensitivity(r.added) || s.readsSensitivity(r.factor) {
		return r, false
	}
	g := *s.d.Graph
	g.Nodes = m.Nodes()
	v, err := eval.Eval(&g, s.Run, r.factor, r.added)
	if err != nil {
		return r, false
	}
	s.p.v = v
	return r, true
}

// readsSensitivity tells whether an expression holds a sensitivity.
func (s *sensitive) readsSensitivity(n *graph.Node) bool {
	return within(n, func(x *graph.Node) bool { return slices.Contains(s.d.Names, x) })
}

// splitter takes an expression apart that is linear in the last value of t.
type splitter struct {
	m *graph.Maker
	t *graph.Node
}

func (x splitter) split(n *graph.Node) (recurrence, bool) {
	if n.Kind == graph.Shift && n.Args[0] == x.t {
		return recurrence{factor: x.m.Int(1)}, n.K == 1
	}
	if !holds(n, x.t) {
		return recurrence{added: n}, true
	}
	if n.Kind != graph.Row || len(n.Args) != 2 {
		return recurrence{}, false
	}
	a, oka := x.split(n.Args[0])
	b, okb := x.split(n.Args[1])
	switch {
	case !oka || !okb:
	case n.Row.Name == "+" && (a.factor == nil || b.factor == nil):
		return recurrence{x.plus(a.factor, b.factor), x.plus(a.added, b.added)}, true
	case n.Row.Name == ".*" && a.factor == nil:
		return recurrence{x.times(a.added, b.factor), x.times(a.added, b.added)}, true
	case n.Row.Name == ".*" && b.factor == nil:
		return recurrence{x.times(a.factor, b.added), x.times(a.added, b.added)}, true
	}
	return recurrence{}, false
}

func (x splitter) plus(a, b *graph.Node) *graph.Node {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return x.m.Row("+", a, b)
}

func (x splitter) times(a, b *graph.Node) *graph.Node {
	if a == nil || b == nil {
		return nil
	}
	return x.m.Row(".*", a, b)
}

// stepLetters are the letters of a later and of an earlier step.
func (s *sensitive) stepLetters() (j, k notation.Math) {
	return s.p.letter("j", "q", "p"), s.p.letter("k", "m", "n")
}

// unrolledChains are the sum as a formula, and in numbers at the last step of the first series.
func (s *sensitive) unrolledChains(t *graph.Node, r recurrence) []Chain {
	letter := func(x notation.Math) moment { return moment{general: true, letter: notation.Text(x)} }
	j, k := s.stepLetters()
	from := func(i notation.Math, at notation.Math) notation.Math {
		return notation.Fill(template(`#1 = #2`), i, at)
	}
	product := notation.Big{Sign: "∏", Below: from(j, notation.Fill(template(`#1 + 1`), k)), Above: notation.Time(0), X: s.p.formula(r.factor, letter(j))}
	term := notation.Product(notation.Bracket(product), s.p.formula(r.added, letter(k)))
	all := notation.Big{Sign: "∑", Below: from(k, notation.Int(s.Graph.T0)), Above: notation.Time(0), X: term}
	lines := []Chain{{Left: s.p.symbolAt(t, general), Links: []Link{{"=", all}}}}
	end := s.v.T(0) - 1
	if n := end - s.Graph.T0 + 1; n < 2 || n > edgeRows {
		return lines
	}
	return append(lines, s.unrolledNumbers(t, r, end))
}

// unrolledNumbers is the sum at a step: factors of the later steps first.
func (s *sensitive) unrolledNumbers(t *graph.Node, r recurrence, end int) Chain {
	value := s.p.v.At(t, 0, end)
	numbers := []series.Array{value}
	for k := s.Graph.T0; k <= end; k++ {
		numbers = append(numbers, s.p.v.At(r.added, 0, k), s.p.v.At(r.factor, 0, k))
	}
	f := s.p.formOf(numbers)
	var terms []notation.Math
	for k := s.Graph.T0; k <= end; k++ {
		var factors []notation.Math
		for at := end; at > k; at-- {
			factors = append(factors, s.p.write(s.p.v.At(r.factor, 0, at), f))
		}
		terms = append(terms, notation.Product(append(factors, s.p.write(s.p.v.At(r.added, 0, k), f))...))
	}
	return Chain{Left: s.p.symbolAt(t, moment{t: end}), Links: []Link{{s.p.signOfAll(numbers[1:], f), notation.Sum(terms...)}, {s.p.sign(value, f), s.p.write(value, f)}}}
}
