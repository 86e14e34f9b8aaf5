package picture

import "math"

// route is the way of an edge: straight pieces, upright and level by turns.
type route struct {
	*Edge
	net     *net
	to      *box
	out, in side // where it leaves and enters
	legs    []leg

	number, label note // where what comes back and the weight are written, if they are
}

// leg is a straight piece of a route. On a wire it comes from one side and goes on to another.
type leg struct {
	*line
	wire *wire
	from int // -1 if it comes from the left or from above, 1 from the right or below, 0 from ahead
	on   int
}

// connect finds the ways of all edges: which channels they use, not yet where in them.
func (g *grid) connect() {
	byID := map[string]*box{}
	for _, b := range g.boxes {
		byID[b.ID] = b
	}
	type key struct {
		from *box
		fed  bool
	}
	nets := map[key]*net{}
	for i := range g.Edges {
		e := &g.Edges[i]
		from, to := byID[e.From], byID[e.To]
		if from == nil || to == nil || from == to {
			continue
		}
		n := nets[key{from, e.Fed}]
		if n == nil {
			n = &net{from: from, fed: e.Fed}
			nets[key{from, e.Fed}] = n
			g.nets = append(g.nets, n)
		}
		n.back = n.back || e.Back != ""
		r := &route{Edge: e, net: n, to: to}
		n.routes = append(n.routes, r)
		g.find(r)
		r.pin()
	}
}

// find chooses the way of one edge.
func (g *grid) find(r *route) {
	a, b := r.net.from, r.to
	switch step := b.index - a.index; {
	case a.Column != b.Column:
		g.travel(r)
	case a.row < b.row:
		g.rise(r)
	case a.row == b.row && (step == 1 || step == -1):
		g.beside(r, step)
	default:
		g.leave(r, top)
		g.over(r, g.level[a.row+1], 1, 0)
		g.over(r, g.upright[a.Column+1], -1, -1)
		g.over(r, g.level[b.row], 0, -1)
		g.enter(r, bottom)
	}
}

func (g *grid) leave(r *route, s side) {
	r.out = s
	r.legs = append(r.legs, leg{line: &r.net.from.port(s, r.net).line})
}

func (g *grid) enter(r *route, s side) {
	r.in = s
	p := r.to.port(s, r.net)
	p.number = max(p.number, numberWidth(r.Back))
	p.label = max(p.label, r.Weight.width(weightSize))
	r.legs = append(r.legs, leg{line: &p.line})
}

// over has the route go on over its net's wire in a channel.
func (g *grid) over(r *route, c *channel, from, on int) {
	w := c.wire(r.net)
	r.legs = append(r.legs, leg{&w.line, w, from, on})
}

// rise is the way up within a column.
func (g *grid) rise(r *route) {
	a, b := r.net.from, r.to
	g.leave(r, top)
	if b.row == a.row+1 {
		g.over(r, g.level[b.row], 1, -1)
	} else {
		g.over(r, g.level[a.row+1], 1, -1)
		r.legs = append(r.legs, leg{line: &g.lane(r.net, b.row-1).line})
		g.over(r, g.level[b.row], 1, -1)
	}
	g.enter(r, bottom)
}

// lane is the net's way through rows up to the one given.
func (g *grid) lane(n *net, to int) *lane {
	if n.lane == nil {
		c := g.columns[n.from.Column]
		n.lane = &lane{line: line{base: &c.x}, from: n.from.row + 1, net: n}
		c.lanes = append(c.lanes, n.lane)
	}
	n.lane.to = max(n.lane.to, to)
	return n.lane
}

// beside is the way from a box to its neighbour.
func (g *grid) beside(r *route, step int) {
	out, in, gap := right, left, r.net.from.gap
	if step < 0 {
		out, in, gap = left, right, r.to.gap
	}
	g.leave(r, out)
	r.legs = append(r.legs, leg{line: gap})
	g.enter(r, in)
}

// travel is the way to another column. It leaves and enters at the sides that face each other if
// no box stands there, and otherwise above and below.
func (g *grid) travel(r *route) {
	a, b := r.net.from, r.to
	ahead, out, in, near, far := 1, right, left, a.Column+1, b.Column
	freeOut, freeIn := g.last(a), g.first(b)
	if b.Column < a.Column {
		ahead, out, in, near, far = -1, left, right, a.Column, b.Column+1
		freeOut, freeIn = g.first(a), g.last(b)
	}
	if freeOut {
		g.leave(r, out)
		if near == far && freeIn {
			g.over(r, g.upright[near], -ahead, ahead)
			g.enter(r, in)
			return
		}
		g.over(r, g.upright[near], -ahead, ahead)
	} else {
		g.leave(r, top)
		g.over(r, g.level[a.row+1], 1, 0)
	}
	g.arrive(r, ahead, in, freeOut, freeIn, g.upright[far])
}

// arrive is the second half of the way to another column.
func (g *grid) arrive(r *route, ahead int, in side, freeOut, freeIn bool, far *channel) {
	a, b := r.net.from, r.to
	switch {
	case freeIn && freeOut:
		across := b.row + 1
		if a.row < b.row {
			across = b.row
		}
		g.over(r, g.level[across], 0, 0)
		g.over(r, far, -ahead, ahead)
		g.enter(r, in)
	case freeIn:
		g.over(r, far, -ahead, ahead)
		g.enter(r, in)
	case freeOut:
		g.over(r, g.level[b.row], 0, -1)
		g.enter(r, bottom)
	case a.row+1 == b.row:
		r.legs[1].on = -1
		g.enter(r, bottom)
	default:
		g.over(r, far, -ahead, ahead)
		g.over(r, g.level[b.row], 0, -1)
		g.enter(r, bottom)
	}
}

// pin tells the wires of a route where it comes and goes.
func (r *route) pin() {
	for i, l := range r.legs {
		if l.wire != nil {
			l.wire.pin(r.legs[i-1].line, l.from)
			l.wire.pin(r.legs[i+1].line, l.on)
		}
	}
}

// point is a place in the picture.
type point struct{ x, y float64 }

// points are the corners of a route, from its beginning to its end, without those that aren't.
func (r *route) points() []point {
	upright := r.out == top
	out := []point{cross(upright, r.legs[0].at(), r.net.from.edge(r.out))}
	for i := 1; i < len(r.legs); i++ {
		out = append(out, cross(upright, r.legs[i-1].at(), r.legs[i].at()))
		upright = !upright
	}
	return straighten(append(out, cross(upright, r.legs[len(r.legs)-1].at(), r.to.edge(r.in))))
}

// cross is where an upright line at a meets a level one at b, or the other way round.
func cross(upright bool, a, b float64) point {
	a, b = math.Round(a), math.Round(b)
	if upright {
		return point{a, b}
	}
	return point{b, a}
}

// straighten leaves out points at which a way doesn't turn.
func straighten(ps []point) []point {
	out := ps[:1:1]
	for _, p := range ps[1:] {
		if n := len(out); n > 1 && (same(out[n-2].x, p.x) && same(out[n-1].x, p.x) || same(out[n-2].y, p.y) && same(out[n-1].y, p.y)) {
			out[n-1] = p
		} else if !same(out[n-1].x, p.x) || !same(out[n-1].y, p.y) {
			out = append(out, p)
		}
	}
	return out
}

func same(a, b float64) bool { return a-b < 0.05 && b-a < 0.05 }
