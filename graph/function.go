package graph

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"unroll/lang"
	"unroll/op"
)

// summaries take an expression over time to a constant; pooled, one over the series.
var summaries = []string{"first", "last", "total", "average", "pooled"}

// special are the functions that are about time, data or chance, and so not rows.
var special = append([]string{"observed", "unwindow"}, summaries...)

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// callExpr elaborates a call within an expression.
func (v *env) callExpr(c *lang.Call) *expr {
	if v.p.cells[c.Fn] != nil {
		return v.cellWithin(c)
	}
	if c.Backward {
		if v.p.isFunction(c.Fn) {
			v.p.errorf(c.At, "%s is a function, and backward turns the time of a cell round; leave out backward", c.Fn)
		} else {
			v.wrongCall(c, len(c.Args))
		}
		return none()
	}
	if len(c.Sizes) > 0 {
		v.p.errorf(c.Sizes[0].At, "only a call of a cell takes sizes; leave %s out", c.Sizes[0].Name)
		return none()
	}
	if len(c.After) > 0 {
		v.p.errorf(c.At, "only quantile and score have a semicolon; separate the arguments of %s by commas", c.Fn)
		return none()
	}
	switch {
	case contains(summaries, c.Fn):
		return v.summary(c)
	case c.Fn == "observed":
		return v.observed(c)
	case c.Fn == "unwindow":
		return v.unwindow(c)
	}
	return v.function(c)
}

// cellWithin is a cell called inside an equation: one may be, and takes the equation's name.
func (v *env) cellWithin(c *lang.Call) *expr {
	if v.cells == "" {
		v.p.errorf(c.At, "a call of %s needs a name of its own here; write one equation for it, as in a = %s", c.Fn, lang.PrintExpr(c))
		return none()
	}
	prefix := v.cells
	v.cells = ""
	name := v.p.call(v, c, nil, prefix)
	if name == "" {
		return none()
	}
	return &expr{kind: xName, at: c.At, src: c, name: name}
}

func (v *env) summary(c *lang.Call) *expr {
	if len(c.Args) != 1 {
		v.p.errorf(c.At, "%s takes one expression, not %d; write %s(…)", c.Fn, len(c.Args), c.Fn)
		return none()
	}
	return &expr{kind: xSeriesSum, at: c.At, src: c, name: c.Fn, args: []*expr{v.expr(c.Args[0])}}
}

func (v *env) observed(c *lang.Call) *expr {
	if len(c.Args) == 1 {
		x := v.expr(c.Args[0])
		if x.kind == xName || x.kind == xLag {
			return &expr{kind: xObserved, at: c.At, src: c, name: x.name, p: x.p}
		}
		if x.kind == xNone {
			return x
		}
	}
	v.p.errorf(c.At, "observed takes an input or a lag of one; write observed(y)")
	return none()
}

// unwindow(d[t+a : t+b]) is the overlapping sum of the windows d.
func (v *env) unwindow(c *lang.Call) *expr {
	if len(c.Args) == 1 {
		x := v.expr(c.Args[0])
		if x.kind == xNone {
			return x
		}
		if x.kind == xWindow {
			d := &expr{kind: xName, at: x.at, src: x.src, name: x.name}
			return &expr{kind: xUnwindow, at: c.At, src: c, name: x.name, p: -x.q, q: -x.p, args: []*expr{d}}
		}
	}
	v.p.errorf(c.At, "unwindow takes a window of a series of windows; write unwindow(d[t+1 : t+3])")
	return none()
}

// chained are functions of two arguments that may be called with more: f(a, b, c) is f(f(a, b), c).
var chained = []string{"concat", "max", "min"}

// function elaborates a call of a row of the table.
func (v *env) function(c *lang.Call) *expr {
	var args []*expr
	for _, a := range c.Args {
		args = append(args, v.expr(a))
	}
	return v.apply(c.Fn, c, args)
}

func (v *env) apply(name string, src *lang.Call, args []*expr) *expr {
	if v.body && contains([]string{"rows", "cols", "len"}, name) && len(args) == 1 {
		return &expr{kind: xDim, at: src.At, name: name, args: args}
	}
	for contains(chained, name) && len(args) > 2 {
		args = append([]*expr{v.apply(name, src, args[:2])}, args[2:]...)
	}
	if name == "concat" && len(args) == 1 {
		return args[0]
	}
	if name == "fill" && len(args) == 2 {
		args = append(args, number(1))
	}
	r := v.p.table.Lookup(name, len(args))
	if r == nil {
		v.wrongCall(src, len(args))
		return none()
	}
	return v.applyRow(r, src, args)
}

