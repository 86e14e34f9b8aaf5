package kernel

import "unsafe"

// How much MulT packs at once: bytes of B, and tiles of A's columns. Both stay in the L2 cache.
const (
	mulTBytes = 512 << 10
	mulTTiles = 4
)

// mulTColumns is how many columns of B are packed at once, in parts of about the same size.
func (s *Set[T]) mulTColumns(n int) int {
	most := mulTBytes / (chain * int(unsafe.Sizeof(T(0))))
	parts := (n + most - 1) / most
	return roundUp((n+parts-1)/parts, panelWidth[T](s.family))
}

// turned tells whether MulT makes Cᵀ = Bᵀ·A rather than C, which has m rows and n columns: lanes are
// wasted in the last vector of a row.
func (s *Set[T]) turned(m, n int) bool {
	lanes := lanes[T](s.family)
	return 4*m*roundUp(n, lanes) > 5*n*roundUp(m, lanes)
}

// ScratchLen is how many entries MulT needs besides for an m×n result.
func (s *Set[T]) ScratchLen(m, n int) int {
	switch {
	case m == 0 || n == 0:
		return 0
	case s.family == Go:
		return n
	}
	turned := 0
	if s.turned(m, n) {
		m, n = n, m
		turned = m * n
	}
	lanes := lanes[T](s.family)
	tile := roundUp(min(m, tallest(s.family)), lanes)
	return turned + chain*(s.mulTColumns(n)+mulTTiles*tile)
}

// MulT is C += Aᵀ·B: A (r×m), B (r×n), C (m×n), whose rows begin lda, ldb and ldc entries apart. It is
// the gradient of a weight, as one product over all times and series. scratch has ScratchLen(m, n)
// entries; what is in it doesn't matter.
func (s *Set[T]) MulT(c []T, ldc int, a []T, lda int, b []T, ldb int, r, m, n int, scratch []T) {
	switch {
	case m == 0 || n == 0 || r == 0:
	case s.family == Go:
		plainMulT(c, ldc, a, lda, b, ldb, r, m, n, scratch)
	case s.turned(m, n):
		turned := scratch[:m*n]
		s.turn(turned, m, c, ldc, m, n)
		s.mulT(turned, m, b, ldb, a, lda, r, n, m, scratch[m*n:])
		s.turn(c, ldc, turned, m, n, m)
	default:
		s.mulT(c, ldc, a, lda, b, ldb, r, m, n, scratch)
	}
}

// mulT is MulT in assembly: by chains of rows, and by columns of B.
func (s *Set[T]) mulT(c []T, ldc int, a []T, lda int, b []T, ldb int, r, m, n int, scratch []T) {
	if s.near(lda, ldb, m) {
		s.small(c, ldc, a, 1, lda, b, ldb, m, r, n, true)
		return
	}
	most := s.mulTColumns(n)
	for r0 := 0; r0 < r; r0 += chain {
		rows := min(chain, r-r0)
		for j := 0; j < n; j += most {
			s.mulTBlock(c[j:], ldc, a[r0*lda:], lda, b[r0*ldb+j:], ldb, rows, m, min(most, n-j), scratch)
		}
	}
}

// near tells whether A and B are best read where they lie: their rows are so close to each other that
// the caches hold a chain of them, or B is gone through only once.
func (s *Set[T]) near(lda, ldb, m int) bool {
	size := int(unsafe.Sizeof(T(0)))
	return m == 1 || max(lda, ldb)*size <= 1024 || m <= tallest(s.family) && ldb*size <= 2048
}

// mulTBlock is a product of at most chain rows, with columns of B that fit into the cache.
func (s *Set[T]) mulTBlock(c []T, ldc int, a []T, lda int, b []T, ldb int, r, m, n int, scratch []T) {
	size, lanes, width := unsafe.Sizeof(T(0)), lanes[T](s.family), panelWidth[T](s.family)
	tail := n % width
	j := job{
		ldc: uintptr(ldc) * size, k: r, rs: size, add: 1,
		ldb: uintptr(width) * size, panel: uintptr(width*r) * size, ldbTail: uintptr(roundUp(tail, lanes)) * size,
		panels: n / width, b: unsafe.Pointer(&scratch[0]),
	}
	s.packRows(scratch, b, r, n, ldb)
	if tail > 0 {
		j.bTail = unsafe.Pointer(&scratch[(n-tail)*r])
	}
	s.setTail(&j, tail)
	scratch = scratch[r*roundUp(n, lanes):]
	for _, part := range heights(m, tallest(s.family)) {
		for i := 0; i < part.tiles; i += mulTTiles {
			j.tiles = min(mulTTiles, part.tiles-i)
			at := part.row + i*part.height
			s.packGroups(scratch, roundUp(part.height, lanes)*r, a[at:], lda, r, j.tiles, part.height, part.height)
			j.height = part.height
			j.a, j.cs = unsafe.Pointer(&scratch[0]), uintptr(roundUp(part.height, lanes))*size
			j.tileA, j.tileC = uintptr(r)*j.cs, uintptr(part.height)*j.ldc
			j.c = unsafe.Pointer(&c[at*ldc])
			s.tiles(&j)
		}
	}
}

// SumRows is dst[j] += Σ_i a[i*lda+j], i < r, j < n.
func (s *Set[T]) SumRows(dst, a []T, lda, r, n int) {
	switch {
	case r == 0 || n == 0:
	case s.family == Go:
		plainSumRows(dst, a, lda, r, n)
	default:
		one := [1]T{1}
		s.small(dst, n, one[:], 0, 0, a, lda, 1, r, n, true)
	}
}
