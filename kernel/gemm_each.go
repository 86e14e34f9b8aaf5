package kernel

// MulEach is count small products at once: C_i = A_i·B_i, or += if add, with A_i (m×k), B_i (k×n) and
// C_i (m×n) row by row without gaps. Item i+1 lies a stride after item i; a stride of 0 is the same
// matrix for all. ta and tb say that A_i or B_i lies transposed, as (k×m) or (n×k).
func (s *Set[T]) MulEach(c []T, strideC int, a []T, strideA int, ta bool, b []T, strideB int, tb bool, count, m, k, n int, add bool) {
	for i := range count {
		plainSmall(c[i*strideC:][:m*n], a[i*strideA:][:m*k], ta, b[i*strideB:][:k*n], tb, m, k, n, add)
	}
}

// plainSmall is one product of MulEach.
func plainSmall[T Real](c, a []T, ta bool, b []T, tb bool, m, k, n int, add bool) {
	rowA, colA := steps(ta, m, k)
	rowB, colB := steps(tb, k, n)
	for i := range m {
		for j := range n {
			var sum T
			for l := range k {
				sum += T(a[i*rowA+l*colA] * b[l*rowB+j*colB])
			}
			if add {
				sum += c[i*n+j]
			}
			c[i*n+j] = sum
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
