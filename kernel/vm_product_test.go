package kernel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// vecTrial is a product of a row and a matrix, with what it reads and writes in segments of their own.
type vecTrial[T Real] struct {
	k, n          int
	add           bool
	a, b, c, want []T // b packed
}

func newVecTrial[T Real](r *rand.Rand, f Family, k, n int, add bool) *vecTrial[T] {
	set := For[T](f)
	x := &vecTrial[T]{k: k, n: n, add: add}
	for _, to := range []struct {
		at *[]T
		n  int
	}{{&x.a, k}, {&x.b, set.PanelLen(k, n)}, {&x.c, n}} {
		*to.at = aligned[T](roundUp(to.n, Lanes[T]()))
	}
	src := make([]T, k*n)
	for _, to := range [][]T{x.a, src, x.c} {
		for i := range to {
			to[i] = T(r.NormFloat64())
		}
	}
	set.Pack(x.b, src, k, n, n, 1)
	x.want = slices.Clone(x.c)
	set.Mul(x.want, n, x.a, k, 1, x.b, k, n, add)
	return x
}

func (x *vecTrial[T]) instr() Instr {
	in := Instr{Code: MatVec, Width: x.n, Terms: x.k, A: Operand{Class: 1}, B: Operand{Class: 2}}
	if x.add {
		in.Code = MatVecAdd
	}
	return in
}

// product runs the instruction on segments.
func (x *vecTrial[T]) product(f Family, c, a, b []T) {
	For[T](f).Program([]Instr{x.instr()}, []Class{{}, {Seg: 1}, {Seg: 2}}).Bind(c, a, b).Run(0, 0, 1)
}

// vecSizes are terms and columns around those at which the assembly goes another way.
func vecSizes() [][2]int {
	var all [][2]int
	for _, k := range []int{1, 2, 3, 4, 5, 7, 8, 31, 32, 33, 67, 511, 512} {
		for n := 1; n <= 70; n++ {
			all = append(all, [2]int{k, n})
		}
		for _, n := range []int{127, 128, 129, 160, 200, 255, 256, 300, 512} {
			all = append(all, [2]int{k, n})
		}
	}
	return all
}

// TestProductsAreMul: the same bits as Mul's for one row, in all families.
func TestProductsAreMul(t *testing.T) {
	for _, f := range Families() {
		t.Run(string(f)+"/float32", func(t *testing.T) { t.Parallel(); testProducts[float32](t, f) })
		t.Run(string(f)+"/float64", func(t *testing.T) { t.Parallel(); testProducts[float64](t, f) })
	}
}

func testProducts[T Real](t *testing.T, f Family) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, size := range vecSizes() {
		for _, add := range []bool{false, true} {
			x := newVecTrial[T](r, f, size[0], size[1], add)
			a, b := slices.Clone(x.a), slices.Clone(x.b)
			x.product(f, x.c, x.a, x.b)
			for i := range x.n {
				if !sameBits(x.c[i], x.want[i]) {
					t.Fatalf("%v, add %v: entry %d is %v, Mul's %v", size, add, i, x.c[i], x.want[i])
				}
			}
			if !slices.Equal(a, x.a) || !slices.Equal(b, x.b) {
				t.Fatalf("%v: an argument is changed", size)
			}
		}
	}
}

// TestProductsKeepInside puts what a product works on among other entries, which stay as they are; NaN in
// the padding of the row and of what is added to doesn't matter.
func TestProductsKeepInside(t *testing.T) {
	for _, f := range Families() {
		testProductInside[float32](t, f)
		testProductInside[float64](t, f)
	}
}

