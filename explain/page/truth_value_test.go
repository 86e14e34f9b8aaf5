package page_test

import (
	"fmt"
	"math/big"

	"unroll/lang"
	"unroll/series"
)

// moment is where a formula is read: in a series, with numbers for the letters t, k and j.
type moment struct {
	series  int
	letters map[string]int
	seen    bool // an input is what the equations see of it: the cell's own forecast where it is fed
}

func (m moment) with(letter string, k int) moment {
	letters := map[string]int{letter: k}
	for l, n := range m.letters {
		if l != letter {
			letters[l] = n
		}
	}
	m.letters = letters
	return m
}

// reading is what is needed to evaluate a formula of a page: by the rows of the table, with names
// from a fresh run.
type reading struct {
	world *world
	refs  map[string]*ref
	at    moment
	free  map[string]series.Array // letters that stand for any value, as the a of relu′(a); arguments in a body
	moved map[*lang.Num]*big.Rat  // numbers of the page in whose place others stand
}

// value evaluates a formula.
func (w *world) value(f *formula, at moment) (series.Array, error) {
	return reading{world: w, refs: f.refs, at: at}.value(f.expr)
}

func (r reading) value(e lang.Expr) (a series.Array, err error) {
	defer func() {
		if e := recover(); e != nil {
			why, ok := e.(unreadable)
			if !ok {
				panic(e)
			}
			err = fmt.Errorf("can't be evaluated: %s", why.why)
		}
	}()
	return r.of(e), nil
}

func fault(format string, args ...any) series.Array {
	panic(unreadable{fmt.Sprintf(format, args...)})
}

func (r reading) of(e lang.Expr) series.Array {
	switch e := e.(type) {
	case *lang.Num:
		if x := r.moved[e]; x != nil {
			return series.Number(x)
		}
		if x := r.world.constants[e]; x != nil {
			return series.Number(x)
		}
		return series.Number(e.Val)
	case *lang.Name:
		return r.named(e.Name)
	case *lang.Paren:
		return r.of(e.X)
	case *lang.Unary:
		return r.apply("neg", r.of(e.X))
	case *lang.Transpose:
		return r.apply("'", r.of(e.X))
	case *lang.Binary:
		return r.binary(e.Op, r.of(e.X), r.of(e.Y))
	case *lang.List:
		return stacked(r.each(e.Items), isList(e.Items[0]))
	case *lang.Call:
		return r.call(e)
	}
	return fault("%T", e)
}

func isList(e lang.Expr) bool {
	_, nested := lang.Unparen(e).(*lang.List)
	return nested
}

func (r reading) each(all []lang.Expr) []series.Array {
	var out []series.Array
	for _, e := range all {
		out = append(out, r.of(e))
	}
	return out
}

// stacked puts numbers and columns, or lists as rows, below each other.
func stacked(rows []series.Array, nested bool) series.Array {
	out := series.Array{C: 1}
	if nested {
		out.C = rows[0].Len()
	}
	exact := true
	for _, a := range rows {
		exact = exact && a.Exact()
		if nested && a.Len() != out.C || !nested && a.C > 1 {
			fault("rows of different lengths")
		}
		out.R += a.Len() / out.C
	}
	for _, a := range rows {
		if exact {
			out.Rat = append(out.Rat, a.Rat...)
		} else {
			out.Float = append(out.Float, a.ToFloat().Float...)
		}
	}
	return out
}

func (r reading) named(name string) series.Array {
	if a, ok := r.free[name]; ok {
		return a
	}
	ref := r.refs[name]
	if ref == nil {
		return fault("who is %s?", name)
	}
	if len(ref.at) == 0 {
		name := ref.name
		if ref.kind == aSlope {
			name = "∂" + ref.name + "/∂" + ref.by.name
		}
		if a, ok := r.free[name]; ok && a.R > 0 {
			return a
		}
	}
	return r.world.named(ref, r.at)
}

func (r reading) binary(op string, x, y series.Array) series.Array {
	switch {
	case (op == "*" || op == ".*") && (isNothing(x) && agrees(y, whole(0)) || isNothing(y) && agrees(x, whole(0))):
		return whole(0) // 0/0 beyond the end, times what is 0 there
	case op == "*" && (x.Len() == 1 || y.Len() == 1):
		op = ".*"
	case op == "*" && x.C == 1 && y.C == 1:
		op = "dot" // a·b of two vectors
	}
	return r.apply(op, x, y)
}

func (r reading) call(e *lang.Call) series.Array {
	ref := r.refs[e.Fn]
	switch {
	case e.Fn == "len":
		return whole(max(r.of(e.Args[0]).R, r.of(e.Args[0]).C))
	case ref == nil:
		return r.apply(e.Fn, r.each(e.Args)...)
	case ref.kind == aPrime:
		return r.prime(ref.name, r.of(e.Args[0]))
	case ref.kind == anEntry:
		return sliceOf(r.of(e.Args[0]), ref.at)
	}
	return r.big(ref, e.Args[0])
}

func whole(n int) series.Array { return series.Number(big.NewRat(int64(n), 1)) }

// prime is the derivative of a function, as its row has it.
func (r reading) prime(name string, a series.Array) series.Array {
	row := r.world.table.Lookup(name, 1)
	return r.body(row.Local(), map[string]series.Array{row.Args[0]: a, "y": r.apply(name, a)})
}

// body evaluates a formula of the table.
func (r reading) body(text string, args map[string]series.Array) series.Array {
	lets, result, err := lang.ParseBody(&lang.Source{Name: "table", Text: text})
	if err != nil {
		return fault("%v", err)
	}
	in := reading{world: r.world, free: args}
	for _, l := range lets {
		args[l.Left[0].Name] = in.of(l.X)
	}
	return in.of(result)
}

// big is a sum or a product over steps or over series.
func (r reading) big(over *ref, body lang.Expr) series.Array {
	out, some := series.Array{}, false
	for _, at := range r.moments(over) {
		in := r
		in.at = at
		a := in.of(body)
		switch {
		case !some:
			out, some = a, true
		case over.kind == aSum:
			out = r.apply("+", out, a)
		default:
			out = r.binary("*", out, a)
		}
	}
	switch {
	case some:
		return out
	case over.kind == aSum:
		return whole(0)
	}
	return whole(1)
}

// moments are what a sum or a product runs over: where that isn't said, all series or all steps.
func (r reading) moments(over *ref) []moment {
	var all []moment
	if over.name == "series" || over.name == anySeries {
		for i := range r.world.series {
			at := r.at
			at.series = i
			all = append(all, at)
		}
		return all
	}
	from, to := r.world.first, r.world.ends(r.at.series)-1
	if over.variable != "" {
		from, to = r.at.point(over.from), r.at.point(over.to)
		if over.name == "t" && (from < r.world.first || to >= r.world.ends(r.at.series)) {
			fault("a sum from %d to %d, beyond the steps", from, to)
		}
	}
	for k := from; k <= to; k++ {
		all = append(all, r.at.with(over.name, k))
	}
	return all
}

// point is an index as a number.
func (m moment) point(p point) int {
	if p.letter == "" {
		return p.k
	}
	n, ok := m.letters[p.letter]
	if !ok {
		fault("at which %s?", p.letter)
	}
	return n + p.k
}
