package kernel

import (
	"fmt"
	"testing"
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

// BenchmarkVMArray is the speed on arrays that lie in the first cache, 4 KB each.
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
				b.ReportMetric(bytes/float64(b.Elapsed().Nanoseconds()), "GB/s")
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
