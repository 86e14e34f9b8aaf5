package kernel

import "fmt"

// Frame is a program bound to memory. One goroutine at a time may run it.
type Frame[T Real] struct {
	p        *Program[T]
	segments [][]T
	rows     int   // what lo, hi and the machine's table are made for
	lo, hi   []int // what is read and written of each class, as entries from its origin
	origins  []int // of each class, as an entry of its segment
	machine  machineFrame
}

// Bind gives a program its memory: a slice for each segment that its classes name. It is fastest if
// they begin at multiples of 64 bytes.
//
// It isn't inlined, so that the segments are on the heap, where they don't move: the assembly has
// their addresses.
//
//go:noinline
func (p *Program[T]) Bind(segments ...[]T) *Frame[T] {
	n := len(p.classes)
	f := &Frame[T]{p: p, segments: segments, lo: make([]int, n), hi: make([]int, n), origins: make([]int, n)}
	for i, c := range p.classes {
		if c.Seg >= len(segments) {
			panic(fmt.Sprintf("kernel: class %d is in segment %d, and there are %d", i, c.Seg, len(segments)))
		}
	}
	f.machine = f.lay()
	return f
}

// Run runs the program once, at time t, for the rows from row on. It panics if that would read or
// write beyond a segment.
func (f *Frame[T]) Run(t, row, rows int) { f.Steps(t, 1, 1, row, rows) }

// Steps runs the program n times, at t, t+dt, t+2·dt, …, for the rows from row on.
func (f *Frame[T]) Steps(t, dt, n, row, rows int) {
	if n <= 0 || rows <= 0 || len(f.p.code) == 0 {
		return
	}
	if rows != f.rows {
		f.resize(rows)
	}
	if n > 1 {
		f.place(t+dt*(n-1), row) // only looks whether the last time is inside: so are those between
	}
	if f.p.machine.ready() {
		f.place(t, row)
		f.steps(t, dt, n, row)
		return
	}
	for i := range n {
		f.place(t+dt*i, row)
		f.interpret()
	}
}

// place moves the origins to a time and row.
func (f *Frame[T]) place(t, row int) {
	for i := range f.p.classes {
		c := &f.p.classes[i]
		o := t*c.Time + row*c.Row
		if o+f.lo[i] < 0 || o+f.hi[i] > len(f.segments[c.Seg]) {
			f.outside(i, t, row)
		}
		f.origins[i] = o
	}
}

func (f *Frame[T]) outside(i, t, row int) {
	c := f.p.classes[i]
	panic(fmt.Sprintf("kernel: at time %d, row %d, %d rows, class %d %+v reaches from %d to %d of a segment of %d entries", t, row, f.rows, i, c,
		t*c.Time+row*c.Row+f.lo[i], t*c.Time+row*c.Row+f.hi[i], len(f.segments[c.Seg])))
}

// resize reckons what depends on the number of rows.
func (f *Frame[T]) resize(rows int) {
	if rows > 1 && f.p.single {
		panic(fmt.Sprintf("kernel: %d rows of a program with a product, which is for one", rows))
	}
	f.rows = rows
	clear(f.lo)
	clear(f.hi)
	for i := range f.p.spans {
		s := &f.p.spans[i]
		if f.hi[s.class] == f.lo[s.class] { // the class's first: a span isn't empty
			f.lo[s.class], f.hi[s.class] = s.lo, s.end(rows, Lanes[T]())
		}
		f.lo[s.class] = min(f.lo[s.class], s.lo)
		f.hi[s.class] = max(f.hi[s.class], s.end(rows, Lanes[T]()))
	}
	f.measure(rows)
}
