package explain

import (
	"strings"

	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/lang"
	"unroll/notation"
	"unroll/op"
	"unroll/series"
	"unroll/words"
)

// direct says what a formula gives that looks at one step alone, for the weights whose derivative
// goes back through time: the commonest mistake, and how far off it is.
func (l *teller) direct() ([]Part, error) {
	d, err := grad.Direct(l.Graph, l.Choices.Table)
	if err != nil {
		return nil, err
	}
	v, err := eval.Eval(d.Graph, l.Run)
	if err != nil {
		return nil, err
	}
	var items []Text
	for _, w := range l.numbersOf() {
		if l.through(w) == nil {
			continue
		}
		alone, whole := v.At(d.Weight[w.Name], 0, 0), l.v.At(l.d.Weight[w.Name], 0, 0)
		if alone.Equal(whole) {
			continue
		}
		f := l.p.formOf([]series.Array{alone, whole})
		items = append(items, l.say("{slope}: one step alone gives {alone}, and the derivative is {whole}.", words.A("slope", l.slope(w, -1)),
			words.A("alone", l.p.signedValue(alone, f)), words.A("whole", l.p.signedValue(whole, f))))
	}
	if len(items) == 0 {
		return nil, nil
	}
	lead := l.para("A formula that takes the values of earlier steps for numbers leaves out how they were made with the same weight. It gives another answer:")
	return []Part{Box{Kind: Remark, Title: l.say("Easily missed: the way back through time"), Parts: []Part{lead, List{items}}}}, nil
}

// signedValue is a value, with ≈ before it where it isn't shown exactly.
func (w numbers) signedValue(a series.Array, f form) notation.Math {
	if w.sign(a, f) == "≈" {
		return notation.Row{notation.Sign{Text: "≈", Kind: notation.Relation}, w.write(a, f)}
	}
	return w.write(a, f)
}

// localFormula is the derivative of a function by its argument, as the table has it.
func localFormula(r *op.Row, table *op.Table) notation.Math {
	e, err := lang.ParseExpr(&lang.Source{Name: r.Name, Text: r.Local()})
	if err != nil {
		panic("op: the local derivative of " + r.Name + " can't be read") // the table's tests look for it
	}
	m := notation.Expr(e, table, nil)
	if b, ok := e.(*lang.Binary); ok && table.Lookup(b.Op, 2).Deriv[0] == "" {
		return notation.Fenced{Open: "[", Close: "]", X: m} // a comparison: 1 or 0
	}
	return m
}

// mentions tells whether a formula reads a name.
func mentions(formula, name string) bool {
	for _, word := range strings.FieldsFunc(formula, func(c rune) bool { return !(c >= 'a' && c <= 'z' || c == '_') }) {
		if word == name {
			return true
		}
	}
	return false
}

// variantEquations are the equations of a graph, its vectors and matrices in bold.
func (l *teller) variantEquations(g *graph.Graph) []Chain {
	p := &paper{numbers: l.p.numbers, g: g, table: l.p.table, names: map[*graph.Node]symbol{}, givens: map[*graph.Node]symbol{}, primes: map[*graph.Node]*graph.Node{}}
	p.nameEach()
	var all []Chain
	for _, n := range g.Names {
		all = append(all, Chain{Left: p.symbolAt(n, general), Links: []Link{{"=", p.formula(n.Args[0], general)}}})
	}
	return all
}

// vector is a declared shape of n entries.
func vector(n int) *lang.Shape {
	return &lang.Shape{Dims: []lang.Expr{&lang.Num{Val: whole(n)}}}
}
