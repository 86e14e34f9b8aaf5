package op

import (
	"fmt"
	"strings"
)

// String is how a shape is printed: `a number`, `[3]`, `[3, 2]`.
func (s Shape) String() string {
	switch {
	case s == Scalar:
		return "a number"
	case s.C == 1:
		return fmt.Sprintf("[%d]", s.R)
	}
	return fmt.Sprintf("[%d, %d]", s.R, s.C)
}

// article is a shape within a sentence.
func (s Shape) article() string {
	if s == Scalar {
		return s.String()
	}
	return "a " + s.String()
}

// reduced is the shape of what a reduction makes of an array.
func (s Shape) reduced() Shape {
	if s.C == 1 {
		return Scalar
	}
	return Shape{s.R, 1}
}

// Shape is the shape of the row's result. consts has an entry for each argument: its value if it
// is a whole constant, otherwise −1. The error is a sentence that gives the shapes. A row that is
// only a body is written out first: its shape is the body's.
func (r *Row) Shape(in []Shape, consts []int) (Shape, error) {
	if len(in) != len(r.Args) {
		return Shape{}, fmt.Errorf("%s(%s) is given %d arguments", r.Name, strings.Join(r.Args, ", "), len(in))
	}
	if r.Body != "" && !r.Valued() {
		return Shape{}, fmt.Errorf("%s has the shape of its body, %s; write it out first", r.Name, r.Body)
	}
	switch r.Form {
	case Entrywise:
		return r.joined(in)
	case Product:
		return r.product(in[0], in[1])
	case Transposed:
		return Shape{in[0].C, in[0].R}, nil
	case Reduce:
		return in[0].reduced(), nil
	case Along:
		return in[0], nil
	case Spread:
		return r.spread(in[0], in[1])
	case Concat:
		return r.stacked(in[0], in[1])
	}
	return r.given(in, consts)
}

// joined is the one shape of the arguments; a number stands for an array.
func (r *Row) joined(in []Shape) (Shape, error) {
	out := Scalar
	for _, s := range in {
		switch {
		case s == Scalar || s == out:
		case out == Scalar:
			out = s
		default:
			return Shape{}, fmt.Errorf("%s joins %s and %s; entry by entry, the shapes must be the same", r.Name, out.article(), s.article())
		}
	}
	return out, nil
}

func (r *Row) product(a, b Shape) (Shape, error) {
	if a.C != b.R {
		return Shape{}, fmt.Errorf("%s joins %s and %s; the columns of the first must be the rows of the second", r.Name, a.article(), b.article())
	}
	return Shape{a.R, b.C}, nil
}

func (r *Row) spread(s, a Shape) (Shape, error) {
	if s != a.reduced() {
		return Shape{}, fmt.Errorf("%s can't repeat %s along %s; it takes %s", r.Name, s.article(), a.article(), a.reduced().article())
	}
	return a, nil
}

func (r *Row) stacked(a, b Shape) (Shape, error) {
	if a.C != b.C {
		return Shape{}, fmt.Errorf("%s joins %s and %s; both must have as many columns", r.Name, a.article(), b.article())
	}
	return Shape{a.R + b.R, a.C}, nil
}

// given is the shape of a row whose whole arguments say it.
func (r *Row) given(in []Shape, consts []int) (Shape, error) {
	whole := last(consts, wholes[r.Form])
	for _, n := range whole {
		if n < 0 {
			return Shape{}, fmt.Errorf("%s takes its place and size as whole constants", r.Name)
		}
	}
	switch r.Form {
	case Iota:
		return Shape{whole[0], 1}, nil
	case Fill:
		if in[0] != Scalar {
			return Shape{}, fmt.Errorf("%s repeats a number, not %s", r.Name, in[0].article())
		}
		return Shape{whole[0], whole[1]}, nil
	}
	out := Shape{whole[1], whole[3]}
	inner, outer := out, in[0]
	if r.Form == Place {
		inner, outer = outer, inner
	}
	if whole[0]+inner.R > outer.R || whole[2]+inner.C > outer.C {
		return Shape{}, fmt.Errorf("%s: %s at row %d and column %d reaches beyond %s", r.Name, inner.article(), whole[0], whole[2], outer.article())
	}
	return out, nil
}

// wholes is how many of the last arguments of a form are whole constants.
var wholes = map[Form]int{Slice: 4, Place: 4, Fill: 2, Iota: 1}

// last are the last n of the constants, which is where those that say a place or a size stand.
func last(consts []int, n int) []int {
	if len(consts) < n {
		out := make([]int, n)
		for i := range out {
			out[i] = -1
		}
		return out
	}
	return consts[len(consts)-n:]
}
