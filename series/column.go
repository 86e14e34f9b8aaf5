package series

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
)

// Column is what an input is over the times 0, 1, …: a list of Arrays, which may be exact, or dense,
// where a number takes the 8 bytes of a float64 and nothing besides. The zero Column has no times.
// Copies share their numbers, as slices do.
type Column struct {
	arrays []Array
	r, c   int       // of a dense column; r is 0 otherwise
	dense  []float64 // time after time, each row-major; NaN is missing
}

// Arrays is the column of one Array a time, which it keeps. One without entries is missing.
func Arrays(values ...Array) Column { return Column{arrays: values} }

// Dense is the column of r×c float64s a time, each time's in row-major order, which it keeps; a NaN is
// missing. It panics if they are no whole number of times.
func Dense(r, c int, values []float64) Column {
	if r < 1 || c < 1 || len(values)%(r*c) != 0 {
		panic(fmt.Sprintf("series: a column of %d×%d a time with %d entries", r, c, len(values)))
	}
	return Column{r: r, c: c, dense: values}
}

func (c Column) isDense() bool { return c.r > 0 }

// Len is the number of times.
func (c Column) Len() int {
	if c.isDense() {
		return len(c.dense) / (c.r * c.c)
	}
	return len(c.arrays)
}

// Exact says whether no time has float64s. A time without entries has none, a dense column always does.
func (c Column) Exact() bool {
	return !c.isDense() && !slices.ContainsFunc(c.arrays, func(a Array) bool { return a.Len() > 0 && !a.Exact() })
}

// Floats are the numbers of a dense column, which it shares: r×c a time, each time's in row-major order. They
// are nil of any other.
func (c Column) Floats() (r, cols int, values []float64) { return c.r, c.c, c.dense }

// At is the array at time t. It shares the column's numbers, and takes no memory.
func (c Column) At(t int) Array {
	if !c.isDense() {
		return c.arrays[t]
	}
	n := c.r * c.c
	return Array{R: c.r, C: c.c, Float: c.dense[t*n : t*n+n : t*n+n]}
}

// All are the times with their arrays.
func (c Column) All() iter.Seq2[int, Array] {
	return func(yield func(int, Array) bool) {
		for t := range c.Len() {
			if !yield(t, c.At(t)) {
				return
			}
		}
	}
}

// Read writes the entries at time t, row after row; NaN for what is missing, as all is at a time that the
// column doesn't have.
func (c Column) Read(t int, into []float64) {
	n := 0
	switch size := c.r * c.c; {
	case t < 0 || t >= c.Len():
	case c.isDense():
		n = copy(into, c.dense[t*size:t*size+size])
	default:
		a := c.arrays[t]
		n = min(a.Len(), len(into))
		for i := range n {
			into[i] = a.Float64(i)
		}
	}
	for i := n; i < len(into); i++ {
		into[i] = math.NaN()
	}
}

// shape is that of the arrays: of the first that has entries; 0×0 if none has.
func (c Column) shape() (rows, cols int) {
	if c.isDense() {
		return c.r, c.c
	}
	for _, a := range c.arrays {
		if a.Len() > 0 {
			return a.R, a.C
		}
	}
	return 0, 0
}

// Slice is the column of the times from lo to hi-1, which then begin at 0. Append doesn't write past it.
func (c Column) Slice(lo, hi int) Column {
	if !c.isDense() {
		c.arrays = c.arrays[lo:hi:hi]
		return c
	}
	n := c.r * c.c
	c.dense = c.dense[lo*n : hi*n : hi*n]
	return c
}

// Append is the column with arrays after its last time, as the function append makes it. A dense
// column keeps them as float64, and stays dense if all have its shape.
func (c Column) Append(arrays ...Array) Column {
	if slices.ContainsFunc(arrays, func(a Array) bool { return a.R != c.r || a.C != c.c }) {
		c = c.listed()
	}
	if !c.isDense() {
		c.arrays = append(c.arrays, arrays...)
		return c
	}
	for _, a := range arrays {
		c.dense = append(c.dense, a.ToFloat().Float...)
	}
	return c
}

// listed is the column as a list of arrays.
func (c Column) listed() Column {
	if !c.isDense() {
		return c
	}
	arrays := make([]Array, c.Len())
	for t := range arrays {
		arrays[t] = c.At(t)
	}
	return Arrays(arrays...)
}

// AppendMissing is the column with n times more, of which nothing is known.
func (c Column) AppendMissing(n int) Column {
	if c.isDense() {
		c.dense = append(c.dense, slices.Repeat([]float64{math.NaN()}, n*c.r*c.c)...)
		return c
	}
	rows, cols := c.shape()
	for range n {
		c.arrays = append(c.arrays, Missing(rows, cols))
	}
	return c
}

// String lists the arrays as Array.String writes them: [1 1/2 –].
func (c Column) String() string {
	texts := make([]string, c.Len())
	for t, a := range c.All() {
		texts[t] = a.String()
	}
	return "[" + strings.Join(texts, " ") + "]"
}
