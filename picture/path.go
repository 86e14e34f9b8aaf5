package picture

import "strings"

const (
	pairHalf   = 4.0 // from the middle of a pair of lines to each of them
	headLength = 8.0
	headHalf   = 3.6
	bend       = 9.0 // the radius of corners
)

// shifted is a way of level and upright pieces moved by d to the left of where it goes.
func shifted(ps []point, d float64) []point {
	out := make([]point, len(ps))
	copy(out, ps)
	for i, p := range ps[1:] {
		a := ps[i]
		if same(a.x, p.x) {
			dx := d
			if p.y < a.y {
				dx = -d
			}
			out[i].x += dx
			out[i+1].x += dx
			continue
		}
		dy := -d
		if p.x < a.x {
			dy = d
		}
		out[i].y += dy
		out[i+1].y += dy
	}
	return out
}

// towards is the point at a distance from p on the way to q.
func towards(p, q point, d float64) point {
	length := max(p.x-q.x, q.x-p.x, p.y-q.y, q.y-p.y)
	if length == 0 {
		return p
	}
	return point{p.x + (q.x-p.x)*d/length, p.y + (q.y-p.y)*d/length}
}

// curve is a way with rounded corners, as path data.
func curve(ps []point) string {
	var b strings.Builder
	b.WriteString("M" + ps[0].data())
	for i := 1; i < len(ps)-1; i++ {
		p := ps[i]
		r := min(bend, distance(ps[i-1], p)/2, distance(p, ps[i+1])/2)
		b.WriteString("L" + towards(p, ps[i-1], r).data() + "Q" + p.data() + " " + towards(p, ps[i+1], r).data())
	}
	b.WriteString("L" + ps[len(ps)-1].data())
	return b.String()
}

func distance(p, q point) float64 { return max(p.x-q.x, q.x-p.x) + max(p.y-q.y, q.y-p.y) }

func (p point) data() string { return num(p.x) + " " + num(p.y) }

// head is an arrowhead whose tip is at p, for a line that comes from q, as path data.
func head(p, q point) string {
	back := towards(p, q, headLength)
	if same(p.x, q.x) {
		return "M" + p.data() + "L" + point{p.x - headHalf, back.y}.data() + "L" + point{p.x + headHalf, back.y}.data() + "Z"
	}
	return "M" + p.data() + "L" + point{back.x, p.y - headHalf}.data() + "L" + point{back.x, p.y + headHalf}.data() + "Z"
}

// there is the way of the values along a route, and its arrowhead.
func (r *route) there() (path, tip string) {
	ps := r.points()
	if r.net.back {
		ps = shifted(ps, pairHalf)
	}
	n := len(ps) - 1
	tip = head(ps[n], ps[n-1])
	ps[n] = towards(ps[n], ps[n-1], headLength-1)
	return curve(ps), tip
}

// andBack is the way of the derivative. Its path too begins where the edge does, so that the
// dashes of edges with a common trunk lie on one another.
func (r *route) andBack() (path, tip string) {
	ps := shifted(r.points(), -pairHalf)
	tip = head(ps[0], ps[1])
	ps[0] = towards(ps[0], ps[1], headLength-1)
	return curve(ps), tip
}
