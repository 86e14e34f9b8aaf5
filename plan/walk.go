package plan

import (
	"math"
	"slices"

	"unroll/graph"
	"unroll/kernel"
)

// stretches are what a shard needs to go through time in stretches: where it is, and what it keeps beside
// the memory for one of them.
type stretches[T kernel.Real] struct {
	length  int   // of each but the last
	total   int   // times of the longest series
	all     []run // of the whole series
	now     int   // which stretch it is
	forward bool  // the first way, forward
	kept    area  // of what follows
	mem     []T
	data    []*value       // leaves, of which the whole series is kept
	handed  map[*value]int // where the rows lie that stretches hand on forward, one after the other
	given   map[*value]int // where the rows lie that the stretch after the present one has handed back
}

// newStretches cuts a shard's times.
func newStretches[T kernel.Real](s *shard[T]) *stretches[T] {
	l := s.b.plan.l
	x := &stretches[T]{all: s.runs, total: s.times, handed: map[*value]int{}, given: map[*value]int{}}
	x.length = min(s.times, roundUp(int(math.Sqrt(float64(s.times))), s.b.plan.options.segment))
	x.kept.off = make([]int, len(l.values))
	for _, v := range l.values {
		if v.leaf && v.hold == full {
			x.data = append(x.data, v)
			st := stride[T](v, s.rows)
			x.kept.off[v.id] = x.kept.size + v.before*st
			x.kept.size += (v.before + s.times + v.after) * st
		}
	}
	place := func(to map[*value]int, v *value, rows int) {
		if _, ok := to[v]; !ok && rows > 0 && v.hold == full {
			to[v] = x.kept.size
			x.kept.size += rows * stride[T](v, s.rows)
		}
	}
	for _, r := range s.b.plan.routes {
		for _, g := range r.ahead {
			for _, t := range g.tasks {
				place(x.handed, t.out, t.out.before*(x.count()-1))
			}
		}
		for _, g := range r.along {
			for _, t := range g.tasks {
				place(x.given, t.out, t.out.after)
			}
		}
	}
	s.times, s.runs = x.length, make([]run, 0, len(x.all))
	return x
}

// count is how many stretches there are.
func (x *stretches[T]) count() int {
	if x.length == 0 {
		return 0
	}
	return (x.total + x.length - 1) / x.length
}

// stored is how many entries are kept beside the memory of a stretch; none without stretches.
func (x *stretches[T]) stored() int {
	if x == nil {
		return 0
	}
	return x.kept.size
}

func (x *stretches[T]) store() {
	if x != nil {
		x.mem = aligned[T](x.kept.size)
	}
}

// whole is a value at all times of the series: data is kept beside the stretch.
func (s *shard[T]) whole(v *value) view[T] {
	at := s.view(ref{v: v})
	if s.stretches != nil && v.leaf && v.hold == full {
		at.mem, at.base = s.stretches.mem, s.kept.off[v.id]
	}
	return at
}

// move goes to a stretch: its data is put where programs read it.
func (s *shard[T]) move(i int) {
	s.now, s.from = i, i*s.length
	s.times = min(s.length, s.total-s.from)
	s.runs = s.runs[:0]
	for _, r := range s.all {
		r.lo, r.hi = max(r.lo-s.from, 0), min(r.hi-s.from, s.times)
		if r.lo < r.hi {
			s.runs = append(s.runs, r)
		}
	}
	for _, v := range s.data {
		copy(s.view(ref{v: v}).times(-v.before, s.times+v.after), s.whole(v).times(s.from-v.before, s.from+s.times+v.after))
	}
}

// times are all rows of the times lo to hi-1.
func (v view[T]) times(lo, hi int) []T { return v.mem[v.base+lo*v.stride : v.base+hi*v.stride] }

// resume is open in a stretch: what lags and leads read beside its times is what the stretches beside it
// have handed on.
func (s *shard[T]) resume(v *value) {
	at := s.view(ref{v: v})
	if off, ok := s.handed[v]; ok && s.from > 0 {
		n := v.before * at.stride
		copy(at.times(-v.before, 0), s.stretches.mem[off+(s.now-1)*n:][:n])
	}
	first := -s.from
	if v.scope == graph.Steps {
		first += s.t0
	}
	s.startRows(v, max(first, 0)-v.before, min(first, s.times))
	if off, ok := s.given[v]; ok && !s.forward && s.from+s.times < s.total {
		copy(at.times(s.times, s.times+v.after), s.stretches.mem[off:])
	}
	s.close(v)
}

// hand keeps what the next stretch on the way reads of a value beside its own times.
func (s *shard[T]) hand(v *value) {
	at := s.view(ref{v: v})
	if off, ok := s.handed[v]; ok && s.forward {
		copy(s.stretches.mem[off+s.now*v.before*at.stride:], at.times(s.times-v.before, s.times))
	}
	if off, ok := s.given[v]; ok && !s.forward {
		copy(s.stretches.mem[off:], at.times(0, v.after))
	}
}

// walk is a phase of a shard with less memory: loops bound to the memory of a stretch.
type walk[T kernel.Real] struct {
	s                            *shard[T]
	before, ahead, along, behind []*loop[T]
}

// run goes through the stretches.
func (w *walk[T]) run() {
	s := w.s
	for _, lp := range w.before {
		lp.run()
	}
	s.forward = true
	for i := range s.count() - 1 {
		if len(w.ahead) > 0 {
			w.stretch(i, w.ahead)
		}
	}
	s.forward = false
	for _, lp := range w.along {
		lp.begin()
	}
	for i := range s.count() {
		if len(w.along) > 0 {
			w.stretch(s.count()-1-i, w.along)
		}
	}
	for _, lp := range w.behind {
		lp.run()
	}
}

// stretch runs loops in a stretch.
func (w *walk[T]) stretch(i int, loops []*loop[T]) {
	w.s.move(i)
	for _, lp := range loops {
		for _, v := range lp.resumes {
			w.s.resume(v)
		}
		lp.pass()
		for _, v := range lp.hands {
			w.s.hand(v)
		}
	}
}

// walks makes the way of each phase and shard.
func (b *Bound[T]) walks(loops map[*group][]*loop[T]) {
	b.hands(loops)
	for p, r := range b.plan.routes {
		for i, s := range b.shards {
			of := func(groups []*group) []*loop[T] {
				var out []*loop[T]
				for _, g := range groups {
					out = append(out, loops[g][i])
				}
				return out
			}
			b.phases[p].walks = append(b.phases[p].walks, &walk[T]{s, of(r.before), of(r.ahead), of(r.along), of(r.after)})
		}
	}
}

// hands tells loops which values they take over from the stretches beside, and hand on to them: several may
// write a value.
func (b *Bound[T]) hands(loops map[*group][]*loop[T]) {
	writers := map[*value][]*group{} // in the order of the run
	for _, g := range b.plan.l.groups {
		for _, t := range g.tasks {
			if n := len(writers[t.out]); n == 0 || writers[t.out][n-1] != g {
				writers[t.out] = append(writers[t.out], g)
			}
		}
	}
	for v, by := range writers {
		for _, lp := range loops[by[0]] {
			if slices.Contains(lp.opens, v) {
				lp.resumes = append(lp.resumes, v)
			}
		}
		for _, lp := range loops[by[len(by)-1]] {
			if slices.Contains(lp.opens, v) {
				lp.hands = append(lp.hands, v)
			}
		}
	}
}
