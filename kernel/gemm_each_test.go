package kernel

import (
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func TestMulEach(t *testing.T) { both(t, testMulEach[float32], testMulEach[float64]) }

// items is count matrices behind each other with a gap between them; a gap of -1 is one for all.
type items[T Real] struct {
	guarded[T]
	rows, cols, stride int
}

func newItems[T Real](r *rand.Rand, count, rows, cols, gap, shift int) items[T] {
	stride, n := rows*cols+gap, 0
	if gap < 0 {
		stride, count = 0, 1
	}
	if rows*cols > 0 && count > 0 {
		n = (count-1)*stride + rows*cols
	}
	x := items[T]{newGuarded[T](n, shift), rows, cols, stride}
	for i := range n {
		if stride == 0 || i%stride < rows*cols {
			x.in[i] = T(r.NormFloat64())
		}
	}
	return x
}

// item is a copy of one of the matrices, turned round if it lay transposed.
func (x items[T]) item(i int, transposed bool) matrix[T] {
	m := newMatrix[T](x.rows, x.cols, 0, 0)
	copy(m.in, x.in[min(i*x.stride, len(x.in)):])
	if transposed {
		return m.transposed()
	}
	return m
}

func testMulEach[T Real](t *testing.T, s *Set[T]) {
	rapid.Check(t, func(rt *rapid.T) {
		size := rapid.OneOf(rapid.IntRange(0, 9), rapid.IntRange(10, 70))
		m, k, n := size.Draw(rt, "m"), size.Draw(rt, "k"), size.Draw(rt, "n")
		count := rapid.IntRange(0, 4).Draw(rt, "count")
		ta, tb, add := rapid.Bool().Draw(rt, "ta"), rapid.Bool().Draw(rt, "tb"), rapid.Bool().Draw(rt, "add")
		gap, shift := rapid.IntRange(-1, 3), rapid.IntRange(0, 16)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0))
		shape := func(transposed bool, rows, cols int) items[T] {
			if transposed {
				rows, cols = cols, rows
			}
			return newItems[T](r, count, rows, cols, gap.Draw(rt, "gap"), shift.Draw(rt, "shift"))
		}
		a, b := shape(ta, m, k), shape(tb, k, n)
		c := newItems[T](r, count, m, n, max(0, gap.Draw(rt, "gap")), shift.Draw(rt, "shift"))
		start := items[T]{newGuarded[T](len(c.in), 0), m, n, c.stride}
		if add {
			copy(start.in, c.in)
		} else {
			clear(start.in)
		}
		s.MulEach(c.in, c.stride, a.in, a.stride, ta, b.in, b.stride, tb, count, m, k, n, add)
		for i := range count {
			wantProduct(rt, c.item(i, false), start.item(i, false), a.item(i, ta), b.item(i, tb))
			if m*n > 0 && i+1 < count && !allNaN(c.in[i*c.stride+m*n:(i+1)*c.stride]) {
				rt.Fatal("something was written between the items")
			}
		}
		if !c.intact() {
			rt.Fatal("something was written around the items")
		}
	})
}
