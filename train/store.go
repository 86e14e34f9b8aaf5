package train

import (
	"unroll/eval"
	"unroll/series"
)

// store keeps what strands hand on: by slot, the last rows of each equation that is carried, the latest last.
type store struct {
	c    *cut
	per  int // numbers of a slot
	data []float64
}

func newStore(c *cut, slots int) *store {
	x := &store{c: c}
	for _, e := range c.carried {
		x.per += e.rows * e.n.Shape.Len()
	}
	x.data = make([]float64, x.per*slots)
	return x
}

// rows is how many steps back the furthest lag reads.
func (x *store) rows() int {
	most := 0
	for _, e := range x.c.carried {
		most = max(most, e.rows)
	}
	return most
}

// each goes through what a slot keeps.
func (x *store) each(slot int, visit func(e *carried, rows []float64)) {
	at := slot * x.per
	for _, e := range x.c.carried {
		n := e.rows * e.n.Shape.Len()
		visit(e, x.data[at:at+n])
		at += n
	}
}

// give has a run read what the strands before it left.
func (x *store) give(r *eval.Run, b *batch) {
	if !x.c.names[heldName] && len(x.c.carried) == 0 {
		return
	}
	for i, s := range b.strands {
		held := 0.0
		if s.held {
			held = 1
		}
		if x.c.names[heldName] {
			r.Weights[heldName] = append(r.Weights[heldName], scalar(held))
		}
		x.each(s.slot, func(e *carried, rows []float64) {
			if !s.held {
				clear(rows)
			}
			for _, h := range e.held {
				if h.once {
					last := rows[len(rows)-h.size:]
					shape := e.n.Shape
					r.Weights[h.name] = append(r.Weights[h.name], series.Floats(shape.R, shape.C, last))
					continue
				}
				r.Data.Series[i].Columns[h.name] = h.column(e, rows, x.c.T0, s.hi-s.lo)
			}
		})
	}
}

// column is what a lag reads of the strand before, at each of T times: nothing once it reads the strand itself.
func (h held) column(e *carried, rows []float64, t0, T int) series.Column {
	width := e.n.Shape.Len()
	r, c := e.n.Shape.R, e.n.Shape.C
	if h.window {
		r, c = h.k-h.q+1, e.n.Shape.R
	}
	out := make([]float64, T*h.size)
	for t := t0; t < min(T, t0+h.k); t++ {
		for k := h.k; k >= h.q && t-k < t0; k-- {
			copy(out[t*h.size+(h.k-k)*width:][:width], rows[(e.rows+t-k-t0)*width:])
		}
	}
	return series.Dense(r, c, out)
}

// take keeps the last rows of a run.
func (x *store) take(m machine, b *batch) {
	for i, s := range b.strands {
		T := m.T(i)
		x.each(s.slot, func(e *carried, rows []float64) {
			width := e.n.Shape.Len()
			steps := min(e.rows, T-x.c.T0)
			copy(rows, rows[steps*width:])
			for k := range steps {
				m.Read(e.n, i, T-steps+k, rows[(e.rows-steps+k)*width:][:width])
			}
		})
	}
}
