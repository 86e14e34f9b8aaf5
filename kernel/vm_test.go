package kernel

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"unroll/op"
)

// rows are the rows of op that have an operation's values, by name and number of arguments.
var opRows = map[Code]string{
	Neg: "neg", Abs: "abs", Sign: "sign", Sqrt: "sqrt", Floor: "floor", Relu: "relu", HardTanh: "hard_tanh", HardSigmoid: "hard_sigmoid",
	Exp: "exp", Log: "log", Tanh: "tanh", Sigmoid: "sigmoid", Softplus: "softplus", Elu: "elu", Selu: "selu",
	Add: "+", Sub: "-", Mul: ".*", Div: "/", Max: "max", Min: "min", Eq: "==", Ne: "!=", Lt: "<", Le: "<=", Gt: ">", Ge: ">=",
	Over: "over", Gated: "gated", Kept: "kept", Where: "where", Clip: "clip",
}

var table = op.Standard()

// reference is an operation on one entry: op's row, or what only programs have.
func reference(c Code) func(x []float64) float64 {
	if name, ok := opRows[c]; ok && c != Log {
		return table.Lookup(name, c.args()).Float
	}
	switch c {
	case Log: // op's is Go's, which on amd64 is wrong below the smallest normal number
		return func(x []float64) float64 { return logarithm(x[0]) }
	case Copy:
		return func(x []float64) float64 { return x[0] }
	case Flush:
		return nil // by kind
	case MulAdd:
		return func(x []float64) float64 { return math.FMA(x[0], x[1], x[2]) }
	case MulSub:
		return func(x []float64) float64 { return math.FMA(x[0], x[1], -x[2]) }
	case NegMulAdd:
		return func(x []float64) float64 { return math.FMA(-x[0], x[1], x[2]) }
	}
	return nil
}

// special are numbers at which operations change.
func special[T Real]() []T {
	tiny, huge := T(math.SmallestNonzeroFloat32), T(math.MaxFloat32)
	if sizeOf[T]() == 8 {
		t, h := math.SmallestNonzeroFloat64, math.MaxFloat64
		tiny, huge = T(t), T(h)
	}
	nan := T(math.NaN())
	out := []T{0, nan, inf[T](), tiny, smallest[T](), smallest[T]() - tiny, huge, 1, 0.5, 2, 3, 100, 800, 1e-5}
	for _, x := range out[:len(out):len(out)] {
		out = append(out, -x)
	}
	return out
}

// draw fills x with numbers: often special ones, or near 0.
func draw[T Real](r *rand.Rand, x []T) {
	s, scale := special[T](), [...]float64{0.01, 0.1, 1, 10}
	for i := range x {
		x[i] = T(r.NormFloat64() * scale[r.IntN(4)])
		if r.IntN(3) == 0 {
			x[i] = s[r.IntN(len(s))]
		}
	}
}

// trial is one instruction with its memory: the arrays lie in one segment, with gaps between them.
type trial[T Real] struct {
	in      Instr
	rows    int
	row     int // where they begin
	memory  []T
	classes []Class
}

// newTrial lays out an instruction: arguments that are fixed, and one that the result overwrites (-1: none).
func newTrial[T Real](r *rand.Rand, c Code, width, row, rows int, fixed uint, inPlace int) *trial[T] {
	lanes := Lanes[T]()
	x := &trial[T]{in: Instr{Code: c, Width: width}, row: row, rows: rows}
	at := lanes
	operand := func(i int, fixed bool) Operand {
		o := Operand{Class: len(x.classes), Off: at, Fixed: fixed}
		class, n := Class{}, lanes
		if !fixed {
			probe := x.in
			class.Row = probe.width(i)
			n = roundUp((row+rows)*class.Row, lanes)
		}
		x.classes, at = append(x.classes, class), at+n+lanes
		return o
	}
	x.in.Dst = operand(0, false)
	for i, o := range []*Operand{&x.in.A, &x.in.B, &x.in.C}[:c.args()] {
		*o = operand(1+i, fixed>>i&1 == 1)
		if i == inPlace {
			*o = x.in.Dst
		}
	}
	x.memory = make([]T, at)
	draw(r, x.memory)
	return x
}

