package kernel

// What follows is the products in plain Go.

// times is x·y, rounded before it is added to anything: where a compiler may fuse the two, an entry would
// have other bits in one loop than in another.
func times[T Real](x, y T) T {
	return T(x * y) //nolint:unconvert // it is what rounds
}

// plainWidth is the number of columns of a panel: so many sums stay in registers.
const plainWidth = 4

// plainMul is Mul.
func plainMul[T Real](c []T, ldc int, a []T, lda, m int, panels []T, k, n int, add bool) {
	for k0 := 0; k0 < k; k0 += chain {
		kc := min(chain, k-k0)
		add := add || k0 > 0
		for j := 0; j < n; j += plainWidth {
			panel := panels[j*k+k0*plainWidth:][:kc*plainWidth]
			cols := min(plainWidth, n-j)
			i := 0
			for ; i+1 < m; i += 2 {
				x, y := plainRows(a[i*lda+k0:][:kc], a[(i+1)*lda+k0:][:kc], panel)
				plainStore(c[i*ldc+j:][:cols], x[:], add)
				plainStore(c[(i+1)*ldc+j:][:cols], y[:], add)
			}
			if i < m {
				row := a[i*lda+k0:][:kc]
				x, _ := plainRows(row, row, panel)
				plainStore(c[i*ldc+j:][:cols], x[:], add)
			}
		}
	}
}

// plainRows is two rows times a panel.
func plainRows[T Real](a, b, panel []T) (s, t [plainWidth]T) {
	var s0, s1, s2, s3, t0, t1, t2, t3 T
	b = b[:len(a)]
	for k, x := range a {
		p := (*[plainWidth]T)(panel)
		panel = panel[plainWidth:]
		y := b[k]
		s0 += times(x, p[0])
		s1 += times(x, p[1])
		s2 += times(x, p[2])
		s3 += times(x, p[3])
		t0 += times(y, p[0])
		t1 += times(y, p[1])
		t2 += times(y, p[2])
		t3 += times(y, p[3])
	}
	return [plainWidth]T{s0, s1, s2, s3}, [plainWidth]T{t0, t1, t2, t3}
}

// plainStore is c = sums, or c += sums.
func plainStore[T Real](c, sums []T, add bool) {
	for j := range c {
		if add {
			c[j] += sums[j]
		} else {
			c[j] = sums[j]
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
		dst[j] += times(x, b[j])
	}
}
