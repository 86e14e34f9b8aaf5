package page_test

import (
	"strings"

	"unroll/op"
	"unroll/series"
)

// apply is a row's value: exact if all arguments are and the row has an exact one.
func (r reading) apply(name string, args ...series.Array) series.Array {
	row := r.world.table.Lookup(name, len(args))
	if row == nil {
		return fault("no function %s of %d arguments", name, len(args))
	}
	if row.Body != "" && !row.Valued() {
		named := map[string]series.Array{}
		for i, a := range args {
			named[row.Args[i]] = a
		}
		return r.body(row.Body, named)
	}
	var shapes []op.Shape
	var consts []int
	exact := row.HasExact()
	for _, a := range args {
		shapes, consts = append(shapes, op.Shape{R: a.R, C: a.C}), append(consts, wholeOf(a))
		exact = exact && a.Exact()
	}
	shape, err := row.Shape(shapes, consts)
	if err != nil {
		return fault("%v", err)
	}
	if exact {
		if out := row.Rational(shape, rats(args)); !strings.Contains("^/", name) || out[0] != nil {
			return series.Rats(shape.R, shape.C, out)
		}
	}
	return series.Floats(shape.R, shape.C, row.Float64(shape, floats(args)))
}

// wholeOf is a whole number that says a place or a size, otherwise −1.
func wholeOf(a series.Array) int {
	if a.Len() == 1 && a.Exact() && a.Has(0) && a.Rat[0].IsInt() {
		return int(a.Rat[0].Num().Int64())
	}
	return -1
}

func rats(args []series.Array) []op.RatArray {
	var out []op.RatArray
	for _, a := range args {
		out = append(out, op.RatArray{Shape: op.Shape{R: a.R, C: a.C}, Data: a.Rat})
	}
	return out
}

func floats(args []series.Array) []op.FloatArray {
	var out []op.FloatArray
	for _, a := range args {
		out = append(out, op.FloatArray{Shape: op.Shape{R: a.R, C: a.C}, Data: a.ToFloat().Float})
	}
	return out
}
