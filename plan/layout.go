package plan

import (
	"cmp"
	"slices"

	"unroll/graph"
	"unroll/kernel"
)

// block is about how many entries of an array a program works on at once, so that what it reads and
// writes stays in the first cache.
const block = 1024

// area is where values lie in one memory, in entries.
type area struct {
	off  []int // by value: of its first entry, or of the row at time 0
	size int
}

// lanes is what everything is padded to a multiple of.
func lanes[T kernel.Real]() int { return kernel.Lanes[T]() }

func roundUp(n, multiple int) int { return (n + multiple - 1) / multiple * multiple }

// sharedLen is how many entries a shared value takes, for shards of so many rows.
func sharedLen[T kernel.Real](v *value, rows int) int {
	if v.copies {
		return stripTimes[T](v.width, rows) * roundUp(v.width*rows, lanes[T]())
	}
	return roundUp(v.width, lanes[T]())
}

// layShared lays out what is one for all.
func (p *Plan[T]) layShared(rows int) area {
	a := area{off: make([]int, len(p.l.values))}
	for _, v := range p.l.values {
		if v.hold == shared || v.hold == temp && v.scope == graph.Global {
			a.off[v.id] = a.size
			a.size += sharedLen[T](v, rows)
		}
	}
	return a
}

// stride is how many entries a value's row of one time takes, for so many series.
func stride[T kernel.Real](v *value, rows int) int { return roundUp(v.width*rows, lanes[T]()) }

// isLong tells whether a value has a row for each time, in a shard of so many series.
func isLong[T kernel.Real](v *value, rows int) bool {
	switch v.hold {
	case full:
		return true
	case ahead:
		return v.beside > 0 && narrow[T](v.beside, rows) || v.scan != nil && v.scan.leaps(rows) > 1
	}
	return false
}

// layShard lays out what a shard of so many series and times has for itself.
func (p *Plan[T]) layShard(rows, times int) area {
	a := area{off: make([]int, len(p.l.values))}
	for _, v := range p.l.values {
		if !isLong[T](v, rows) && (v.hold == series || v.hold == step || v.hold == ahead) {
			a.off[v.id] = a.size
			a.size += stride[T](v, rows)
		}
	}
	p.layRooms(&a, rows)
	p.layLong(&a, rows, times)
	return a
}

// layRooms lays out what programs have for themselves. One runs at a time, so all have the same room.
func (p *Plan[T]) layRooms(a *area, rows int) {
	most := 0
	for _, g := range p.l.groups {
		if g.scope == graph.Global {
			continue
		}
		for _, op := range g.ops {
			room := map[*value]int{}
			program := p.l.ofRows(op.program, rows)
			widths := rooms(program, room)
			n := blockRows[T](rows, program)
			at := make([]int, len(widths)+1)
			for i, w := range widths {
				at[i+1] = at[i] + max(roundUp(w*n, lanes[T]()), stripTimes[T](widest(op.program), rows)*roundUp(w*rows, lanes[T]()))
			}
			for v, i := range room {
				a.off[v.id] = a.size + at[i]
			}
			most = max(most, at[len(widths)])
		}
	}
	a.size += most
}

// widest is the most entries of a row in a program.
func widest(code []instr) int {
	w := 1
	for _, in := range code {
		w = max(w, in.width)
	}
	return w
}

// layLong lays out the values that have a row for each time: one where another was that isn't read any more.
// The largest come first, and those that are needed first; each takes the first gap it fits in.
func (p *Plan[T]) layLong(a *area, rows, times int) {
	type placed struct {
		lo, hi     int
		born, last int
	}
	long := p.l.lodgings(func(v *value) bool { return isLong[T](v, rows) })
	size := func(m *lodging) int { return stride[T](m.values[0], rows) * m.rows(times) }
	slices.SortStableFunc(long, func(x, y *lodging) int {
		bx, _ := x.life()
		by, _ := y.life()
		return cmp.Or(cmp.Compare(size(y), size(x)), cmp.Compare(bx, by))
	})
	base, end := a.size, a.size
	var all []placed // by lo
	for _, m := range long {
		at := base
		born, last := m.life()
		for _, o := range all {
			if o.lo >= at+size(m) {
				break
			}
			if p.l.without["reuse"] || o.born <= last && born <= o.last {
				at = max(at, o.hi)
			}
		}
		all = append(all, placed{at, at + size(m), born, last})
		slices.SortStableFunc(all, func(x, y placed) int { return cmp.Compare(x.lo, y.lo) })
		for _, v := range m.values {
			a.off[v.id] = at + m.before*stride[T](v, rows)
		}
		end = max(end, at+size(m))
	}
	a.size = end
}
