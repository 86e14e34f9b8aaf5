package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
	"unsafe"
)

// peakOf is how many floating-point operations this core does in a nanosecond (GFLOP/s), on registers
// alone: the best of some tries.
func peakOf[T Real](s *Set[T]) float64 {
	if s.Family() == Go {
		return 0
	}
	const n, tries = 100_000, 10
	best := 0.0
	for range tries {
		start := time.Now()
		s.peak(n)
		best = max(best, 2*12*n*float64(lanes[T](s.family))/float64(time.Since(start).Nanoseconds()))
	}
	return best
}

// report gives what a benchmark reached, for so many floating-point operations an iteration.
func report[T Real](b *testing.B, s *Set[T], flops int) {
	rate := float64(flops) * float64(b.N) / float64(b.Elapsed().Nanoseconds())
	b.ReportMetric(rate, "GFLOP/s")
	if peak := peakOf(s); peak > 0 {
		b.ReportMetric(100*rate/peak, "%peak")
	}
}

func randoms[T Real](n int) []T {
	r := rand.New(rand.NewPCG(1, 2))
	x := make([]T, n+16)
	for i := range x {
		x[i] = T(r.NormFloat64())
	}
	skip := int(-uintptr(unsafe.Pointer(&x[0])) % 64 / unsafe.Sizeof(T(0)))
	return x[skip:][:n]
}

func benchSets[T Real](b *testing.B, name string, bench func(b *testing.B, s *Set[T])) {
	for _, f := range Families() {
		b.Run(fmt.Sprintf("%s/%T/%s", f, T(0), name), func(b *testing.B) { bench(b, For[T](f)) })
	}
}

// The products of training: a step of a scan, batch 1, and all times at once.
var products = [][3]int{
	{16, 64, 256}, {32, 64, 256}, {8, 128, 512}, {16, 128, 512}, {32, 128, 512}, {8, 512, 2048}, {16, 512, 2048}, {32, 512, 2048},
	{1, 32, 128}, {1, 192, 512}, {2, 192, 512}, {3, 192, 512}, {4, 192, 512}, {1, 512, 2048}, {1, 8, 32}, {1, 1, 4}, {12, 1024, 4096},
	{3200, 1, 256}, {6400, 64, 512}, {3200, 256, 2048}, {3200, 1024, 512}, {1024, 1024, 1024},
}

func BenchmarkGemmMul(b *testing.B) {
	for _, p := range products {
		name := fmt.Sprintf("%dx%dx%d", p[0], p[1], p[2])
		benchSets(b, name, func(b *testing.B, s *Set[float32]) { benchMul(b, s, p[0], p[1], p[2]) })
		benchSets(b, name, func(b *testing.B, s *Set[float64]) { benchMul(b, s, p[0], p[1], p[2]) })
	}
}

func benchMul[T Real](b *testing.B, s *Set[T], m, k, n int) {
	x, y, z := randoms[T](m*k), randoms[T](k*n), randoms[T](m*n)
	panels := randoms[T](s.PanelLen(k, n))
	s.Pack(panels, y, k, n, n, 1)
	for b.Loop() {
		s.Mul(z, n, x, k, m, panels, k, n, true)
	}
	report(b, s, 2*m*k*n)
}

// The gradients of weights over all times and series: C (m×n) over r.
var gradients = [][3]int{
	{1600, 256, 64}, {3200, 512, 128}, {3200, 2048, 512}, {6400, 256, 64}, {6400, 2048, 256}, {3200, 1024, 1024}, {3200, 1, 256}, {3200, 256, 1}, {6400, 2048, 1}, {100, 128, 32},
}

func BenchmarkGemmMulT(b *testing.B) {
	for _, p := range gradients {
		name := fmt.Sprintf("%dx%dx%d", p[0], p[1], p[2])
		benchSets(b, name, func(b *testing.B, s *Set[float32]) { benchMulT(b, s, p[0], p[1], p[2]) })
		benchSets(b, name, func(b *testing.B, s *Set[float64]) { benchMulT(b, s, p[0], p[1], p[2]) })
	}
}

func benchMulT[T Real](b *testing.B, s *Set[T], r, m, n int) {
	x, y, z := randoms[T](r*m), randoms[T](r*n), randoms[T](m*n)
	scratch := make([]T, s.ScratchLen(m, n))
	for b.Loop() {
		s.MulT(z, n, x, m, y, n, r, m, n, scratch)
	}
	report(b, s, 2*m*r*n)
}

// Packing rows and columns.
func BenchmarkGemmPack(b *testing.B) {
	for _, p := range [][2]int{{32, 128}, {64, 256}, {512, 2048}} {
		k, n := p[0], p[1]
		for _, step := range [][2]int{{n, 1}, {1, k}} {
			benchSets(b, fmt.Sprintf("%dx%d/steps=%d,%d", k, n, step[0], step[1]), func(b *testing.B, s *Set[float32]) {
				src, panels := randoms[float32](k*n), randoms[float32](s.PanelLen(k, n))
				b.SetBytes(int64(4 * k * n))
				for b.Loop() {
					s.Pack(panels, src, k, n, step[0], step[1])
				}
			})
		}
	}
}

// Small products, each with a matrix of its own.
func BenchmarkGemmEach(b *testing.B) {
	for _, p := range [][3]int{{4, 4, 4}, {8, 8, 8}, {16, 16, 16}, {64, 64, 64}, {1, 64, 64}, {64, 1, 64}, {64, 64, 1}} {
		m, k, n := p[0], p[1], p[2]
		for _, turned := range [][2]bool{{false, false}, {true, false}, {false, true}} {
			benchSets(b, fmt.Sprintf("%dx%dx%d/turned=%v", m, k, n, turned), func(b *testing.B, s *Set[float32]) {
				const count = 32
				x, y, z := randoms[float32](count*m*k), randoms[float32](count*k*n), randoms[float32](count*m*n)
				for b.Loop() {
					s.MulEach(z, m*n, x, m*k, turned[0], y, k*n, turned[1], count, m, k, n, true)
				}
				report(b, s, 2*count*m*k*n)
			})
		}
	}
}

// Sums of the rows of gradients: of biases.
func BenchmarkGemmSumRows(b *testing.B) {
	for _, p := range [][2]int{{100, 128}, {3200, 256}, {3200, 2048}} {
		r, n := p[0], p[1]
		benchSets(b, fmt.Sprintf("%dx%d", r, n), func(b *testing.B, s *Set[float32]) {
			x, y := randoms[float32](r*n), randoms[float32](n)
			b.SetBytes(int64(4 * r * n))
			for b.Loop() {
				s.SumRows(y, x, n, r, n)
			}
		})
	}
}
