package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

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
	if a := x.in.A; a.Fixed && c >= Spread { // all lanes are the same, as rows begin at any
		for i := range lanes {
			x.memory[a.Off+i] = x.memory[a.Off]
		}
	}
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

func TestCodes(t *testing.T) {
	for c := range MatVec {
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
			if _, byRow := c.Each(); byRow {
				fixed &= uint(c.args()) / 3 // its first argument, if there are three
				inPlace = []int{-1, 0, 2}[r.IntN(c.args())]
			} else if c >= Spread {
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
