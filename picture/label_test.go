package picture

import (
	"fmt"
	"testing"
)

// weighed is a sample network with a weight on each edge that an input or the last state comes by.
func weighed(n *Network) *Network {
	column := map[string]int{}
	kind := map[string]Kind{}
	for _, x := range n.Nodes {
		column[x.ID], kind[x.ID] = x.Column, x.Kind
	}
	for i := range n.Edges {
		e := &n.Edges[i]
		switch {
		case kind[e.To] == Score:
		case kind[e.From] == Input:
			e.Weight = Label{Base: "W", Sub: e.To[:1]}
		case column[e.From] < column[e.To] && e.From[0] == 'h':
			e.Weight = Label{Base: "U", Sub: e.To[:1]}
		case e.To[:1] == "y":
			e.Weight = Label{Base: "D"}
		}
	}
	return n
}

func TestLabelsStandFree(t *testing.T) {
	for name, n := range samples() {
		t.Run(name, func(t *testing.T) { checkLabels(t, layout(n)) })
		if name != "low" && name != "sheet" {
			t.Run(name+" with weights", func(t *testing.T) { checkLabels(t, layout(weighed(n))) })
		}
	}
}

// checkLabels: no weight's label touches a box, a line, a number, a gap or another label.
func checkLabels(t *testing.T, g *grid) {
	parts := solid(g)
	for _, n := range g.nets {
		for _, r := range n.routes {
			if r.Weight == (Label{}) {
				continue
			}
			name := "the label of " + edgeName(r)
			for other, areas := range parts {
				for _, a := range areas {
					if other != name && a.common(r.labelArea()) > 0 {
						t.Errorf("%s, %s, at %v touches %s at %v", name, r.Weight.Base, r.labelArea(), other, a)
					}
				}
			}
			if d := nearestLine(r); d > 8 {
				t.Errorf("%s at %v is %v from its line", name, r.labelArea(), d)
			}
		}
	}
}

// solid is where everything in a picture is, by what it is.
func solid(g *grid) map[string][]rect {
	out := map[string][]rect{}
	for i := range g.columns {
		out["a gap"] = append(out["a gap"], g.gapArea(i))
	}
	for _, b := range g.boxes {
		out["box "+b.ID] = []rect{b.area()}
	}
	for _, n := range g.nets {
		for _, r := range n.routes {
			out[edgeName(r)] = r.strokes()
			if r.Edge.Back != "" {
				out["the number of "+edgeName(r)] = []rect{r.number.rect(numberWidth(r.Edge.Back), noteHeight)}
			}
			if r.Weight != (Label{}) {
				out["the label of "+edgeName(r)] = []rect{r.labelArea()}
			}
		}
	}
	return out
}

func edgeName(r *route) string { return fmt.Sprintf("%s to %s (%v)", r.From, r.To, r.Fed) }

// nearestLine is how far a route's label is from the nearest of its lines.
func nearestLine(r *route) float64 {
	return distanceTo(r.labelArea(), r.strokes())
}

func distanceTo(a rect, lines []rect) float64 {
	least := far
	for _, s := range lines {
		least = min(least, max(s.x0-a.x1, a.x0-s.x1, s.y0-a.y1, a.y0-s.y1))
	}
	return least
}

// Edges of a node share a trunk; a label stands where its edge is alone.
func TestLabelIsAlone(t *testing.T) {
	g := layout(weighed(gru(3)))
	for _, n := range g.nets {
		for _, r := range n.routes {
			if r.Weight == (Label{}) {
				continue
			}
			for _, o := range n.routes {
				if o != r && distanceTo(r.labelArea(), o.strokes()) < nearestLine(r) {
					t.Errorf("the label of %s is nearer to %s", edgeName(r), edgeName(o))
				}
			}
		}
	}
}
