package plan

import (
	"cmp"
	"slices"

	"unroll/graph"
)

// access is how one loop reads and writes a value, by places in the order of its step.
type access struct {
	v        *value
	last     int // where it is read or written last
	write    int // where it is written first; -1 if it is only read
	entries  bool
	early    bool // it is written for all times before the scan
	from, to int  // the least and the greatest lag at which it is read
}

// lend lets a value take the memory of another that the loop which makes it reads for the last time, row
// by row: an adjoint that of a gate, a gate that of the sum it is made of.
func (l *lowering) lend() {
	if l.without["lend"] || l.without["reuse"] {
		return
	}
	for _, g := range l.groups {
		var old, made []*access
		for _, a := range g.accesses() {
			if a.v.hold != full || a.v.leaf {
				continue
			}
			if a.v.born == g.place && a.write >= 0 && a.entries {
				made = append(made, a)
			}
			if a.v.last == g.place && !a.v.pinned {
				old = append(old, a)
			}
		}
		slices.SortStableFunc(made, func(a, b *access) int { return cmp.Compare(a.write, b.write) })
		lent := map[*access]bool{}
		for _, a := range made {
			for _, o := range old {
				if !lent[o] && g.lends(o, a) {
					a.v.room, lent[o] = o.v, true
					break
				}
			}
		}
	}
}

// accesses lists how a loop's step uses values, in the order in which they come up.
func (g *group) accesses() []*access {
	var all []*access
	of := map[*value]*access{}
	place := 0
	early := false
	note := func(r ref, write, entries bool) {
		if r.v == nil {
			return
		}
		a := of[r.v]
		if a == nil {
			a = &access{v: r.v, write: -1}
			of[r.v], all = a, append(all, a)
		}
		a.last = place
		a.from, a.to = min(a.from, r.lag), max(a.to, r.lag)
		if write && a.write < 0 {
			a.write, a.entries, a.early = place, entries, early
		}
	}
	for _, op := range g.ops {
		early = op.early
		if t := op.task; t != nil {
			for _, r := range t.in {
				note(r, false, false)
			}
			note(ref{v: t.out}, true, false)
			place++
		}
		for i := range op.program {
			in := &op.program[i]
			for _, r := range in.args() {
				note(*r, false, false)
			}
			note(in.dst, true, in.inPlace())
			place++
		}
	}
	return all
}

// lends tells whether, in this loop, each row of o is done with when that row of a is written.
func (g *group) lends(o, a *access) bool {
	switch {
	case o == a || o.v.width != a.v.width || o.v.scope != a.v.scope || o.last > a.write:
		return false
	case o.write >= 0 && o.v.before+o.v.after > 0: // what lies beside its times is written in this loop, too
		return false
	case o.from == 0 && o.to == 0:
		return true
	case a.early || g.dilated():
		return false
	}
	// A scan may have read the row at other times, if they came before, and those beside o's times if
	// a has none there.
	switch g.dir {
	case graph.Forward:
		return o.to == 0 && a.v.after == 0
	case graph.Backward:
		return o.from == 0 && a.v.before == 0
	}
	return false
}

// lodging is memory for a row each time, and the values that have it one after the other.
type lodging struct {
	values        []*value
	before, after int // rows beside the times, as many as any of them needs
}

// lodgings are the memories that the values need which have a row each time: those that are long.
func (l *lowering) lodgings(long func(*value) bool) []*lodging {
	of := map[*value]*lodging{}
	var all []*lodging
	var at func(v *value) *lodging
	at = func(v *value) *lodging {
		m := of[v]
		if m != nil {
			return m
		}
		if v.room == nil {
			m = &lodging{}
			all = append(all, m)
		} else {
			m = at(v.room)
		}
		of[v] = m
		m.values = append(m.values, v)
		m.before, m.after = max(m.before, v.before), max(m.after, v.after)
		return m
	}
	for _, v := range l.values {
		if long(v) && (v.born >= 0 || v.leaf) {
			at(v)
		}
	}
	return all
}

// rows is how many rows the memory has; a few too many, so that it fits where another was that has
// other rows beside its times.
func (m *lodging) rows(times int) int { return times + roundUp(m.before+m.after, 4) }

// life is the loops between which the memory is in use, and whether that is always.
func (m *lodging) life() (born, last int) {
	born, last = m.values[0].born, m.values[0].last
	for _, v := range m.values {
		born, last = min(born, v.born), max(last, v.last)
		if v.pinned {
			last = 1 << 30
		}
		if v.leaf {
			born, last = -1, 1<<30
		}
	}
	return born, last
}
