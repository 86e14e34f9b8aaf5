package picture

import (
	"cmp"
	"slices"
)

const (
	margin     = 14.0
	beside     = 28.0 // between boxes side by side: wide enough for a lane
	laneRoom   = 10.0 // between a lane and a box
	portRoom   = 24.0 // between ports, and twice that from a corner to the other
	numberRoom = 12.0 // that much more is better, for numbers beside edges
	trackStep  = 18.0
	far        = 1e4
)

// size finds how large the boxes are: as large as what they say and how many edges meet them
// wants, the same in a row of a height, and as alike in width as can be.
func (g *grid) size() {
	usual := 0.0
	wide := map[[2]int]float64{} // by row and index
	for _, b := range g.boxes {
		text := max(b.textWidth()+20, 54)
		usual = max(usual, text)
		at := [2]int{b.row, b.index}
		wide[at] = max(wide[at], text, sideNeed(b.ports[bottom]), sideNeed(b.ports[top]))
		r := g.rows[b.row]
		r.h = max(r.h, b.textHeight()+14, levelNeed(b.ports[left]), levelNeed(b.ports[right]))
	}
	for _, b := range g.boxes {
		b.w, b.h = wide[[2]int{b.row, b.index}], g.rows[b.row].h
		if b.w > 0.6*usual {
			b.w = max(b.w, usual)
		}
	}
}

// sideNeed is how wide a box must be for the ports below or above it.
func sideNeed(ps []*port) float64 {
	need := portRoom
	for _, gap := range uprightGaps(ps) {
		need += gap
	}
	return need
}

// uprightGaps are the least distances of neighbouring ports below a box. The first port's number
// may stand at its left, and the last one's at its right; those between need room for theirs.
func uprightGaps(ps []*port) []float64 {
	gaps := make([]float64, max(0, len(ps)-1))
	for i := range gaps {
		gaps[i] = portRoom
		if i > 0 && ps[i].number > 0 {
			gaps[i] = ps[i].number + 16
		}
	}
	return gaps
}

// levelNeed is how high a box must be for the ports at its left or right.
func levelNeed(ps []*port) float64 {
	need := 0.0
	for _, at := range levelSpread(ps) {
		need = max(need, 2*max(at, -at)+22)
	}
	return need
}

// levelSpread sorts the ports at the left or right of a box by where their edges come from, and
// gives each its place. One that could be met by a straight line is.
func levelSpread(ps []*port) []float64 {
	slices.SortStableFunc(ps, func(p, q *port) int { return cmp.Compare(p.want, q.want) })
	gaps := make([]float64, max(0, len(ps)-1))
	want, weight := make([]float64, len(ps)), make([]float64, len(ps))
	for i, p := range ps {
		step := levelGap(ps)
		want[i], weight[i] = min(max(p.want, -step/2), step/2), p.weight
		if i > 0 {
			gaps[i-1] = step
		}
	}
	return spread(want, weight, gaps)
}

// levelGap is the least distance of ports at the left or right of a box.
func levelGap(ps []*port) float64 {
	for _, p := range ps {
		if p.number > 0 {
			return 27
		}
	}
	return trackStep
}

// sketch gives everything some place, in the right order, for what depends on that alone.
func (g *grid) sketch() {
	for i := range g.upright {
		g.upright[i].at = far * (float64(i) - 0.5)
		if i < len(g.columns) {
			g.columns[i].x = far * float64(i)
		}
	}
	for i := range g.level {
		g.level[i].at = -far * (float64(i) - 0.5)
		if i < len(g.rows) {
			g.rows[i].y = -far * float64(i)
		}
	}
	g.wish()
}

// placeAcross finds where things stand within their columns, from left to right, and the ports.
func (g *grid) placeAcross() {
	for _, c := range g.columns {
		for _, boxes := range c.boxes {
			placeRow(boxes)
		}
	}
	for _, b := range g.boxes {
		b.placePorts(top)
	}
	for _, c := range g.columns {
		c.placeLanes()
	}
	g.wish()
	for _, b := range g.boxes {
		b.placePorts(bottom)
		for _, s := range []side{left, right} {
			for i, at := range levelSpread(b.ports[s]) {
				b.ports[s][i].off = at
			}
		}
	}
	for i, c := range g.columns {
		c.reach(g.Columns[i].Label)
	}
}

// placeRow sets boxes side by side, those that others above and below are tied to around the
// column's middle.
func placeRow(boxes []*box) {
	x, tied, middle := 0.0, 0, 0.0
	for _, b := range boxes {
		b.x.off = x + b.w/2
		x += b.w + beside
		if len(b.ports[top])+len(b.ports[bottom]) > 0 {
			tied++
			middle += b.x.off
		}
	}
	if tied > 0 {
		middle /= float64(tied)
	} else {
		middle = (x - beside) / 2
	}
	for _, b := range boxes {
		b.x.off -= middle
		b.gap.off = b.x.off + (b.w+beside)/2
	}
}

// wish says of each port where its edges come from.
func (g *grid) wish() {
	for _, n := range g.nets {
		for _, r := range n.routes {
			p := r.to.port(r.in, n)
			from := r.legs[max(0, len(r.legs)-3)]
			p.want = from.at() - *p.base
			if r.in == bottom {
				p.want -= r.to.x.off
			} else if p.want == 0 {
				p.weight = 1e4 // it could be a straight line
			}
		}
	}
	for _, n := range g.nets {
		for _, r := range n.routes {
			if r.out == left || r.out == right {
				n.from.port(r.out, n).weight = 1e4
			}
		}
	}
}

// placePorts sets the ports above or below a box near to what they come from.
func (b *box) placePorts(s side) {
	ps := b.ports[s]
	slices.SortStableFunc(ps, func(p, q *port) int { return cmp.Compare(p.want, q.want) })
	gaps, half := uprightGaps(ps), (b.w-portRoom)/2
	want, weight := make([]float64, len(ps)), make([]float64, len(ps))
	for i, p := range ps {
		want[i], weight[i] = min(max(p.want, -half), half), p.weight
	}
	at := spread(want, weight, gaps)
	within(at, gaps, -half, half)
	for i, p := range ps {
		p.off = b.x.off + at[i]
	}
}

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

// reach finds how far what stands in a column goes to the left and the right of its middle.
func (c *column) reach(label Label) {
	half := c.labelWidth(label) / 2
	c.left, c.right = make([]float64, len(c.boxes)+1), make([]float64, len(c.boxes)+1)
	c.left[len(c.boxes)], c.right[len(c.boxes)] = half, half
	for r, boxes := range c.boxes {
		for i, b := range boxes {
			if i == 0 {
				c.left[r] = b.w/2 - b.x.off
			}
			c.right[r] = b.w/2 + b.x.off
		}
	}
	for _, l := range c.lanes {
		for r := l.from; r <= l.to; r++ {
			c.left[r], c.right[r] = max(c.left[r], laneRoom-l.off), max(c.right[r], laneRoom+l.off)
		}
	}
}
