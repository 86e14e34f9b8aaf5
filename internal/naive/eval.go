package naive

import (
	"math/big"
	"strings"

	"unroll/lang"
)

// mode says which y an expression sees.
type mode int

const (
	seen    mode = iota // an equation: the observed y, or the model's own, as Options.Feed says
	scoring             // `~`: the y that is scored, now, is the observed one
	real                // `loss`: every y in its own text is the observed one
	plain               // starts, and totals over all times: inputs are observed, at any time
)

// at is where an expression is evaluated.
type at struct {
	sc   *scope
	ser  int
	t    int
	mode mode
	obs  *observation // when scoring
	hole lang.Expr    // this part of the expression is not evaluated, but has the value fill
	fill matrix
}

// key is what the memo keeps a value under.
type key struct {
	d        *def
	ser, t   int
	plain    bool
	forecast bool // the own forecast of the input d
}

// run is one evaluation of a file on its data.
type run struct {
	*names
	data     []bound
	t0       int
	feed     feed
	forecast map[*def]*observation // the first `~` of each input
	observed []*observation
	weights  map[*def][]matrix
	reached  map[*def]int
	memo     map[key]matrix
	stack    []key // what is being found
}

// once gives the value under k: from the memo, or found now.
func (r *run) once(k key, find func() matrix) matrix {
	if m, ok := r.memo[k]; ok {
		return m
	}
	for i, busy := range r.stack {
		if busy == k {
			r.loop(r.stack[i:], k)
		}
	}
	r.stack = append(r.stack, k)
	m := find()
	r.stack = r.stack[:len(r.stack)-1]
	r.memo[k] = m
	return m
}

func (r *run) loop(part []key, k key) {
	var names []string
	for _, busy := range append(append([]key{}, part...), k) {
		names = append(names, busy.d.name)
	}
	fail("a loop at one moment, t = %d of series %s: %s", k.t, r.id(k.ser), strings.Join(names, " -> "))
}

// try gives f's value, or says that it failed.
func (r *run) try(f func() matrix) (m matrix, ok bool) {
	depth := len(r.stack)
	defer func() {
		if err := recover(); err != nil {
			if _, mine := err.(fault); !mine {
				panic(err)
			}
			r.stack, ok = r.stack[:depth], false
		}
	}()
	return f(), true
}

// value is what the equation d is at time t.
func (r *run) value(d *def, ser, t int, m mode) matrix {
	k := key{d: d, ser: ser, t: t, plain: m == plain}
	switch r.reachOf(d) {
	case ofFile:
		k = key{d: d}
	case ofSeries:
		k = key{d: d, ser: ser}
	}
	return r.once(k, func() matrix {
		c := at{sc: d.sc, ser: k.ser, t: k.t}
		if k.plain {
			c.mode = plain
		}
		return r.fit(r.eval(d.expr, c), d)
	})
}

// fit gives a value the shape that its name was declared with.
func (r *run) fit(m matrix, d *def) matrix {
	if d.shape == nil {
		return m
	}
	rows, cols := r.dims(d.shape, d.shapeSc)
	return m.expand(rows, cols)
}

func (r *run) dims(s *lang.Shape, sc *scope) (rows, cols int) {
	rows, cols = 1, 1
	if len(s.Dims) > 0 {
		rows = r.constant(s.Dims[0], sc)
	}
	if len(s.Dims) > 1 {
		cols = r.constant(s.Dims[1], sc)
	}
	return rows, cols
}

// eval is the value of an expression.
func (r *run) eval(e lang.Expr, c at) matrix {
	if c.hole != nil && e == c.hole {
		return c.fill
	}
	switch e := e.(type) {
	case *lang.Num:
		return scalar(number(e.Val))
	case *lang.Name:
		if e.Name == "t" {
			return scalar(whole(c.t))
		}
		return r.read(r.resolved(e.Name, c.sc), 0, c)
	case *lang.Paren:
		return r.eval(e.X, c)
	case *lang.Unary:
		return each(subDual, scalar(whole(0)), r.eval(e.X, c))
	case *lang.Transpose:
		return r.eval(e.X, c).transposed()
	case *lang.Binary:
		return r.binary(e, c)
	case *lang.List:
		return r.list(e, c)
	case *lang.Index:
		return r.index(e, c)
	case *lang.Call:
		return r.call(e, c)
	}
	fail("an expression of an unknown kind")
	return matrix{}
}

var entrywise = map[string]func(x []Dual) Dual{
	"+": addDual, "-": subDual, ".*": mulDual, "/": divDual, "mod": modDual, "^": powDual,
	"==": compare(func(s int) bool { return s == 0 }),
	"!=": compare(func(s int) bool { return s != 0 }),
	"<":  compare(func(s int) bool { return s < 0 }),
	"<=": compare(func(s int) bool { return s <= 0 }),
	">":  compare(func(s int) bool { return s > 0 }),
	">=": compare(func(s int) bool { return s >= 0 }),
}

func (r *run) binary(e *lang.Binary, c at) matrix {
	x, y := r.eval(e.X, c), r.eval(e.Y, c)
	if e.Op == "*" {
		return product(x, y)
	}
	f := entrywise[e.Op]
	if f == nil {
		fail("the sign %s is unknown", e.Op)
	}
	return each(f, x, y)
}

// list is a column of numbers, or a matrix from its rows.
func (r *run) list(e *lang.List, c at) matrix {
	var rows []matrix
	for _, item := range e.Items {
		m := r.eval(item, c)
		if _, nested := lang.Unparen(item).(*lang.List); nested {
			m = m.transposed()
		}
		rows = append(rows, m)
	}
	return stack(rows)
}

// stack puts rows below each other; a number stands for a row of the others' length.
func stack(rows []matrix) matrix {
	_, cols := common(rows...)
	out := matrix{r: len(rows), c: cols}
	for _, m := range rows {
		out.e = append(out.e, m.expand(1, cols).e...)
	}
	return out
}

// index is a time, or components.
func (r *run) index(e *lang.Index, c at) matrix {
	if offsets, ok := r.offsets(e, c.sc); ok {
		return r.atTime(e, offsets, c)
	}
	m := r.eval(e.X, c)
	ends := make([][2]int, len(e.Items))
	for i, item := range e.Items {
		ends[i][0] = toInt(r.eval(item.Lo, c))
		ends[i][1] = ends[i][0]
		if item.Hi != nil {
			ends[i][1] = toInt(r.eval(item.Hi, c))
		}
	}
	switch len(ends) {
	case 1:
		return m.block(ends[0][0], ends[0][1], 0, m.c-1)
	case 2:
		return m.block(ends[0][0], ends[0][1], ends[1][0], ends[1][1])
	}
	fail("an array has at most two indices")
	return m
}

// toInt is the whole number that a 1×1 holds.
func toInt(m matrix) int {
	if !m.single() || m.e[0].V == nil || !m.e[0].V.IsInt() {
		fail("a whole number is wanted")
	}
	n := m.e[0].V.Num()
	if n.CmpAbs(big.NewInt(1_000_000)) > 0 {
		fail("a number is too large")
	}
	return int(n.Int64())
}
