package notation

import (
	"unroll/lang"
	"unroll/op"
)

// Expr is an expression of the language as mathematics. Operations and families are written as
// their rows in the table say, anything else that is called, as a cell, as a plain call. The function
// name says how a name is set, at being what stands in its brackets if that is a time or a window,
// and otherwise nil; nil for the function sets a Symbol, with the time below it.
func Expr(e lang.Expr, table *op.Table, name func(name string, at Math) Math) Math {
	if name == nil {
		name = timed
	}
	s := setter{table, name}
	return s.condition(e)
}

// timed is a name at a time.
func timed(name string, at Math) Math {
	if at == nil {
		return Symbol(name)
	}
	return At(Symbol(name), at)
}

// setter sets expressions.
type setter struct {
	table *op.Table
	name  func(name string, at Math) Math
}

// condition is an expression that stands alone: a comparison there needs no brackets.
func (s setter) condition(e lang.Expr) Math {
	m := s.expr(e)
	if c, _, ok := comparison(m); ok {
		return c
	}
	return m
}

func (s setter) expr(e lang.Expr) Math {
	switch e := e.(type) {
	case *lang.Num:
		if e.Text == "" {
			return Decimal(e.Val.RatString())
		}
		return Decimal(e.Text)
	case *lang.Name:
		return s.name(e.Name, nil)
	case *lang.Paren:
		return s.expr(e.X)
	case *lang.Unary:
		return s.row("neg", e.X)
	case *lang.Transpose:
		return s.row("'", e.X)
	case *lang.Binary:
		return s.binary(e)
	case *lang.Index:
		return s.index(e)
	case *lang.List:
		return s.list(e)
	case *lang.Call:
		return s.call(e)
	}
	return nil
}

func (s setter) exprs(list []lang.Expr) []Math {
	out := make([]Math, len(list))
	for i, e := range list {
		out[i] = s.expr(e)
	}
	return out
}

// binary is an operator between its sides. The minus of a numerator stands before the fraction.
func (s setter) binary(e *lang.Binary) Math {
	if x, ok := e.X.(*lang.Unary); ok && e.Op == "/" {
		return Neg(s.row(e.Op, x.X, e.Y))
	}
	return s.row(e.Op, e.X, e.Y)
}

// row is an operation as its row says.
func (s setter) row(name string, args ...lang.Expr) Math {
	r := s.table.Lookup(name, len(args))
	if r == nil {
		return Call(Symbol(name), s.exprs(args)...)
	}
	template, err := Parse(r.TeX)
	if err != nil {
		return Call(Symbol(name), s.exprs(args)...)
	}
	all := s.exprs(args)
	if levelOf(template) == multiplied {
		for i, e := range args {
			all[i] = s.factor(e, all[i])
		}
	}
	return Fill(template, all...)
}

// factor is an argument of a product. A product of vectors is no factor as others are: (a·b)·c isn't
// a·(b·c).
func (s setter) factor(e lang.Expr, m Math) Math {
	c, ok := lang.Unparen(e).(*lang.Call)
	if !ok || levelOf(m) != multiplied {
		return m
	}
	if r := s.table.Lookup(c.Fn, len(c.Args)); r != nil && r.Form == op.Reduce {
		return Bracket(m)
	}
	return m
}

// index is a name at a time, or a component.
func (s setter) index(e *lang.Index) Math {
	below := s.ranges(e.Items)
	if n, ok := lang.Unparen(e.X).(*lang.Name); ok && isTime(e.Items) {
		return s.name(n.Name, below)
	}
	return At(s.expr(e.X), below)
}

// isTime tells a time or a window from components.
func isTime(items []lang.Range) bool {
	if len(items) != 1 {
		return false
	}
	_, ok := lang.TimeOf(items[0].Lo)
	return ok
}

func (s setter) ranges(items []lang.Range) Math {
	out := make([]Math, len(items))
	for i, r := range items {
		out[i] = s.expr(r.Lo)
		if r.Hi != nil {
			out[i] = Row{out[i], Sign{":", Relation}, s.expr(r.Hi)}
		}
	}
	return commas(out)
}

// list is a column, or a matrix if its entries are lists.
func (s setter) list(e *lang.List) Math {
	var m Matrix
	for _, item := range e.Items {
		if row, ok := item.(*lang.List); ok {
			m.Rows = append(m.Rows, s.exprs(row.Items))
		} else {
			m.Rows = append(m.Rows, []Math{s.expr(item)})
		}
	}
	return m
}

// call is an operation, a family, or a cell.
func (s setter) call(c *lang.Call) Math {
	switch args := append(append([]lang.Expr{}, c.Args...), c.After...); {
	case c.Fn == "where" && len(args) == 3:
		return Choice(s.expr(args[0]), s.condition(args[1]), s.condition(args[2]))
	case c.Fn == "concat" && len(args) > 1:
		return s.list(&lang.List{Items: args})
	case len(c.Sizes) > 0 || c.Backward:
	case s.table.Lookup(c.Fn, len(args)) != nil:
		return s.row(c.Fn, args...)
	case s.table.Family(c.Fn) != nil:
		return s.family(s.table.Family(c.Fn), c)
	}
	return s.plain(c)
}

// family is an observation as its row says: of quantiles, the sum of their scores.
func (s setter) family(f *op.Family, c *lang.Call) Math {
	template, err := Parse(f.TeX)
	if err != nil || len(c.Args)+len(c.After) < len(f.Args) {
		return s.plain(c)
	}
	args, after := s.exprs(c.Args), s.exprs(c.After)
	if len(after) == 0 || len(args) == 1 {
		return Fill(template, append(args, after...)...)
	}
	var terms []Math
	for i := range min(len(args), len(after)) {
		terms = append(terms, Fill(template, args[i], after[i]))
	}
	return Sum(terms...)
}

// plain is a call as it is typed.
func (s setter) plain(c *lang.Call) Math {
	args := s.exprs(c.Args)
	for _, z := range c.Sizes {
		args = append(args, Row{Symbol(z.Name), Sign{"=", Relation}, s.expr(z.X)})
	}
	inside := commas(args)
	if len(c.After) > 0 {
		inside = Row{commas(s.exprs(c.Args)), Sign{";", Comma}, commas(append(s.exprs(c.After), args[len(c.Args):]...))}
	}
	f := Row{Symbol(c.Fn), Bracket(inside)}
	if c.Backward {
		return Row{Word{"backward"}, f[0], f[1]}
	}
	return f
}
