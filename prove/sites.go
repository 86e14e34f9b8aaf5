package prove

import (
	"slices"

	"unroll/lang"
)

// sized is an expression that says a size, and of what.
type sized struct {
	of    string
	x     lang.Expr
	named bool // it stands behind the name of a size
	inner bool // it stands in a cell
}

// sizesIn are the expressions of statements that say sizes: defaults, shapes and classes.
func sizesIn(stmts []lang.Stmt) []sized {
	var out []sized
	shape := func(of string, s *lang.Shape) {
		if s != nil {
			for _, e := range s.Dims {
				out = append(out, sized{of: of, x: e})
			}
		}
	}
	targets := func(all []lang.Target) {
		for _, l := range all {
			shape(l.Name, l.Shape)
		}
	}
	for _, s := range stmts {
		switch s := s.(type) {
		case *lang.Size:
			for _, it := range s.Items {
				out = append(out, sized{of: it.Name, x: it.Default, named: true})
			}
		case *lang.Input:
			for _, it := range s.Items {
				shape(it.Name, it.Shape)
				out = append(out, sized{of: it.Name, x: it.In})
			}
		case *lang.State:
			for _, it := range s.Items {
				shape(it.Name, it.Shape)
			}
		case *lang.Weight:
			for _, it := range s.Items {
				shape(it.Name, it.Shape)
			}
		case *lang.Equation:
			targets(s.Left)
		case *lang.Cell:
			targets(s.Results)
			for _, in := range sizesIn(s.Body) {
				in.inner = true
				out = append(out, in)
			}
		}
	}
	return out
}

// sites are the places where a file says a size by a number that isn't small.
type sites struct {
	all    []site
	linked map[int][]site // by number: lags, what stands behind mod, and arguments of cells
}

// sitesOf are those of a file: defaults of sizes that aren't given, shapes, classes, and sizes of calls.
func sitesOf(f *lang.File, given map[string]int) *sites {
	c := &sites{linked: map[int][]site{}}
	for _, s := range sizesIn(f.Stmts) {
		if !s.named || s.inner || given[s.of] == 0 {
			c.add(s)
		}
	}
	eachExpr(f.Stmts, c.expr)
	return c
}

// add notes an expression if it is a number.
func (c *sites) add(said sized) {
	if s, ok := siteOf(said.x); ok && !slices.ContainsFunc(c.all, func(o site) bool { return o.num == s.num }) {
		s.of, s.named = said.of, said.named
		c.all = append(c.all, s)
	}
}

func siteOf(e lang.Expr) (site, bool) {
	n, ok := e.(*lang.Num)
	if !ok || !n.Val.IsInt() || !n.Val.Num().IsInt64() || n.Val.Num().Int64() <= smallest {
		return site{}, false
	}
	return site{num: n, from: int(n.Val.Num().Int64())}, true
}

// expr notes the sizes of a call, and the numbers that may be tied to a size.
func (c *sites) expr(e lang.Expr) {
	switch e := e.(type) {
	case *lang.Call:
		for _, s := range e.Sizes {
			c.add(sized{of: s.Name, x: s.X, named: true})
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
