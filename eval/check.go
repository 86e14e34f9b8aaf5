package eval

import (
	"fmt"
	"math"
	"math/big"

	"unroll/graph"
	"unroll/op"
	"unroll/series"
)

// Check finds what is wrong with a run's data and weights: one that is absent, has another shape,
// a class that is not one, or a value that is missing where it is read and nothing forecasts it.
func Check(g *graph.Graph, r Run) error {
	r.Data = bound(g, r)
	if err := checkWeights(g, r); err != nil {
		return err
	}
	if len(r.Data.Series) == 0 {
		return fmt.Errorf("the data has no series")
	}
	reads := readsOf(roots(g))
	for i := range r.Data.Series {
		for _, c := range g.Inputs {
			in := input{g: g, Column: c, series: &r.Data.Series[i], length: length(g, r, i), masked: r.Masked}
			if err := in.check(reads[c.Name]); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkWeights(g *graph.Graph, r Run) error {
	for _, w := range g.Weights {
		want := 1
		if w.PerSeries {
			want = len(r.Data.Series)
		}
		all := r.Weights[w.Name]
		if len(all) != want {
			return fmt.Errorf("weight %s: the run gives %d arrays, not %d", w.Name, len(all), want)
		}
		for _, a := range all {
			if shape := w.Node.Shape; !fits(a, shape) {
				return fmt.Errorf("weight %s: the run gives %s, not %s", w.Name, words(a.R, a.C), words(shape.R, shape.C))
			}
		}
	}
	return nil
}

// fits tells whether an array has a shape.
func fits(a series.Array, shape op.Shape) bool {
	return a.R == shape.R && a.C == shape.C && a.Check() == nil
}

func words(r, c int) string {
	switch {
	case r == 1 && c == 1:
		return "a number"
	case c == 1:
		return fmt.Sprintf("a vector of %d", r)
	}
	return fmt.Sprintf("a matrix of %d by %d", r, c)
}

// input is an input of the graph in one series of the data.
type input struct {
	*graph.Column
	g      *graph.Graph
	series *series.Series
	length int // T of the series
	masked bool
}

func (in input) check(reads []lag) error {
	if in.PerSeries {
		a, ok := in.series.Consts[in.Name]
		if !ok {
			return fmt.Errorf("input %s: series %s has none", in.Name, in.series.ID)
		}
		if err := in.checkArray(a, -1); err != nil {
			return err
		}
		if !complete(a) && !in.masked && !in.Forecast {
			return fmt.Errorf("input %s is missing in series %s", in.Name, in.series.ID)
		}
		return nil
	}
	column, ok := in.series.Columns[in.Name]
	if !ok {
		return fmt.Errorf("input %s: series %s has none", in.Name, in.series.ID)
	}
	if err := in.checkArrays(column); err != nil {
		return err
	}
	if in.masked || in.Asked && !in.Forecast {
		return nil // what is missing is read as 0, and the file sees to the rest
	}
	return in.checkMissing(column, reads)
}

// checkArrays looks at all times; of a dense column, of which there may be millions, only if there are classes.
func (in input) checkArrays(column series.Column) error {
	if r, c, _ := column.Floats(); in.Classes == 0 && r == in.Shape.R && c == in.Shape.C {
		return nil
	}
	for t, a := range column.All() {
		if err := in.checkArray(a, t); err != nil {
			return err
		}
	}
	return nil
}

// checkArray looks at the shape and the classes of the array at a time, or of one that has none: -1. One
// without entries is missing.
func (in input) checkArray(a series.Array, t int) error {
	if a.Len() == 0 {
		return nil
	}
	if !fits(a, in.Shape) {
		return fmt.Errorf("input %s: series %s has %s%s, not %s",
			in.Name, in.series.ID, words(a.R, a.C), when(t), words(in.Shape.R, in.Shape.C))
	}
	if in.Classes == 0 {
		return nil
	}
	for i := range a.Len() {
		if a.Has(i) && !class(a, i, in.Classes) {
			return fmt.Errorf("input %s: series %s has %s%s, which is not a whole number from 0 to %d",
				in.Name, in.series.ID, a.At(i/a.C, i%a.C), when(t), in.Classes-1)
		}
	}
	return nil
}

func when(t int) string {
	if t < 0 {
		return ""
	}
	return fmt.Sprintf(" at t = %d", t)
}

// class tells whether an entry is a whole number from 0 to n-1.
func class(a series.Array, i, n int) bool {
	if a.Rat != nil {
		x := a.Rat[i]
		return x.IsInt() && x.Sign() >= 0 && x.Cmp(big.NewRat(int64(n), 1)) < 0
	}
	x := a.Float[i]
	return x == math.Trunc(x) && x >= 0 && x < float64(n)
}

// complete tells whether an array is there, with all its entries.
func complete(a series.Array) bool { return a.Len() > 0 && a.HasAll() }

// checkMissing looks for a time that is read and isn't there. What is forecast may be missing
// from the first forecast on.
func (in input) checkMissing(column series.Column, reads []lag) error {
	read := in.times(reads)
	for t := range read {
		if !read[t] || t < column.Len() && complete(column.At(t)) {
			continue
		}
		switch end := in.length - in.series.Ahead; {
		case in.Known && t >= end:
			return fmt.Errorf("input %s of series %s is known ahead up to t = %d, and is read up to t = %d; give the values that are to come", in.Name, in.series.ID, column.Len()-1, len(read)-1)
		case t < end || in.series.Ahead == 0:
			return fmt.Errorf("input %s is missing in series %s at t = %d, and nothing forecasts it; give a value, or fill it with --fill zero, previous or mean", in.Name, in.series.ID, t)
		default:
			return fmt.Errorf("input %s of series %s ends at t = %d, and a forecast reads it at t = %d; what it reads must be forecast too, known ahead, or read at lags no shorter than the horizon", in.Name, in.series.ID, end-1, t)
		}
	}
	return nil
}

// ahead is how far ahead the input is forecast.
func (in input) ahead() int {
	for _, s := range in.g.Scores {
		if s.Input == in.Name && s.Forecast != nil {
			return s.Ahead
		}
	}
	return 0
}
