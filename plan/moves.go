package plan

import "unroll/kernel"

// moves makes each entry the sum of some entries of the arguments: what puts arrays together, takes
// them apart or turns them.
type moves[T kernel.Real] struct {
	out  view[T]
	args []view[T]
	from [][]move // by entry of the result
	runs []moveRun
}

type move struct{ arg, entry int }

// moveRun is entries of the result that are as many of one argument, side by side.
type moveRun struct{ to, arg, entry, n int }

// newMoves joins what is side by side. Where an entry is a sum, or 0, there are no runs.
func newMoves[T kernel.Real](out view[T], args []view[T], from [][]move) *moves[T] {
	m := &moves[T]{out: out, args: args, from: from}
	for i, f := range from {
		if len(f) != 1 {
			m.runs = nil
			return m
		}
		if k := len(m.runs) - 1; k >= 0 && m.runs[k].arg == f[0].arg && m.runs[k].entry+m.runs[k].n == f[0].entry {
			m.runs[k].n++
			continue
		}
		m.runs = append(m.runs, moveRun{to: i, arg: f[0].arg, entry: f[0].entry, n: 1})
	}
	return m
}

func (m *moves[T]) at(t, rows int) {
	for row := range rows {
		out := m.out.entries(t, row)
		if m.runs != nil {
			for _, r := range m.runs {
				copy(out[r.to:r.to+r.n], m.args[r.arg].entries(t, row)[r.entry:])
			}
			continue
		}
		for i, from := range m.from {
			sum := T(0)
			for _, f := range from {
				sum += m.args[f.arg].entries(t, row)[f.entry]
			}
			out[i] = sum
		}
	}
}

func (m *moves[T]) over(lo, hi, rows int, _ bool) { oneByOne(m, lo, hi, rows) }

// stack is a window: the argument's rows of several times; overlay is its adjoint, and a shift a window
// of one.
type stack[T kernel.Real] struct {
	out, x view[T]
	p, q   int
	narrow bool // rows of a wide window, which are gathered once for all times that share them
	line   []T  // a row's values of all times, one after the other
}

// stack binds a window.
func (s *shard[T]) stack(out view[T], over ref, p, q int) *stack[T] {
	x := s.view(over)
	return &stack[T]{out: out, x: x, p: p, q: q, narrow: x.width < lanes[T]() && p-q > 3}
}

func (s *stack[T]) at(t, rows int) {
	for row := range rows {
		out := s.out.entries(t, row)
		for k := s.p; k >= s.q; k-- {
			out = out[copy(out, s.x.entries(t-k, row)):]
		}
	}
}

func (s *stack[T]) over(lo, hi, rows int, _ bool) {
	if !s.narrow {
		oneByOne(s, lo, hi, rows)
		return
	}
	if n := (hi - lo + s.p - s.q) * s.x.width; len(s.line) < n {
		s.line = make([]T, n) // other data may be longer
	}
	for row := range rows {
		line := s.line
		for t := lo - s.p; t < hi-s.q; t++ {
			line = line[copy(line, s.x.entries(t, row)):]
		}
		for t := lo; t < hi; t++ {
			copy(s.out.entries(t, row), s.line[(t-lo)*s.x.width:])
		}
	}
}

// overlay is the overlapping sum, at t, of row j of the argument at t+p-j.
type overlay[T kernel.Real] struct {
	out, x view[T]
	p, q   int
}

func (o *overlay[T]) at(t, rows int) {
	for row := range rows {
		out := o.out.entries(t, row)
		clear(out)
		for k := o.q; k <= o.p; k++ {
			x := o.x.entries(t+k, row)[(o.p-k)*len(out):]
			for i := range out {
				out[i] += x[i]
			}
		}
	}
}

func (o *overlay[T]) over(lo, hi, rows int, _ bool) { oneByOne(o, lo, hi, rows) }
