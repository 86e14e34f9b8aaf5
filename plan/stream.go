package plan

import (
	"fmt"
	"maps"

	"unroll/eval"
	"unroll/graph"
	"unroll/kernel"
)

// Stream is a graph run one step at a time, for a few series side by side. It keeps what later steps read
// of earlier ones, and nothing else, so that a step costs the same however many went before, and allocates
// nothing. One goroutine at a time may use it.
type Stream[T kernel.Real] struct {
	b      *Bound[T] // to a window of times, in which the stream moves on; one shard
	s      *shard[T]
	loops  []*loop[T]
	kept   []*value // of which lags read rows
	inputs []*feed[T]
	leaves []*leaf[T]
	width  int   // of what a step takes, in all series
	t      []int // by series: the step that comes next
	begun  bool  // the first step has been reached
	now    int   // the row of the next step, from t0 on
	last   int   // that of the last; -1 before
	end    int   // of the window

	branches *Branches // of which this is one for several copies of each series; nil of a stream of steps that come to be known
	ids      []string  // by series
	ends     []int     // by series: the first time after those of the history; nil without one
}

// NewStream makes a stream of a graph's roots. It begins at time 0 or, with history, after the last time of
// the run's data, of which it then keeps what can still be read. Without history the data tells how many
// series there are. The error names a root that depends on what isn't known when a step is computed.
func NewStream[T kernel.Real](g *graph.Graph, roots []*graph.Node, o Options, r eval.Run, history bool) (*Stream[T], error) {
	return newStream[T](g, roots, o, r, history, nil)
}

func newStream[T kernel.Real](g *graph.Graph, roots []*graph.Node, o Options, r eval.Run, history bool, branches *Branches) (*Stream[T], error) {
	for _, n := range roots {
		if err := streamable(n, history, branches != nil); err != nil {
			return nil, err
		}
	}
	wide := branches.of(g, r)
	o.Without = append([]string{"reuse"}, o.Without...) // what is kept from step to step shares memory with nothing
	o.Shard, o.Cores = max(1, len(wide.Data.Series)), 1
	// The loss is planned too, though no step computes it: which operations round as one depends on who
	// reads what, and a stream rounds as a run of the whole does.
	p, err := New[T](g, append([]*graph.Node{g.Loss}, roots...), o)
	if err != nil {
		return nil, err
	}
	most := 1
	for _, v := range p.l.values {
		if v.hold == full {
			most = max(most, v.before)
		}
	}
	window, err := cutTo(g, r, g.T0+1+most)
	if err != nil {
		return nil, err
	}
	s := &Stream[T]{now: g.T0, last: -1, end: g.T0 + 1 + most, branches: branches}
	if s.b, err = p.Bind(branches.of(g, window)); err != nil {
		return nil, err
	}
	s.b.Run() // computes what is one for all times
	s.s = s.b.shards[0]
	s.t = make([]int, s.s.rows)
	for _, one := range wide.Data.Series {
		s.ids = append(s.ids, one.ID)
	}
	s.takes(wide, s.choose(roots))
	if history {
		return s, s.after(r)
	}
	s.fresh()
	return s, nil
}

// cutTo is a run of so many times: those of the data, and the last of them again and again. What is known
// ahead goes on for as long after them as it does in the data.
func cutTo(g *graph.Graph, r eval.Run, times int) (eval.Run, error) {
	leaves, err := eval.NewLeaves(g, r)
	if err != nil {
		return r, err
	}
	r.Steps = times
	r.Data.Series = append(r.Data.Series[:0:0], r.Data.Series...)
	for i := range r.Data.Series {
		s := &r.Data.Series[i]
		s.Columns = maps.Clone(s.Columns)
		for name, from := range s.Columns {
			if from.Len() == 0 {
				return r, fmt.Errorf("series %s has no values of %s, and a stream learns from them what it is like", s.ID, name)
			}
			n := times + max(0, from.Len()-leaves.T(i))
			to := from.Slice(0, min(n, from.Len()))
			for to.Len() < n {
				to = to.Append(from.At(from.Len() - 1))
			}
			s.Columns[name] = to
		}
	}
	return r, nil
}

// choose finds the loops that make a step, and what has to be kept for them. It gives the values that are read.
func (s *Stream[T]) choose(roots []*graph.Node) (read map[*value]bool) {
	needed, read := s.b.plan.l.stepping(roots)
	next := make([]int, len(s.b.phases))
	for _, g := range s.b.plan.l.groups {
		if g.scope == graph.Global {
			continue
		}
		lp := s.b.phases[g.phase].shards[0][next[g.phase]]
		next[g.phase]++
		if needed[g] {
			s.loops = append(s.loops, lp)
		}
	}
	for _, v := range s.b.plan.l.values {
		if v.hold == full && v.before > 0 {
			s.kept = append(s.kept, v)
		}
	}
	return read
}

