package kernel

import (
	"fmt"
	"math"
)

// Frame is a program bound to memory. One goroutine at a time may run it.
type Frame[T Real] struct {
	p        *Program[T]
	segments [][]T
	rows     int     // what the places' bounds and the machine's table are made for
	places   []place // of the classes
	machine  machineFrame
}

// place is where a class's origin is, as an entry of its segment.
type place struct {
	time, row   int // how it moves
	origin      int
	least, most int // where it may be, so that nothing beyond the segment is reached
}

// Bind gives a program its memory: a slice for each segment that its classes name. It is fastest if
// they begin at multiples of 64 bytes.
//
// It isn't inlined, so that the segments are on the heap, where they don't move: the assembly has
// their addresses.
//
//go:noinline
func (p *Program[T]) Bind(segments ...[]T) *Frame[T] {
	f := &Frame[T]{p: p, segments: segments, places: make([]place, len(p.classes))}
	for i, c := range p.classes {
		f.places[i].time, f.places[i].row = c.Time, c.Row
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
	for i := range f.places {
		p := &f.places[i]
		p.origin = t*p.time + row*p.row
		if p.origin < p.least || p.origin > p.most {
			f.outside(i, t, row)
		}
	}
}

func (f *Frame[T]) outside(i, t, row int) {
	c, p, n := f.p.classes[i], f.places[i], len(f.segments[f.p.classes[i].Seg])
	panic(fmt.Sprintf("kernel: at time %d, row %d, %d rows, class %d %+v reaches from %d to %d of a segment of %d entries", t, row, f.rows, i, c,
		p.origin-p.least, p.origin+n-p.most, n))
}

// resize reckons what depends on the number of rows.
func (f *Frame[T]) resize(rows int) {
	if rows > 1 && f.p.single {
		panic(fmt.Sprintf("kernel: %d rows of a program with a product, which is for one", rows))
	}
	f.rows = rows
	for i, c := range f.p.classes {
		f.places[i].least, f.places[i].most = math.MinInt, math.MaxInt // unless it is reached
		for _, s := range f.p.spans {
			if s.class == i {
				f.places[i].least = max(f.places[i].least, -s.lo)
				f.places[i].most = min(f.places[i].most, len(f.segments[c.Seg])-s.end(rows, Lanes[T]()))
			}
		}
	}
	f.measure(rows)
}
