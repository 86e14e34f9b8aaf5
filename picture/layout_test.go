package picture

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// oddText is a text with what is hard to draw.
func oddText(t *rapid.T, name string) string {
	return rapid.StringOf(rapid.RuneFrom([]rune("h1−0./<&\"'>ŷ\x00\n"))).Draw(t, name)
}

// randomNetwork has nodes and edges anywhere, some of which make no sense.
func randomNetwork(t *rapid.T) *Network {
	text := oddText
	n := &Network{Title: text(t, "title"), Desc: text(t, "desc"), Legend: words}
	columns := rapid.IntRange(0, 6).Draw(t, "columns")
	for i := range columns {
		c := Column{Label: at(i)}
		if rapid.IntRange(0, 8).Draw(t, "gap") == 0 {
			c.Gap = "5 steps"
		}
		n.Columns = append(n.Columns, c)
	}
	nodes := rapid.IntRange(0, 24).Draw(t, "nodes")
	for i := range nodes {
		n.Nodes = append(n.Nodes, Node{ID: fmt.Sprint("n", i), Column: rapid.IntRange(-1, columns).Draw(t, "column"), Rank: rapid.IntRange(-2, 4).Draw(t, "rank"),
			Kind: Kind(rapid.IntRange(0, 4).Draw(t, "kind")), Label: Label{text(t, "base"), text(t, "sub"), text(t, "sup")}, Value: text(t, "value"), Back: text(t, "back"), Hint: text(t, "hint")})
	}
	for range rapid.IntRange(0, 40).Draw(t, "edges") {
		n.Edges = append(n.Edges, Edge{From: fmt.Sprint("n", rapid.IntRange(0, nodes).Draw(t, "from")), To: fmt.Sprint("n", rapid.IntRange(0, nodes).Draw(t, "to")),
			Back: text(t, "edge"), Fed: rapid.Bool().Draw(t, "fed"), Weight: Label{Base: text(t, "weight")}})
	}
	return n
}

func TestLayout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := layout(randomNetwork(t))
		checkBoxes(t, g)
		checkLines(t, g)
	})
	for name, n := range samples() {
		t.Run(name, func(t *testing.T) {
			g := layout(n)
			checkBoxes(t, g)
			checkLines(t, g)
			checkApart(t, g)
		})
	}
}

type fataler interface{ Fatalf(string, ...any) }

func (b *box) area() rect { return rect{b.edge(left), b.edge(top), b.edge(right), b.edge(bottom)} }

// checkBoxes: no two boxes meet, and all are in the picture.
func checkBoxes(t fataler, g *grid) {
	for i, a := range g.boxes {
		r := a.area()
		if r.x0 < 0 || r.y0 < 0 || r.x1 > g.w || r.y1 > g.h || math.IsNaN(r.x0+r.y0+r.x1+r.y1) {
			t.Fatalf("%s is at %v, and the picture %v by %v", a.ID, r, g.w, g.h)
		}
		for _, b := range g.boxes[:i] {
			if b.area().common(r) > 0 {
				t.Fatalf("%s at %v is on %s at %v", a.ID, r, b.ID, b.area())
			}
		}
	}
}

// checkLines: no line runs through a box, nor out of the picture.
func checkLines(t fataler, g *grid) {
	for _, n := range g.nets {
		for _, r := range n.routes {
			ps := r.points()
			for i, p := range ps[1:] {
				q := ps[i]
				if !same(p.x, q.x) && !same(p.y, q.y) {
					t.Fatalf("%s to %s runs aslant from %v to %v", r.From, r.To, q, p)
				}
				if min(p.x, q.x) < 0 || min(p.y, q.y) < 0 || max(p.x, q.x) > g.w || max(p.y, q.y) > g.h {
					t.Fatalf("%s to %s runs out of the picture: %v", r.From, r.To, p)
				}
				const near = 2
				l := rect{min(p.x, q.x) - near, min(p.y, q.y) - near, max(p.x, q.x) + near, max(p.y, q.y) + near}
				for _, b := range g.boxes {
					in := b.area()
					if in = (rect{in.x0 + near, in.y0 + near, in.x1 - near, in.y1 - near}); in.common(l) > 0 {
						t.Fatalf("%s to %s runs from %v to %v, through %s at %v", r.From, r.To, q, p, b.ID, b.area())
					}
				}
			}
		}
	}
}

// checkApart: no two edges from different nodes lie on one another.
func checkApart(t fataler, g *grid) {
	for i, n := range g.nets {
		for _, m := range g.nets[:i] {
			for _, r := range n.routes {
				for _, s := range m.routes {
					if p, ok := along(r.points(), s.points()); ok {
						t.Fatalf("%s to %s and %s to %s lie on one another at %v", r.From, r.To, s.From, s.To, p)
					}
				}
			}
		}
	}
}

// along finds where two ways run side by side too near.
func along(ps, qs []point) (point, bool) {
	for i := range ps[1:] {
		for j := range qs[1:] {
			a, b, c, d := ps[i], ps[i+1], qs[j], qs[j+1]
			if same(a.x, b.x) != same(c.x, d.x) {
				continue
			}
			if !same(a.x, b.x) {
				a, b, c, d = point{a.y, a.x}, point{b.y, b.x}, point{c.y, c.x}, point{d.y, d.x}
			}
			if math.Abs(a.x-c.x) < 2*pairHalf && min(max(a.y, b.y), max(c.y, d.y))-max(min(a.y, b.y), min(c.y, d.y)) > 2 {
				return ps[i], true
			}
		}
	}
	return point{}, false
}
