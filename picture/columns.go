package picture

// placeColumns sets columns as near to each other as what is between them allows: an upright
// channel needs its room only in the rows that its wires pass, and elsewhere boxes may come closer.
// It gives the picture's right edge. Columns may be told how far from the one before they must be.
func (g *grid) placeColumns(pitch map[int]float64) float64 {
	edge := make([]float64, len(g.rows)+1) // of what stands in each row, and last of the columns' labels
	for r := range edge {
		edge[r] = margin - clearance
	}
	end := margin
	for i, c := range g.upright {
		g.placeUpright(i, edge)
		end = max(end, c.at+c.size)
		if i == len(g.columns) {
			break
		}
		col := g.columns[i]
		col.x = margin
		if p := pitch[i]; p > 0 {
			col.x = g.columns[i-1].x + p
		}
		for r := range edge {
			col.x = max(col.x, edge[r]+clearance+col.left[r])
		}
		for r := range edge {
			if col.left[r]+col.right[r] > 0 {
				edge[r] = col.x + col.right[r]
				end = max(end, edge[r])
			}
		}
	}
	return end
}

// placeUpright sets a channel behind what stands in the rows that it passes.
func (g *grid) placeUpright(i int, edge []float64) {
	c := g.upright[i]
	passed := g.passed(i)
	c.at, c.size = margin, 0
	for r, x := range edge {
		if passed[r] {
			c.at = max(c.at, x)
		}
	}
	g.measure(i)
	for r := range edge {
		if passed[r] {
			edge[r] = max(edge[r], c.at+c.size-clearance)
		}
	}
}

// pitch is the distance that all neighbouring columns should have from the one before: the largest
// that any has, if it isn't much more than the smallest.
func (g *grid) pitch() map[int]float64 {
	out := map[int]float64{}
	least, most := far, 0.0
	for i, c := range g.Columns {
		if i > 0 && c.Gap == "" && !g.onlyStarts(i) && !g.onlyStarts(i-1) {
			d := g.columns[i].x - g.columns[i-1].x
			least, most, out[i] = min(least, d), max(most, d), d
		}
	}
	for i := range out {
		if most < 1.4*least {
			out[i] = most
		}
	}
	return out
}

// onlyStarts tells whether a column is no step, but what comes before or behind all of them.
func (g *grid) onlyStarts(i int) bool {
	for _, boxes := range g.columns[i].boxes {
		for _, b := range boxes {
			if b.Kind != Start && b.Kind != Input {
				return false
			}
		}
	}
	return true
}

const clearance = 22.0 // between boxes with no channel between them

// passed are the rows that the wires of an upright channel pass, or come near to.
func (g *grid) passed(i int) []bool {
	out := make([]bool, len(g.rows)+1)
	if i < len(g.columns) && g.Columns[i].Gap != "" {
		for r := range out {
			out[r] = true
		}
	}
	for _, w := range g.upright[i].wires {
		for r := range g.rows {
			above, below := g.level[r+1], g.level[r]
			if w.hi > above.at && w.lo < below.at+below.size {
				out[r] = true
			}
		}
	}
	return out
}

// measure finds how wide an upright channel is.
func (g *grid) measure(i int) {
	c := g.upright[i]
	leads, lags := g.entries(i)
	if len(c.wires) > 0 {
		c.before = leads
		c.size = leads + trackStep*float64(max(0, c.tracks-1)) + lags
	}
	if i < len(g.columns) && g.Columns[i].Gap != "" {
		c.size += g.gapWidth(i)
	}
	c.settle()
}

// entries is the room that a channel needs at its left, for what enters the column before, and at
// its right, for what enters the one behind.
func (g *grid) entries(i int) (before, behind float64) {
	before, behind = 20, 20
	for _, w := range g.upright[i].wires {
		for _, p := range g.sidePorts(i-1, right, w.net) {
			before = max(before, p.room())
		}
		for _, p := range g.sidePorts(i, left, w.net) {
			behind = max(behind, p.room())
		}
	}
	return before, behind
}

// room is what a port needs beside its box for all that stands there.
func (p *port) room() float64 {
	if p.number > 0 && p.label > 0 {
		return p.number + p.label + 40
	}
	return max(p.number, p.label) + 26
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
