package graph

import (
	"math/big"

	"unroll/internal/spell"
	"unroll/lang"
	"unroll/op"
)

// withCall elaborates the right side of an equation, in which one cell may be called.
func (v *env) withCall(e lang.Expr, full string) *expr {
	v.cells = full
	defer func() { v.cells = "" }()
	return v.expr(e)
}

// expr elaborates an expression. What is known already (numbers, sizes) becomes a number.
func (v *env) expr(e lang.Expr) *expr {
	if v.p.exprs++; v.p.exprs > maxExprs {
		if v.p.exprs == maxExprs+1 {
			v.p.errorf(e.Pos(), "with every call of a cell written out, the file is too long; the most is %d operations", maxExprs)
		}
		return none()
	}
	if n, ok := v.static(e); ok {
		return &expr{kind: xNum, num: n, at: e.Pos(), src: e}
	}
	switch e := e.(type) {
	case *lang.Paren:
		return v.expr(e.X)
	case *lang.Name:
		return v.name(e)
	case *lang.Unary:
		return v.row("neg", e, v.expr(e.X))
	case *lang.Transpose:
		return v.row("'", e, v.expr(e.X))
	case *lang.Binary:
		return v.binary(e)
	case *lang.Index:
		return v.index(e)
	case *lang.List:
		return v.literal(e)
	case *lang.Call:
		return v.callExpr(e)
	}
	v.p.errorf(e.Pos(), "an expression is wanted here; write a number, a name or a call")
	return none()
}

// row is an operation of the table on arguments that are elaborated already.
func (v *env) row(name string, src lang.Expr, args ...*expr) *expr {
	r := v.p.table.Lookup(name, len(args))
	if r == nil {
		v.p.errorf(src.Pos(), "%s is not an operation on %s; write another", name, count(len(args), "argument"))
		return none()
	}
	return &expr{kind: xRow, at: src.Pos(), src: src, row: r, args: args}
}

func (v *env) binary(e *lang.Binary) *expr {
	name := e.Op
	x := v.expr(e.X)
	if n, ok := v.static(e.Y); ok && name == "^" && n.IsInt() {
		if n.Num().CmpAbs(big.NewInt(maxPower)) > 0 {
			v.p.errorf(e.At, "the power %s is too large; the most is %d", n.RatString(), maxPower)
			return none()
		}
		if base, ok := v.static(e.X); ok && bits(base)*abs(n) > maxBits {
			v.p.errorf(e.At, "%s has more than %d binary digits; write a number that can be computed with", lang.PrintExpr(e), maxBits)
			return none()
		}
		if n.Sign() >= 0 {
			name = "power"
		}
	}
	return v.row(name, e, x, v.expr(e.Y))
}

func (v *env) name(e *lang.Name) *expr {
	if e.Name == "t" {
		return &expr{kind: xTime, at: e.At, src: e}
	}
	b, ok := v.lookup(e.Name, e.At)
	switch {
	case !ok, b.full == "" && b.expr == nil:
		return none()
	case b.expr != nil:
		return b.expr
	}
	return &expr{kind: xName, at: e.At, src: e, name: b.full}
}

// lookup finds what a name stands for here. A cell sees its arguments, its own names, and the
// sizes and weights of the file. Names with dots are checked once every call has been made.
func (v *env) lookup(name string, at lang.Pos) (binding, bool) {
	head, rest := cutDot(name)
	if b, ok := v.names[head]; ok {
		if rest != "" {
			b.full += rest
			b.static = nil
		}
		return b, true
	}
	if s := v.p.sizes[name]; s != nil {
		return binding{static: big.NewRat(int64(v.p.sizeOf(v.file, s)), 1)}, true
	}
	if v.file != v && v.file != nil {
		b, ok := v.file.names[head]
		if ok && v.isWeight(head) {
			return b, true
		}
		if ok {
			v.p.errorf(at, "%s is not seen inside a cell; pass it as an argument", name)
			return b, false
		}
	}
	if v.declaresState(head) {
		return binding{}, false // it has no equation, which is reported there
	}
	v.p.errorf(at, "%s %s", name, v.missing(name))
	return binding{}, false
}

