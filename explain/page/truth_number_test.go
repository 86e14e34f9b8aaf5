package page_test

import (
	"math"
	"math/big"

	"unroll/internal/near"
	"unroll/series"
)

// present is an array with 0 where it has no entry.
func present(a series.Array) series.Array {
	out := series.Missing(a.R, a.C)
	for i := range out.Rat {
		if !a.Exact() {
			return a
		}
		if out.Rat[i] = a.Rat[i]; out.Rat[i] == nil {
			out.Rat[i] = new(big.Rat)
		}
	}
	return out
}

// presence is 1 where an array has an entry.
func presence(a series.Array) series.Array {
	out := series.Missing(a.R, a.C)
	for i := range out.Rat {
		out.Rat[i] = new(big.Rat)
		if a.Has(i) {
			out.Rat[i].SetInt64(1)
		}
	}
	return out
}

// entriesOf are the entries of an array that indices name, all if there are none.
func entriesOf(a series.Array, at []span) series.Array {
	row, col := 0, 0
	switch {
	case len(at) == 0:
		return a
	case at[0].slice || len(at) > 2 || len(at) == 2 && (at[1].slice || a.C == 1):
		return fault("which entries?")
	case len(at) == 2:
		row, col = at[0].lo.k, at[1].lo.k
	case a.C == 1:
		row = at[0].lo.k
	default:
		col = at[0].lo.k
	}
	if row < 0 || row >= a.R || col < 0 || col >= a.C {
		return fault("no entry %d, %d", row, col)
	}
	return a.At(row, col)
}

// sliceOf are the entries of an array that indices name, of which the first may be a slice of rows.
func sliceOf(a series.Array, at []span) series.Array {
	if !at[0].slice {
		return entriesOf(a, at)
	}
	var rows []series.Array
	for row := at[0].lo.k; row <= at[0].hi.k; row++ {
		rows = append(rows, entriesOf(a, append([]span{{lo: point{k: row}}}, at[1:]...)))
	}
	return stacked(rows, false)
}

// isNothing tells what a quotient of zeros is.
func isNothing(a series.Array) bool {
	for i := range a.Len() {
		if a.Has(i) && !math.IsNaN(a.Float64(i)) {
			return false
		}
	}
	return true
}

// agrees tells whether two values are the same: exactly if both are exact. A number is the same as
// an array of it.
func agrees(a, b series.Array) bool {
	if a.Len() == 1 || b.Len() == 1 || a.R == b.R && a.C == b.C {
		for i := range max(a.Len(), b.Len()) {
			if !agree(entry(a, i), entry(b, i)) {
				return false
			}
		}
		return true
	}
	return false
}

func agree(a, b series.Array) bool {
	if a.Exact() && b.Exact() {
		return a.Equal(b)
	}
	x, y := a.Float64(0), b.Float64(0)
	return near.Equal(x, y, 1e-9) || math.Abs(x-y) < 1e-14
}

// entry is an entry of an array, or the number that stands for all.
func entry(a series.Array, i int) series.Array {
	if a.Len() == 1 {
		return a
	}
	return a.At(i/a.C, i%a.C)
}

// shownDigits are the significant digits of numbers that aren't exact.
const shownDigits = 4

// half is half a unit in the last place in which a number is shown that isn't exact.
func half(x float64) float64 {
	if x == 0 {
		return 0
	}
	size := math.Abs(x)
	unit := math.Pow(10, math.Floor(math.Log10(size)+1e-12)-shownDigits+1)
	if size < 1e6 {
		unit = min(unit, 1)
	}
	return unit / 2
}

// shows tells whether a number on the page is a value: the value itself, or correctly rounded; and
// whether it is the value exactly, as an exact number is, and 0.
func shows(page, value series.Array) (right, exactly bool) {
	right, exactly = true, true
	for i := range max(page.Len(), value.Len()) {
		p, v := entry(page, i), entry(value, i)
		x := v.Float64(0)
		if p.Equal(v) || x == 0 && p.Float64(0) == 0 {
			continue
		}
		exactly = false
		right = right && math.Abs(p.Float64(0)-x) <= half(x)*(1+1e-9)
	}
	return right && (page.Len() == value.Len() || value.Len() == 1 || page.Len() == 1), exactly
}
