package series

import (
	"fmt"
	"math"
	"math/big"
)

// Number is the exact scalar v; nil is a missing one.
func Number(v *big.Rat) Array { return Array{R: 1, C: 1, Rat: []*big.Rat{v}} }

// Vector is the exact column (n×1) of the entries given; a nil one is missing.
func Vector(entries ...*big.Rat) Array {
	return Rats(len(entries), 1, append([]*big.Rat{}, entries...))
}

// Rats is the exact r×c array of row-major entries, which it keeps; a nil entry is missing. It
// panics if their number is not r·c.
func Rats(r, c int, entries []*big.Rat) Array {
	mustFit(r, c, len(entries))
	return Array{R: r, C: c, Rat: entries}
}

// Floats is the inexact r×c array of row-major entries, which it keeps; a NaN is missing. It
// panics if their number is not r·c.
func Floats(r, c int, entries []float64) Array {
	mustFit(r, c, len(entries))
	return Array{R: r, C: c, Float: entries}
}

// Missing is the r×c array without any of its entries. It counts as exact.
func Missing(r, c int) Array { return Rats(r, c, make([]*big.Rat, r*c)) }

func mustFit(r, c, n int) {
	if r < 0 || c < 0 || r*c != n {
		panic(fmt.Sprintf("series: %d entries for an array of %d×%d", n, r, c))
	}
}

// Len is the number of entries, R·C.
func (a Array) Len() int { return a.R * a.C }

// Exact says whether the entries are exact numbers, in Rat.
func (a Array) Exact() bool { return a.Rat != nil }

// Has says whether entry i, in row-major order, is there: neither missing nor undefined.
func (a Array) Has(i int) bool {
	if a.Exact() {
		return a.Rat[i] != nil
	}
	return !math.IsNaN(a.Float[i])
}

// HasAny says whether at least one entry is there.
func (a Array) HasAny() bool {
	for i := range a.Len() {
		if a.Has(i) {
			return true
		}
	}
	return false
}

// HasAll says whether every entry is there.
func (a Array) HasAll() bool {
	for i := range a.Len() {
		if !a.Has(i) {
			return false
		}
	}
	return true
}

// Float64 is entry i, in row-major order, as the nearest float64; NaN if it is missing.
func (a Array) Float64(i int) float64 {
	switch {
	case !a.Exact():
		return a.Float[i]
	case a.Rat[i] == nil:
		return math.NaN()
	}
	f, _ := a.Rat[i].Float64()
	return f
}

// At is the entry in row i and column j, both counted from 0, as a scalar.
func (a Array) At(i, j int) Array {
	if i < 0 || i >= a.R || j < 0 || j >= a.C {
		panic(fmt.Sprintf("series: entry [%d, %d] of an array of %d×%d", i, j, a.R, a.C))
	}
	k := i*a.C + j
	if a.Exact() {
		return Number(a.Rat[k])
	}
	return Floats(1, 1, []float64{a.Float[k]})
}

// ToFloat is the array as float64, each entry the nearest; a itself if it is inexact already.
func (a Array) ToFloat() Array {
	if !a.Exact() {
		return a
	}
	out := make([]float64, a.Len())
	for i := range out {
		out[i] = a.Float64(i)
	}
	return Floats(a.R, a.C, out)
}

// Equal says whether both have the same shape, the same exactness and the same entries; missing
// entries are equal to one another.
func (a Array) Equal(b Array) bool {
	if a.R != b.R || a.C != b.C || a.Exact() != b.Exact() {
		return false
	}
	for i := range a.Len() {
		if a.Has(i) != b.Has(i) || a.Has(i) && !a.sameEntry(b, i) {
			return false
		}
	}
	return true
}

// sameEntry compares entry i, present in both, of arrays of one kind.
func (a Array) sameEntry(b Array, i int) bool {
	if a.Exact() {
		return a.Rat[i].Cmp(b.Rat[i]) == 0
	}
	return a.Float[i] == b.Float[i]
}

// Check returns an error if the array's entries are not R·C of one kind.
func (a Array) Check() error {
	n := len(a.Rat)
	if !a.Exact() {
		n = len(a.Float)
	}
	if a.R < 0 || a.C < 0 || n != a.R*a.C {
		return fmt.Errorf("an array of %d×%d with %d entries", a.R, a.C, n)
	}
	if a.Exact() && a.Float != nil {
		return fmt.Errorf("an array that is both exact and float64")
	}
	return nil
}
