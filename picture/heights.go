package picture

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
	x := margin
	for i, c := range g.upright {
		x = g.placeUpright(i, c, x)
	}
	g.w, g.h = x+margin, g.foot+margin
	if g.hasColumnLabels() {
		g.h += 26
	}
	if g.hasLegend() {
		g.h += 34
		g.w = max(g.w, g.legendWidth()+2*margin)
	}
}

// placeLevel puts a channel below y, and then the row below it. It gives where the next one begins.
func (g *grid) placeLevel(i int, y float64) float64 {
	c := g.level[i]
	c.at, c.before = y, 16
	if i < len(g.rows) {
		c.before = 28 // numbers stand below the boxes
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

// placeUpright puts a channel right of x, and then the column at its right.
func (g *grid) placeUpright(i int, c *channel, x float64) float64 {
	leads, lags, used := g.entries(i)
	c.at, c.before = x, leads
	c.size = leads + trackStep*float64(max(0, c.tracks-1)) + lags
	if i < len(g.columns) && g.Columns[i].Gap != "" {
		c.size += g.gapWidth(i)
	}
	if !used && (i == 0 || i == len(g.columns)) {
		c.size = 0
	}
	c.settle()
	x += c.size
	if i < len(g.columns) {
		col := g.columns[i]
		col.x = x + col.left
		x += col.left + col.right
	}
	return x
}

// entries is the room that a channel needs at its left, for what enters the column before, and at
// its right, for what enters the one behind.
func (g *grid) entries(i int) (before, behind float64, used bool) {
	before, behind = 20, 20
	for _, w := range g.upright[i].wires {
		used = true
		for _, p := range g.sidePorts(i-1, right, w.net) {
			before = max(before, p.number+26)
		}
		for _, p := range g.sidePorts(i, left, w.net) {
			behind = max(behind, p.number+26)
		}
	}
	return before, behind, used
}

// sidePorts are the ports of a net at the boxes' sides in a column.
func (g *grid) sidePorts(column int, s side, n *net) []*port {
	if column < 0 || column >= len(g.columns) {
		return nil
	}
	var out []*port
	for _, boxes := range g.columns[column].boxes {
		for _, b := range boxes {
			for _, p := range b.ports[s] {
				if p.net == n {
					out = append(out, p)
				}
			}
		}
	}
	return out
}

// settle sets the wires of a channel on their tracks.
func (c *channel) settle() {
	for _, w := range c.wires {
		w.off = c.before + trackStep*float64(w.track)
	}
}
