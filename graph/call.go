package graph

import (
	"strings"

	"unroll/lang"
)

// call makes a cell of its own for one call: the equations of the cell's body, with names that begin
// with prefix. Where the call stands alone its results are the names on the left; otherwise left is
// nil. It returns the full name of the first result.
func (p *program) call(v *env, c *lang.Call, left []lang.Target, prefix string) string {
	cell := p.cells[c.Fn]
	if !p.mayCall(v, c, cell, left) {
		return ""
	}
	in := &env{
		p: p, file: v.file, prefix: prefix + ".", names: map[string]binding{},
		stmts: cell.Body, reverse: v.reverse != c.Backward, stack: append(append([]string{}, v.stack...), c.Fn),
	}
	p.bindArguments(v, in, c, cell)
	p.bindCallSizes(v, in, c, cell)
	first := p.bindResults(v, in, cell, left)
	p.declareBody(in, cell, c.At)
	p.statements(in, cell.Body)
	return first
}

func (p *program) mayCall(v *env, c *lang.Call, cell *lang.Cell, left []lang.Target) bool {
	p.calls++
	for _, name := range v.stack {
		if name == c.Fn {
			p.errorf(c.At, "cell %s calls itself: %s; a cell may call other cells only", c.Fn, strings.Join(append(v.stack, c.Fn), " -> "))
			return false
		}
	}
	switch {
	case p.calls > maxCalls:
		if p.calls == maxCalls+1 {
			p.errorf(c.At, "more than %d calls of cells are made in all; let the cells call each other less often", maxCalls)
		}
		p.shaky = true
	case len(c.After) > 0:
		p.errorf(c.At, "a call of a cell has no semicolon; separate its arguments by commas")
	case len(c.Args) != len(cell.Params):
		p.errorf(c.At, "cell %s takes %s, not %d; write %s(%s)", c.Fn, count(len(cell.Params), "argument"), len(c.Args), c.Fn, paramNames(cell))
	case len(left) > len(cell.Results):
		p.errorf(left[len(cell.Results)].At, "cell %s gives %s, not %d; leave the rest out", c.Fn, count(len(cell.Results), "result"), len(left))
	default:
		return true
	}
	return false
}

func paramNames(cell *lang.Cell) string {
	var all []string
	for _, a := range cell.Params {
		all = append(all, a.Name)
	}
	return join(all)
}

// bindArguments makes each argument a name inside: a number, the name that was given, or an
// equation of its own for an expression, and for a name to which the cell gives a state.
func (p *program) bindArguments(v, in *env, c *lang.Call, cell *lang.Cell) {
	for i, param := range cell.Params {
		if n, ok := v.static(c.Args[i]); ok {
			in.names[param.Name] = binding{static: n}
			continue
		}
		full := in.prefix + param.Name
		x := v.argument(c.Args[i], full)
		if x.kind == xName && !givesState(cell, param.Name) {
			in.names[param.Name] = binding{full: x.name}
			continue
		}
		in.names[param.Name] = binding{full: full}
		p.addEquation(&equation{name: full, x: x, at: c.Args[i].Pos(), hidden: x.kind == xName})
	}
}

// argument elaborates an argument of a call; a call within it must have a name of its own.
func (v *env) argument(e lang.Expr, full string) *expr {
	holder, draws, cells := v.holder, v.draws, v.cells
	defer func() { v.holder, v.draws, v.cells = holder, draws, cells }()
	v.cells = ""
	return v.top(e, full)
}

func givesState(cell *lang.Cell, name string) bool {
	for _, s := range cell.Body {
		if st, ok := s.(*lang.State); ok {
			for _, it := range st.Items {
				if it.Name == name {
					return true
				}
			}
		}
	}
	return false
}

func (p *program) bindCallSizes(v, in *env, c *lang.Call, cell *lang.Cell) {
	given := map[string]lang.Named{}
	for _, n := range c.Sizes {
		given[n.Name] = n
	}
	var known []string
	for _, s := range cell.Body {
		sz, ok := s.(*lang.Size)
		if !ok {
			continue
		}
		for _, it := range sz.Items {
			known = append(known, it.Name)
			p.bindCallSize(v, in, c, it, given)
			delete(given, it.Name)
		}
	}
	for _, name := range keys(given) {
		p.errorf(given[name].At, "cell %s has no size %s%s", c.Fn, name, maybeOf(name, "its sizes", known))
	}
}

func (p *program) bindCallSize(v, in *env, c *lang.Call, it lang.SizeItem, given map[string]lang.Named) {
	from, e := in, it.Default
	if n, ok := given[it.Name]; ok {
		from, e = v, n.X
	}
	if e == nil {
		p.errorf(c.At, "size %s of cell %s is not known; write %s(…, %s = 16)", it.Name, c.Fn, c.Fn, it.Name)
		in.names[it.Name] = binding{static: oneRat}
		p.shaky = true
		return
	}
	n, ok := from.static(e)
	if !ok {
		p.errorf(e.Pos(), "%s is not a size%s", lang.PrintExpr(e), from.sizeHelp(e))
		p.shaky = true
		n = oneRat
	}
	faults := len(p.errs)
	p.wholeSize(n, e.Pos(), it.Name)
	if len(p.errs) > faults {
		n, p.shaky = oneRat, true
	}
	in.names[it.Name] = binding{static: n}
}

// bindResults makes the cell's results the names on the left, if the call stands alone.
func (p *program) bindResults(v, in *env, cell *lang.Cell, left []lang.Target) string {
	first := ""
	for i, r := range cell.Results {
		full := in.prefix + r.Name
		if i < len(left) {
			outer := v.names[left[i].Name].full
			p.alias[full] = outer
			full = outer
			if left[i].Shape != nil {
				p.shapeOf(full, v.dims(left[i].Shape, left[i].Name))
			}
		}
		if i == 0 {
			first = full
		}
		if b, ok := in.names[r.Name]; ok && b.full == "" {
			p.shaky = true // see checkHead
		}
		in.names[r.Name] = binding{full: full}
	}
	return first
}

// calledAt are dimensions of a result: they come from the call.
func calledAt(dims []dimension, at lang.Pos) []dimension {
	for i := range dims {
		dims[i].at = at
	}
	return dims
}

// declareBody notes the names that the body defines; a result has its name already.
func (p *program) declareBody(in *env, cell *lang.Cell, at lang.Pos) {
	results := map[string]bool{}
	for _, r := range cell.Results {
		results[r.Name] = true
	}
	defined := map[string]bool{}
	for _, s := range cell.Body {
		switch s := s.(type) {
		case *lang.Weight:
			for _, it := range s.Items {
				p.define(in, it.Name, it.At)
			}
		case *lang.Equation:
			for _, l := range s.Left {
				if results[l.Name] && !defined[l.Name] {
					defined[l.Name] = true
					continue
				}
				p.define(in, l.Name, l.At)
			}
		}
	}
	for _, r := range cell.Results {
		if !defined[r.Name] {
			p.errorf(r.At, "cell %s gives %s and has no equation for it; write %s = …", cell.Name, r.Name, r.Name)
			p.addEquation(&equation{name: in.names[r.Name].full, x: none(), at: r.At})
		} else if r.Shape != nil {
			full := in.names[r.Name].full
			p.shapeOf(full, calledAt(in.dims(r.Shape, full), at))
		}
	}
}
