//go:build amd64 && !noasm

package kernel

import (
	"runtime"
	"slices"
	"unsafe"
)

// A program in assembly is records, each with the address of its operation's handler, which ends in
// a jump to the next one's; behind the last stands the end, which returns or begins the next step.
// The handlers, made by kernel/asm/vm, have no frame, so that to the runtime they are the function that
// was called: it never interrupts them, and can trace the stack. X15 may be used: the call from Go clears it.

// record is an instruction. Its layout is known to kernel/asm/vm.
type record struct {
	handler uintptr
	offset  [4]int64  // of the operands, the result first, in bytes; of a product the fourth is its terms
	origin  [4]uint32 // where their origins stand in the table, in bytes; of a product the fourth is its vectors
	width   uint32    // where the width stands in the table, in bytes
	step    [3]uint8  // bytes from a vector of an argument to its next: 0 if it is fixed
}

// machineCode is a program's records: in a row, and again each with an end behind it.
type machineCode struct{ records, apart []record }

func (m *machineCode) ready() bool { return len(m.records) > 0 }

// The table that the assembly reads is words: where the records begin, the steps, the rows, the
// number of groups of four classes, the origins of the classes (addresses), how far each moves in
// a step, and of each width the number of vectors of an array and the bytes of a row.
const (
	tableCode = iota
	tableSteps
	tableRows
	tableGroups
	tableOrigins
)

const group = 4 // classes that move together

// machineFrame is a frame's table.
type machineFrame struct {
	table []uintptr
	bases []uintptr // where the segment of each class begins
	calls int       // steps that a call may last, 0 if even one is too long
}

//go:noescape
func vmEnter(table *uintptr)

func vmTableAVX2F32() *uintptr
func vmTableAVX2F64() *uintptr
func vmTableAVX512F32() *uintptr
func vmTableAVX512F64() *uintptr

// handlers are the addresses of a family's operations, and of the end.
func handlers[T Real](f Family) []uintptr {
	var table *uintptr
	single := sizeOf[T]() == 4
	switch {
	case f == AVX2 && single:
		table = vmTableAVX2F32()
	case f == AVX2:
		table = vmTableAVX2F64()
	case f == AVX512 && single:
		table = vmTableAVX512F32()
	case f == AVX512:
		table = vmTableAVX512F64()
	default:
		return nil
	}
	return unsafe.Slice(table, codes+1)
}

func (p *Program[T]) groups() int { return (len(p.classes) + group - 1) / group }

// widthWord is the word of the table where the i-th width stands.
func (p *Program[T]) widthWord(i int) int { return tableOrigins + 2*group*p.groups() + 2*i }

// assemble makes a program's records.
func (p *Program[T]) assemble() machineCode {
	var m machineCode
	h := handlers[T](p.family)
	if h == nil || len(p.code) == 0 {
		return m
	}
	end := record{handler: h[codes]}
	for i := range p.code {
		r := p.record(&p.code[i], h)
		m.records = append(m.records, r)
		m.apart = append(m.apart, r, end)
	}
	m.records = append(m.records, end)
	return m
}

func (p *Program[T]) record(in *Instr, h []uintptr) record {
	const word = 8
	r := record{handler: h[in.Code], width: uint32(word * p.widthWord(slices.Index(p.widths, in.Width)))}
	for i, o := range in.operands() {
		r.offset[i] = int64(o.Off * sizeOf[T]())
		r.origin[i] = uint32(word * (tableOrigins + o.Class))
		if i > 0 && !o.Fixed {
			r.step[i-1] = vectorBytes
		}
	}
	if in.Code.product() {
		lanes := lanes[T](p.family)
		r.offset[3], r.origin[3] = int64(in.Terms), uint32(roundUp(in.Width, lanes)/lanes)
	}
	return r
}

// lay makes a frame's table.
func (f *Frame[T]) lay() machineFrame {
	p := f.p
	if !p.machine.ready() {
		return machineFrame{}
	}
	m := machineFrame{table: make([]uintptr, p.widthWord(len(p.widths))), bases: make([]uintptr, len(p.classes))}
	m.table[tableGroups] = uintptr(p.groups())
	for i, c := range p.classes {
		m.bases[i] = uintptr(unsafe.Pointer(unsafe.SliceData(f.segments[c.Seg])))
	}
	return m
}

// longest is how long a call may last, in units of a vector's addition: well under a millisecond, as it can't be
// interrupted.
const longest = 100_000

// cost is what an instruction costs for each vector, in those units, roughly.
func (c Code) cost() int {
	switch {
	case c.smooth():
		return 10
	case c == Div, c == Over, c == Sqrt, c == HardSigmoid:
		return 5
	}
	return 1
}

// measure reckons what in the table depends on the number of rows.
func (f *Frame[T]) measure(rows int) {
	m, p, lanes := &f.machine, f.p, Lanes[T]()
	if !p.machine.ready() {
		return
	}
	m.table[tableRows] = uintptr(rows)
	for i, w := range p.widths {
		at := p.widthWord(i)
		m.table[at], m.table[at+1] = uintptr(roundUp(rows*w, lanes)/lanes), uintptr(w*sizeOf[T]())
	}
	cost := 0
	for i := range p.code {
		in := &p.code[i]
		cost += in.Code.cost() * (roundUp(rows*in.Width, lanes)/lanes + 1)
		switch {
		case in.Code.product():
			cost += in.Terms * (roundUp(in.Width, lanes)/lanes + 1)
		case in.Code >= Spread:
			cost += 10 * rows
		}
	}
	m.calls = longest / cost
}

// steps runs the program n times, from the origins on, which are of time t.
func (f *Frame[T]) steps(t, dt, n, row int) {
	m := &f.machine
	if n > 1 {
		moves := m.table[tableOrigins+group*f.p.groups():][:len(f.places)]
		for i := range f.places {
			moves[i] = uintptr(dt * f.places[i].time * sizeOf[T]())
		}
	}
	for done := 0; done < n; {
		if done > 0 {
			f.place(t+dt*done, row)
		}
		origins, bases := m.table[tableOrigins:][:len(f.places)], m.bases[:len(f.places)]
		for i := range f.places {
			origins[i] = bases[i] + uintptr(f.places[i].origin*sizeOf[T]())
		}
		if m.calls == 0 {
			f.oneByOne()
			done++
			continue
		}
		k := min(m.calls, n-done)
		f.enter(f.p.machine.records, k)
		done += k
	}
}

// oneByOne runs the program once, with a call for each instruction.
func (f *Frame[T]) oneByOne() {
	apart := f.p.machine.apart
	for i := 0; i < len(apart); i += 2 {
		f.enter(apart[i:], 1)
	}
}

// enter runs records so many times.
func (f *Frame[T]) enter(records []record, steps int) {
	table := f.machine.table
	table[tableCode], table[tableSteps] = uintptr(unsafe.Pointer(unsafe.SliceData(records))), uintptr(steps)
	vmEnter(unsafe.SliceData(table))
	runtime.KeepAlive(f)
}
