package op_test

import (
	"fmt"
	"math/big"
	"slices"

	"unroll/lang"
	"unroll/op"
)

// value is what a formula gives: in float64, and exactly where that is possible.
type value struct {
	op.Shape
	float []float64
	rat   []*big.Rat // nil if the value isn't exact
}

func number(x *big.Rat) value {
	f, _ := x.Float64()
	return value{op.Scalar, []float64{f}, []*big.Rat{x}}
}

func whole(n int) value { return number(big.NewRat(int64(n), 1)) }

func floats(r, c int, x ...float64) value { return value{op.Shape{R: r, C: c}, x, nil} }

// formula evaluates a formula of the table, with nothing but the table: small and slow. It panics
// if the formula is wrong.
func formula(t *op.Table, text string, names map[string]value) value {
	lets, result, err := lang.ParseBody(&lang.Source{Name: "formula", Text: text})
	if err != nil {
		panic(fmt.Sprintf("%q: %v", text, err))
	}
	e := evaluator{t, map[string]value{}}
	for k, v := range names {
		e.names[k] = v
	}
	for _, l := range lets {
		e.names[l.Left[0].Name] = e.of(l.X)
	}
	return e.of(result)
}

type evaluator struct {
	table *op.Table
	names map[string]value
}

func (e evaluator) of(x lang.Expr) value {
	switch x := x.(type) {
	case *lang.Num:
		return number(x.Val)
	case *lang.Name:
		if v, ok := e.names[x.Name]; ok {
			return v
		}
	case *lang.Paren:
		return e.of(x.X)
	case *lang.Unary:
		return e.apply("neg", e.of(x.X))
	case *lang.Transpose:
		return e.apply("'", e.of(x.X))
	case *lang.Binary:
		return e.binary(x.Op, e.of(x.X), e.of(x.Y))
	case *lang.Call:
		return e.call(x.Fn, e.all(x.Args))
	case *lang.List:
		return stack(x.Items, e.all(x.Items))
	}
	panic("can't read " + lang.PrintExpr(x))
}

func (e evaluator) all(xs []lang.Expr) []value {
	var out []value
	for _, x := range xs {
		out = append(out, e.of(x))
	}
	return out
}

// stack makes a literal: a column of numbers, or a matrix of lists.
func stack(items []lang.Expr, rows []value) value {
	out := value{Shape: op.Shape{R: len(rows), C: rows[0].R}}
	for _, r := range rows {
		out.float, out.rat = append(out.float, r.float...), append(out.rat, r.rat...)
	}
	if _, nested := items[0].(*lang.List); !nested {
		out.C = 1
	}
	if len(out.rat) < len(out.float) {
		out.rat = nil
	}
	return out
}

func (e evaluator) binary(name string, x, y value) value {
	switch {
	case name == "*" && (x.Shape == op.Scalar || y.Shape == op.Scalar):
		name = ".*"
	case name == "^" && y.rat != nil && y.rat[0].IsInt() && y.rat[0].Sign() >= 0:
		name = "power"
	}
	return e.apply(name, x, y)
}

func (e evaluator) call(name string, args []value) value {
	switch name {
	case "rows":
		return whole(args[0].R)
	case "cols":
		return whole(args[0].C)
	case "len":
		return whole(lenOf(args[0].Shape))
	}
	return e.apply(name, args...)
}

func lenOf(s op.Shape) int {
	if s.C == 1 {
		return s.R
	}
	return s.C
}

func (e evaluator) apply(name string, args ...value) value {
	r := e.table.Lookup(name, len(args))
	if r == nil {
		panic(fmt.Sprintf("no row %s of %d arguments", name, len(args)))
	}
	if r.Valued() {
		return compute(r, args)
	}
	names := map[string]value{}
	for i, a := range r.Args {
		names[a] = args[i]
	}
	if r.Calm != "" {
		return formula(e.table, r.Calm, names)
	}
	return formula(e.table, r.Body, names)
}

// compute is a row's own value.
func compute(r *op.Row, args []value) value {
	var shapes []op.Shape
	var consts []int
	var fs []op.FloatArray
	var rs []op.RatArray
	for _, a := range args {
		n := -1
		if a.rat != nil && a.Shape == op.Scalar && a.rat[0].IsInt() {
			n = int(a.rat[0].Num().Int64())
		}
		shapes, consts = append(shapes, a.Shape), append(consts, n)
		fs = append(fs, op.FloatArray{Shape: a.Shape, Data: a.float})
		if a.rat != nil {
			rs = append(rs, op.RatArray{Shape: a.Shape, Data: a.rat})
		}
	}
	s, err := r.Shape(shapes, consts)
	if err != nil {
		panic(err)
	}
	out := value{Shape: s, float: r.Float64(s, fs)}
	if r.HasExact() && len(rs) == len(args) {
		if out.rat = r.Rational(s, rs); slices.Contains(out.rat, nil) {
			out.rat = nil
		}
	}
	return out
}
