package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// guard is what lies around the slices of a test: who reads it makes NaN of a result, and who
// writes over it is found.
const guard = 40

// guarded is a slice amid guards, which a shift moves to another alignment.
type guarded[T Real] struct{ all, in []T }

func newGuarded[T Real](n, shift int) guarded[T] {
	all := make([]T, n+2*guard+shift)
	for i := range all {
		all[i] = T(math.NaN())
	}
	at := guard + shift
	return guarded[T]{all, all[at : at+n : at+n]}
}

// intact tells whether nothing was written around the slice.
func (g guarded[T]) intact() bool {
	at := cap(g.all) - guard - len(g.in)
	return allNaN(g.all[:at]) && allNaN(g.all[at+len(g.in):])
}

func allNaN[T Real](x []T) bool {
	return !slices.ContainsFunc(x, func(v T) bool { return v == v })
}

// matrix is rows×cols numbers, stride apart; between the rows there are guards.
type matrix[T Real] struct {
	guarded[T]
	rows, cols, stride int
}

func newMatrix[T Real](rows, cols, gap, shift int) matrix[T] {
	n := 0
	if rows > 0 && cols > 0 {
		n = (rows-1)*(cols+gap) + cols
	}
	return matrix[T]{newGuarded[T](n, shift), rows, cols, cols + gap}
}

func randomMatrix[T Real](r *rand.Rand, rows, cols, gap, shift int) matrix[T] {
	m := newMatrix[T](rows, cols, gap, shift)
	for i := range rows {
		for j := range cols {
			m.in[i*m.stride+j] = T(r.NormFloat64())
		}
	}
	return m
}

func (m matrix[T]) at(i, j int) T { return m.in[i*m.stride+j] }

// intact tells whether nothing was written around the matrix or between its rows.
func (m matrix[T]) intact() bool {
	for i := 0; i+1 < m.rows && m.cols > 0; i++ {
		if !allNaN(m.in[i*m.stride+m.cols : (i+1)*m.stride]) {
			return false
		}
	}
	return m.guarded.intact()
}

// transposed is a copy the other way round.
func (m matrix[T]) transposed() matrix[T] {
	t := newMatrix[T](m.cols, m.rows, m.stride-m.cols, 0)
	for i := range m.rows {
		for j := range m.cols {
			t.in[j*t.stride+i] = m.at(i, j)
		}
	}
	return t
}

func (m matrix[T]) clone() matrix[T] {
	c := newMatrix[T](m.rows, m.cols, m.stride-m.cols, 0)
	copy(c.in, m.in)
	return c
}

func epsilon[T Real]() float64 {
	if any(T(0)) == any(float32(0)) {
		return math.Pow(2, -24)
	}
	return math.Pow(2, -53)
}

// wantProduct holds got against start + a·b within (k+2)·ε·Σ|a||b|: the error of a sum in any order.
func wantProduct[T Real](t rapid.TB, got, start, a, b matrix[T]) {
	t.Helper()
	for i := range got.rows {
		for j := range got.cols {
			sum := float64(start.at(i, j))
			size := math.Abs(sum)
			for l := range a.cols {
				x := float64(a.at(i, l)) * float64(b.at(l, j))
				sum += x
				size += math.Abs(x)
			}
			bound := float64(a.cols+2) * epsilon[T]() * size
			if d := math.Abs(float64(got.at(i, j)) - sum); !(d <= bound) {
				t.Fatalf("entry (%d,%d) is %v, want %v ± %v", i, j, got.at(i, j), sum, bound)
			}
		}
	}
	if !got.intact() {
		t.Fatal("something was written outside of the result")
	}
}

// packed is b in panels, packed from rows or from columns.
func packed[T Real](t *testing.T, s *Set[T], b matrix[T], byColumns bool) guarded[T] {
	t.Helper()
	panels := newGuarded[T](s.PanelLen(b.rows, b.cols), 0)
	if byColumns {
		c := b.transposed()
		s.Pack(panels.in, c.in, b.rows, b.cols, 1, c.stride)
	} else {
		s.Pack(panels.in, b.in, b.rows, b.cols, b.stride, 1)
	}
	if !panels.intact() {
		t.Fatalf("Pack of %d×%d wrote outside of the panels", b.rows, b.cols)
	}
	return panels
}

// eachSet runs a test for every family.
func eachSet[T Real](t *testing.T, test func(t *testing.T, s *Set[T])) {
	for _, f := range Families() {
		t.Run(fmt.Sprintf("%s/%T", f, T(0)), func(t *testing.T) { test(t, For[T](f)) })
	}
}

