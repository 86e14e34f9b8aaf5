package picture

import (
	"fmt"
	"slices"
	"strings"
)

// gapWidth is the room for the words on what is left out before a column.
func (g *grid) gapWidth(i int) float64 { return textWidth(g.Columns[i].Gap, wordSize) + 40 }

// gapArea is where they stand; it is empty if nothing is left out.
func (g *grid) gapArea(i int) rect {
	if g.Columns[i].Gap == "" {
		return rect{}
	}
	c := g.upright[i]
	x := c.at + c.before + trackStep*float64(max(0, c.tracks-1)) + 22
	return rect{x, 0, x + g.gapWidth(i) - 22, g.foot}
}

// drawGap covers the edges that cross what is left out.
func (g *grid) drawGap(b *strings.Builder, i int) {
	if g.Columns[i].Gap == "" {
		return
	}
	r := g.gapArea(i)
	x, w, y := r.x0, r.x1-r.x0, (margin+g.foot)/2
	fmt.Fprintf(b, `<g class="gap"><rect x="%s" y="0" width="%s" height="%s"/>`, num(x), num(w), num(g.foot))
	for _, dx := range []float64{-9, 0, 9} {
		fmt.Fprintf(b, `<circle cx="%s" cy="%s" r="2.2"/>`, num(x+w/2+dx), num(y-12))
	}
	fmt.Fprintf(b, `<text x="%s" y="%s">%s</text></g>`+"\n", num(x+w/2), num(y+10), escape(g.Columns[i].Gap))
}

func (c *column) labelWidth(l Label) float64 { return l.width(stepSize) }

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
				fmt.Fprintf(b, `<text class="symbol step" x="%s" y="%s">%s</text>`+"\n", num(g.columns[i].x), num(y-6), c.Label.spans(stepSize))
			}
		}
	}
	for _, line := range g.legend() {
		x := (g.w - lineWidth(line)) / 2
		b.WriteString(`<g class="legend">`)
		for _, s := range line {
			s.draw(b, x, y+22)
			x += s.width()
		}
		b.WriteString("</g>\n")
		y += legendStep
	}
}

// sample is a kind of lines, if there are any, with its words in the legend.
type sample struct {
	class, words string
	back         bool
}

const (
	sampleLength = 34.0
	sampleGap    = 26.0
	legendStep   = 24.0
)

func (s sample) width() float64 { return sampleLength + 8 + textWidth(s.words, wordSize) + sampleGap }

func (g *grid) samples() []sample {
	var out []sample
	for _, s := range []struct {
		sample
		any func(*net) bool
	}{
		{sample{"sample edge", g.Legend.Values, false}, func(n *net) bool { return !n.fed }},
		{sample{"sample edge fed", g.Legend.Fed, false}, func(n *net) bool { return n.fed }},
		{sample{"sample edge back", g.Legend.Back, true}, func(n *net) bool { return n.back }},
	} {
		if s.words != "" && slices.ContainsFunc(g.nets, s.any) {
			out = append(out, s.sample)
		}
	}
	return out
}

// legend is the samples in as many lines as the picture's width makes of them.
func (g *grid) legend() [][]sample {
	var out [][]sample
	for _, s := range g.samples() {
		if n := len(out) - 1; n >= 0 && lineWidth(out[n])+sampleGap+s.width() <= g.w-margin {
			out[n] = append(out[n], s)
		} else {
			out = append(out, []sample{s})
		}
	}
	return out
}

func lineWidth(line []sample) float64 {
	w := -sampleGap
	for _, s := range line {
		w += s.width()
	}
	return w
}

func (s sample) draw(b *strings.Builder, x, y float64) {
	p, q := point{x, y}, point{x + sampleLength, y}
	if s.back {
		p, q = q, p
	}
	fmt.Fprintf(b, `<g class="%s"><path class="there" d="%s"/><path class="head" d="%s"/></g><text x="%s" y="%s">%s</text>`,
		s.class, curve([]point{p, towards(q, p, headLength-1)}), head(q, p), num(x+sampleLength+8), num(y+5), escape(s.words))
}