// stepping are the loops over time that roots need at the step itself, and the values that are read for them.
// What is one for all times has been computed before.
func (l *lowering) stepping(roots []*graph.Node) (needed map[*group]bool, read map[*value]bool) {
	made, seen := l.producers(), map[*task]bool{}
	needed, read = map[*group]bool{}, map[*value]bool{}
	var visit func(t *task)
	visit = func(t *task) {
		if seen[t] || t.group.scope < graph.Steps || t.sums() || t.overSeries() {
			return
		}
		seen[t], needed[t.group] = true, true
		for _, r := range t.in {
			read[r.v] = true
		}
		l.needs(t, made, func(p *task, _ int) { visit(p) })
	}
	for _, n := range roots {
		v := l.ref(imageOf(n, l.copies)).v
		read[v] = true
		for _, t := range made[v] {
			visit(t)
		}
	}
	return needed, read
}

// fresh begins before time 0, where all is 0.
func (s *Stream[T]) fresh() {
	for _, v := range s.kept {
		clear(s.s.view(ref{v: v}).times(s.now-v.before, s.now))
	}
}

// after begins after the data of a run: with the last rows of what was computed on it.
func (s *Stream[T]) after(r eval.Run) error {
	whole, err := s.b.plan.Bind(r)
	if err != nil {
		return err
	}
	whole.Run()
	s.share(whole)
	s.ends = make([]int, len(s.t))
	copies := len(s.t) / whole.leaves.Series()
	for i := range s.t {
		from := i / copies
		s.ends[i] = whole.leaves.T(from)
		s.t[i] = s.ends[i] - s.back()
		if s.t[i] < s.b.plan.g.T0 {
			return fmt.Errorf("a series ends at t = %d, before the first step, t = %d; begin after longer data", s.t[i]-1, s.b.plan.g.T0)
		}
		for _, v := range s.b.plan.l.values {
			if v.hold == series {
				copy(s.b.place(v, i, 0), whole.place(v, from, 0))
			}
		}
		for _, v := range s.kept {
			for k := 1; k <= v.before; k++ {
				copy(s.b.place(v, i, s.now-k), whole.place(v, from, s.t[i]-k))
			}
		}
	}
	s.begun = true
	return nil
}

// share takes what is one for all from a run of the whole.
func (s *Stream[T]) share(whole *Bound[T]) {
	for _, v := range s.b.plan.l.values {
		if v.hold == shared && !v.copies {
			copy(s.b.common(v), whole.common(v))
			s.b.cell(v)
		}
	}
	for _, v := range s.b.plan.l.values {
		if v.hold == shared && v.copies {
			s.b.repeat(v)
		}
	}
	for _, pn := range s.b.panels {
		s.b.plan.set.Pack(pn.data, s.b.common(pn.v), pn.k, pn.n, pn.rs, pn.cs)
	}
}

// Len is how many numbers a step takes: for each series, those of each of Inputs.
func (s *Stream[T]) Len() int { return s.width }

// Step computes the next step. The values are those of the first series' inputs, in the order of Inputs,
// then those of the next series; NaN is a missing one. The error says which value can't be; then nothing
// has been done. Before the first step of the graph values are only remembered.
func (s *Stream[T]) Step(values []float64) error {
	if err := s.check(values); err != nil {
		return err
	}
	if s.now == s.end {
		s.rewind()
	}
	s.begun = s.begun || s.t[0] == s.b.plan.g.T0 && s.begin()
	s.fill(values)
	for _, lp := range s.loops {
		if lp.scope == graph.Steps && !s.begun {
			continue
		}
		for _, a := range lp.ahead {
			a.at(s.now, s.s.rows)
		}
		for _, a := range lp.actions {
			a.at(s.now, s.s.rows)
		}
	}
	for i := range s.t {
		s.t[i]++
	}
	s.last = s.now
	s.now++
	return nil
}

// rewind moves the rows that are kept to the beginning of the window: once in as many steps as they are.
func (s *Stream[T]) rewind() {
	first := s.b.plan.g.T0
	for _, v := range s.kept {
		at := s.s.view(ref{v: v})
		copy(at.times(first-v.before, first), at.times(s.now-v.before, s.now))
	}
	s.now = first
}

// begin writes what stands before the first step.
func (s *Stream[T]) begin() bool {
	for _, v := range s.kept {
		if v.scope != graph.Times {
			s.s.startRows(v, s.now-v.before, s.now)
		}
	}
	return true
}

// At is a root's value in a series at the last step. It is the stream's own memory, and holds until the next
// one. Before the first step it is nil.
func (s *Stream[T]) At(n *graph.Node, series int) []T {
	r := s.b.plan.l.ref(imageOf(n, s.b.plan.l.copies))
	if r.v.hold == full && (s.last < 0 || n.Scope == graph.Steps && !s.begun) {
		return nil
	}
	return s.b.place(r.v, series, s.last-r.lag)
}

// Read is At as float64, into a slice of the value's length; false before the first step.
func (s *Stream[T]) Read(n *graph.Node, series int, into []float64) bool {
	from := s.At(n, series)
	for i, x := range from {
		into[i] = float64(x)
	}
	return from != nil
}

// Bytes is the memory that the stream keeps.
func (s *Stream[T]) Bytes() int { return s.b.Bytes() }

// Flops is how many multiplications and additions the products of a step take.
func (s *Stream[T]) Flops() float64 { return s.b.Flops() / float64(s.end-s.b.plan.g.T0) }
