package graph

import (
	"fmt"
	"maps"
	"math/big"
	"path/filepath"
	"slices"
	"strings"

	"unroll/lang"
	"unroll/op"
)

// elaborate makes a program of a file: sizes become numbers, calls of cells become equations with
// dotted names, functions with a body are written out. What is wrong is left out of the program, and
// noted in it, so that all of it can be reported together.
func elaborate(f *lang.File, c Choices) *program {
	p := &program{
		table: c.Table, choices: c, file: f,
		sizes: map[string]*size{}, inputs: map[string]*input{}, states: map[string]*state{},
		weights: map[string]*weight{}, eqs: map[string]*equation{}, alias: map[string]string{},
		cells: map[string]*lang.Cell{}, assumed: map[string]int{},
	}
	if p.table == nil {
		p.table = op.Standard()
	}
	p.collectCells(f, map[string]bool{})
	top := &env{p: p, names: map[string]binding{}, stmts: f.Stmts}
	top.file = top
	p.declare(top, f.Stmts)
	p.bindSizes(top)
	p.statements(top, f.Stmts)
	p.resolve()
	p.analyse()
	p.findObserved()
	return p
}

// collectCells gathers the cells of the file, and of the files that it uses.
func (p *program) collectCells(f *lang.File, seen map[string]bool) {
	for _, s := range f.Stmts {
		switch s := s.(type) {
		case *lang.Cell:
			if p.cells[s.Name] != nil {
				p.errorf(s.At, "cell %s is defined twice%s; rename one of them", s.Name, firstAt(s.At, p.cells[s.Name].At))
			} else if len(p.table.Named(s.Name)) > 0 || contains(special, s.Name) {
				p.errorf(s.At, "%s is a function; give the cell another name", s.Name)
			}
			p.cells[s.Name] = s
			p.checkHead(s)
		case *lang.Use:
			for _, u := range s.Items {
				p.use(u, seen)
			}
		}
	}
}

// checkHead reports names that stand twice among a cell's arguments and results.
func (p *program) checkHead(c *lang.Cell) {
	what := map[string]string{}
	note := func(all []lang.Target, as string) {
		for _, n := range all {
			if was := what[n.Name]; was != "" {
				p.errorf(n.At, "%s is %s of cell %s already; give this one another name", n.Name, was, c.Name)
				p.shaky = true
			}
			what[n.Name] = as
		}
	}
	note(c.Params, "an argument")
	arguments := maps.Clone(what)
	note(c.Results, "a result")
	for _, s := range c.Body {
		if q, ok := s.(*lang.Equation); ok && arguments[q.Left[0].Name] != "" {
			what = maps.Clone(arguments)
			note(q.Left, "an equation")
		}
	}
}

// reported tells whether something is said of a place already.
func (p *program) reported(at lang.Pos) bool {
	return slices.ContainsFunc(p.errs, func(e *lang.Error) bool { return e.Pos == at })
}

func (p *program) use(u lang.UseItem, seen map[string]bool) {
	name := p.path(u)
	if seen[name] || u.Path && name == filepath.Base(p.file.Src.Name) {
		return // a file may use one that uses it
	}
	seen[name] = true
	if p.choices.Use == nil {
		p.errorf(u.At, "there is no library of cells here to take %s from; write the cell into this file", u.Name)
		return
	}
	src, err := p.choices.Use(name, u.Path)
	if err != nil {
		p.errorf(u.At, "%v%s", err, useHelp(u, err))
		p.lost = append(p.lost, u)
		return
	}
	f, err := lang.Parse(src)
	if list, ok := err.(lang.Errors); ok {
		p.errs = append(p.errs, list...)
		p.lost = append(p.lost, u)
		return
	}
	p.collectCells(f, seen)
}

// maybeLost tells whether a cell may be in what could not be used, of which all has been said.
func (p *program) maybeLost(cell string) bool {
	return slices.ContainsFunc(p.lost, func(u lang.UseItem) bool { return u.Path || u.Name == cell })
}

// path is what `use` names: a path as it is seen from the file of the run. It is written as it is seen
// from the file in which it stands.
func (p *program) path(u lang.UseItem) string {
	if !u.Path || filepath.IsAbs(u.Name) {
		return u.Name
	}
	beside := filepath.Join(filepath.Dir(u.At.Src.Name), u.Name)
	if seen, err := filepath.Rel(filepath.Dir(p.file.Src.Name), beside); err == nil {
		return seen
	}
	return beside
}

// useHelp says what to do, where the error doesn't.
func useHelp(u lang.UseItem, err error) string {
	switch {
	case strings.Contains(err.Error(), "; "):
		return ""
	case u.Path:
		return "; the path is taken from where this file is"
	}
	return "; write the cell into this file, or use \"mine.cell\" for a file of yours"
}

// binding is what a name stands for in a place: something with a full name, a number that is known
// now (a size, a lag), or an expression (an argument of a function's body).
type binding struct {
	full   string
	static *big.Rat
	expr   *expr
	at     lang.Pos // where it is defined
}

// env is a place where names are looked up: the file, a call of a cell, the body of a function.
type env struct {
	p       *program
	file    *env
	prefix  string // "" in the file, "h1." in the call h1 = lstm(x)
	names   map[string]binding
	reverse bool           // inside `backward f(x)`
	stmts   []lang.Stmt    // of the file, or of the cell's body
	stack   []string       // the cells that we are in
	holder  string         // the equation that is being read, for the ids of draws
	draws   map[string]int // how many draws of each kind it has had
	cells   string         // the prefix for a call of a cell within an expression; "" where none may stand

	body bool       // in a function's body or a rule: helper rows are known
	like []*expr    // in a body that draws: what is kept or dropped
	sole *lang.Call // a draw that is the whole right side of an equation
}

// declare notes the names that statements of the file define, so that equations may stand in any order.
func (p *program) declare(v *env, stmts []lang.Stmt) {
	for _, s := range stmts {
		switch s := s.(type) {
		case *lang.Size:
			for _, it := range s.Items {
				p.define(v, it.Name, it.At)
				p.sizes[it.Name] = &size{name: it.Name, at: it.At, deflt: it.Default}
			}
		case *lang.Input:
			for _, it := range s.Items {
				p.define(v, it.Name, it.At)
			}
		case *lang.Weight:
			for _, it := range s.Items {
				p.define(v, it.Name, it.At)
			}
		case *lang.Equation:
			for _, l := range s.Left {
				p.define(v, l.Name, l.At)
			}
		}
	}
}

func (p *program) define(v *env, name string, at lang.Pos) {
	if b, ok := v.names[name]; ok {
		if p.reported(at) {
			return
		}
		if b.full != "" {
			p.errorf(at, "%s is defined twice%s; each name has one definition", name, firstAt(at, b.at))
		} else {
			p.errorf(at, "%s is an argument of the cell already; give this another name", name)
		}
		p.shaky = true
		return
	}
	v.names[name] = binding{full: v.prefix + name, at: at}
}

// firstAt says where the first definition of what is defined again stands, if that is known.
func firstAt(again, at lang.Pos) string {
	switch {
	case at.Line == 0:
		return ""
	case at.Src != again.Src:
		return fmt.Sprintf(", first in line %d of %s", at.Line, at.Src.Name)
	}
	return fmt.Sprintf(", first in line %d", at.Line)
}
