package picture

import "slices"

// placeUp finds the tracks of all wires, and with them where rows and columns are.
func (g *grid) placeUp() {
	for _, c := range g.level {
		c.arrange()
	}
	y := margin
	for i := len(g.level) - 1; i >= 0; i-- {
		y = g.placeLevel(i, y)
	}
	g.foot = y
	for _, c := range g.upright {
		c.arrange()
	}
	g.placeColumns(nil)
	g.w, g.h = g.placeColumns(g.pitch())+margin, g.foot+margin
	if g.hasColumnLabels() {
		g.h += 26
	}
	narrow := g.w
	for _, s := range g.samples() {
		g.w = max(g.w, s.width()-sampleGap+2*margin)
	}
	if lines := len(g.legend()); lines > 0 {
		g.h += 10 + legendStep*float64(lines)
	}
	g.shift((g.w - narrow) / 2)
}

// shift moves the network to the right.
func (g *grid) shift(d float64) {
	for _, c := range g.columns {
		c.x += d
	}
	for _, c := range g.upright {
		c.at += d
	}
}

// placeLevel puts a channel below y, and then the row below it. It gives where the next one begins.
func (g *grid) placeLevel(i int, y float64) float64 {
	c := g.level[i]
	c.at, c.before = y, 16
	if i < len(g.rows) {
		c.before = 28 // numbers stand below the boxes
		if c.tracks > 0 && g.labelled(i) {
			c.before += 22 // and weights below these
		}
	}
	c.size = c.before + trackStep*float64(max(0, c.tracks-1)) + 18
	if len(c.wires) == 0 && (i == 0 || i == len(g.rows)) {
		c.size = 0
	}
	c.settle()
	y += c.size
	if i > 0 {
		r := g.rows[i-1]
		r.y = y + r.h/2
		y += r.h
	}
	return y
}

// labelled tells whether weights stand below the boxes of a row.
func (g *grid) labelled(row int) bool {
	return slices.ContainsFunc(g.boxes, func(b *box) bool {
		return b.row == row && slices.ContainsFunc(b.ports[bottom], func(p *port) bool { return p.label > 0 })
	})
}

// settle sets the wires of a channel on their tracks.
func (c *channel) settle() {
	for _, w := range c.wires {
		w.off = c.before + trackStep*float64(w.track)
	}
}
