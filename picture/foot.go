package picture

import (
	"fmt"
	"slices"
	"strings"
)

// gapWidth is the room for the words on what is left out before a column.
func (g *grid) gapWidth(i int) float64 { return textWidth(g.Columns[i].Gap, wordSize) + 40 }

// drawGap covers the edges that cross what is left out.
func (g *grid) drawGap(b *strings.Builder, i int) {
	if g.Columns[i].Gap == "" {
		return
	}
	c := g.upright[i]
	x := c.at + c.before + trackStep*float64(max(0, c.tracks-1)) + 22
	w, y := g.gapWidth(i)-22, (margin+g.foot)/2
	fmt.Fprintf(b, `<g class="gap"><rect x="%s" y="0" width="%s" height="%s"/>`, num(x), num(w), num(g.foot))
	for _, dx := range []float64{-9, 0, 9} {
		fmt.Fprintf(b, `<circle cx="%s" cy="%s" r="2.2"/>`, num(x+w/2+dx), num(y-12))
	}
	fmt.Fprintf(b, `<text x="%s" y="%s">%s</text></g>`+"\n", num(x+w/2), num(y+10), escape(g.Columns[i].Gap))
}

func (c *column) labelWidth(l Label) float64 { return l.width(16) }

func (g *grid) hasColumnLabels() bool {
	return slices.ContainsFunc(g.Columns, func(c Column) bool { return c.Label != Label{} })
}

// drawFoot writes what stands below the network: the labels of the columns, and the legend.
func (g *grid) drawFoot(b *strings.Builder) {
	y := g.foot
	if g.hasColumnLabels() {
		y += 26
		for i, c := range g.Columns {
			if c.Label != (Label{}) {
				fmt.Fprintf(b, `<text class="symbol step" x="%s" y="%s">%s</text>`+"\n", num(g.columns[i].x), num(y-6), c.Label.spans(16))
			}
		}
	}
	if !g.hasLegend() {
		return
	}
	x := (g.w - g.legendWidth()) / 2
	b.WriteString(`<g class="legend">`)
	for _, s := range g.samples() {
		p, q := point{x, y + 22}, point{x + sampleLength, y + 22}
		if s.back {
			p, q = q, p
		}
		fmt.Fprintf(b, `<g class="%s"><path class="there" d="%s"/><path class="head" d="%s"/></g><text x="%s" y="%s">%s</text>`,
			s.class, curve([]point{p, towards(q, p, headLength-1)}), head(q, p), num(x+sampleLength+8), num(y+27), escape(s.words))
		x += s.width()
	}
	b.WriteString("</g>\n")
}

// sample is a kind of lines, if there are any, with its words in the legend.
type sample struct {
	class, words string
	back         bool
}

const sampleLength = 34.0

func (s sample) width() float64 { return sampleLength + 8 + textWidth(s.words, wordSize) + 26 }

func (g *grid) samples() []sample {
	var out []sample
	for _, s := range []struct {
		sample
		any func(*net) bool
	}{
		{sample{"edge", g.Legend.Values, false}, func(n *net) bool { return !n.fed }},
		{sample{"edge fed", g.Legend.Fed, false}, func(n *net) bool { return n.fed }},
		{sample{"edge back", g.Legend.Back, true}, func(n *net) bool { return n.back }},
	} {
		if s.words != "" && slices.ContainsFunc(g.nets, s.any) {
			out = append(out, s.sample)
		}
	}
	return out
}

func (g *grid) hasLegend() bool { return len(g.samples()) > 0 }

func (g *grid) legendWidth() float64 {
	w := -26.0
	for _, s := range g.samples() {
		w += s.width()
	}
	return w
}