func both(t *testing.T, f32 func(*testing.T, *Set[float32]), f64 func(*testing.T, *Set[float64])) {
	eachSet(t, f32)
	eachSet(t, f64)
}

// sizes are sizes around those of vectors and panels.
var sizes = []int{0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 66, 67, 129}

func TestMul(t *testing.T) { both(t, testMul[float32], testMul[float64]) }

// testMul takes every number of rows with some k and n, and every k and n with some number of rows.
func testMul[T Real](t *testing.T, s *Set[T]) {
	r := rand.New(rand.NewPCG(1, 2))
	for m := range 41 {
		for range 4 {
			k, n := sizes[r.IntN(len(sizes))], sizes[r.IntN(len(sizes))]
			testOneMul(t, s, r, m, k, n)
		}
	}
	for _, k := range sizes {
		for _, n := range sizes {
			testOneMul(t, s, r, 1+r.IntN(27), k, n)
		}
	}
	for _, k := range []int{chain - 1, chain, chain + 1, 2 * chain, 2*chain + 3} {
		testOneMul(t, s, r, 1+r.IntN(27), k, 1+r.IntN(100))
	}
}

func testOneMul[T Real](t *testing.T, s *Set[T], r *rand.Rand, m, k, n int) {
	t.Helper()
	a := randomMatrix[T](r, m, k, r.IntN(3), r.IntN(17))
	b := randomMatrix[T](r, k, n, r.IntN(3), r.IntN(17))
	c := randomMatrix[T](r, m, n, r.IntN(3), r.IntN(17))
	panels := packed(t, s, b, r.IntN(2) == 0)
	zero := newMatrix[T](m, n, 0, 0)
	clear(zero.in)
	for _, add := range []bool{false, true} {
		t.Run(fmt.Sprintf("%d×%d×%d add %v", m, k, n, add), func(t *testing.T) {
			start := zero
			if add {
				start = c
			}
			got := c.clone()
			s.Mul(got.in, got.stride, a.in, a.stride, m, panels.in, k, n, add)
			wantProduct(t, got, start, a, b)
		})
	}
}

func TestMulT(t *testing.T) { both(t, testMulT[float32], testMulT[float64]) }

func testMulT[T Real](t *testing.T, s *Set[T]) {
	r := rand.New(rand.NewPCG(3, 4))
	for m := range 41 {
		for range 4 {
			testOneMulT(t, s, r, sizes[r.IntN(len(sizes))], m, sizes[r.IntN(len(sizes))])
		}
	}
	for _, m := range sizes {
		for _, n := range sizes {
			testOneMulT(t, s, r, 1+r.IntN(27), m, n)
		}
	}
	for _, k := range []int{chain - 1, chain, chain + 1, 2 * chain, 2*chain + 3} {
		testOneMulT(t, s, r, k, 1+r.IntN(100), 1+r.IntN(100))
		testOneMulT(t, s, r, k, 1+r.IntN(30), 300)
	}
}

func testOneMulT[T Real](t *testing.T, s *Set[T], rnd *rand.Rand, r, m, n int) {
	t.Run(fmt.Sprintf("%d×%d×%d", r, m, n), func(t *testing.T) {
		a := randomMatrix[T](rnd, r, m, rnd.IntN(3), rnd.IntN(17))
		b := randomMatrix[T](rnd, r, n, rnd.IntN(3), rnd.IntN(17))
		c := randomMatrix[T](rnd, m, n, rnd.IntN(3), rnd.IntN(17))
		got, scratch := c.clone(), newGuarded[T](s.ScratchLen(m, n), 0)
		s.MulT(got.in, got.stride, a.in, a.stride, b.in, b.stride, r, m, n, scratch.in)
		wantProduct(t, got, c, a.transposed(), b)
		if !scratch.intact() {
			t.Fatal("something was written outside of the scratch")
		}
	})
}

func TestSumRows(t *testing.T) { both(t, testSumRows[float32], testSumRows[float64]) }

func testSumRows[T Real](t *testing.T, s *Set[T]) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, rows := range append([]int{chain, 2*chain + 1}, sizes...) {
		for _, cols := range append([]int{300}, sizes...) {
			a := randomMatrix[T](r, rows, cols, r.IntN(3), r.IntN(17))
			c := randomMatrix[T](r, 1, cols, 0, r.IntN(17))
			ones := newMatrix[T](1, rows, 0, 0)
			for i := range ones.in {
				ones.in[i] = 1
			}
			got := c.clone()
			s.SumRows(got.in, a.in, a.stride, rows, cols)
			wantProduct(t, got, c, ones, a)
		}
	}
}