// at is where an entry of the i-th operand lies, by the number of the entry in this run.
func (x *trial[T]) at(i, entry int) int {
	o := x.in.operands()[i]
	if o.Fixed {
		return o.Off + entry%Lanes[T]()
	}
	return o.Off + x.row*x.classes[o.Class].Row + entry
}

// run gives the memory after the instruction.
func (x *trial[T]) run(f Family) []T {
	memory := append(aligned[T](len(x.memory))[:0], x.memory...)
	For[T](f).Program([]Instr{x.in}, x.classes).Bind(memory).Run(0, x.row, x.rows)
	return memory
}

// outside finds an entry that was changed and doesn't belong to the result; -1 if there is none.
func (x *trial[T]) outside(got []T) int {
	from := x.at(0, 0)
	to := from + roundUp(x.rows*x.in.width(0), Lanes[T]())
	for i := range got {
		if (i < from || i >= to) && !sameBits(got[i], x.memory[i]) {
			return i
		}
	}
	return -1
}

func sameBits[T Real](a, b T) bool {
	return math.Float64bits(float64(a)) == math.Float64bits(float64(b)) || a != a && b != b
}

func (x *trial[T]) String() string {
	return fmt.Sprintf("%v, rows %d to %d, %T", x.in, x.row, x.row+x.rows, x.memory)
}

// want is the result's entries.
func (x *trial[T]) want() []T {
	w := x.in.Width
	switch x.in.Code {
	case Spread:
		out := make([]T, x.rows*w)
		for i := range out {
			out[i] = x.memory[x.at(1, i/w)]
		}
		return out
	case SumRow, MaxRow:
		return x.reduced()
	}
	f, out, arg := reference(x.in.Code), make([]T, x.rows*w), make([]float64, x.in.Code.args())
	for i := range out {
		for k := range arg {
			arg[k] = float64(x.memory[x.at(1+k, i)])
		}
		switch {
		case x.in.Code == Flush:
			out[i] = T(arg[0])
			if math.Abs(arg[0]) < float64(smallest[T]()) {
				out[i] = 0
			}
		case x.in.Code >= MulAdd && sizeOf[T]() == 4:
			out[i] = T(roundedOnce(x.in.Code, arg))
		default:
			out[i] = T(f(arg))
		}
	}
	return out
}

// roundedOnce is a multiply-add of float32, by arithmetic on numbers of any length.
func roundedOnce(c Code, x []float64) float32 {
	a, b, z := x[0], x[1], x[2]
	if c == MulSub {
		z = -z
	}
	if c == NegMulAdd {
		a = -a
	}
	if s := a*b + z; math.IsInf(s, 0) || math.IsNaN(s) || s == 0 {
		return float32(s)
	}
	long := func(v float64) *big.Float { return new(big.Float).SetPrec(2000).SetFloat64(v) }
	sum := long(a)
	sum.Mul(sum, long(b)).Add(sum, long(z))
	out, _ := sum.Float32()
	return out
}

// reduced is each row's sum or largest, in the promised order.
func (x *trial[T]) reduced() []T {
	lanes, out := Lanes[T](), make([]T, x.rows)
	for r := range out {
		var part [16]T
		for i := range part {
			if x.in.Code == MaxRow {
				part[i] = -inf[T]()
			}
		}
		join := func(i int, v T) {
			if x.in.Code == MaxRow {
				part[i] = max(part[i], v)
			} else {
				part[i] += v
			}
		}
		for j := range x.in.Width {
			join(j%lanes, x.memory[x.at(1, r*x.in.Width+j)])
		}
		for n := lanes / 2; n > 0; n /= 2 {
			for i := range n {
				join(i, part[i+n])
			}
		}
		out[r] = part[0]
	}
	return out
}

func TestCodes(t *testing.T) {
	for c := range codes {
		t.Run(c.String(), func(t *testing.T) {
			t.Parallel()
			testCode[float32](t, c)
			testCode[float64](t, c)
		})
	}
}

