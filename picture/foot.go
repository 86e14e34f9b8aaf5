package picture

import (
	"fmt"
	"slices"
	"strings"
)

const gapDots = "⋯"

// gapWidth is the room for the words on what is left out before a column.
func (g *grid) gapWidth(i int) float64 { return textWidth(g.Columns[i].Gap, wordSize) + 24 }

// drawGap covers the edges that cross what is left out.
func (g *grid) drawGap(b *strings.Builder, i int) {
	if g.Columns[i].Gap == "" {
		return
	}
	c := g.upright[i]
	x := c.at + c.before + trackStep*float64(max(0, c.tracks-1)) + 10
	w, y := g.gapWidth(i)-8, (margin+g.foot)/2
	fmt.Fprintf(b, `<g class="gap"><rect x="%s" y="0" width="%s" height="%s"/>`, num(x), num(w), num(g.foot))
	fmt.Fprintf(b, `<text x="%s" y="%s">%s</text><text x="%[1]s" y="%[4]s">%s</text></g>`+"\n",
		num(x+w/2), num(y-8), gapDots, num(y+10), escape(g.Columns[i].Gap))
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

// sample is a line of the legend with its words.
type sample struct {
	class, words string
	back         bool
}

const sampleLength = 34.0

func (s sample) width() float64 { return sampleLength + 8 + textWidth(s.words, wordSize) + 26 }

func (g *grid) samples() []sample {
	all := []sample{{"edge", g.Legend.Values, false}, {"edge fed", g.Legend.Fed, false}, {"edge back", g.Legend.Back, true}}
	return slices.DeleteFunc(all, func(s sample) bool { return s.words == "" })
}

func (g *grid) hasLegend() bool { return len(g.samples()) > 0 }

func (g *grid) legendWidth() float64 {
	w := -26.0
	for _, s := range g.samples() {
		w += s.width()
	}
	return w
}
