package kernel

// What follows is the products in plain Go. T(x*y) rounds the product before it is added, so that
// machines where a compiler may fuse the two give the same bits for an entry wherever it lies.

// plainWidth is the number of columns of a panel: so many sums stay in registers.
const plainWidth = 4

// plainMul is Mul.
func plainMul[T Real](c []T, ldc int, a []T, lda, m int, panels []T, k, n int, add bool) {
	for k0 := 0; k0 < k; k0 += chain {
		kc := min(chain, k-k0)
		for j := 0; j < n; j += plainWidth {
			panel := panels[j*k+k0*plainWidth:][:kc*plainWidth]
			cols := min(plainWidth, n-j)
			for i := range m {
				plainRow(c[i*ldc+j:][:cols], a[i*lda+k0:][:kc], panel, add || k0 > 0)
			}
		}
	}
}

// plainRow is c = a·panel, or c += : one row of one panel.
func plainRow[T Real](c, a, panel []T, add bool) {
	var s [plainWidth]T
	for k, x := range a {
		b := panel[k*plainWidth:][:plainWidth]
		s[0] += T(x * b[0])
		s[1] += T(x * b[1])
		s[2] += T(x * b[2])
		s[3] += T(x * b[3])
	}
	for j := range c {
		if add {
			c[j] += s[j]
		} else {
			c[j] = s[j]
		}
	}
}

// plainMulT is MulT. The sums of a row of C are in scratch (n).
func plainMulT[T Real](c []T, ldc int, a []T, lda int, b []T, ldb int, r, m, n int, scratch []T) {
	sums := scratch[:n]
	for r0 := 0; r0 < r; r0 += chain {
		for i := range m {
			clear(sums)
			for k := r0; k < min(r0+chain, r); k++ {
				addMultiple(sums, a[k*lda+i], b[k*ldb:][:n])
			}
			addMultiple(c[i*ldc:][:n], 1, sums)
		}
	}
}

// plainSumRows is SumRows.
func plainSumRows[T Real](dst, a []T, lda, r, n int) {
	for j := range n {
		for i0 := 0; i0 < r; i0 += chain {
			var sum T
			for i := i0; i < min(i0+chain, r); i++ {
				sum += a[i*lda+j]
			}
			dst[j] += sum
		}
	}
}

// addMultiple is dst += x·b.
func addMultiple[T Real](dst []T, x T, b []T) {
	b = b[:len(dst)]
	for j := range dst {
		dst[j] += T(x * b[j])
	}
}
