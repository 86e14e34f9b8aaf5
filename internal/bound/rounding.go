package bound

import (
	"math"

	"unroll/graph"
)

// format is a kind of floating-point numbers.
type format struct {
	eps  float64 // from 1 to the next number
	tiny float64 // the smallest normal number: what is below it may be flushed to 0
	huge float64 // the largest number
}

func formatOf(eps float64) format {
	if eps > 0x1p-40 {
		return format{eps, 0x1p-126, math.MaxFloat32}
	}
	return format{eps, 0x1p-1022, math.MaxFloat64}
}

// usual is how far a node may be off each time that it rounds, in units in the last place.
func usual(n *graph.Node) float64 {
	switch {
	case n.Kind != graph.Row:
		return 1
	case n.Row.Ulps == 0:
		return 0
	}
	return max(1, n.Row.Ulps)
}

// sum is what is added up in an entry, directly or by way of other sums.
type sum struct {
	count   float64 // how many terms
	mass    float64 // the sum of their absolute values
	counted float64 // the sum of mass times count of what is added directly: these roundings it has by itself
}

// alone is an entry that is no sum.
func alone(value float64) sum { return sum{count: 1, mass: math.Abs(value)} }

// plus adds an entry to a sum. What is sure to be 0 rounds nothing.
func (p *tape) plus(s sum, i int) sum {
	if p.exact(i) && p.at(i) == 0 {
		return s
	}
	return sum{s.count + p.count[i], s.mass + p.mass[i], s.counted + p.count[i]*p.mass[i]}
}

// rounded is the size of the numbers that are rounded as the terms of all sums are added one by one,
// each as often as it is, less what those sums have rounded already.
func (s sum) rounded() float64 { return s.count*s.mass - s.counted }

// rounding is how far a node's own rounding may put a value off, which is so many units in the last
// place of a size. exact: what it is made of is exact.
func (b *builder) rounding(n *graph.Node, value, units, size float64, exact bool) float64 {
	switch {
	case !finite(value) && exact:
		return 0 // as undefined in any run
	case !finite(value), max(math.Abs(value), size) > b.huge:
		return math.Inf(1)
	case units == 0 || size == 0:
		return 0
	}
	return b.inexact(n, value, units*size)
}

// inexact adds the reference's own rounding, which is that of float64. Exact numbers are rounded
// when they are read.
func (b *builder) inexact(n *graph.Node, value, size float64) float64 {
	const reference = 0x1p-52
	off := size * (b.eps + reference)
	if b.values.Exact(n) {
		off = size*b.eps + math.Abs(value)*reference/2
	}
	return off + b.tiny
}

// fits tells whether a number is the same in any format. What rounds correctly and is made of such
// numbers is then exact.
func fits(x float64) bool {
	return x == 0 || float64(float32(x)) == x && math.Abs(x) >= 0x1p-126
}

// onGrid tells whether a term is a multiple of 2⁻¹⁰. The sum of such terms is exact in any order if
// mass is below gridMost.
func onGrid(x float64) bool { return x*1024 == math.Trunc(x*1024) }

const gridMost = 8192
