package kernel

import (
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
)

// recurrence is h[t] = tanh(k·h[t-1] + x[t]) on rows of so many entries, and its memory for so many steps.
func recurrence[T Real](f Family, width, rows, steps int) *Frame[T] {
	array := roundUp(width*rows, Lanes[T]())
	h, before := Operand{Off: array}, Operand{}
	p := For[T](f).Program([]Instr{
		{Code: MulAdd, Width: width, Dst: h, A: before, B: Operand{Class: 1, Fixed: true}, C: Operand{Class: 2}},
		{Code: Tanh, Width: width, Dst: h, A: h},
	}, []Class{{Time: array, Row: width}, {Seg: 1}, {Seg: 2, Time: array, Row: width}})
	return p.Bind(aligned[T]((steps+1)*array), aligned[T](Lanes[T]()), aligned[T](steps*array))
}

func TestRunsDontAllocate(t *testing.T) {
	for _, f := range Families() {
		frame := recurrence[float32](f, 5, 4, 10)
		rows := 0
		if n := testing.AllocsPerRun(20, func() {
			rows = rows%4 + 1
			frame.Steps(0, 1, 10, 0, rows)
			frame.Run(3, 0, rows)
		}); n > 0 {
			t.Errorf("%s: %v allocations a run", f, n)
		}
	}
}

// TestRunsBesideOthers runs programs while the collector works and stacks are traced.
func TestRunsBesideOthers(t *testing.T) {
	for _, f := range Families() {
		const steps = 400
		frame := recurrence[float64](f, 16, 8, steps)
		done := make(chan bool)
		go func() {
			for range 50 {
				frame.Steps(0, 1, steps, 0, 8)
			}
			close(done)
		}()
		room := make([]byte, 1<<16)
		for running := true; running; {
			select {
			case <-done:
				running = false
			default:
				runtime.GC()
				runtime.Stack(room, true)
			}
		}
	}
}

// panics gives what f panics with.
func panics(f func()) (said string) {
	defer func() { said, _ = recover().(string) }()
	f()
	return ""
}

func TestMistakesPanic(t *testing.T) {
	set, one := For[float32](Best()), []Class{{}}
	program := func(in Instr, classes []Class) func() {
		return func() { set.Program([]Instr{in}, classes) }
	}
	frame := recurrence[float32](Best(), 5, 3, 10)
	product := func(n, room int) *Frame[float32] {
		in := Instr{Code: MatVec, Width: n, Terms: 32, A: Operand{Class: 1}, B: Operand{Class: 2}}
		return set.Program([]Instr{in}, []Class{{}, {Seg: 1}, {Seg: 2}}).Bind(make([]float32, 16), make([]float32, 32), make([]float32, room))
	}
	for _, c := range []struct {
		name, says string
		do         func()
	}{
		{"code", "no such code", program(Instr{Code: codes, Width: 1}, one)},
		{"width", "width is not positive", program(Instr{Code: Copy}, one)},
		{"class", "no class 1", program(Instr{Code: Copy, Width: 1, A: Operand{Class: 1}}, one)},
		{"offset", "offset 3 is no multiple of 16", program(Instr{Code: Copy, Width: 1, A: Operand{Off: 3}}, one)},
		{"time", "Time is no multiple of 16", program(Instr{Code: Copy, Width: 1}, []Class{{Time: 8}})},
		{"result", "a result can't be fixed", program(Instr{Code: Copy, Width: 1, Dst: Operand{Fixed: true}}, one)},
		{"rows", "an argument of rows can't be fixed", program(Instr{Code: SumRow, Width: 1, A: Operand{Fixed: true}}, one)},
		{"terms", "has 1 to 512 terms", program(Instr{Code: MatVec, Width: 1, Terms: 513}, one)},
		{"matrix", "up to 524288 entries", program(Instr{Code: MatVec, Width: 2000, Terms: 512}, one)},
		{"fixed", "a matrix can't be fixed", program(Instr{Code: MatVec, Width: 1, Terms: 1, B: Operand{Fixed: true}}, one)},
		{"panels", "reaches from", func() { product(16, 511).Run(0, 0, 1) }},
		{"products", "2 rows of a program with a product", func() { product(16, 512).Run(0, 0, 2) }},
		{"segment", "is in segment 1, and there are 1", func() { frame.p.Bind(make([]float32, 100)) }},
		{"late", "reaches from", func() { frame.Run(10, 0, 3) }},
		{"later", "reaches from", func() { frame.Steps(5, 1, 6, 0, 3) }},
		{"early", "reaches from", func() { frame.Steps(2, -1, 4, 0, 3) }},
		{"many", "reaches from", func() { frame.Run(9, 0, 4) }},
		{"row", "reaches from", func() { frame.Run(9, 2, 3) }},
	} {
		if said := panics(c.do); !strings.Contains(said, c.says) {
			t.Errorf("%s: %q doesn't say %q", c.name, said, c.says)
		}
	}
	frame.Run(9, 0, 3)
	frame.Steps(9, -1, 10, 0, 3)
}

func TestNothingToDo(t *testing.T) {
	for _, f := range Families() {
		frame := recurrence[float32](f, 5, 3, 10)
		frame.Steps(0, 1, 0, 0, 3)
		frame.Run(0, 0, 0)
		For[float32](f).Program(nil, nil).Bind().Run(0, 0, 5)
	}
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
