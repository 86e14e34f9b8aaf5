package kernel

import (
	"fmt"
	"testing"
	"time"
	"unsafe"
)

// aligned is n entries from a multiple of 64 bytes on.
func aligned[T Real](n int) []T {
	room := make([]T, n+Lanes[T]())
	for i := range room {
		if addressOf(room[i:])%vectorBytes == 0 {
			return room[i : i+n]
		}
	}
	panic("no multiple of 64 bytes")
}

// BenchmarkVMChain is what one instruction costs on one vector, when each needs the last one's result.
func BenchmarkVMChain(b *testing.B) {
	for _, f := range Families() {
		b.Run(string(f), func(b *testing.B) {
			x := Operand{}
			code := make([]Instr, 40)
			for i := range code {
				code[i] = Instr{Code: Add, Width: 1, Dst: x, A: x, B: Operand{Class: 1, Fixed: true}}
			}
			frame := For[float32](f).Program(code, []Class{{}, {Seg: 1}}).Bind(aligned[float32](16), aligned[float32](16))
			frame.Steps(0, 1, b.N, 0, 1)
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/40, "ns/instr")
		})
	}
}

// copyPeak is how many gigabytes a second Go's copy reads and writes in the first cache: the best of some tries.
func copyPeak() float64 {
	const n, tries, times = 1024, 10, 10_000
	to, from := aligned[float32](n), aligned[float32](n)
	best := 0.0
	for range tries {
		start := time.Now()
		for range times {
			copy(to, from)
		}
		best = max(best, 2*4*n*times/float64(time.Since(start).Nanoseconds()))
	}
	return best
}

// BenchmarkVMArray is the speed on arrays that lie in the first cache, 4 KB each, and beside Go's copy.
func BenchmarkVMArray(b *testing.B) {
	const n = 1024
	for _, f := range Families() {
		for _, c := range []Code{Copy, Add, Mul, MulAdd, Max, Where, Div, Sqrt} {
			b.Run(fmt.Sprint(f, "/", c), func(b *testing.B) {
				in := Instr{Code: c, Width: n, Dst: Operand{Class: 0}, A: Operand{Class: 1}, B: Operand{Class: 2}, C: Operand{Class: 3}}
				frame := For[float32](f).Program([]Instr{in}, []Class{{}, {Seg: 1}, {Seg: 2}, {Seg: 3}}).
					Bind(aligned[float32](n), aligned[float32](n), aligned[float32](n), aligned[float32](n))
				frame.Steps(0, 1, b.N, 0, 1)
				bytes := float64(b.N) * 4 * n * float64(1+c.args())
				rate := bytes / float64(b.Elapsed().Nanoseconds())
				b.ReportMetric(rate, "GB/s")
				b.ReportMetric(100*rate/copyPeak(), "%copy")
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(n/16), "ns/vector")
			})
		}
	}
}

// BenchmarkVMSmooth is what the smooth operations cost for 16 entries.
func BenchmarkVMSmooth(b *testing.B) {
	for _, f := range Families() {
		for _, c := range smoothCodes {
			b.Run(fmt.Sprint(f, "/float32/", c.code), func(b *testing.B) { benchSmooth[float32](b, f, c.code) })
			b.Run(fmt.Sprint(f, "/float64/", c.code), func(b *testing.B) { benchSmooth[float64](b, f, c.code) })
		}
	}
}

func benchSmooth[T Real](b *testing.B, f Family, c Code) {
	const n = 512
	x := aligned[T](n)
	for i := range x {
		x[i] = T(i)/64 - 4
		if c == Log {
			x[i] = T(i+1) / 64
		}
	}
	in := Instr{Code: c, Width: n, A: Operand{Class: 1}}
	For[T](f).Program([]Instr{in}, []Class{{}, {Seg: 1}}).Bind(aligned[T](n), x).Steps(0, 1, b.N, 0, 1)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(n/16), "ns/16")
}

func addressOf[T Real](x []T) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(x))) }

