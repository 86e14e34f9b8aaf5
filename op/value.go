package op

import (
	"fmt"
	"math"
	"math/big"
)

// FloatArray is an argument in float64, row after row.
type FloatArray struct {
	Shape
	Data []float64
}

// RatArray is an exact argument, row after row; an entry that is nil is undefined.
type RatArray struct {
	Shape
	Data []*big.Rat
}

// Float64 is the row's value, of the shape that Shape has given. It panics for a row without a
// value of its own: one that is only a body must be written out first, and draws come from a seed.
func (r *Row) Float64(shape Shape, in []FloatArray) []float64 {
	a := arguments[float64]{}
	for _, x := range in {
		a.add(x.Shape, x.Data, wholeFloat)
	}
	switch {
	case r.Form == Iota:
		return counted(shape.R, func(i int) float64 { return float64(i) })
	case r.Terms != nil:
		return sums(r, shape, a, floatSum)
	case r.Vector != nil:
		return a.lines(r.Vector.Float)
	case r.Float != nil:
		return a.entries(shape, r.Float)
	}
	panic(r.noValue("value"))
}

// Rational is the row's exact value, of the shape that Shape has given; an undefined entry is nil.
// It panics for a row that HasExact denies.
func (r *Row) Rational(shape Shape, in []RatArray) []*big.Rat {
	a := arguments[*big.Rat]{}
	for _, x := range in {
		a.add(x.Shape, x.Data, wholeRat)
	}
	switch {
	case r.Form == Iota:
		return counted(shape.R, func(i int) *big.Rat { return big.NewRat(int64(i), 1) })
	case r.Terms != nil:
		return sums(r, shape, a, ratSum)
	case r.Vector != nil && r.Vector.Exact != nil:
		return a.lines(func(x []*big.Rat) []*big.Rat { return vectorExact(r, x) })
	case r.Exact != nil:
		return a.entries(shape, r.Exact)
	}
	panic(r.noValue("exact value"))
}

func (r *Row) noValue(what string) string {
	return fmt.Sprintf("op: %s of %d arguments has no %s of its own", r.Name, len(r.Args), what)
}

// arguments are a row's arguments in one kind of numbers.
type arguments[N any] struct {
	shapes []Shape
	data   [][]N
	consts []int // the value of an argument that is a whole number, otherwise −1
}

func (a *arguments[N]) add(s Shape, data []N, whole func(N) int) {
	n := -1
	if s == Scalar {
		n = whole(data[0])
	}
	a.shapes, a.data, a.consts = append(a.shapes, s), append(a.data, data), append(a.consts, n)
}

// entries computes entry by entry; a number stands for an array of it.
func (a *arguments[N]) entries(shape Shape, f func([]N) N) []N {
	x := make([]N, len(a.data))
	return counted(shape.Len(), func(i int) N {
		for k, d := range a.data {
			if a.shapes[k] == Scalar {
				x[k] = d[0]
			} else {
				x[k] = d[i]
			}
		}
		return f(x)
	})
}

// lines computes on a vector, or on each row of a matrix.
func (a *arguments[N]) lines(f func([]N) []N) []N {
	x, s := a.data[0], a.shapes[0]
	if s.C == 1 {
		return f(x)
	}
	var out []N
	for i := range s.R {
		out = append(out, f(x[i*s.C:(i+1)*s.C])...)
	}
	return out
}

// at is the entry that a reference names.
func (a *arguments[N]) at(r Ref) N { return a.data[r.Arg][r.Row*a.shapes[r.Arg].C+r.Col] }

// sums computes a linear row: each entry is the sum of its terms, in their order.
func sums[N any](r *Row, shape Shape, a arguments[N], sum func([]Term, func(Ref) N) N) []N {
	return counted(shape.Len(), func(i int) N {
		return sum(r.Terms(a.shapes, a.consts, i/shape.C, i%shape.C), a.at)
	})
}

func floatSum(terms []Term, at func(Ref) float64) float64 {
	sum := 0.0
	for _, t := range terms {
		p := 1.0
		for _, ref := range t {
			p *= at(ref)
		}
		sum += p
	}
	return sum
}

// ratSum is undefined if any of its entries is, whatever it is multiplied by.
func ratSum(terms []Term, at func(Ref) *big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, t := range terms {
		p := big.NewRat(1, 1)
		for _, ref := range t {
			x := at(ref)
			if x == nil {
				return nil
			}
			p.Mul(p, x)
		}
		sum.Add(sum, p)
	}
	return sum
}

// vectorExact is the exact value on one vector, undefined as a whole if an entry of it is.
func vectorExact(r *Row, x []*big.Rat) []*big.Rat {
	switch {
	case !anyNil(x):
		return r.Vector.Exact(x)
	case r.Form == Reduce:
		return []*big.Rat{nil}
	}
	return make([]*big.Rat, len(x))
}

func counted[N any](n int, f func(i int) N) []N {
	out := make([]N, n)
	for i := range out {
		out[i] = f(i)
	}
	return out
}

// wholeFloat is a number as an int if it is whole, not negative and of a reasonable size, else −1.
func wholeFloat(x float64) int {
	if x != math.Trunc(x) || x < 0 || x > math.MaxInt32 {
		return -1
	}
	return int(x)
}

func wholeRat(x *big.Rat) int {
	if x == nil || !x.IsInt() || x.Sign() < 0 || x.Num().BitLen() > 31 {
		return -1
	}
	return int(x.Num().Int64())
}

func anyNil(x []*big.Rat) bool {
	for _, v := range x {
		if v == nil {
			return true
		}
	}
	return false
}
