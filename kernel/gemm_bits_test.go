package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// fused is x·y + z rounded once.
func fused[T Real](x, y, z T) T {
	if unsafe.Sizeof(x) == 8 {
		return T(math.FMA(float64(x), float64(y), float64(z)))
	}
	// The product is exact in float64. Rounding the sum to odd first makes rounding it again harmless.
	p, q := float64(x)*float64(y), float64(z)
	sum := p + q
	back := sum - p
	if rest := (p - (sum - back)) + (q - back); rest != 0 && math.Float64bits(sum)&1 == 0 {
		sum = math.Nextafter(sum, math.Inf(int(math.Copysign(1, rest))))
	}
	return T(sum)
}

// promised is start + a·b as it is promised, bit for bit: chains of fused multiply-adds over at most
// chain terms each, added up in order.
func promised[T Real](start, a, b matrix[T]) matrix[T] {
	c := start.clone()
	for i := range c.rows {
		for j := range c.cols {
			for k0 := 0; k0 < a.cols; k0 += chain {
				var sum T
				for k := k0; k < min(k0+chain, a.cols); k++ {
					sum = fused(a.at(i, k), b.at(k, j), sum)
				}
				c.in[i*c.stride+j] += sum
			}
		}
	}
	return c
}

func wantSame[T Real](t *testing.T, got, want matrix[T]) {
	t.Helper()
	for i := range want.rows {
		for j := range want.cols {
			if got.at(i, j) != want.at(i, j) {
				t.Fatalf("entry (%d,%d) is %v, want exactly %v", i, j, got.at(i, j), want.at(i, j))
			}
		}
	}
}

func TestMulBits(t *testing.T) { both(t, testMulBits[float32], testMulBits[float64]) }

// Every number of rows and every width of a tile gives the bits that are promised, in every family of
// assembly; and in each family a row alone gives the bits that it gives among others.
func testMulBits[T Real](t *testing.T, s *Set[T]) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, k := range []int{1, 5, 64, chain, chain + 1, 2*chain + 7} {
		const m, n = 27, 150
		a, b, c := randomMatrix[T](r, m, k, 1, 0), randomMatrix[T](r, k, n, 0, 0), randomMatrix[T](r, m, n, 2, 0)
		panels := packed(t, s, b, k%2 == 0)
		all := c.clone()
		s.Mul(all.in, all.stride, a.in, a.stride, m, panels.in, k, n, true)
		if s.Family() != Go {
			wantSame(t, all, promised(c, a, b))
		}
		for rows := 1; rows <= m; rows++ {
			t.Run(fmt.Sprintf("%d rows of k %d", rows, k), func(t *testing.T) {
				got, from := c.clone(), m-rows
				s.Mul(got.in[from*got.stride:], got.stride, a.in[from*a.stride:], a.stride, rows, panels.in, k, n, true)
				s.Mul(got.in, got.stride, a.in, a.stride, from, panels.in, k, n, true)
				wantSame(t, got, all)
			})
		}
	}
}

func TestMulTBits(t *testing.T) { both(t, testMulTBits[float32], testMulTBits[float64]) }

func testMulTBits[T Real](t *testing.T, s *Set[T]) {
	if s.Family() == Go {
		t.Skip("plain Go rounds products")
	}
	r := rand.New(rand.NewPCG(9, 10))
	for _, rows := range []int{1, 7, chain, chain + 1, 2*chain + 3} {
		for _, p := range [][2]int{{1, 40}, {40, 1}, {3, 3}, {25, 70}, {13, 290}, {100, 5}} {
			a, b := randomMatrix[T](r, rows, p[0], 1, 0), randomMatrix[T](r, rows, p[1], 0, 0)
			c := randomMatrix[T](r, p[0], p[1], 2, 0)
			got := c.clone()
			s.MulT(got.in, got.stride, a.in, a.stride, b.in, b.stride, rows, p[0], p[1], make([]T, s.ScratchLen(p[0], p[1])))
			wantSame(t, got, promised(c, a.transposed(), b))
		}
	}
}

func TestSumRowsBits(t *testing.T) { both(t, testSumRowsBits[float32], testSumRowsBits[float64]) }

// SumRows gives the same bits in every family, since nothing is multiplied.
func testSumRowsBits[T Real](t *testing.T, s *Set[T]) {
	r := rand.New(rand.NewPCG(11, 12))
	a, c := randomMatrix[T](r, 2*chain+5, 300, 1, 0), randomMatrix[T](r, 1, 300, 0, 0)
	ones := newMatrix[T](1, a.rows, 0, 0)
	for i := range ones.in {
		ones.in[i] = 1
	}
	got := c.clone()
	s.SumRows(got.in, a.in, a.stride, a.rows, a.cols)
	wantSame(t, got, promised(c, ones, a))
}

// No product allocates.
func TestGemmAllocates(t *testing.T) { both(t, testGemmAllocates[float32], testGemmAllocates[float64]) }

func testGemmAllocates[T Real](t *testing.T, s *Set[T]) {
	const m, k, n = 30, 1024, 150
	a, b, c := make([]T, m*k), make([]T, k*n), make([]T, k*n)
	panels, scratch := make([]T, s.PanelLen(k, n)), make([]T, s.ScratchLen(k, n))
	if got := testing.AllocsPerRun(3, func() {
		s.Pack(panels, b, k, n, n, 1)
		s.Pack(panels, b, k, n, 1, k)
		s.Mul(c, n, a, k, m, panels, k, n, true)
		s.MulT(c, n, a, k, c[:m*n], n, m, k, n, scratch)
		s.MulT(c, 1, a, k, c[:m], 1, m, k, 1, scratch)
		s.SumRows(c, b, n, k, n)
		s.MulEach(c, 64, a, 64, true, b, 64, true, 10, 8, 8, 8, true)
	}); got != 0 {
		t.Errorf("%v allocations", got)
	}
}