// testCode tries an operation on all widths, whole and partial vectors, rows that begin anywhere, fixed
// arguments and moving ones, in place and not, in all families.
func testCode[T Real](t *testing.T, c Code) {
	r := rand.New(rand.NewPCG(uint64(c), 1))
	lanes := Lanes[T]()
	for width := 1; width <= 67; width++ {
		for _, rows := range []int{1, 2, 3, 5, 17, 32} {
			fixed, inPlace := uint(r.IntN(8)), r.IntN(2*c.args())-c.args()
			if c >= Spread {
				fixed, inPlace = 0, -1
			}
			row := []int{0, lanes, 2 * lanes}[r.IntN(3)]
			if width%lanes == 0 {
				row = r.IntN(5)
			}
			testTrial(t, newTrial[T](r, c, width, row, rows, fixed, inPlace))
		}
	}
	testTrial(t, newTrial[T](r, c, 1000, 0, 70, 0, -1))
}

func testTrial[T Real](t *testing.T, x *trial[T]) {
	t.Helper()
	want, results := x.want(), map[Family][]T{}
	for _, f := range Families() {
		got := x.run(f)
		if i := x.outside(got); i >= 0 {
			t.Fatalf("%s: %v: entry %d of the memory was %v and is %v", f, x, i, x.memory[i], got[i])
		}
		results[f] = got[x.at(0, 0):][:len(want)]
		for i, w := range want {
			if g := results[f][i]; !agrees(x.in.Code, g, w) {
				t.Fatalf("%s: %v: entry %d is %v, want %v", f, x, i, g, w)
			}
		}
	}
	for f, got := range results {
		for i := range got {
			other := Go
			if x.in.Code.smooth() {
				other = AVX2
			}
			if o := results[other]; f != Go && o != nil && !sameBits(got[i], o[i]) {
				t.Fatalf("%v: entry %d is %v in %s and %v in %s", x, i, got[i], f, o[i], other)
			}
		}
	}
}

// agrees tells whether a result is right: exactly, unless the operation is a smooth one.
func agrees[T Real](c Code, got, want T) bool {
	if got == want || got != got && want != want {
		return true
	}
	most := 0.0
	if c.smooth() {
		most = 4
	}
	if c == HardSigmoid { // op adds after dividing, which near -3 is off by more
		most = 2 / float64(max(want, smallest[T]())) // half a unit of 1/2, in units of want
	}
	return offBy(float64(got), float64(want), float64(want), unit[T](float64(want))) <= most
}

func TestStepsAreRuns(t *testing.T) {
	for _, f := range Families() {
		t.Run(string(f)+"/float32", func(t *testing.T) { testSteps[float32](t, f) })
		t.Run(string(f)+"/float64", func(t *testing.T) { testSteps[float64](t, f) })
	}
}

// testSteps runs a recurrence forward and backward, at once and step by step; and so large a one that
// it is cut.
func testSteps[T Real](t *testing.T, f Family) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, size := range [][2]int{{1, 1}, {5, 3}, {64, 16}, {600, 40}, {600, 200}} {
		width, rows := size[0], size[1]
		array := roundUp(width*rows, Lanes[T]())
		const steps = 9
		for _, dt := range []int{1, -1} {
			h, before := Operand{Class: 0, Off: array}, Operand{Class: 0, Off: array - dt*array}
			code := []Instr{
				{Code: MulAdd, Width: width, Dst: h, A: before, B: Operand{Class: 1, Fixed: true}, C: Operand{Class: 2}},
				{Code: Tanh, Width: width, Dst: h, A: h},
			}
			classes := []Class{{Time: array, Row: width}, {Seg: 1}, {Seg: 2, Time: array, Row: width}}
			p := For[T](f).Program(code, classes)
			hs, k, x := aligned[T]((steps+2)*array), aligned[T](Lanes[T]()), aligned[T](steps*array)
			for i := range x {
				x[i] = T(r.NormFloat64())
			}
			for i := range k {
				k[i] = 0.5
			}
			again := append([]T(nil), hs...)
			from := map[int]int{1: 0, -1: steps - 1}[dt]
			p.Bind(hs, k, x).Steps(from, dt, steps, 0, rows)
			frame := p.Bind(again, k, x)
			for i := range steps {
				frame.Run(from+dt*i, 0, rows)
			}
			for i := range hs {
				if !sameBits(hs[i], again[i]) || i > array && i < (steps+1)*array && i%array < width*rows && hs[i] == 0 {
					t.Fatalf("%v dt %d: entry %d is %v, step by step %v", size, dt, i, hs[i], again[i])
				}
			}
		}
	}
}
