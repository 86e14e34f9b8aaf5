package kernel

// chain is the number of terms after which a sum of products is cut: an entry is the sum, in order,
// of chains of at most so many fused multiply-adds. It is what keeps a packed panel in the cache.
const chain = 512

// PanelLen is how many entries a packed k×n right operand takes.
func (s *Set[T]) PanelLen(k, n int) int { return k * roundUp(n, lanes[T](s.family)) }

// Pack packs B (k×n), whose entry (i,j) is src[i*rs+j*cs], for Mul. Either rs or cs is 1.
// Mul is fastest if dst begins at a multiple of 64 bytes.
func (s *Set[T]) Pack(dst, src []T, k, n, rs, cs int) {
	if k == 0 {
		return
	}
	width := panelWidth[T](s.family)
	for j := 0; j < n; j += width {
		cols := min(width, n-j)
		wide := roundUp(cols, lanes[T](s.family))
		s.packPanel(dst[j*k:], src[j*cs:], k, cols, wide, rs, cs)
	}
}

// Mul is C = A·B, or C += A·B if add: A (m×k), C (m×n), panels what Pack made of B (k×n). The rows of A
// and C begin lda and ldc entries apart; their columns are next to each other.
func (s *Set[T]) Mul(c []T, ldc int, a []T, lda, m int, panels []T, k, n int, add bool) {
	switch {
	case m == 0 || n == 0:
	case k == 0:
		if !add {
			zeroRows(c, ldc, m, n)
		}
	default:
		plainMul(c, ldc, a, lda, m, panels, k, n, add)
	}
}

// zeroRows sets C (m×n) to 0.
func zeroRows[T Real](c []T, ldc, m, n int) {
	for i := range m {
		clear(c[i*ldc : i*ldc+n])
	}
}

func roundUp(n, multiple int) int { return (n + multiple - 1) / multiple * multiple }
