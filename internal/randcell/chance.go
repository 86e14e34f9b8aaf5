package randcell

import (
	"math/bits"

	"pgregory.net/rapid"
)

// pick is one of 0..n-1, each as likely. (rapid's own ranges prefer small numbers, which would
// starve the end of a list.) It shrinks towards 0.
func (b *builder) pick(n int) int {
	u := 0
	for range bits.Len(uint(n-1)) + 3 {
		u *= 2
		if bit.Draw(b.t, "bit") {
			u++
		}
	}
	return u % n
}

var bit = rapid.Bool()

// chance is true in so many of a hundred cases.
func (b *builder) chance(percent int) bool { return b.pick(100) >= 100-percent }

// between is one of lo..hi.
func (b *builder) between(lo, hi int) int { return lo + b.pick(hi-lo+1) }

func oneOf[T any](b *builder, from ...T) T { return from[b.pick(len(from))] }
