package kernel

import (
	"flag"
	"math"
	"math/rand/v2"
	"testing"
)

var exhaustive = flag.Bool("exhaustive", false, "try the smooth operations on all numbers of 32 bits, and on millions of 64")

// smoothCodes are with how far each may be off, in units in the last place.
var smoothCodes = []struct {
	code Code
	most float64
}{{Exp, 1}, {Log, 1}, {Tanh, 2}, {Sigmoid, 2}, {Softplus, 2}, {Elu, 1.5}, {Selu, 2}}

// onArrays runs one operation on whole arrays.
func onArrays[T Real](f Family, c Code, dst []T, args ...[]T) {
	in := Instr{Code: c, Width: len(dst), Dst: Operand{Class: 0}, A: Operand{Class: 1}, B: Operand{Class: 2}, C: Operand{Class: 3}}
	classes, segments := make([]Class, 1+len(args)), [][]T{dst}
	for i, a := range args {
		classes[1+i].Seg, segments = 1+i, append(segments, a)
	}
	For[T](f).Program([]Instr{in}, classes).Bind(segments...).Run(0, 0, 1)
}

// unit is the distance of floats of a kind near x: 2^(exponent - mantissa bits), not below that of subnormals.
func unit[T Real](x float64) float64 {
	bits, least := 23, -149
	if sizeOf[T]() == 8 {
		bits, least = 52, -1074
	}
	_, e := math.Frexp(x)
	return math.Ldexp(1, max(e-1-bits, least))
}

// TestSmooth32 holds the smooth operations to what Go's functions of float64 give.
func TestSmooth32(t *testing.T) {
	stride := uint64(1021)
	if *exhaustive {
		stride = 1
	}
	const block = 1 << 16
	for _, f := range Families() {
		if f != Best() && *exhaustive {
			continue // the families of assembly give the same bits
		}
		for _, c := range smoothCodes {
			t.Run(string(f)+"/"+c.code.String(), func(t *testing.T) {
				t.Parallel()
				x, y := make([]float32, block), make([]float32, block)
				worst, at := 0.0, float32(0)
				for from := uint64(0); from < 1<<32; from += block * stride {
					for i := range x {
						x[i] = math.Float32frombits(uint32(from + uint64(i)*stride))
					}
					onArrays(f, c.code, y, x)
					for i, got := range y {
						want := functions[c.code](float64(x[i]))
						off := offBy(float64(got), want, float64(float32(want)), unit[float32](want))
						if off > worst {
							worst, at = off, x[i]
						}
					}
				}
				t.Logf("off by up to %.3f units, at %v", worst, at)
				if worst > c.most {
					t.Errorf("off by %.3f units at %v (%08x), most is %v", worst, at, math.Float32bits(at), c.most)
				}
			})
		}
	}
}

// offBy is how far got is from want, in units. What isn't finite must be as rounded.
func offBy(got, want, rounded, unit float64) float64 {
	switch {
	case math.IsNaN(want) && math.IsNaN(got):
		return 0
	case math.IsNaN(want) || math.IsNaN(got):
		return math.Inf(1)
	case math.IsInf(rounded, 0) || math.IsInf(got, 0):
		if got == rounded {
			return 0
		}
		if math.IsInf(got, 0) { // the next number of 32 bits, if there were one
			got = math.Copysign(0x1p128, got)
		}
		return math.Abs(got-want) / unit
	case want == 0 && got == 0:
		return 0
	}
	return math.Abs(got-want) / unit
}

// TestSmooth64 holds the smooth operations to sums of two floats.
func TestSmooth64(t *testing.T) {
	n := 1 << 14
	if *exhaustive {
		n = 1 << 22
	}
	for _, c := range smoothCodes {
		t.Run(c.code.String(), func(t *testing.T) {
			t.Parallel()
			x, want := make([]float64, n), make([]scaled, n)
			drawSmooth(rand.New(rand.NewPCG(uint64(c.code), 9)), c.code, x)
			for i := range x {
				want[i] = precise(c.code, x[i])
			}
			y := make([]float64, n)
			for _, f := range Families() {
				onArrays(f, c.code, y, x)
				worst, at := 0.0, 0.0
				for i, w := range want {
					u := unit[float64](math.Ldexp(w.hi, w.shift))
					off := math.Abs(math.Ldexp(y[i], -w.shift)-w.hi-w.lo) / math.Ldexp(u, -w.shift)
					if off > worst || off != off {
						worst, at = off, x[i]
					}
				}
				t.Logf("%s: off by up to %.3f units, at %v", f, worst, at)
				if f == Go {
					continue // that is Go's own
				}
				if !(worst <= c.most) {
					t.Errorf("%s: off by %.3f units at %v, most is %v", f, worst, at, c.most)
				}
			}
		})
	}
}

// drawSmooth draws numbers of all magnitudes, most of them where the operation isn't trivial.
func drawSmooth(r *rand.Rand, c Code, x []float64) {
	for i := range x {
		switch i % 4 {
		case 0:
			x[i] = (2*r.Float64() - 1) * 745
		case 1:
			x[i] = (2*r.Float64() - 1) * 30
		case 2:
			x[i] = (2*r.Float64() - 1) * 2
		default:
			x[i] = math.Ldexp(2*r.Float64()-1, r.IntN(1080)-1074)
		}
		switch {
		case c == Log && i%2 == 0:
			x[i] = math.Ldexp(1+r.Float64(), r.IntN(2048)-1074)
		case c == Log:
			x[i] = max(math.Abs(x[i]), math.SmallestNonzeroFloat64)
		case c == Exp:
			x[i] = min(x[i], 709)
		}
	}
}
