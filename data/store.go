package data

import (
	"math"
	"math/big"

	"unroll/series"
)

// store holds values of one input as they are read, in time order: all entries of a time together.
type store struct {
	rows   int // how many entries a time has
	exact  bool
	floats []float64  // NaN: missing
	rats   []*big.Rat // instead of floats, if exact; nil: missing
}

func (s *store) add(n number) {
	if s.exact {
		s.rats = append(s.rats, n.exact)
		return
	}
	s.floats = append(s.floats, n.float)
}

// len is the number of times.
func (s *store) len() int { return (len(s.floats) + len(s.rats)) / s.rows }

// cut is a part of the store, which it shares.
func (s *store) cut(from, to int) store {
	part := store{rows: s.rows, exact: s.exact}
	if s.exact {
		part.rats = s.rats[from*s.rows : to*s.rows : to*s.rows]
	} else {
		part.floats = s.floats[from*s.rows : to*s.rows : to*s.rows]
	}
	return part
}

// join adds the times of another store behind one's own.
func (s *store) join(o store) {
	s.floats = append(s.floats, o.floats...)
	s.rats = append(s.rats, o.rats...)
}

// missing says whether time i has no entry.
func (s *store) missing(i int) bool {
	for k := i * s.rows; k < (i+1)*s.rows; k++ {
		if s.exact && s.rats[k] != nil || !s.exact && !math.IsNaN(s.floats[k]) {
			return false
		}
	}
	return true
}

// column is the store as a column of a series.
func (s *store) column() series.Column {
	if !s.exact {
		return series.Dense(s.rows, 1, s.floats)
	}
	out := make([]series.Array, s.len())
	for i := range out {
		out[i] = series.Rats(s.rows, 1, s.rats[i*s.rows:(i+1)*s.rows])
	}
	return series.Arrays(out...)
}
