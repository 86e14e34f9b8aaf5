package kernel

import (
	"math/bits"
	"unsafe"
)

// job is what the assembly of tiles reads: one block of a product, C (m×n) = or += A (m×k) · B (k×n),
// with k at most chain. Distances are in bytes. The order of the fields is known to kernel/asm.
type job struct {
	c, a, b unsafe.Pointer
	ldc     uintptr
	rs, cs  uintptr // from a row of A to the next, from a column to the next
	ldb     uintptr // from a row of a whole panel to the next
	ldbTail uintptr // and of the last panel, if it isn't whole
	bTail   unsafe.Pointer
	panel   uintptr // from a panel to the next
	k       int
	panels  int     // whole ones
	tail    int     // vectors of the last panel that isn't whole, or 0
	height  int     // rows of a tile
	tiles   int     // counted down
	tileA   uintptr // from a tile's A to the next one's
	tileC   uintptr
	add     int // 1: C is added to
	fromC   uintptr
	fromA   uintptr // where the tiles and panels begin
	fromB   uintptr
	_       [3]uintptr // where it is, while it runs
	mask    [4]uint64  // of the last vector of the tail
}

// mostRows is the most rows of a tile in any family.
const mostRows = 12

// tallest is the most rows of a tile.
func tallest(f Family) int {
	if f == AVX512 {
		return mostRows
	}
	return mostRows / 2
}

// mostBytes is how much of B is gone through before the next rows of A: it stays in the L2 cache.
const mostBytes = 512 << 10

// mostWork bounds a call of assembly, which can't be preempted, in vectors of sums times steps of k: so
// much takes about a tenth of a millisecond. A tile's beginning and end count as tileWork steps.
const (
	mostWork = 400_000
	tileWork = 16
)

// block runs a job whose rows, columns and tail are not yet set: it goes through B in runs of panels
// that stay in the cache. Divisions are avoided where the product is small: they would cost more.
func (s *Set[T]) block(j *job, m, n int) {
	size, width := unsafe.Sizeof(T(0)), panelWidth[T](s.family)
	full := n >> bits.TrailingZeros(uint(width))
	most := max(1, full)
	if j.k*n*int(size) > mostBytes {
		most = max(1, mostBytes/(j.k*width*int(size)))
	}
	for p := 0; p == 0 || p < full; p += most {
		j.panels = min(most, full-p)
		j.tail = 0
		if p+most >= full {
			s.setTail(j, n&(width-1))
		}
		j.fromB = uintptr(p) * j.panel
		s.rows(j, m, uintptr(p*width)*size)
	}
}

// rows runs a job whose rows are not yet set, from some column of C on.
func (s *Set[T]) rows(j *job, m int, fromC uintptr) {
	j.fromC, j.fromA = fromC, 0
	copied := s.clashing(j, m)
	if m <= tallest(s.family) && !copied {
		j.height, j.tiles = m, 1
		s.tiles(j)
		return
	}
	for _, part := range heights(m, tallest(s.family)) {
		j.fromC = fromC + uintptr(part.row)*j.ldc
		j.fromA = uintptr(part.row) * j.rs
		if copied {
			s.columnCopied(j, part.height, part.tiles)
		} else {
			s.column(j, part.height, part.tiles)
		}
	}
}

// setTail sets what the last panel's columns are, if it isn't whole.
func (s *Set[T]) setTail(j *job, cols int) {
	if cols > 0 {
		j.tail = 1
		if lanes := lanes[T](s.family); cols > lanes {
			j.tail, cols = 2, cols-lanes
		}
		s.setMask(&j.mask, cols)
	}
}

// setMask makes a mask select the first entries of a vector: bits for AVX-512, whole entries of ones for
// AVX2.
func (s *Set[T]) setMask(mask *[4]uint64, entries int) {
	switch {
	case s.family == AVX512:
		mask[0] = 1<<entries - 1
	case unsafe.Sizeof(T(0)) == 4:
		for i := range entries {
			mask[i/2] |= 0xffffffff << (i % 2 * 32)
		}
	default:
		for i := range entries {
			mask[i] = 1<<64 - 1
		}
	}
}

// part is a number of tiles of one height, below each other.
type part struct{ row, height, tiles int }

// heights cuts m rows into tiles whose heights differ by at most one: no tile is much slower than the
// others.
func heights(m, tallest int) [2]part {
	count := (m + tallest - 1) / tallest
	height := (m + count - 1) / count
	high := m - count*(height-1)
	return [2]part{{0, height, high}, {high * height, height - 1, count - high}}
}

// column runs tiles of one height, below each other, in calls of bounded length.
func (s *Set[T]) column(j *job, height, count int) {
	j.height = height
	j.tileA, j.tileC = uintptr(height)*j.rs, uintptr(height)*j.ldc
	most := max(1, mostWork/((j.k+tileWork)*max(1, height)*(2*j.panels+j.tail)))
	for ; count > 0; count -= most {
		tiles := min(most, count)
		j.tiles = tiles
		s.tiles(j)
		j.fromC += uintptr(tiles) * j.tileC
		j.fromA += uintptr(tiles) * j.tileA
	}
}

// clashing tells whether the rows of A lie so that in the L1 cache they would drive each other out, and
// a copy of them is used often enough to pay.
func (s *Set[T]) clashing(j *job, m int) bool {
	return j.rs%4096 == 0 && m > 6 && j.rs > 0 && j.cs == unsafe.Sizeof(T(0)) && j.panels >= 4 && j.k >= 64
}

// copiedRow is the distance of copied rows: no multiple of a large power of two.
const copiedRow = chain + 16

// columnCopied is column with the rows of each tile copied first.
func (s *Set[T]) columnCopied(j *job, height, count int) {
	var rows [mostRows * copiedRow]T
	own := *j
	own.a, own.rs = unsafe.Pointer(&rows[0]), copiedRow*unsafe.Sizeof(T(0))
	for i := range count {
		from := unsafe.Add(j.a, j.fromA+uintptr(i*height)*j.rs)
		for r := range height {
			copy(rows[r*copiedRow:], unsafe.Slice((*T)(unsafe.Add(from, uintptr(r)*j.rs)), j.k))
		}
		own.fromA, own.fromC = 0, j.fromC+uintptr(i*height)*j.ldc
		s.column(&own, height, 1)
	}
}
