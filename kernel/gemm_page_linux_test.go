package kernel

import (
	"syscall"
	"testing"
	"unsafe"
)

// atPageEnd is n entries that end where a page begins that can't be touched.
func atPageEnd[T Real](t *testing.T, n int) []T {
	page := syscall.Getpagesize()
	size := int(unsafe.Sizeof(T(0)))
	pages := (n*size + page - 1) / page * page
	mem, err := syscall.Mmap(-1, 0, pages+page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { syscall.Munmap(mem) })
	if err := syscall.Mprotect(mem[pages:], syscall.PROT_NONE); err != nil {
		t.Skip(err)
	}
	return unsafe.Slice((*T)(unsafe.Pointer(&mem[pages-n*size])), n)
}

func TestPageEnds(t *testing.T) { both(t, testPageEnds[float32], testPageEnds[float64]) }

// testPageEnds faults if anything reads or writes beyond its slices.
func testPageEnds[T Real](t *testing.T, s *Set[T]) {
	for _, p := range [][3]int{{1, 1, 1}, {1, 3, 5}, {2, 9, 67}, {7, 17, 31}, {12, 33, 64}, {25, 5, 129}, {13, 1024, 40}} {
		m, k, n := p[0], p[1], p[2]
		a, b, c := atPageEnd[T](t, m*k), atPageEnd[T](t, k*n), atPageEnd[T](t, m*n)
		panels := atPageEnd[T](t, s.PanelLen(k, n))
		s.Pack(panels, b, k, n, n, 1)
		s.Pack(panels, b, k, n, 1, k)
		s.Mul(c, n, a, k, m, panels, k, n, true)
		s.MulT(b, n, a, k, c, n, m, k, n, atPageEnd[T](t, s.ScratchLen(k, n)))
		s.SumRows(c[:n], b, n, k, n)
		for _, turned := range []bool{false, true} {
			s.MulEach(c, 0, a, 0, turned, b, 0, !turned, 1, m, k, n, true)
			s.MulEach(c, 0, a, 0, turned, b, 0, turned, 1, m, k, n, true)
		}
	}
}
