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
