package kernel

import "unsafe"

// chain is the number of terms after which a sum of products is cut: an entry is the sum, in order,
// of chains of at most so many fused multiply-adds. It keeps what a tile reads in the caches.
const chain = 512

// PanelLen is how many entries a packed k×n right operand takes.
func (s *Set[T]) PanelLen(k, n int) int { return k * roundUp(n, lanes[T](s.family)) }

// Mul is C = A·B, or C += A·B if add: A (m×k), C (m×n), panels what Pack made of B (k×n). The rows of A
// and C begin lda and ldc entries apart; their columns are next to each other.
func (s *Set[T]) Mul(c []T, ldc int, a []T, lda, m int, panels []T, k, n int, add bool) {
	switch {
	case m == 0 || n == 0:
	case k == 0:
		if !add {
			zeroRows(c, ldc, m, n)
		}
	case s.family == Go:
		plainMul(c, ldc, a, lda, m, panels, k, n, add)
	default:
		s.mul(c, ldc, a, lda, m, panels, k, n, add)
	}
}

// mul is Mul in assembly.
func (s *Set[T]) mul(c []T, ldc int, a []T, lda, m int, panels []T, k, n int, add bool) {
	size, width, lanes := unsafe.Sizeof(T(0)), panelWidth[T](s.family), lanes[T](s.family)
	tail := n & (width - 1)
	tailAt, tailWide := (n-tail)*k, roundUp(tail, lanes)
	var j job // field by field: that is faster
	j.c, j.ldc, j.rs, j.cs = unsafe.Pointer(&c[0]), uintptr(ldc)*size, uintptr(lda)*size, size
	j.ldb, j.panel, j.ldbTail = uintptr(width)*size, uintptr(width*k)*size, uintptr(tailWide)*size
	for k0 := 0; k0 < k; k0 += chain {
		j.k = min(chain, k-k0)
		j.a = unsafe.Pointer(&a[k0])
		if tail < n {
			j.b = unsafe.Pointer(&panels[k0*width])
		}
		if tail > 0 {
			j.bTail = unsafe.Pointer(&panels[tailAt+k0*tailWide])
		}
		if add || k0 > 0 {
			j.add = 1
		}
		s.block(&j, m, n)
	}
}

// zeroRows sets C (m×n) to 0.
func zeroRows[T Real](c []T, ldc, m, n int) {
	for i := range m {
		clear(c[i*ldc : i*ldc+n])
	}
}

// roundUp is n, or the next multiple of a power of two.
func roundUp(n, power int) int { return (n + power - 1) &^ (power - 1) }
