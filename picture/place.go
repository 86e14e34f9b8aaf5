package picture

import (
	"cmp"
	"slices"
)

const (
	margin    = 14.0
	beside    = 28.0 // between boxes side by side: wide enough for a lane
	laneRoom  = 10.0 // between a lane and a box
	portRoom  = 24.0 // between ports, and twice that from a corner to the other
	trackStep = 18.0
	far       = 1e4
)

// size finds how large the boxes are: as large as what they say and how many edges meet them
// wants, and the same in a row.
func (g *grid) size() {
	for _, b := range g.boxes {
		r := g.rows[b.row]
		r.w = max(r.w, b.textWidth()+20, 54, sideNeed(b.ports[bottom]), sideNeed(b.ports[top]))
		tall := 34.0
		if b.Value != "" {
			tall += 17
		}
		if b.Back != "" {
			tall += 16
		}
		for _, s := range []side{left, right} {
			if n := len(b.ports[s]); n > 1 {
				tall = max(tall, float64(n-1)*levelGap(b.ports[s])+22)
			}
		}
		r.h = max(r.h, tall)
	}
	for _, b := range g.boxes {
		b.w, b.h = g.rows[b.row].w, g.rows[b.row].h
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
// may stand at its left; those between have theirs at their right.
func uprightGaps(ps []*port) []float64 {
	widest := 0.0
	for _, p := range ps {
		widest = max(widest, p.number)
	}
	gaps := make([]float64, max(0, len(ps)-1))
	for i := range gaps {
		gaps[i] = portRoom
		if i > 0 && widest > 0 {
			gaps[i] = widest + 20
		}
	}
	return gaps
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

// placeAcross finds where things stand within their columns, from left to right, and the ports.
func (g *grid) placeAcross() {
	for i, c := range g.columns {
		// Only the order matters yet, so any distance will do that's wide enough.
		c.x, g.upright[i].at = far*float64(i), far*(float64(i)-0.5)
	}
	g.upright[len(g.columns)].at = far * (float64(len(g.columns)) - 0.5)
	for i, r := range g.rows {
		r.y, g.level[i].at = -far*float64(i), -far*(float64(i)-0.5)
	}
	g.level[len(g.rows)].at = -far * (float64(len(g.rows)) - 0.5)
	for _, b := range g.boxes {
		k := len(g.columns[b.Column].boxes[b.row])
		b.x.off = (float64(b.index) - float64(k-1)/2) * (b.w + beside)
		b.gap.off = b.x.off + (b.w+beside)/2
	}
	for _, b := range g.boxes {
		g.placePorts(b, top)
	}
	for _, c := range g.columns {
		g.placeLanes(c)
	}
	g.wish()
	for _, b := range g.boxes {
		for _, s := range []side{left, right, bottom} {
			g.placePorts(b, s)
		}
	}
	for i, c := range g.columns {
		c.left, c.right = g.reach(i)
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
				p.want = from.at() - r.to.x.at()
			} else if p.want == 0 {
				p.weight = 100 // it could be a straight line
			}
		}
	}
}

// placePorts sets the ports of one side near to what they come from.
func (g *grid) placePorts(b *box, s side) {
	ps := b.ports[s]
	slices.SortStableFunc(ps, func(p, q *port) int { return cmp.Compare(p.want, q.want) })
	gaps, half, middle := uprightGaps(ps), b.w/2-portRoom/2, b.x.off
	if s == left || s == right {
		half, middle = b.h/2-11, 0
		for i := range gaps {
			gaps[i] = levelGap(ps)
		}
	}
	want, weight := make([]float64, len(ps)), make([]float64, len(ps))
	for i, p := range ps {
		want[i], weight[i] = min(max(p.want, -half), half), p.weight
		if s == left || s == right {
			want[i] = min(max(p.want, -levelGap(ps)/2), levelGap(ps)/2)
		}
	}
	at := spread(want, weight, gaps)
	within(at, gaps, -half, half)
	for i, p := range ps {
		p.off = middle + at[i]
	}
}

// placeLanes finds a way for each lane of a column that meets no box and no other lane: the
// shortest lanes first, so that longer ones go round them.
func (g *grid) placeLanes(c *column) {
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
		tries = append(tries, s.hi, s.lo)
	}
	best, least := 0.0, far
	for _, x := range tries {
		if slices.ContainsFunc(taken, func(s span) bool { return x > s.lo+0.01 && x < s.hi-0.01 }) {
			continue
		}
		cost := 0.0
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

// reach is how far what stands in a column goes to the left and the right of its middle.
func (g *grid) reach(i int) (l, r float64) {
	c := g.columns[i]
	half := c.labelWidth(g.Columns[i].Label) / 2
	l, r = half, half
	for _, boxes := range c.boxes {
		for _, b := range boxes {
			l, r = max(l, b.w/2-b.x.off), max(r, b.w/2+b.x.off)
		}
	}
	for _, x := range c.lanes {
		l, r = max(l, laneRoom-x.off), max(r, laneRoom+x.off)
	}
	return l, r
}
