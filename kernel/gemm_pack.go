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
		s.packTransposed(dst, src, k, n, rs, cs)
	default:
		s.packRows(dst, src, k, n, rs)
	}
}

// packTransposed is Pack of columns that lie one after the other.
func (s *Set[T]) packTransposed(dst, src []T, k, n, rs, cs int) {
	lanes, width := lanes[T](s.family), panelWidth[T](s.family)
	for j := 0; j < n; j += width {
		cols := min(width, n-j)
		wide := roundUp(cols, lanes)
		for i := range k {
			row := dst[j*k+i*wide:][:wide]
			for l := range cols {
				row[l] = src[i*rs+(j+l)*cs]
			}
			clear(row[cols:])
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