// declaresState tells whether a state of that name is declared here.
func (v *env) declaresState(name string) bool {
	for _, s := range v.stmts {
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

// missing says that a name stands for nothing here, and what to do.
func (v *env) missing(name string) string {
	if v.p.errs.TooMany() {
		return "is not defined" // and won't be told
	}
	head, rest := cutDot(name)
	near := maybe(name, v.visible())
	if other := spell.Nearest(head, v.visible()); rest != "" && other != "" {
		near = "; did you mean " + other + rest + "?"
	}
	switch {
	case v.p.cells[name] != nil:
		return "is a cell; call it, as in " + name + "(" + paramNames(v.p.cells[name]) + ")"
	case v.p.isFunction(name):
		return "is a function; call it, as in " + name + "(…)"
	case near != "":
		return "is not defined" + near
	case v.file != v:
		return "is not defined; make it an argument, or give it an equation or a weight"
	}
	return "is not defined; give it an equation, or make it an input or a weight"
}

// isFunction tells whether a name is called as a function of the language.
func (p *program) isFunction(name string) bool {
	return contains(p.table.Names(), name) || contains(special, name)
}

func cutDot(name string) (head, rest string) {
	for i, r := range name {
		if r == '.' {
			return name[:i], name[i:]
		}
	}
	return name, ""
}

// isWeight tells whether a name of the file is a weight, before weights are elaborated.
func (v *env) isWeight(name string) bool {
	for _, s := range v.p.file.Stmts {
		if w, ok := s.(*lang.Weight); ok {
			for _, it := range w.Items {
				if it.Name == name {
					return true
				}
			}
		}
	}
	return false
}

// visible are the names that could have been meant here.
func (v *env) visible() []string {
	return append(keys(v.names), keys(v.p.sizes)...)
}

func (v *env) literal(e *lang.List) *expr {
	out := &expr{kind: xList, at: e.At, src: e, flat: true}
	var rows []lang.Expr
	for _, it := range e.Items {
		if l, ok := lang.Unparen(it).(*lang.List); ok {
			out.flat = false
			rows = append(rows, l)
		}
	}
	if out.flat {
		rows = []lang.Expr{e}
	}
	if len(e.Items) == 0 || !out.flat && len(rows) != len(e.Items) {
		v.p.errorf(e.At, "a literal is a list of numbers, or a list of rows of the same length; write [1, 2] or [[1, 2], [3, 4]]")
		return none()
	}
	for _, r := range rows {
		out.list = append(out.list, v.literalRow(r.(*lang.List)))
	}
	for _, r := range out.list {
		if len(r) != len(out.list[0]) || len(r) == 0 {
			v.p.errorf(e.At, "the rows of a literal differ in length: %d and %d; make them the same", len(out.list[0]), len(r))
			return none()
		}
	}
	return out
}

func (v *env) literalRow(l *lang.List) []*big.Rat {
	var row []*big.Rat
	for _, it := range l.Items {
		n, ok := v.static(it)
		if !ok {
			v.p.errorf(it.Pos(), "%s is not a number; a literal holds numbers and sizes, use concat for the rest", lang.PrintExpr(it))
			n = new(big.Rat)
		}
		row = append(row, n)
	}
	return row
}

// static is the value of an expression of numbers, sizes and arguments that are numbers.
func (v *env) static(e lang.Expr) (*big.Rat, bool) {
	switch e := e.(type) {
	case *lang.Num:
		return e.Val, true
	case *lang.Paren:
		return v.static(e.X)
	case *lang.Name:
		return v.staticName(e)
	case *lang.Unary:
		x, ok := v.static(e.X)
		if !ok {
			return nil, false
		}
		return new(big.Rat).Neg(x), true
	case *lang.Binary:
		x, ok := v.static(e.X)
		if !ok {
			return nil, false
		}
		y, ok := v.static(e.Y)
		if !ok {
			return nil, false
		}
		return staticRow(v.p.table, e.Op, x, y)
	}
	return nil, false
}

func (v *env) staticName(e *lang.Name) (*big.Rat, bool) {
	if b, ok := v.names[e.Name]; ok && !(v == v.file && v.p.sizes[e.Name] != nil) {
		if b.expr != nil && b.expr.kind == xNum {
			return b.expr.num, true
		}
		return b.static, b.static != nil
	}
	if s := v.p.sizes[e.Name]; s != nil && v.file != nil {
		return big.NewRat(int64(v.p.sizeOf(v.file, s)), 1), true
	}
	return nil, false
}

// staticRow is an operation on two numbers, by its row in the table.
func staticRow(table *op.Table, name string, x, y *big.Rat) (*big.Rat, bool) {
	r := table.Lookup(name, 2)
	if name == "*" {
		r = table.Lookup(".*", 2)
	}
	if name == "^" && (!y.IsInt() || y.Num().CmpAbs(big.NewInt(maxPower)) > 0 || bits(x)*abs(y) > maxBits) {
		return nil, false
	}
	if r == nil || r.Exact == nil || bits(x)+bits(y) > maxBits {
		return nil, false
	}
	val := r.Exact([]*big.Rat{x, y})
	return val, val != nil
}

// bits is how long a number is.
func bits(x *big.Rat) int { return max(x.Num().BitLen(), x.Denom().BitLen()) }

// abs is the size of a whole number that is not large.
func abs(n *big.Rat) int { return int(max(n.Num().Int64(), -n.Num().Int64())) }
