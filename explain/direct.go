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
	rest := 0
	for _, w := range l.trained() {
		if w.PerSeries || l.through(w) == nil {
			continue
		}
		if !l.opt.Full && (len(items) == maxShown || w.Node.Shape.Len() > maxShown) {
			rest++
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
	if rest > 0 {
		items = append(items, l.say("So it is with {n} further {n|weight|weights}, which are left out here; `--full` shows all.", words.A("n", rest)))
	}
	lead := l.para("A formula that takes the values of other steps for numbers leaves out how they were made with the same weight. It gives another answer:")
	return []Part{Box{Kind: Remark, Title: l.say("Easily missed: the way back through time"), Parts: []Part{lead, List{items}}}}, nil
}

// signedValue is a value, with ≈ before it where it isn't shown exactly.
func (w numbers) signedValue(a series.Array, f form) notation.Math {
	if w.sign(a, f) == "≈" {
		return notation.Row{notation.Sign{Text: "≈", Kind: notation.Relation}, w.write(a, f)}
	}
	return w.write(a, f)
}

// localFormula is the derivative of a function by its argument a, as the table has it, and whether
// it has a condition in brackets. The value of the function is written as such.
func localFormula(of *graph.Node, table *op.Table) (x notation.Math, bracketed bool) {
	r := of.Row
	formula := r.Local()
	if of.Shape == op.Scalar {
		formula = strings.ReplaceAll(formula, ".*", "*")
	}
	e, err := lang.ParseExpr(&lang.Source{Name: r.Name, Text: formula})
	if err != nil {
		panic("op: the local derivative of " + r.Name + " can't be read") // the table's tests look for it
	}
	x = notation.Expr(e, table, func(name string, _ notation.Math) notation.Math {
		if name == "y" {
			return notation.Fill(template(r.TeX), given)
		}
		return given
	})
	if b, ok := e.(*lang.Binary); ok && isComparison(b, table) {
		return notation.Fenced{Open: "[", Close: "]", X: x}, true
	}
	return x, strings.ContainsAny(formula, "<>")
}

// isComparison tells an operator that gives 1 or 0.
func isComparison(b *lang.Binary, table *op.Table) bool {
	r := table.Lookup(b.Op, 2)
	return r != nil && r.Deriv[0] == "" && r.Deriv[1] == ""
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
