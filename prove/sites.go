package prove

import (
	"slices"

	"unroll/lang"
)

// sites are the places where a file says a size by a number that isn't small.
type sites struct {
	all    []site
	linked map[int][]site // by number: lags, what stands behind mod, and arguments of cells
	given  map[string]int // sizes that the call says: what the file says of them doesn't matter
}

// sitesOf are those of a file: defaults of sizes, shapes, classes, and sizes of calls.
func sitesOf(f *lang.File, given map[string]int) *sites {
	c := &sites{linked: map[int][]site{}, given: given}
	for _, s := range f.Stmts {
		c.stmt(s)
	}
	eachExpr(f.Stmts, c.expr)
	return c
}

// add notes those of the expressions that are numbers.
func (c *sites) add(of string, named bool, exprs ...lang.Expr) {
	for _, e := range exprs {
		if s, ok := siteOf(e); ok && !slices.ContainsFunc(c.all, func(o site) bool { return o.num == s.num }) {
			s.of, s.named = of, named
			c.all = append(c.all, s)
		}
	}
}

func siteOf(e lang.Expr) (site, bool) {
	n, ok := e.(*lang.Num)
	if !ok || !n.Val.IsInt() || !n.Val.Num().IsInt64() || n.Val.Num().Int64() <= smallest {
		return site{}, false
	}
	return site{num: n, from: int(n.Val.Num().Int64())}, true
}

func (c *sites) shape(of string, s *lang.Shape) {
	if s != nil {
		c.add(of, false, s.Dims...)
	}
}

func (c *sites) stmt(s lang.Stmt) {
	switch s := s.(type) {
	case *lang.Size:
		for _, it := range s.Items {
			if c.given[it.Name] == 0 {
				c.add(it.Name, true, it.Default)
			}
		}
	case *lang.Input:
		for _, it := range s.Items {
			c.shape(it.Name, it.Shape)
			c.add(it.Name, false, it.In)
		}
	case *lang.State:
		for _, it := range s.Items {
			c.shape(it.Name, it.Shape)
		}
	case *lang.Weight:
		for _, it := range s.Items {
			c.shape(it.Name, it.Shape)
		}
	case *lang.Equation:
		c.targets(s.Left)
	case *lang.Cell:
		c.cell(s)
	}
}

// cell notes what stands in a cell, whose sizes are its own.
func (c *sites) cell(s *lang.Cell) {
	c.targets(s.Results)
	inner := &sites{all: c.all}
	for _, st := range s.Body {
		inner.stmt(st)
	}
	c.all = inner.all
}

func (c *sites) targets(all []lang.Target) {
	for _, l := range all {
		c.shape(l.Name, l.Shape)
	}
}

// expr notes the sizes of a call, and the numbers that may be tied to a size.
func (c *sites) expr(e lang.Expr) {
	switch e := e.(type) {
	case *lang.Call:
		for _, s := range e.Sizes {
			c.add(s.Name, true, s.X)
		}
		c.link(e.Args...)
	case *lang.Binary:
		if e.Op == "mod" {
			c.link(e.Y)
		}
	case *lang.Index:
		for _, r := range e.Items {
			if _, ok := lang.TimeOf(r.Lo); ok {
				lang.Walk(r.Lo, func(e lang.Expr) bool { c.link(e); return true })
				lang.Walk(r.Hi, func(e lang.Expr) bool { c.link(e); return true })
			}
		}
	}
}

func (c *sites) link(exprs ...lang.Expr) {
	for _, e := range exprs {
		if s, ok := siteOf(e); ok {
			c.linked[s.from] = append(c.linked[s.from], s)
		}
	}
}
