package kernel

// ScratchLen is how many entries MulT needs besides for an m×n result.
func (s *Set[T]) ScratchLen(m, n int) int {
	return n
}

// MulT is C += Aᵀ·B: A (r×m), B (r×n), C (m×n), whose rows begin lda, ldb and ldc entries apart. It is
// the gradient of a weight, as one product over all times and series. scratch has ScratchLen(m, n)
// entries; what is in it doesn't matter.
func (s *Set[T]) MulT(c []T, ldc int, a []T, lda int, b []T, ldb int, r, m, n int, scratch []T) {
	plainMulT(c, ldc, a, lda, b, ldb, r, m, n, scratch)
}

// SumRows is dst[j] += Σ_i a[i*lda+j], i < r, j < n.
func (s *Set[T]) SumRows(dst, a []T, lda, r, n int) {
	plainSumRows(dst, a, lda, r, n)
}
