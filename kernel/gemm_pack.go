package kernel

import "unsafe"

// A packed operand is panels of panelWidth columns, one after the other. Within a panel, row follows
// row; the last panel is only as wide as it must be, in whole vectors, and padded with 0.

// lanes is the number of entries of a vector.
func lanes[T Real](f Family) int {
	switch f {
	case AVX512:
		return 64 / int(unsafe.Sizeof(T(0)))
	case AVX2:
		return 32 / int(unsafe.Sizeof(T(0)))
	}
	return plainWidth
}

// panelWidth is the number of columns of a panel.
func panelWidth[T Real](f Family) int {
	if f == Go {
		return plainWidth
	}
	return 2 * lanes[T](f)
}

// Pack packs B (k×n), whose entry (i,j) is src[i*rs+j*cs], for Mul. Either rs or cs is 1.
// Mul is fastest if dst begins at a multiple of 64 bytes.
func (s *Set[T]) Pack(dst, src []T, k, n, rs, cs int) {
	switch {
	case k == 0 || n == 0:
	case s.family == Go || cs != 1:
		s.packColumns(dst, src, k, n, rs, cs)
	default:
		s.packRows(dst, src, k, n, rs)
	}
}

// packColumns is Pack panel by panel: of columns that lie one after the other, and of whatever in Go.
func (s *Set[T]) packColumns(dst, src []T, k, n, rs, cs int) {
	lanes, width := lanes[T](s.family), panelWidth[T](s.family)
	for j := 0; j < n; j += width {
		cols := min(width, n-j)
		wide := roundUp(cols, lanes)
		panel := dst[j*k:][:k*wide]
		if rs == 1 {
			s.turn(panel, wide, src[j*cs:], cs, cols, k)
		} else {
			for i := range k {
				copy(panel[i*wide:][:cols], src[i*rs+j:])
			}
		}
		for i := 0; i < k && cols < wide; i++ {
			clear(panel[i*wide+cols:][:wide-cols])
		}
	}
}

// turnDepth is how many columns are turned into rows at once: what is written to stays in the cache.
const turnDepth = 64

// turn writes a (m×n) transposed: dst[j*ldDst+i] = a[i*lda+j].
func (s *Set[T]) turn(dst []T, ldDst int, a []T, lda, m, n int) {
	m0, n0 := 0, 0 // what the assembly turns
	if s.family != Go {
		side := 32 / int(unsafe.Sizeof(T(0)))
		m0, n0 = m&^(side-1), n&^(side-1)
		s.turnBlocks(dst, ldDst, a, lda, m0, n0, side)
	}
	for i := range m {
		from := n0
		if i >= m0 {
			from = 0
		}
		for j := from; j < n; j++ {
			dst[j*ldDst+i] = a[i*lda+j]
		}
	}
}

// turnBlocks is turn of whole blocks.
func (s *Set[T]) turnBlocks(dst []T, ldDst int, a []T, lda, m, n, side int) {
	size := unsafe.Sizeof(T(0))
	p := packing{dstRow: uintptr(ldDst) * size, srcRow: uintptr(lda) * size}
	for j := 0; j < n; j += turnDepth {
		for i := 0; i < m; i += side {
			p.rows = min(turnDepth, n-j) / side
			p.dst = unsafe.Pointer(&dst[j*ldDst+i])
			p.src = unsafe.Pointer(&a[i*lda+j])
			s.turnGroups(&p)
		}
	}
}

// packing is what the assembly of packing reads: rows are copied, each in groups of one or two vectors,
// of which the last is masked: what is beyond it becomes 0. Distances are in bytes. The order of the
// fields is known to kernel/asm.
type packing struct {
	dst, src           unsafe.Pointer
	dstRow, srcRow     uintptr
	dstGroup, srcGroup uintptr
	rows, groups       int
	vectors            int
	mask               [4]uint64
}

// mostPacked bounds a call of packing, in vectors.
const mostPacked = 16_000

// packRows is Pack of rows that lie rs entries apart.
func (s *Set[T]) packRows(dst, src []T, k, n, rs int) {
	width := panelWidth[T](s.family)
	tail := n % width
	if tail < n {
		s.packGroups(dst, width*k, src, rs, k, n/width, width, width)
	}
	if tail > 0 {
		s.packGroups(dst[(n-tail)*k:], 0, src[n-tail:], rs, k, 1, tail, tail)
	}
}

// packGroups copies rows of groups of cols entries, which begin step entries apart. In dst, a group
// takes whole vectors, row after row, and the groups are apart entries from each other.
func (s *Set[T]) packGroups(dst []T, apart int, src []T, rs, rows, groups, cols, step int) {
	size, lanes := unsafe.Sizeof(T(0)), lanes[T](s.family)
	wide := roundUp(cols, lanes)
	p := packing{
		dstRow: uintptr(wide) * size, srcRow: uintptr(rs) * size,
		dstGroup: uintptr(apart) * size, srcGroup: uintptr(step) * size,
		groups: groups, vectors: wide / lanes,
	}
	s.setMask(&p.mask, cols-(p.vectors-1)*lanes)
	most := max(1, mostPacked/(groups*p.vectors))
	for i := 0; i < rows; i += most {
		p.rows = min(most, rows-i)
		p.dst = unsafe.Pointer(&dst[i*wide])
		p.src = unsafe.Pointer(&src[i*rs])
		s.copyGroups(&p)
	}
}