func (v *env) wrongCall(c *lang.Call, args int) {
	rows := v.p.table.Named(c.Fn)
	if len(rows) == 0 && v.p.maybeLost(c.Fn) {
		return
	}
	if len(rows) == 0 {
		v.p.errorf(c.At, "%s is not a function or a cell%s", c.Fn, v.otherCall(c.Fn))
		return
	}
	var takes []string
	for _, r := range rows {
		takes = append(takes, fmt.Sprint(len(r.Args)))
	}
	slices.Sort(takes)
	most := rows[0].Args
	v.p.errorf(c.At, "%s takes %s, not %d; write %s(%s)", c.Fn, plural(max(len(most), len(rows)), strings.Join(takes, " or "), "argument"), args, c.Fn, join(most))
}

// otherCall is what to write in place of a call of what can't be called.
func (v *env) otherCall(name string) string {
	if v.p.table.Family(name) != nil {
		return ", but a family of observations; write y ~ " + name + "(…) on a line of its own"
	}
	if _, ok := v.names[name]; ok || v.p.sizes[name] != nil {
		return "; a product is written " + name + "*(…)"
	}
	if v.p.choices.Use != nil {
		if _, err := v.p.choices.Use(name, false); err == nil {
			return "; write use " + name + " to take it from the standard library"
		}
	}
	if near := maybe(name, append(append(v.p.table.Names(), special...), keys(v.p.cells)...)); near != "" {
		return near
	}
	return "; a function of your own is a cell: cell " + name + "(x) -> y { … }"
}

// applyRow is a row on its arguments; one that has only a body is written out.
func (v *env) applyRow(r *op.Row, src *lang.Call, args []*expr) *expr {
	body := r.Body
	if r.Calm != "" && !v.p.choices.Training {
		body = r.Calm
	}
	switch {
	case r.Name == "draw" || r.Name == "gauss":
		return v.drawn(r, src)
	case body == "" || valued(r):
		e := &expr{kind: xRow, at: src.At, src: src, row: r, args: args}
		return e
	}
	return v.written(r, body, src, args)
}

// valued tells whether a row has a value of its own.
func valued(r *op.Row) bool {
	return r.Float != nil || r.Terms != nil || r.Vector != nil
}

// drawn is a random number. Its id is the equation's name if the draw stands alone in it (as in
// what `unroll grad` prints), otherwise the name with what kind of draw it is. Dots, which names
// have inside calls of cells, are _ in ids: so a derivative that is printed draws the same.
func (v *env) drawn(r *op.Row, src *lang.Call) *expr {
	kind, suffix := Uniform, "_keep"
	if r.Name == "gauss" {
		kind, suffix = Gauss, "_noise"
	}
	id := strings.ReplaceAll(v.holder, ".", "_")
	if src != v.sole {
		id += suffix
		if v.draws[suffix]++; v.draws[suffix] > 1 {
			id += fmt.Sprint(v.draws[suffix])
		}
	}
	return &expr{kind: xDraw, at: src.At, src: src, name: id, draw: kind, like: v.like}
}

// written writes out a function's body for its arguments.
func (v *env) written(r *op.Row, body string, src *lang.Call, args []*expr) *expr {
	in := &env{p: v.p, file: v.file, names: map[string]binding{}, holder: v.holder, draws: v.draws, body: true, like: v.like}
	if r.Calm != "" && len(args) > 1 {
		in.like = args[:len(args)-1] // the last says how probable it is
	}
	for i, a := range r.Args {
		in.names[a] = binding{expr: args[i]}
	}
	lets, result := parseBody(r.Name, body)
	for _, l := range lets {
		in.names[l.Left[0].Name] = binding{expr: in.expr(l.X)}
	}
	out := in.expr(result)
	if r.Name == "outer" {
		out.strict = true
	}
	if out.src == nil || out.kind == xRow {
		out.src = src
		out.at = src.At
	}
	if out.kind == xRow && !slices.Contains(args, out) {
		out.wrote, out.wroteArgs = r, args
	}
	walk(out, map[*expr]bool{}, func(e *expr) {
		if e.at.Src != nil && e.at.Src.Text == body {
			e.at = src.At // what is wrong is shown where the function is called
		}
	})
	return out
}

type parsedBody struct {
	lets   []*lang.Equation
	result lang.Expr
}

var bodies sync.Map // body text to parsedBody: the table's formulas, parsed once

// parseBody parses a formula of the table. A formula that doesn't parse is a fault in the table,
// which its tests look for.
func parseBody(name, body string) ([]*lang.Equation, lang.Expr) {
	if b, ok := bodies.Load(body); ok {
		return b.(parsedBody).lets, b.(parsedBody).result
	}
	lets, result, err := lang.ParseBody(&lang.Source{Name: name, Text: body})
	if err != nil {
		panic(fmt.Sprintf("op: formula %q of %s: %v", body, name, err))
	}
	bodies.Store(body, parsedBody{lets, result})
	return lets, result
}
