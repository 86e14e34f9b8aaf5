package explain

import (
	"math/big"

	"unroll/graph"
	"unroll/notation"
	"unroll/series"
	"unroll/words"
)

// maxEntries is how many entries of weights are checked by differences; of more weights, or larger
// ones, the first entry of each.
const maxEntries = 12

// check compares the gradient with what the loss does when a weight is moved a little.
func (l *teller) check() ([]Part, error) {
	s := l.section("check", 1, l.say("Checks that need no answer key"))
	if identities := l.identities(); identities != nil {
		s.Parts = append(s.Parts, identities...)
	}
	quotients, err := l.quotients()
	if err != nil {
		return nil, err
	}
	s.Parts = append(s.Parts, quotients...)
	if len(s.Parts) == 0 {
		return nil, nil
	}
	return []Part{s}, nil
}

// quotients are central differences beside the derivatives.
func (l *teller) quotients() ([]Part, error) {
	if l.clips() {
		return []Part{l.para("A derivative that is cut on its way back, by `clip_gradient`, is no quotient of differences; so there is nothing to compare.")}, nil
	}
	eps, far := big.NewRat(1, 1000), false
	t := Table{Head: []Text{l.say("weight"), l.say("derivative"), l.say("quotient"), l.say("difference")}}
	for _, w := range l.trained() {
		for e := range l.checked(w) {
			if !l.may(2) {
				break
			}
			row, off, err := l.quotient(w, e, eps)
			if err != nil {
				return nil, err
			}
			t.Rows, far = append(t.Rows, row), far || off
		}
	}
	if len(t.Rows) == 0 {
		return nil, nil
	}
	w, e := notation.Ident{Name: "w"}, l.p.letter("ε", "Δ", "τ")
	at := func(x notation.Math) notation.Math { return notation.Call(l.p.loss(), x) }
	central := notation.Fill(template(`\frac{#1 - #2}{2 #3}`), at(notation.Sum(w, e)), at(notation.Sum(w, notation.Neg(e))), e)
	lead := l.para("Each derivative beside the quotient {q} at {e}, for which the loss is computed twice more:",
		words.A("q", central), words.A("e", notation.Fill(template(`#1 = #2`), e, fraction(eps))))
	parts := []Part{lead, t}
	if far {
		parts = append(parts, l.para("Where they differ, the loss has a corner nearby, or it is so large that float64 can't hold the change."))
	}
	if l.Choices.Stop && l.fedSomewhere() {
		parts = append(parts, l.para("A forecast that was fed is a number to the derivative (`--feedback stop`), so it keeps its value here too."))
	}
	return parts, nil
}

func (l *teller) clips() bool {
	for _, n := range l.Graph.Nodes {
		if n.Kind == graph.Row && n.Row.Name == "clip_gradient" {
			return true
		}
	}
	return false
}

// checked is how many entries of a weight are checked.
func (l *teller) checked(w *graph.Param) int {
	all := 0
	for _, x := range l.trained() {
		all += x.Node.Shape.Len()
	}
	if all > maxEntries {
		return 1
	}
	return w.Node.Shape.Len()
}

// quotient is a row of the table: an entry of a weight (of the first series, if each has its own).
func (l *teller) quotient(w *graph.Param, e int, eps *big.Rat) (row []Cell, far bool, err error) {
	up, err := l.moved(w, e, eps)
	if err != nil {
		return nil, false, err
	}
	down, err := l.moved(w, e, new(big.Rat).Neg(eps))
	if err != nil {
		return nil, false, err
	}
	quotient := scale(subtract(up, down), new(big.Rat).Inv(new(big.Rat).Add(eps, eps)))
	a := l.v.At(l.d.Weight[w.Name], 0, 0)
	slope := a.At(e/a.C, e%a.C)
	miss := l.noticed(subtract(quotient, slope), slope)
	name := l.ofSeries(w, 0)
	if a.Len() > 1 {
		name = notation.At(name, l.entryIndex(w, e))
	}
	row = []Cell{{Text: formula(derivative(l.p.loss(), name))}}
	for _, x := range []series.Array{slope, quotient} {
		row = append(row, Cell{Text: l.p.number(x)})
	}
	off := numbers{digits: 2}.number(miss)
	far = miss.Has(0) && size(miss) > 1e-3*max(1, size(slope))
	if !miss.Exact() && miss.Has(0) && size(miss) == 0 {
		off = formula(notation.Row{notation.Sign{Text: "≈", Kind: notation.Relation}, notation.Int(0)})
	}
	return append(row, Cell{Text: off}), far, nil
}

// noticed is a difference, 0 where it is what rounding leaves of inexact numbers.
func (l *teller) noticed(miss, slope series.Array) series.Array {
	if !miss.Exact() && miss.Has(0) && size(miss) < 1e-9*max(1, size(slope)) {
		return series.Floats(1, 1, []float64{0})
	}
	return miss
}

// entryIndex is the place of an entry: its row, or row and column, counted from 0 as in a file.
func (l *teller) entryIndex(w *graph.Param, e int) notation.Math {
	s := w.Node.Shape
	if s.C == 1 {
		return notation.Int(e)
	}
	return notation.Fill(template(`#1, #2`), notation.Int(e/s.C), notation.Int(e%s.C))
}

// moved is the loss with one entry of a weight moved.
func (l *teller) moved(w *graph.Param, e int, by *big.Rat) (series.Array, error) {
	all := append([]series.Array{}, l.Run.Weights[w.Name]...)
	shift := zeros(all[0].R, all[0].C)
	shift.Rat[e] = by
	all[0] = add(all[0], shift)
	return l.with(map[string][]series.Array{w.Name: all}, l.v)
}

// number is a value with the sign ≈ before it if it isn't shown exactly: a fraction only while it is
// short enough to be compared at a glance.
func (w numbers) number(a series.Array) Text {
	f := w.formOf([]series.Array{a})
	if f == fractions && a.Len() == 1 && len(a.Rat[0].Denom().String()) > w.digits {
		f = rounded
	}
	return formula(w.signedValue(a, f))
}

// fedSomewhere tells whether a forecast was fed at any step.
func (l *teller) fedSomewhere() bool { return len(l.fed()) > 0 }