func testProductInside[T Real](t *testing.T, f Family) {
	lanes, r := Lanes[T](), rand.New(rand.NewPCG(7, 8))
	nan := inf[T]() - inf[T]()
	for _, size := range vecSizes() {
		x := newVecTrial[T](r, f, size[0], size[1], size[1]%2 == 1)
		room := aligned[T](len(x.c) + 2*lanes)
		for i := range room {
			room[i] = nan
		}
		copy(room[lanes:], x.c[:x.n])
		for i := x.k; i < len(x.a); i++ {
			x.a[i] = nan
		}
		in := x.instr()
		in.Dst.Off = lanes
		For[T](f).Program([]Instr{in}, []Class{{}, {Seg: 1}, {Seg: 2}}).Bind(room, x.a, x.b).Run(0, 0, 1)
		for i, v := range room {
			switch at := i - lanes; {
			case at >= 0 && at < x.n:
				if !sameBits(v, x.want[at]) {
					t.Fatalf("%s, %v: entry %d is %v, want %v", f, size, at, v, x.want[at])
				}
			case (at < 0 || at >= len(x.c)) && v == v:
				t.Fatalf("%s, %v: entry %d, outside, is %v", f, size, at, v)
			}
		}
	}
}

// TestProductsInSteps: h[t] = tanh(W·h[t-1] + x[t]), at once and step by step, forward and backward; the
// last ones take so long that calls are cut.
func TestProductsInSteps(t *testing.T) {
	for _, f := range Families() {
		for _, w := range []int{1, 5, 32, 200, 500} {
			t.Run(fmt.Sprint(f, "/", w), func(t *testing.T) {
				testProductSteps[float32](t, f, w, 1)
				testProductSteps[float64](t, f, w, -1)
			})
		}
	}
}

func testProductSteps[T Real](t *testing.T, f Family, w, dt int) {
	const steps = 12
	x := newVecTrial[T](rand.New(rand.NewPCG(9, uint64(w))), f, w, w, true)
	array := roundUp(w, Lanes[T]())
	h, before := Operand{Off: array}, Operand{Off: array - dt*array}
	p := For[T](f).Program([]Instr{
		{Code: MatVecAdd, Width: w, Terms: w, Dst: h, A: before, B: Operand{Class: 1}},
		{Code: Tanh, Width: w, Dst: h, A: h},
	}, []Class{{Time: array, Row: w}, {Seg: 1}})
	once := aligned[T]((steps + 2) * array)
	for i := range once {
		once[i] = T(i%7) / 8
	}
	again := append(aligned[T](len(once))[:0], once...)
	from := map[int]int{1: 0, -1: steps - 1}[dt]
	p.Bind(once, x.b).Steps(from, dt, steps, 0, 1)
	frame := p.Bind(again, x.b)
	for i := range steps {
		frame.Run(from+dt*i, 0, 1)
	}
	for i := range once {
		if i%array < w && !sameBits(once[i], again[i]) {
			t.Fatalf("entry %d is %v, step by step %v", i, once[i], again[i])
		}
	}
	if n := testing.AllocsPerRun(5, func() { frame.Steps(from, dt, steps, 0, 1) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// BenchmarkVMProduct is what a product takes as an instruction, and as a call of Mul.
func BenchmarkVMProduct(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, size := range [][2]int{{1, 1}, {8, 8}, {32, 32}, {32, 128}, {64, 64}, {64, 256}, {128, 128}, {128, 512}, {512, 512}} {
		for _, f := range Families() {
			x := newVecTrial[float32](r, f, size[0], size[1], true)
			b.Run(fmt.Sprint(f, "/", size, "/instruction"), func(b *testing.B) {
				frame := For[float32](f).Program([]Instr{x.instr()}, []Class{{}, {Seg: 1}, {Seg: 2}}).Bind(x.c, x.a, x.b)
				frame.Steps(0, 1, b.N, 0, 1)
			})
			b.Run(fmt.Sprint(f, "/", size, "/call"), func(b *testing.B) {
				set := For[float32](f)
				for range b.N {
					set.Mul(x.c, x.n, x.a, x.k, 1, x.b, x.k, x.n, true)
				}
			})
		}
	}
}
