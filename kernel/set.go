package kernel

import "slices"

// Real is a kind of numbers that there are kernels for.
type Real interface{ float32 | float64 }

// Family says what a Set is made of: "go", "avx2" or "avx512".
type Family string

// The families, from the slowest.
const (
	Go     Family = "go"
	AVX2   Family = "avx2"
	AVX512 Family = "avx512"
)

// Set is the kernels of one family for one kind of numbers.
type Set[T Real] struct {
	family Family
}

// Families are those that can run on this machine, from the slowest.
func Families() []Family { return append([]Family{Go}, assembled()...) }

// Best is the fastest family that can run on this machine.
func Best() Family { return Families()[len(Families())-1] }

// For is the kernels of a family, which must be one of Families.
func For[T Real](f Family) *Set[T] {
	if !slices.Contains(Families(), f) {
		panic("kernel: " + string(f) + " can't run on this machine")
	}
	return &Set[T]{family: f}
}

// Family is what the set is made of.
func (s *Set[T]) Family() Family { return s.family }
