package picture

import (
	"cmp"
	"slices"
)

// labelRoom is between a weight's label and the line of its edge: arrowheads fit in.
const labelRoom = 5.0

// taken is all that the labels of weights should not touch, and what it's better to be far from.
type taken struct{ solid, halo crowd }

// placeLabels finds the places of all weights' labels. Boxes, lines and numbers have theirs. Short
// edges come first, as they have few places.
func (g *grid) placeLabels() {
	t := taken{g.newCrowd(), crowd{}}
	var weighed []*route
	for _, n := range g.nets {
		for _, r := range n.routes {
			for _, s := range r.strokes() {
				t.solid.add(s, 1)
			}
			if r.Edge.Back != "" {
				t.keep(r.number.rect(numberWidth(r.Edge.Back), noteHeight), 3)
			}
			if r.Weight != (Label{}) {
				weighed = append(weighed, r)
			}
		}
	}
	slices.SortStableFunc(weighed, func(a, b *route) int { return cmp.Compare(a.length(), b.length()) })
	for _, r := range weighed {
		r.label = t.place(r)
		t.keep(r.labelArea(), 12)
	}
}

func (r *route) length() float64 {
	sum, ps := 0.0, r.points()
	for i, p := range ps[1:] {
		sum += distance(ps[i], p)
	}
	return sum
}

// keep adds a text. What stands right beside it, or within a distance above or below, would be read
// with it.
func (t taken) keep(r rect, above float64) {
	const beside, weight = 16, 0.05
	t.solid.add(r, 1)
	t.halo.add(rect{r.x0 - beside, r.y0 - above, r.x1 + beside, r.y1 + above}, weight)
}

// place finds a place for a route's label: where it touches nothing, near the route's end, and
// rather on the side of its forward line. If no place is free it is the one least in the way.
func (t taken) place(r *route) note {
	const collision, enough, step = 100.0, 300.0, 3.0
	ps := r.points()
	best, least, from := note{}, far*far, 0.0
	for i := len(ps) - 1; i > 0 && (from < enough || least >= collision); i-- {
		a, b := ps[i-1], ps[i]
		length := distance(a, b)
		for d := min(step, length/2); d < length; d += step {
			at := towards(b, a, d)
			alone := !r.shares(at)
			for _, side := range []float64{-1, 1} {
				n := r.beside(a, b, at, side)
				cost := 0.06*(from+d) + r.aside(side) + t.cost(n.rect(r.labelSize()), collision)
				if !alone {
					cost += collision
				}
				if cost < least {
					best, least = n, cost
				}
			}
		}
		from += length
	}
	return best
}

// aside is what it costs to stand on a side: on the right a derivative comes between the label and
// the line that it is about.
func (r *route) aside(side float64) float64 {
	switch {
	case side < 0:
		return 0
	case r.Edge.Back == "":
		return 4
	}
	return 12
}

// cost of a place; one that touches something costs a collision, and more the more it touches.
func (t taken) cost(r rect, collision float64) float64 {
	const near = 2
	cost := t.halo.cost(r)
	if on := t.solid.cost(rect{r.x0 - near, r.y0 - near, r.x1 + near, r.y1 + near}); on > 0 {
		cost += collision + on
	}
	return cost
}

// beside is the middle of a route's label at a place on its piece from a to b, left (-1) or right
// (1) of it, beside the line that is on this side.
func (r *route) beside(a, b, at point, side float64) note {
	line := 0.0
	switch {
	case side < 0 && r.net.back, side > 0 && r.Edge.Back != "":
		line = pairHalf
	case r.net.back:
		line = -pairHalf
	}
	w, h := r.labelSize()
	return beforeOrBehind(a, b, at, w, h, side, line+labelRoom)
}

func (r *route) labelSize() (w, h float64) {
	up, down := r.Weight.extent(weightSize)
	return r.Weight.width(weightSize), up + down
}

func (r *route) labelArea() rect { return r.label.rect(r.labelSize()) }

// strokes are where a route's lines and arrowheads are.
func (r *route) strokes() []rect {
	ps := r.points()
	if !r.net.back {
		return stroke(ps, nil)
	}
	out := stroke(shifted(ps, pairHalf), nil)
	if r.Edge.Back != "" {
		back := shifted(ps, -pairHalf)
		slices.Reverse(back)
		out = stroke(back, out)
	}
	return out
}

// stroke adds those of a line with an arrowhead at its end.
func stroke(ps []point, out []rect) []rect {
	for i, p := range ps[1:] {
		out = append(out, around(ps[i], p, 0.8))
	}
	n := len(ps) - 1
	return append(out, around(ps[n], towards(ps[n], ps[n-1], headLength), headHalf))
}

// around is what a level or upright line covers that reaches half its width to both sides.
func around(p, q point, half float64) rect {
	return rect{min(p.x, q.x) - half, min(p.y, q.y) - half, max(p.x, q.x) + half, max(p.y, q.y) + half}
}
