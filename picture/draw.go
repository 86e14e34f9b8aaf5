package picture

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed network.css
var networkStyle string

// SVG draws the network. Each node is a group of class node with its ID in data-mark. An edge is a
// group of class edge with data-from and data-to, in it what comes back in a group of class back,
// and another of class note with what is written beside. A script that adds the class lit to a
// group makes it stand out.
func (n *Network) SVG() string {
	g := layout(n)
	var b strings.Builder
	opening(&b, "unrolled", g.w, g.h, n.Title, n.Desc, networkStyle)
	for _, n := range g.nets {
		for _, r := range n.routes {
			r.draw(&b)
		}
	}
	for _, n := range g.nets {
		for _, r := range n.routes {
			r.drawNotes(&b)
		}
	}
	for i := range n.Columns {
		g.drawGap(&b, i)
	}
	for _, x := range g.boxes {
		x.draw(&b)
	}
	g.drawFoot(&b)
	b.WriteString("</svg>\n")
	return b.String()
}

// opening is the beginning of every picture.
func opening(b *strings.Builder, class string, w, h float64, title, desc, style string) {
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" class="%s" viewBox="0 0 %s %s" width="%[2]s" height="%[3]s" role="img" aria-label="%s">`+"\n",
		class, num(w), num(h), escape(title))
	if desc != "" {
		fmt.Fprintf(b, "<desc>%s</desc>\n", escape(desc))
	}
	fmt.Fprintf(b, "<style>\n%s</style>\n<rect class=\"paper\" width=\"%s\" height=\"%s\"/>\n", style, num(w), num(h))
}

func (r *route) draw(b *strings.Builder) {
	class := "edge"
	if r.Fed {
		class = "edge fed"
	}
	r.open(b, class)
	path, tip := r.there()
	fmt.Fprintf(b, `<path class="there" d="%s"/><path class="head" d="%s"/>`, path, tip)
	if r.Edge.Back != "" {
		path, tip := r.andBack()
		fmt.Fprintf(b, `<g class="back"><path d="%s"/><path class="head" d="%s"/></g>`, path, tip)
	}
	b.WriteString("</g>\n")
}

// open begins a group of what is drawn for an edge.
func (r *route) open(b *strings.Builder, class string) {
	fmt.Fprintf(b, `<g class="%s" data-from="%s" data-to="%s">`, class, escape(r.From), escape(r.To))
}

// drawNotes writes what stands beside an edge. It is done when all lines are there, so that none of
// them runs over a number.
func (r *route) drawNotes(b *strings.Builder) {
	if r.Edge.Back == "" && r.Weight == (Label{}) {
		return
	}
	r.open(b, "note")
	if r.Edge.Back != "" {
		at := r.number
		fmt.Fprintf(b, `<text class="back" x="%s" y="%s">%s</text>`, num(at.x), num(at.y+4.3), escape(r.Edge.Back))
	}
	if r.Weight != (Label{}) {
		fmt.Fprintf(b, `<text class="symbol" x="%s" y="%s">%s</text>`, num(r.label.x), num(r.label.y+r.Weight.drop(weightSize)), r.Weight.spans(weightSize))
	}
	b.WriteString("</g>\n")
}

// classes of nodes by their kind.
var classes = map[Kind]string{Equation: "equation", Input: "input", Start: "start", Observed: "observed", Score: "score"}

func (b *box) draw(out *strings.Builder) {
	round := 6.0
	if b.Kind == Input || b.Kind == Observed {
		round = 14
	}
	fmt.Fprintf(out, `<g class="node %s" data-mark="%s">`, classes[b.Kind], escape(b.ID))
	if b.Hint != "" {
		fmt.Fprintf(out, "<title>%s</title>", escape(b.Hint))
	}
	fmt.Fprintf(out, `<rect x="%s" y="%s" width="%s" height="%s" rx="%s"/>`,
		num(b.edge(left)), num(b.edge(top)), num(b.edge(right)-b.edge(left)), num(b.edge(bottom)-b.edge(top)), num(round))
	y := b.y.at() - b.textHeight()/2 + 15
	fmt.Fprintf(out, `<text class="symbol" x="%s" y="%s">%s</text>`, num(b.x.at()), num(y), b.Label.spans(symbolSize))
	y += 1
	if b.Value != "" {
		y += 17
		fmt.Fprintf(out, `<text x="%s" y="%s">%s</text>`, num(b.x.at()), num(y), escape(b.Value))
	}
	if b.Node.Back != "" {
		fmt.Fprintf(out, `<text class="slope" x="%s" y="%s">%s</text>`, num(b.x.at()), num(y+16), escape(b.Node.Back))
	}
	out.WriteString("</g>\n")
}