// lstm is the instructions of a step like an LSTM's, forward and backward, about 45 of them, on rows of so many entries.
func lstm(width, rows int) (code []Instr, classes []Class, arrays int) {
	size := roundUp(width*rows, 16)
	one := Operand{Class: 1, Fixed: true}
	array := func(i int) Operand { return Operand{Off: i * size} }
	do := func(c Code, dst int, args ...int) {
		in := Instr{Code: c, Width: width, Dst: array(dst)}
		for i, o := range []*Operand{&in.A, &in.B, &in.C}[:c.args()] {
			*o = one
			if args[i] >= 0 {
				*o = array(args[i])
			}
		}
		code = append(code, in)
	}
	for gate := range 3 { // 0 to 3: what comes of the products; 4 to 7: gates
		do(Sigmoid, 4+gate, gate)
	}
	do(Tanh, 7, 3)
	do(Mul, 8, 4, 7)
	do(MulAdd, 9, 5, 10, 8)
	do(Tanh, 11, 9)
	do(Mul, 12, 6, 11)
	do(Flush, 9, 9)
	do(Flush, 12, 12)
	do(Add, 13, 14, 15) // backward
	do(Mul, 16, 13, 11)
	do(Mul, 17, 13, 6)
	do(NegMulAdd, 18, 11, 11, -1)
	do(MulAdd, 19, 17, 18, 20)
	do(Mul, 20, 19, 5)
	do(Flush, 20, 20)
	for gate, g := range [][2]int{{19, 7}, {19, 10}, {16, -1}} {
		do(Mul, 21, g[0], g[1])
		do(Sub, 22, -1, 4+gate)
		do(Mul, 22, 22, 4+gate)
		do(Mul, 23+gate, 21, 22)
		do(Flush, 23+gate, 23+gate)
	}
	do(Mul, 21, 19, 4)
	do(NegMulAdd, 22, 7, 7, -1)
	do(Mul, 26, 21, 22)
	for i := range 9 {
		do(Add, 27+i%3, 23+i%4, 27+i%3)
	}
	return code, []Class{{Row: width}, {Seg: 1}}, 30 * size
}

// BenchmarkVMLSTM is what a step of such an LSTM costs, without its products.
func BenchmarkVMLSTM(b *testing.B) {
	for _, f := range Families() {
		for _, size := range [][2]int{{1, 1}, {32, 1}, {64, 16}, {128, 16}} {
			b.Run(fmt.Sprint(f, "/width=", size[0], "/rows=", size[1]), func(b *testing.B) {
				code, classes, n := lstm(size[0], size[1])
				frame := For[float32](f).Program(code, classes).Bind(aligned[float32](n), aligned[float32](16))
				b.ReportMetric(float64(len(code)), "instr")
				frame.Steps(0, 1, b.N, 0, size[1])
			})
		}
	}
}

// BenchmarkVMRun is what a call of one step takes, and a step among many, of a program that does almost
// nothing: the difference is what the call takes.
func BenchmarkVMRun(b *testing.B) {
	for _, classes := range []int{1, 4, 12} {
		frame := nothing(Best(), classes)
		b.Run(fmt.Sprint(classes, "/call"), func(b *testing.B) {
			for i := range b.N {
				frame.Run(i&7, 0, 1)
			}
		})
		b.Run(fmt.Sprint(classes, "/step"), func(b *testing.B) {
			for range b.N / 8 {
				frame.Steps(0, 1, 8, 0, 1)
			}
		})
	}
}

// nothing is a program of a copy for each class, with room for 8 steps.
func nothing(f Family, classes int) *Frame[float32] {
	var code []Instr
	var all []Class
	var segments [][]float32
	for i := range classes {
		all = append(all, Class{Seg: i, Time: 16, Row: 1})
		segments = append(segments, aligned[float32](8*16))
		code = append(code, Instr{Code: Copy, Width: 1, Dst: Operand{Class: i}, A: Operand{Class: i}})
	}
	return For[float32](f).Program(code, all).Bind(segments...)
}
