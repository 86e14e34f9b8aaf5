package eval

import (
	"fmt"
	"math/big"

	"unroll/graph"
	"unroll/op"
	"unroll/series"
)

// row is a row's value on arguments of one kind of numbers.
func row(n *graph.Node, args []series.Array, exact bool) (series.Array, error) {
	r, out := n.Row, series.Array{R: n.Shape.R, C: n.Shape.C}
	switch {
	case r.Terms != nil && exact:
		out.Rat = terms(n, args, rats, exactSum)
	case r.Terms != nil:
		out.Float = terms(n, args, numbers, floatSum)
	case r.Vector != nil && exact:
		out.Rat = lines(args[0], args[0].Rat, vectorOf(r))
	case r.Vector != nil:
		out.Float = lines(args[0], args[0].Float, r.Vector.Float)
	case exact && r.Exact != nil:
		out.Rat = entrywise(n, args, rats, entryOf(r))
	case r.Float != nil:
		out.Float = entrywise(n, args, numbers, r.Float)
	default:
		return out, fmt.Errorf("%s%s has no value of its own", at(n), r.Name)
	}
	return out, nil
}

func rats(a series.Array) []*big.Rat   { return a.Rat }
func numbers(a series.Array) []float64 { return a.Float }

// entrywise computes each entry from the arguments' entries; a number stands for an array of it.
func entrywise[N any](n *graph.Node, args []series.Array, in func(series.Array) []N, f func([]N) N) []N {
	var out []N
	for i := range n.Shape.Len() {
		x := make([]N, len(args))
		for k, a := range args {
			x[k] = in(a)[i*min(1, a.Len()-1)]
		}
		out = append(out, f(x))
	}
	return out
}

// lines computes on a vector, or on each row of a matrix.
func lines[N any](a series.Array, x []N, f func([]N) []N) []N {
	if a.C == 1 {
		return f(x)
	}
	var out []N
	for i := range a.R {
		out = append(out, f(x[i*a.C:(i+1)*a.C])...)
	}
	return out
}

// terms computes a linear row: each entry a sum of products of entries.
func terms[N any](n *graph.Node, args []series.Array, in func(series.Array) []N, sum func([][]N) N) []N {
	shapes := make([]op.Shape, len(args))
	for i, a := range args {
		shapes[i] = op.Shape{R: a.R, C: a.C}
	}
	var out []N
	for i := range n.Shape.R {
		for j := range n.Shape.C {
			var products [][]N
			for _, term := range n.Row.Terms(shapes, consts(n), i, j) {
				var x []N
				for _, ref := range term {
					x = append(x, in(args[ref.Arg])[ref.Row*args[ref.Arg].C+ref.Col])
				}
				products = append(products, x)
			}
			out = append(out, sum(products))
		}
	}
	return out
}

// consts are the whole numbers among a row's arguments, positions and sizes; -1 for any other argument.
func consts(n *graph.Node) []int {
	out := make([]int, len(n.Args))
	for i, a := range n.Args {
		out[i] = -1
		if a.Kind == graph.Const && a.Shape == op.Scalar && a.Value[0].IsInt() && a.Value[0].Num().IsInt64() {
			out[i] = int(a.Value[0].Num().Int64())
		}
	}
	return out
}

func floatSum(products [][]float64) float64 {
	sum := 0.0
	for _, x := range products {
		p := 1.0
		for _, f := range x {
			p *= f
		}
		sum += p
	}
	return sum
}

func exactSum(products [][]*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, x := range products {
		p := big.NewRat(1, 1)
		for _, f := range x {
			if f == nil {
				return nil
			}
			p.Mul(p, f)
		}
		sum.Add(sum, p)
	}
	return sum
}

// entryOf is a row's exact value, undefined where an argument is; `where` drops the side it doesn't take.
func entryOf(r *op.Row) func([]*big.Rat) *big.Rat {
	return func(x []*big.Rat) *big.Rat {
		switch {
		case r.Name == "where" && x[0] != nil && x[0].Sign() != 0:
			return x[1]
		case r.Name == "where" && x[0] != nil:
			return x[2]
		case anyNil(x):
			return nil
		}
		return r.Exact(x)
	}
}

// vectorOf is a row's exact value on a vector, undefined where an entry of it is.
func vectorOf(r *op.Row) func([]*big.Rat) []*big.Rat {
	return func(x []*big.Rat) []*big.Rat {
		switch {
		case anyNil(x) && r.Form == op.Reduce:
			return []*big.Rat{nil}
		case anyNil(x):
			return make([]*big.Rat, len(x))
		}
		return r.Vector.Exact(x)
	}
}

// anyNil tells whether an entry is undefined.
func anyNil(x []*big.Rat) bool {
	for _, v := range x {
		if v == nil {
			return true
		}
	}
	return false
}
