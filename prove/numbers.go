package prove

import (
	"math/big"
	"math/rand/v2"
)

// kind is what numbers are drawn for an input or a weight. Nobody says whether a cell takes the
// logarithm of an input, or counts with it; so one kind after the other is tried.
type kind int

const (
	signed   kind = iota // quarters from −3/2 to 3/2
	positive             // quarters from 1/4 to 2
	unit                 // eighths between 0 and 1
	count                // 0, 1, 2, 3
	label                // 0 and 1
	started              // of a weight: near its start
	kinds
)

// draw is an exact number of a kind.
func (k kind) draw(r *rand.Rand) *big.Rat {
	switch k {
	case positive:
		return big.NewRat(1+r.Int64N(8), 4)
	case unit:
		return big.NewRat(1+r.Int64N(7), 8)
	case count:
		return big.NewRat(r.Int64N(4), 1)
	case label:
		return big.NewRat(r.Int64N(2), 1)
	}
	return big.NewRat(r.Int64N(13)-6, 4)
}

// pairs are the kinds for inputs and weights that are tried first, in this order; after them each
// name has a kind of its own, at random.
var pairs = [][2]kind{
	{signed, signed}, {positive, signed}, {positive, positive}, {signed, positive}, {unit, signed},
	{count, signed}, {label, signed}, {positive, started}, {signed, started}, {count, positive}, {label, positive},
}

// picker gives names their kinds, in the n-th try.
type picker struct {
	try   int
	known map[string]kind // that were found to do; nil if none were yet
	r     *rand.Rand
	taken map[string]kind
}

// keep is how many tries are made with kinds that did before, other numbers each.
const keep = 8

func (p *picker) pick(name string, weight bool) kind {
	k := kind(p.r.IntN(int(kinds)))
	switch n := p.try; {
	case p.known != nil && n < keep:
		k = p.known[name]
	case n < len(pairs) && weight:
		k = pairs[n][1]
	case n < len(pairs):
		k = pairs[n][0]
	}
	if k == started && !weight {
		k = signed
	}
	p.taken[name] = k
	return k
}

// between is a number within an interval, nil where it has no bound.
func between(lo, hi *big.Rat, r *rand.Rand) *big.Rat {
	part := big.NewRat(1+r.Int64N(7), 8)
	switch {
	case lo == nil:
		return part.Sub(hi, part)
	case hi == nil:
		return part.Add(lo, part)
	}
	width := new(big.Rat).Sub(hi, lo)
	return part.Add(lo, part.Mul(part, width))
}
