package randcell

import (
	"fmt"
	"math"
	"math/big"

	"unroll/op"
	"unroll/series"
)

// data draws the series, and what of the run depends on their lengths. b.t0 may be later than the
// language's t0, so a cut-off or a missing value that is right for b.t0 is right.
func (b *builder) data() {
	steps := b.between(2, 5)
	if b.missing {
		steps = b.between(3, 5)
	}
	longest := max(3, min(8, b.t0+steps))
	if b.mode == Large && b.has("long", 15) {
		longest = b.between(20, 40)
		b.feat("long")
	}
	b.loseInputs = b.mode == Large && b.has("missing input", 10)
	uneven := b.has("unequal lengths", 40)
	for i := range b.nSeries {
		n := longest
		if uneven && i > 0 {
			n = b.between(min(b.t0+1+b.direct, longest), longest)
		}
		if n != longest {
			b.feat("unequal lengths")
		}
		b.cell.Data.Series = append(b.cell.Data.Series, b.oneSeries(fmt.Sprint(i+1), n))
	}
	if b.wanted["unequal lengths"] && !b.feats["unequal lengths"] {
		b.cell.Data.Series = append(b.cell.Data.Series[:len(b.cell.Data.Series)-1], b.oneSeries(fmt.Sprint(b.nSeries), longest+1))
		longest++
		b.feat("unequal lengths")
	}
	b.feedText(longest)
}

func (b *builder) feedText(longest int) {
	b.cell.Feed = b.feed
	switch b.feed {
	case "observed":
		b.cell.Feed = fmt.Sprintf("observed:%d", b.between(max(b.t0-1, 0), longest-1))
	case "sampled":
		b.cell.Feed = "sampled:" + oneOf(b, "1/2", "1/4", "1")
	}
}

func (b *builder) oneSeries(id string, length int) series.Series {
	s := series.Series{ID: id, Columns: map[string]series.Column{}, Consts: map[string]series.Array{}}
	for _, in := range b.ins {
		if in.perSeries {
			s.Consts[in.name] = b.entry(in)
			continue
		}
		n := length
		if in.known {
			n += b.ahead
		}
		for range n {
			s.Columns[in.name] = s.Columns[in.name].Append(b.entry(in))
		}
	}
	// Before the first step nothing forecasts y.
	if b.missing && b.lose(s.Columns["y"], max(b.t0+b.direct, 1)) {
		b.feat("missing", "missing with "+b.feed)
	}
	if x := s.Columns["x"]; b.loseInputs && x.Len() > 0 {
		b.lose(x, 0)
		b.feat("missing input")
		b.cell.Fill = series.Masked
	}
	return s
}

// lose makes one or two entries of a column missing, from a time on; false if there is none.
func (b *builder) lose(y series.Column, first int) bool {
	if first >= y.Len() {
		return false
	}
	for range b.between(1, 2) {
		a := y.At(first + b.pick(y.Len()-first))
		i := b.pick(a.R)
		if a.Rat != nil {
			a.Rat[i] = nil
		} else {
			a.Float[i] = math.NaN()
		}
	}
	return true
}

func (b *builder) entry(in *input) series.Array {
	if in.classes > 0 {
		return b.array(op.Scalar, func() *big.Rat { return big.NewRat(int64(b.pick(in.classes)), 1) })
	}
	return b.array(in.shape, func() *big.Rat {
		switch in.values {
		case positives:
			return big.NewRat(int64(b.between(1, 6)), 2)
		case counts:
			return big.NewRat(int64(b.pick(5)), 1)
		case zeroOne:
			return big.NewRat(int64(b.pick(2)), 1)
		}
		return big.NewRat(int64(b.between(-4, 6)), 2)
	})
}
