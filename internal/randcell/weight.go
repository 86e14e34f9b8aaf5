package randcell

import (
	"fmt"
	"math/big"

	"unroll/op"
	"unroll/series"
)

// weight declares a weight of the file and gives its name. A number is declared `a[]`.
func (b *builder) weight(s op.Shape) string {
	name := b.name(map[bool]string{true: "a", false: "W"}[s == op.Scalar])
	shape := dims(s, b.dim)
	if s == op.Scalar {
		shape = "[]"
	}
	low, part := false, ""
	switch {
	case b.chance(6):
		part, low = " in (0, 1)", true
	case b.chance(4):
		part, low = " > 0", true
	}
	if low {
		b.feat("constraint")
	}
	copies := 1
	if b.has("per series weight", 8) {
		delete(b.wanted, "per series weight")
		part += " per series"
		copies = b.nSeries
		b.feat("per series weight")
	}
	if b.chance(6) {
		part += " fixed"
		b.feat("fixed")
	}
	if b.chance(15) {
		part += " = 1/2"
	}
	b.declare("weight %s%s%s", name, shape, part)
	b.weightValues(name, s, copies, low)
	return name
}

// weightValues draws the values of a weight; low: between 0 and 1.
func (b *builder) weightValues(name string, s op.Shape, copies int, low bool) {
	for range copies {
		b.cell.Weights[name] = append(b.cell.Weights[name], b.array(s, func() *big.Rat {
			switch {
			case low:
				return big.NewRat(int64(b.between(1, 3)), 4)
			case s.C > 3: // so that sums over many entries stay moderate
				return new(big.Rat).Mul(b.ratio(), big.NewRat(1, int64(s.C/2)))
			}
			return b.ratio()
		}))
	}
}

// ratio is a small fraction; outside of Rational it is below 1, to keep what grows moderate.
func (b *builder) ratio() *big.Rat {
	p, q := int64(b.between(1, 3)), int64(b.between(1, 4))
	if b.mode != Rational {
		q = 4
	}
	if b.chance(40) {
		p = -p
	}
	return big.NewRat(p, q)
}

// array draws an array's entries: exact in Rational, otherwise float64.
func (b *builder) array(s op.Shape, entry func() *big.Rat) series.Array {
	a := series.Array{R: s.R, C: s.C}
	for range s.Len() {
		v := entry()
		if b.mode == Rational {
			a.Rat = append(a.Rat, v)
			continue
		}
		f, _ := v.Float64()
		a.Float = append(a.Float, f)
	}
	return a
}

// literal is a number as it stands in a text, at least 0.
func (b *builder) literal() string {
	return oneOf(b, "1", "2", "1/2", "0.5", "1/3", "3/4", "0.25", "3/2")
}

// list is a literal of a shape.
func (b *builder) list(s op.Shape) string {
	if s == op.Scalar {
		return b.literal()
	}
	text := ""
	for i := range s.R {
		row := ""
		for j := range s.C {
			row += map[bool]string{true: ", "}[j > 0] + oneOf(b, "", "-") + b.literal()
		}
		if s.C > 1 {
			row = "[" + row + "]"
		}
		text += map[bool]string{true: ", "}[i > 0] + row
	}
	return fmt.Sprintf("[%s]", text)
}
