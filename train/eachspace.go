package train

import (
	"math"
	"slices"
)

// space is where lbfgs moves weights: a weight between two bounds by its values, which have walls then, and any
// other by its raw numbers.
type space struct {
	blocks []block
	lo, hi []float64 // by number: the walls, ±Inf where there are none
	kinds  []span    // by weight: its numbers
	boxed  int       // how many numbers have walls
}

// edge is how near a weight comes to its bounds at most, as a share of the interval.
const edge = 1e-6

// newSpace is the space of so many copies of each weight: of all, or of one series.
func newSpace(blocks []block, copies func(b *block) int) *space {
	s := &space{blocks: blocks}
	for i := range blocks {
		b := &blocks[i]
		from := len(s.lo)
		lo, hi := math.Inf(-1), math.Inf(1)
		if b.boxed() {
			inside := edge * (b.interval.Hi - b.interval.Lo)
			lo, hi = b.interval.Lo+inside, b.interval.Hi-inside
		}
		for range copies(b) * b.size {
			s.lo, s.hi = append(s.lo, lo), append(s.hi, hi)
		}
		s.kinds = append(s.kinds, span{from, len(s.lo)})
		if b.boxed() {
			s.boxed += len(s.lo) - from
		}
	}
	return s
}

// boxed tells whether a weight lies between two bounds.
func (b *block) boxed() bool { return finite(b.interval.Hi - b.interval.Lo) }

// point is where weights are in the space: where says where in the vector each weight's numbers lie.
func (s *space) point(v *vector, where func(b *block) span) []float64 {
	x := make([]float64, 0, len(s.lo))
	for i := range s.blocks {
		b := &s.blocks[i]
		at := where(b)
		if b.boxed() {
			x = append(x, v.value[at.lo:at.hi]...)
		} else {
			x = append(x, v.raw[at.lo:at.hi]...)
		}
	}
	return x
}

// spread moves a point to the k-th of points that fill the box evenly: Roberts' sequence, which adds powers of
// the root of xⁿ⁺¹ = x + 1. Numbers without walls stay.
func (s *space) spread(x []float64, k int) {
	root := 2.0
	for range 60 {
		root = math.Pow(1+root, 1/float64(s.boxed+1))
	}
	step := 1.0
	for i := range x {
		if math.IsInf(s.lo[i], 0) {
			continue
		}
		step /= root
		_, part := math.Modf(0.5 + float64(k)*step)
		x[i] = s.lo[i] + (s.hi[i]-s.lo[i])*(0.05+0.9*part)
	}
}

// put writes the weights' values at a point to the vector.
func (s *space) put(v *vector, x []float64, where func(b *block) span) {
	for i := range s.blocks {
		b := &s.blocks[i]
		at, here := where(b), x[s.kinds[i].lo:s.kinds[i].hi]
		if b.boxed() {
			copy(v.value[at.lo:at.hi], here)
			continue
		}
		for j, raw := range here {
			v.value[at.lo+j] = b.interval.Value(raw)
		}
	}
}

// settle writes the raw numbers at a point to the vector, and the values that they give.
func (s *space) settle(v *vector, x []float64, where func(b *block) span) {
	for i := range s.blocks {
		b := &s.blocks[i]
		at := where(b)
		for j, raw := range x[s.kinds[i].lo:s.kinds[i].hi] {
			if b.boxed() {
				raw = b.interval.Raw(raw)
			}
			v.raw[at.lo+j], v.value[at.lo+j] = raw, b.interval.Value(raw)
		}
	}
}

// slopes turns a gradient by values into one by what moves.
func (s *space) slopes(x, gradient []float64) {
	for i := range s.blocks {
		b := &s.blocks[i]
		if b.boxed() {
			continue
		}
		for j := s.kinds[i].lo; j < s.kinds[i].hi; j++ {
			gradient[j] *= b.interval.Slope(x[j])
		}
	}
}

// copy is the vector with numbers of its own.
func (v *vector) copy() *vector {
	out := *v
	out.raw, out.value = slices.Clone(v.raw), slices.Clone(v.value)
	return &out
}
