package lang

import (
	"fmt"
	"strings"
)

// stmt writes one statement.
func (p *printer) stmt(s Stmt, indent string) {
	switch s := s.(type) {
	case *Gap:
		p.gap()
	case *Comment:
		for _, l := range strings.Split(s.Note, "\n") {
			p.lines = append(p.lines, printed{code: strings.TrimRight(indent+hashed(l), " ")})
		}
	case *Cell:
		p.cell(s, indent)
	case *Size:
		declare(p, indent, "size", s.Head, s.Items, p.size)
	case *Input:
		declare(p, indent, "input", s.Head, s.Items, p.input)
	case *State:
		declare(p, indent, "state", s.Head, s.Items, p.state)
	case *Weight:
		declare(p, indent, "weight", s.Head, s.Items, p.weight)
	case *Use:
		declare(p, indent, "use", s.Head, s.Items, p.use)
	case *Equation:
		p.put(indent, p.left(s)+" = "+p.expr.expr(s.X, comparison), s.Note)
	case *Observe:
		p.put(indent, p.observed(s.Left)+" ~ "+p.draw(s.Family, true)+p.when(s.When), s.Note)
	case *Loss:
		p.put(indent, "loss "+p.expr.expr(s.X, comparison)+p.when(s.When), s.Note)
	}
}

// item is one item of a declaration: its name and shape, what follows them, and whether it leaves
// that to the next item.
type item struct {
	name, rest string
	shared     bool
}

// declare writes a declaration. An item that has nothing and shares nothing would, before one that
// has something, be read as sharing it: there the statement is divided.
func declare[T any](p *printer, indent, keyword string, h Head, items []T, write func(T) item) {
	var out []item
	for _, it := range items {
		out = append(out, write(it))
	}
	for start := 0; start < len(out); {
		stop := start + 1
		for stop < len(out) && (out[stop-1].shared || out[stop-1].rest != "" || noneHas(out[stop:])) {
			stop++
		}
		note := ""
		if stop == len(out) {
			note = h.Note
		}
		p.put(indent, fmt.Sprintf("%-6s %s", keyword, joinItems(out[start:stop])), note)
		start = stop
	}
}

// noneHas tells whether all the items have nothing behind their name and shape.
func noneHas(items []item) bool {
	for _, it := range items {
		if it.rest != "" {
			return false
		}
	}
	return true
}

func joinItems(items []item) string {
	var out []string
	for i, it := range items {
		if it.shared && i < len(items)-1 {
			it.rest = ""
		}
		out = append(out, it.name+it.rest)
	}
	return strings.Join(out, ","+softBreak)
}

func (p *printer) size(s SizeItem) item {
	return item{s.Name, p.after(" = ", s.Default), s.Shared}
}

func (p *printer) input(in InputItem) item {
	rest := ""
	if in.In != nil {
		rest = " in " + p.expr.expr(in.In, sum)
	}
	return item{in.Name + p.shape(in.Shape), rest + flag(in.Known, "known") + flag(in.PerSeries, "per series"), in.Shared}
}

func (p *printer) state(s StateItem) item {
	return item{s.Name + p.shape(s.Shape), p.after(" = ", s.Start), s.Shared}
}

func (p *printer) weight(w WeightItem) item {
	rest := p.bounds(w) + flag(w.PerSeries, "per series") + flag(w.Fixed, "fixed")
	switch {
	case w.Start != nil:
		rest += " = " + p.expr.expr(w.Start, sum)
	case w.Draw != nil:
		rest += " ~ " + p.draw(w.Draw, false)
	}
	return item{w.Name + p.shape(w.Shape), rest, w.Shared}
}

func (p *printer) use(u UseItem) item {
	if u.Path {
		return item{name: `"` + u.Name + `"`}
	}
	return item{name: u.Name}
}

func (p *printer) bounds(w WeightItem) string {
	switch {
	case w.Lo != nil && w.Hi != nil:
		return " in (" + p.expr.commas([]Expr{w.Lo, w.Hi}) + ")"
	case w.Lo != nil:
		return " > " + p.expr.expr(w.Lo, sum)
	case w.Hi != nil:
		return " < " + p.expr.expr(w.Hi, sum)
	}
	return ""
}

// flag is a word that an item has or not.
func flag(has bool, word string) string {
	if has {
		return " " + word
	}
	return ""
}

// after writes an expression behind its sign, or nothing if there is none.
func (p *printer) after(sign string, e Expr) string {
	if e == nil {
		return ""
	}
	return sign + p.expr.expr(e, comparison)
}

func (p *printer) when(e Expr) string { return p.after(" when ", e) }

func (p *printer) shape(s *Shape) string {
	if s == nil {
		return ""
	}
	tight := p.expr
	tight.tight = true
	return "[" + tight.commas(s.Dims) + "]"
}

// observed writes the left side of an observation. No line may begin with a minus.
func (p *printer) observed(e Expr) string {
	s := p.expr.expr(e, comparison)
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "−") {
		return "(" + s + ")"
	}
	return s
}

// draw writes a family or a distribution; one without arguments needs its brackets only as a family.
func (p *printer) draw(c *Call, brackets bool) string {
	s := p.expr.call(c)
	if !brackets {
		s = strings.TrimSuffix(s, "()")
	}
	return s
}

// cell writes a cell with its body, indented.
func (p *printer) cell(c *Cell, indent string) {
	head := "cell " + c.Name + "(" + p.targets(c.Params) + ") -> " + p.targets(c.Results) + " {"
	p.put(indent, head, c.Note)
	p.stmts(c.Body, indent+"  ")
	p.put(indent, "}", c.EndNote)
}

func (p *printer) targets(list []Target) string {
	var out []string
	for _, t := range list {
		if t.AtT {
			out = append(out, t.Name+"[t]")
			continue
		}
		out = append(out, t.Name+p.shape(t.Shape))
	}
	return strings.Join(out, ","+softBreak)
}

// left is the left side of an equation.
func (p *printer) left(e *Equation) string { return p.targets(e.Left) }

// A run of equations has its = in one column, if their left sides are of about one length.
const maxRagged = 8

// equationRun is how many statements from the first on are equations whose = go into one column; 0 or
// 1 if there is nothing to align.
func equationRun(list []Stmt, p *printer) int {
	least, most := maxWidth, 0
	for i, s := range list {
		e, ok := s.(*Equation)
		if !ok {
			return i
		}
		left := width(flat(p.left(e)))
		if left+width(flat(p.expr.expr(e.X, comparison)))+maxRagged+len(" = ") > maxWidth {
			return i // it will take several lines
		}
		least, most = min(least, left), max(most, left)
		if most-least > maxRagged {
			return i
		}
	}
	return len(list)
}

// equations writes equations with their = in one column.
func (p *printer) equations(list []Stmt, indent string) {
	col := 0
	for _, s := range list {
		col = max(col, width(flat(p.left(s.(*Equation)))))
	}
	for _, s := range list {
		e := s.(*Equation)
		left := p.left(e)
		pad := strings.Repeat(" ", col-width(flat(left)))
		p.put(indent, left+pad+" = "+p.expr.expr(e.X, comparison), e.Note)
	}
}
