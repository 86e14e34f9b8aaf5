package picture

// rect is a part of the picture.
type rect struct{ x0, y0, x1, y1 float64 }

// common is the area that two parts share.
func (a rect) common(b rect) float64 {
	w, h := min(a.x1, b.x1)-max(a.x0, b.x0), min(a.y1, b.y1)-max(a.y0, b.y0)
	if w <= 0 || h <= 0 {
		return 0
	}
	return w * h
}

// note is a text beside an edge, and its middle.
type note struct{ x, y float64 }

// crowd is all that a note should keep clear of, by places of the picture from left to right.
type crowd map[int][]obstacle

type obstacle struct {
	rect
	weight float64 // what it costs to lie on it, by the area
}

const (
	crowdStep  = 100.0
	noteHeight = 12.0 // of a number
)

func (c crowd) add(r rect, weight float64) {
	for i := int(r.x0 / crowdStep); i <= int(r.x1/crowdStep); i++ {
		c[i] = append(c[i], obstacle{r, weight})
	}
}

func (c crowd) cost(r rect) float64 {
	sum := 0.0
	for i := int(r.x0 / crowdStep); i <= int(r.x1/crowdStep); i++ {
		for _, o := range c[i] {
			sum += o.common(r) * o.weight
		}
	}
	return sum
}

// placeNotes finds places for all that stands beside edges: first for the numbers, then for the
// weights, which have to keep clear of them.
func (g *grid) placeNotes() {
	c := g.newCrowd()
	for _, n := range g.nets {
		there := map[[2]point]bool{}
		for _, r := range n.routes {
			ps := r.points()
			for i, p := range ps[1:] {
				if s := [2]point{ps[i], p}; !there[s] {
					there[s] = true
					c.add(around(ps[i], p, 6), 0.3)
				}
			}
		}
	}
	for _, n := range g.nets {
		for _, r := range n.routes {
			if r.Edge.Back != "" {
				r.number = c.place(r, numberWidth(r.Edge.Back), noteHeight, 1)
			}
		}
	}
	g.placeLabels()
}

// newCrowd has all boxes of the picture, and what is around it.
func (g *grid) newCrowd() crowd {
	c := crowd{}
	c.add(rect{-crowdStep, 0, 2, g.h}, 1)
	c.add(rect{g.w - 2, 0, g.w + crowdStep, g.h}, 1)
	c.add(rect{0, -crowdStep, g.w, 2}, 1)
	c.add(rect{0, g.foot, g.w, g.h}, 1)
	for i := range g.columns {
		c.add(g.gapArea(i), 1)
	}
	for _, b := range g.boxes {
		c.add(rect{b.edge(left), b.edge(top), b.edge(right), b.edge(bottom)}, 1)
	}
	return c
}

// place finds a place for a text beside a route, near its end, on the side of its forward line
// (-1) or on that of the other (1), and keeps others from it.
func (c crowd) place(r *route, width, height float64, prefer int) note {
	ps := r.points()
	best, least, from := note{}, far*far, 0.0
	for i := len(ps) - 1; i > 0 && from < 300; i-- {
		a, b := ps[i-1], ps[i]
		length := max(a.x-b.x, b.x-a.x, a.y-b.y, b.y-a.y)
		for d := 11.0; d <= max(length-8, 11); d += 5 {
			at := point{b.x + (a.x-b.x)*d/length, b.y + (a.y-b.y)*d/length}
			for _, s := range []int{prefer, -prefer} {
				n := beforeOrBehind(a, b, at, width, height, float64(s), 7)
				cost := 0.06*(from+d) + c.cost(n.rect(width, height))
				if s != prefer {
					cost += 3
				}
				if r.shares(at) {
					cost += 25
				}
				if cost < least {
					best, least = n, cost
				}
			}
		}
		from += length
	}
	c.add(best.rect(width, height), 1)
	return best
}

func (n note) rect(w, h float64) rect {
	return rect{n.x - w/2, n.y - h/2, n.x + w/2, n.y + h/2}
}

// beforeOrBehind is the middle of a text beside the place on a line from a to b: left of the way
// (-1) or right of it (1), and how far it keeps from the line.
func beforeOrBehind(a, b, at point, w, h, side, clear float64) note {
	if same(a.x, b.x) {
		if b.y > a.y {
			side = -side
		}
		return note{at.x + side*(clear+w/2), at.y}
	}
	if b.x < a.x {
		side = -side
	}
	return note{at.x, at.y + side*(clear+h/2)}
}

// shares tells whether another edge of the same net runs through a place on this one's way.
func (r *route) shares(at point) bool {
	for _, o := range r.net.routes {
		if o == r {
			continue
		}
		ps := o.points()
		for i, p := range ps[1:] {
			q := ps[i]
			if at.x >= min(p.x, q.x)-1 && at.x <= max(p.x, q.x)+1 && at.y >= min(p.y, q.y)-1 && at.y <= max(p.y, q.y)+1 {
				return true
			}
		}
	}
	return false
}
