package train

import (
	"cmp"
	"math"
	"slices"

	"unroll/weights"
)

// strand is a part of a series: its times lo to hi-1, of which the first t0 are only read by lags.
type strand struct {
	series, lo, hi int
	slot           int  // where what is carried lies, among those that go side by side
	held           bool // it goes on from the strand before it
}

// batch is what a step is made of.
type batch struct {
	strands []strand
	changes bool // something besides weights must be given anew, though the strands may be the same
}

// same tells whether strands are the same data.
func same(a, b []strand) bool {
	return slices.EqualFunc(a, b, func(x, y strand) bool { return x.series == y.series && x.lo == y.lo && x.hi == y.hi })
}

// batches says which strands an epoch has, in which order.
type batches struct {
	t0      int
	lengths []int // by series
	o       Options
}

// epoch lists the batches of an epoch, the first being 0: a function of the seed.
func (x *batches) epoch(n int) []batch {
	switch {
	case x.o.Carry:
		return x.carried(n)
	case x.o.Window > 0:
		return x.grouped(n, x.windows(n))
	}
	var all []strand
	for i, T := range x.lengths {
		if T > x.t0 {
			all = append(all, strand{series: i, lo: 0, hi: T})
		}
	}
	return x.grouped(n, all)
}

// steps is how many steps a strand has.
func (x *batches) steps(s strand) int { return s.hi - s.lo - x.t0 }

// chance are the random numbers of an epoch for something.
func (x *batches) chance(n int, what string) weights.Stream {
	return weights.NewStream(x.o.Seed, uint64(n), "", what)
}

// windows draws windows of the series, so many that on average each step is in one. A series that is no longer
// than a window is one.
func (x *batches) windows(n int) []strand {
	var all []strand
	chance := x.chance(n, "windows")
	for i, T := range x.lengths {
		steps := T - x.t0
		if steps <= 0 {
			continue
		}
		if steps <= x.o.Window {
			all = append(all, strand{series: i, lo: 0, hi: T})
			continue
		}
		free := steps - x.o.Window + 1
		for w := range int(math.Round(float64(steps) / float64(x.o.Window))) {
			lo := int(chance.Unit(i, w) * float64(free))
			all = append(all, strand{series: i, lo: lo, hi: lo + x.t0 + x.o.Window})
		}
	}
	return all
}

// grouped puts strands into batches, those of like length together, in random order.
func (x *batches) grouped(n int, all []strand) []batch {
	groups := x.groups(n, all)
	out := make([]batch, len(groups))
	for i, g := range groups {
		out[i] = batch{strands: g}
	}
	return out
}

// groups are as many strands as a batch has, in random order, those of like length together.
func (x *batches) groups(n int, all []strand) [][]strand {
	type drawn struct {
		strand
		like int
		key  uint64
	}
	chance := x.chance(n, "order")
	list := make([]drawn, len(all))
	for i, s := range all {
		// Lengths are alike that are within a fifth of each other.
		like := int(math.Log(float64(x.steps(s))) / math.Log(1.2))
		list[i] = drawn{s, like, chance.Bits(i, 0)}
	}
	slices.SortFunc(list, func(a, b drawn) int {
		return cmp.Or(cmp.Compare(a.like, b.like), cmp.Compare(a.key, b.key), cmp.Compare(a.series, b.series), cmp.Compare(a.lo, b.lo))
	})
	var out [][]strand
	for chunk := range slices.Chunk(list, x.o.Batch) {
		var g []strand
		for _, d := range chunk {
			g = append(g, d.strand)
		}
		slices.SortFunc(g, func(a, b strand) int { return cmp.Or(cmp.Compare(a.series, b.series), cmp.Compare(a.lo, b.lo)) })
		out = append(out, g)
	}
	order := make([]int, len(out))
	for i := range order {
		order[i] = i
	}
	chance = x.chance(n, "batches")
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(chance.Bits(a, 0), chance.Bits(b, 0)) })
	mixed := make([][]strand, len(out))
	for i, from := range order {
		mixed[i] = out[from]
	}
	return mixed
}

// carried lists windows that follow each other: the series, or long pieces of them, go side by side, as many
// as a batch has. One that has ended stays as a strand without a step, so that all batches are of one size.
func (x *batches) carried(n int) []batch {
	var out []batch
	for _, group := range x.groups(n, x.pieces()) {
		longest := 0
		for _, piece := range group {
			longest = max(longest, x.steps(piece))
		}
		for from := 0; from < longest; from += x.o.Window {
			b := batch{changes: true}
			for slot, piece := range group {
				lo := min(piece.lo+from, piece.hi-x.t0)
				hi := min(lo+x.t0+x.o.Window, piece.hi)
				b.strands = append(b.strands, strand{series: piece.series, lo: lo, hi: hi, slot: slot, held: from > 0})
			}
			out = append(out, b)
		}
	}
	return out
}

// pieces are the series; a long one is cut, so that there are as many pieces as a batch takes.
func (x *batches) pieces() []strand {
	total := 0
	for _, T := range x.lengths {
		total += max(0, T-x.t0)
	}
	goal := max((total+x.o.Batch-1)/x.o.Batch, x.o.Window)
	var all []strand
	for i, T := range x.lengths {
		steps := T - x.t0
		if steps <= 0 {
			continue
		}
		parts := max(1, int(math.Round(float64(steps)/float64(goal))))
		for p := range parts {
			lo, hi := steps*p/parts, steps*(p+1)/parts
			all = append(all, strand{series: i, lo: lo, hi: hi + x.t0})
		}
	}
	return all
}
