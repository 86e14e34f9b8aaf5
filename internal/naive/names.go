package naive

import (
	"fmt"

	"unroll/lang"
)

// kind is what a name stands for.
type kind int

const (
	isSize kind = iota
	isInput
	isWeight
	isEquation // an equation, or the argument of a call: an expression somewhere
)

// scope is where names are looked up: the file, or one call of a cell.
type scope struct {
	prefix string // "" for the file, "h1." for a call
	flip   bool   // lags are leads and leads are lags
	depth  int
	sizes  map[string]lang.Named // of a call: `H = 16`
	caller *scope
}

// def is one name of the file or of a call of a cell.
type def struct {
	name     string // in full: `h1.c`
	kind     kind
	expr     lang.Expr // of an equation, or a size's value
	sc       *scope    // where expr is read
	argument bool
	state    *lang.StateItem
	stateSc  *scope
	shape    *lang.Shape // as declared, nil if not
	shapeSc  *scope
	input    *lang.InputItem
	weight   *lang.WeightItem
}

// site is an expression of the text as it stands in one scope.
type site struct {
	e  lang.Expr
	sc *scope
}

// text is an equation of the text in one scope, with the definition that it belongs to.
type text struct {
	d *def
	site
}

// names are all definitions of a file with its cells called out.
type names struct {
	opt   *Options
	file  *scope
	defs  []*def
	byKey map[string]*def
	cells map[string]*lang.Cell
	calls map[site]*def // what a call of a cell within an expression stands for
	texts []text
	draws map[site]string // the ids of dropout and zoneout
	obs   []*lang.Observe
	terms []*lang.Loss
}

func resolve(f *lang.File, opt *Options) *names {
	n := &names{opt: opt, file: &scope{}, byKey: map[string]*def{}, cells: map[string]*lang.Cell{},
		calls: map[site]*def{}, draws: map[site]string{}}
	for _, s := range f.Stmts {
		if c, ok := s.(*lang.Cell); ok {
			n.cells[c.Name] = c
		}
	}
	n.body(f.Stmts, n.file)
	n.nameDraws()
	return n
}

// fail stops the run. Run turns it into an error.
func fail(format string, args ...any) { panic(fault{fmt.Errorf(format, args...)}) }

type fault struct{ err error }

func (n *names) add(d *def) *def {
	if n.byKey[d.name] != nil {
		fail("%s is defined twice", d.name)
	}
	n.byKey[d.name] = d
	n.defs = append(n.defs, d)
	return d
}

// find gives the definition of a name: of the scope itself, or a size or weight of the file.
// A size that no statement names is one that Options give.
func (n *names) find(name string, sc *scope) *def {
	if d := n.byKey[sc.prefix+name]; d != nil {
		return d
	}
	if d := n.byKey[name]; d != nil && (d.kind == isSize || d.kind == isWeight) {
		return d
	}
	if _, ok := n.opt.Sizes[name]; ok {
		return n.add(&def{name: name, kind: isSize, sc: n.file})
	}
	fail("%s is not defined", sc.prefix+name)
	return nil
}

// body takes in the statements of the file or of a called cell: first plain names, then
// equations, then states, which belong to a name that is there already.
func (n *names) body(stmts []lang.Stmt, sc *scope) {
	for _, s := range stmts {
		n.declare(s, sc)
	}
	for _, s := range stmts {
		if eq, ok := s.(*lang.Equation); ok {
			n.equation(eq, sc)
		}
	}
	for _, s := range stmts {
		if st, ok := s.(*lang.State); ok {
			n.states(st, sc)
		}
	}
}

func (n *names) declare(s lang.Stmt, sc *scope) {
	switch s := s.(type) {
	case *lang.Size:
		for i := range s.Items {
			n.size(s.Items[i], sc)
		}
	case *lang.Input:
		for i := range s.Items {
			it := &s.Items[i]
			n.add(&def{name: sc.prefix + it.Name, kind: isInput, sc: sc, input: it, shape: it.Shape, shapeSc: sc})
		}
	case *lang.Weight:
		for i := range s.Items {
			it := &s.Items[i]
			n.add(&def{name: sc.prefix + it.Name, kind: isWeight, sc: sc, weight: it})
		}
	case *lang.Observe:
		n.obs = append(n.obs, s)
		n.fileOnly(sc, "~")
	case *lang.Loss:
		n.terms = append(n.terms, s)
		n.fileOnly(sc, "loss")
	case *lang.Use:
		fail("use: all cells must stand in the file itself")
	}
}

func (n *names) fileOnly(sc *scope, what string) {
	if sc != n.file {
		fail("%s inside a cell", what)
	}
}

func (n *names) size(it lang.SizeItem, sc *scope) {
	d := n.add(&def{name: sc.prefix + it.Name, kind: isSize, sc: sc})
	if given, ok := sc.sizes[it.Name]; ok {
		d.expr, d.sc = given.X, sc.caller
		delete(sc.sizes, it.Name)
		return
	}
	if _, ok := n.opt.Sizes[d.name]; !ok {
		d.expr = it.Default
	}
}

// states gives the names in a statement their starts. The one that stands further out wins, so
// that a call's left side may have a state that the cell's result has not.
func (n *names) states(s *lang.State, sc *scope) {
	for i := range s.Items {
		it := &s.Items[i]
		d := n.byKey[sc.prefix+it.Name]
		if d == nil || d.kind != isEquation && d.kind != isInput {
			fail("the state %s has no equation", it.Name)
		}
		d.state, d.stateSc = it, sc
		if it.Shape != nil {
			d.shape, d.shapeSc = it.Shape, sc
		}
	}
}

// equation defines the names on the left of an equation.
func (n *names) equation(eq *lang.Equation, sc *scope) {
	calls := n.cellCalls(eq.X)
	if len(calls) > 1 {
		fail("a second call on a line: give it a name")
	}
	first := sc.prefix + eq.Left[0].Name
	mark := len(n.texts)
	n.texts = append(n.texts, text{})
	var results []*def
	if len(calls) == 1 {
		results = n.instantiate(calls[0], sc, first+".")
	}
	if len(calls) == 1 && lang.Unparen(eq.X) == lang.Expr(calls[0]) {
		n.rename(results, eq.Left, sc)
		n.texts[mark] = text{results[0], site{eq.X, sc}}
		return
	}
	if len(eq.Left) > 1 {
		fail("%s: several names are for the results of a cell", first)
	}
	if len(calls) == 1 {
		n.calls[site{calls[0], sc}] = results[0]
	}
	left := eq.Left[0]
	d := n.add(&def{name: first, kind: isEquation, expr: eq.X, sc: sc, shape: left.Shape, shapeSc: sc})
	n.texts[mark] = text{d, site{eq.X, sc}}
}

// rename makes the results of a call that stands alone the names on its left.
func (n *names) rename(results []*def, left []lang.Target, sc *scope) {
	if len(left) > len(results) {
		fail("%s: the cell has only %d results", left[0].Name, len(results))
	}
	for i, target := range left {
		d := results[i]
		d.name = sc.prefix + target.Name
		if n.byKey[d.name] != nil {
			fail("%s is defined twice", d.name)
		}
		n.byKey[d.name] = d
		if target.Shape != nil {
			d.shape, d.shapeSc = target.Shape, sc
		}
	}
}
