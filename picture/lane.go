package picture

import (
	"cmp"
	"slices"
)

// placeLanes finds a way for each lane of a column that meets no box and no other lane: the
// shortest lanes first, so that longer ones go round them.
func (c *column) placeLanes() {
	lanes := slices.Clone(c.lanes)
	slices.SortStableFunc(lanes, func(a, b *lane) int { return cmp.Compare(a.to-a.from, b.to-b.from) })
	for i, l := range lanes {
		taken := c.taken(l, lanes[:i])
		ends := []float64{l.net.from.port(top, l.net).off}
		for _, r := range l.net.routes {
			if r.to.Column == l.net.from.Column && r.to.row > l.from {
				ends = append(ends, r.to.x.off)
			}
		}
		l.off = nearest(taken, ends)
	}
}

// span is a part of the way from left to right.
type span struct{ lo, hi float64 }

// taken is where a lane can't go: through boxes, and beside lanes that are there already.
func (c *column) taken(l *lane, there []*lane) []span {
	var out []span
	for _, boxes := range c.boxes[l.from : l.to+1] {
		for _, b := range boxes {
			out = append(out, span{b.x.off - b.w/2 - laneRoom, b.x.off + b.w/2 + laneRoom})
		}
	}
	for _, o := range there {
		if o.from <= l.to+1 && l.from <= o.to+1 {
			out = append(out, span{o.off - trackStep, o.off + trackStep})
		}
	}
	return out
}

// nearest is the free place that is nearest to all ends, and where few lines turn.
func nearest(taken []span, ends []float64) float64 {
	tries := slices.Clone(ends)
	for _, s := range taken {
		tries = append(tries, s.hi+numberRoom, s.lo-numberRoom, s.hi, s.lo)
	}
	best, least := 0.0, far
	for _, x := range tries {
		if slices.ContainsFunc(taken, func(s span) bool { return x > s.lo+0.01 && x < s.hi-0.01 }) {
			continue
		}
		cost := 0.0
		if slices.ContainsFunc(taken, func(s span) bool { return same(x, s.lo) || same(x, s.hi) }) {
			cost = 2 * numberRoom // as near to others as this only if need be
		}
		for i, e := range ends {
			d := max(x-e, e-x)
			if d > 0 {
				d += 20
			}
			if i > 0 {
				d /= float64(len(ends) - 1)
			}
			cost += d
		}
		if cost < least {
			best, least = x, cost
		}
	}
	return best
}
