package naive

import "unroll/series"

// bound is one series as the file's inputs have it, from its first observed y on.
type bound struct {
	id      string
	T       int // observations stand at times 0..T-1
	columns map[*def][]matrix
	consts  map[*def]matrix
}

// bind takes in the data. A file without inputs needs none.
func (r *run) bind(set series.Set) {
	all := set.Series
	if len(all) == 0 {
		all = []series.Series{{}}
	}
	for ser, s := range all {
		b := bound{id: s.ID, columns: map[*def][]matrix{}, consts: map[*def]matrix{}}
		r.data = append(r.data, b)
		r.bindSeries(&r.data[ser], ser, s)
		r.nameMissing(&r.data[ser], ser)
	}
}

func (r *run) bindSeries(b *bound, ser int, s series.Series) {
	b.T = -1
	for _, d := range r.defs {
		switch {
		case d.kind != isInput:
		case d.input.PerSeries:
			a, ok := s.Consts[d.name]
			if !ok {
				fail("series %s has no constant %s", r.id(ser), d.name)
			}
			b.consts[d] = r.input(d, a)
		default:
			times, ok := s.Columns[d.name]
			if !ok {
				fail("series %s has no column %s", r.id(ser), d.name)
			}
			r.bindColumn(b, d, ser, times)
		}
	}
	if b.T < 0 {
		b.T = r.timesWithout(b)
	}
	r.begin(b)
}

func (r *run) bindColumn(b *bound, d *def, ser int, times series.Column) {
	b.columns[d] = []matrix{}
	for _, a := range times.All() {
		b.columns[d] = append(b.columns[d], r.input(d, a))
	}
	if d.input.Known {
		return
	}
	if b.T >= 0 && b.T != times.Len() {
		fail("the columns of series %s have unequal lengths", r.id(ser))
	}
	b.T = times.Len()
}

// timesWithout is the number of times where no input says it: that of the known inputs, or Steps.
func (r *run) timesWithout(b *bound) int {
	if len(b.columns) == 0 {
		return r.opt.Steps
	}
	longest := 0
	for _, times := range b.columns {
		longest = max(longest, len(times))
	}
	return longest
}

// input is one value of an input; an empty array is all missing.
func (r *run) input(d *def, a series.Array) matrix {
	if a.R*a.C == 0 {
		rows, cols := 1, 1
		if d.shape != nil {
			rows, cols = r.dims(d.shape, d.shapeSc)
		}
		return scalar(undefined("")).expand(rows, cols)
	}
	m := newMatrix(a.R, a.C)
	for i := range m.e {
		m.e[i] = undefined("")
		if v := exact(a, i); v != nil {
			m.e[i] = number(v)
		}
	}
	return m
}

// begin drops the times before the first at which an observed y has a value.
func (r *run) begin(b *bound) {
	first := b.T
	observed := false
	for _, o := range r.observed {
		if o.y.input.PerSeries {
			continue
		}
		observed = true
		for t := range b.T {
			if someDefined(b.columns[o.y][t]) {
				first = min(first, t)
				break
			}
		}
	}
	if !observed {
		return
	}
	b.T -= first
	for d, times := range b.columns {
		b.columns[d] = times[min(first, len(times)):]
	}
}

func someDefined(m matrix) bool {
	for _, x := range m.e {
		if x.V != nil {
			return true
		}
	}
	return false
}

// nameMissing makes each missing entry say what and when it is.
func (r *run) nameMissing(b *bound, ser int) {
	for d, times := range b.columns {
		for t, m := range times {
			for i, x := range m.e {
				if x.V == nil {
					m.e[i] = missing(d, t, r.id(ser))
				}
			}
		}
	}
	for d, m := range b.consts {
		for i, x := range m.e {
			if x.V == nil {
				m.e[i] = undefined(d.name + " of series " + r.id(ser) + " is missing")
			}
		}
	}
}
