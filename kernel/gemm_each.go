package kernel

import "unsafe"

// MulEach is count small products at once: C_i = A_i·B_i, or += if add, with A_i (m×k), B_i (k×n) and
// C_i (m×n) row by row without gaps. Item i+1 lies a stride after item i; a stride of 0 is the same
// matrix for all. ta and tb say that A_i or B_i lies transposed, as (k×m) or (n×k).
func (s *Set[T]) MulEach(c []T, strideC int, a []T, strideA int, ta bool, b []T, strideB int, tb bool, count, m, k, n int, add bool) {
	// A column is a row transposed, (A·B)ᵀ = Bᵀ·Aᵀ, which fills vectors.
	if n == 1 {
		a, strideA, ta, m, b, strideB, tb, n = b, strideB, !tb, n, a, strideA, !ta, m
	}
	switch {
	case count == 0 || m*n == 0:
	case k == 0:
		if !add {
			zeroRows(c, strideC, count, m*n)
		}
	case s.family == Go:
		for i := range count {
			plainSmall(c[i*strideC:][:m*n], a[i*strideA:][:m*k], ta, b[i*strideB:][:k*n], tb, m, k, n, add)
		}
	case tb:
		s.eachTurned(c, strideC, a, strideA, ta, b, strideB, count, m, k, n, add)
	default:
		row, col := steps(ta, m, k)
		for i := range count {
			s.small(c[i*strideC:], n, a[i*strideA:], row, col, b[i*strideB:], n, m, k, n, add)
		}
	}
}

// small is a product whose B (k×n) is read where it lies. Rows of A are row entries apart, its columns
// col.
func (s *Set[T]) small(c []T, ldc int, a []T, row, col int, b []T, ldb, m, k, n int, add bool) {
	size, width := unsafe.Sizeof(T(0)), panelWidth[T](s.family)
	tail := n & (width - 1)
	var j job
	j.c, j.ldc, j.rs, j.cs = unsafe.Pointer(&c[0]), uintptr(ldc)*size, uintptr(row)*size, uintptr(col)*size
	j.ldb, j.ldbTail, j.panel = uintptr(ldb)*size, uintptr(ldb)*size, uintptr(width)*size
	for k0 := 0; k0 < k; k0 += chain {
		j.k = min(chain, k-k0)
		j.a = unsafe.Pointer(&a[k0*col])
		j.b = unsafe.Pointer(&b[k0*ldb])
		if tail > 0 {
			j.bTail = unsafe.Pointer(&b[k0*ldb+n-tail])
		}
		if add || k0 > 0 {
			j.add = 1
		}
		s.block(&j, m, n)
	}
}

// A block of B is turned round at once, at most so many entries and columns.
const (
	mostTurned  = 2048
	turnedWidth = 32
)

// eachTurned is MulEach where each B lies transposed (n×k). It is turned round in blocks, and the chains
// of sums are as long as these are deep.
func (s *Set[T]) eachTurned(c []T, strideC int, a []T, strideA int, ta bool, b []T, strideB, count, m, k, n int, add bool) {
	var block [mostTurned]T
	row, col := steps(ta, m, k)
	width := min(n, turnedWidth)
	depth := min(k, mostTurned/width, chain)
	for i := range count {
		c, a, b := c[i*strideC:], a[i*strideA:], b[i*strideB:]
		for j := 0; j < n; j += width {
			for k0 := 0; k0 < k; k0 += depth {
				cols, terms := min(width, n-j), min(depth, k-k0)
				s.turn(block[:], cols, b[j*k+k0:], k, cols, terms)
				s.small(c[j:], n, a[k0*col:], row, col, block[:], cols, m, terms, cols, add || k0 > 0)
			}
		}
	}
}

// steps are how far the next row and the next column of an m×n matrix are, that may lie transposed.
func steps(transposed bool, m, n int) (row, col int) {
	if transposed {
		return 1, m
	}
	return n, 1
}

// plainSmall is one product of MulEach in plain Go.
func plainSmall[T Real](c, a []T, ta bool, b []T, tb bool, m, k, n int, add bool) {
	rowA, colA := steps(ta, m, k)
	rowB, colB := steps(tb, k, n)
	for i := range m {
		for j := range n {
			var sum T
			for l := range k {
				sum += times(a[i*rowA+l*colA], b[l*rowB+j*colB])
			}
			if add {
				sum += c[i*n+j]
			}
			c[i*n+j] = sum
		}
	}
}
