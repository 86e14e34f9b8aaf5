package chart

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// sketches draws panels in characters, one below another.
func sketches(panels []panel, note string, width, height int) string {
	width, height = min(max(width, 40), 200), min(max(height, 6), 100)
	var out []string
	for _, p := range panels {
		out = append(out, p.sketch(width, height))
	}
	if len(panels) == 0 {
		note = "nothing to draw"
	}
	if note != "" {
		out = append(out, note+"\n")
	}
	return strings.Join(out, "\n")
}

// sketch is a panel in so many lines, of at most so many columns: its title, the drawing, the axis, and a legend.
func (p panel) sketch(width, height int) string {
	var out []string
	title := p.name(" ↑")
	if p.x.title != "" {
		title += "   " + p.x.title + " →"
	}
	if title = strings.TrimSpace(clean(title, width)); title != "" {
		out = append(out, title)
	}
	legend := glyphs(p, width)
	rows := max(height-len(out)-2-len(legend), 3)
	ticks := p.y.ticks(float64(rows))
	left := 0
	for _, t := range ticks {
		left = max(left, utf8.RuneCountInString(t.label))
	}
	g := newGrid(p, max(width-left-2, 8), rows)
	labels := make([]string, rows)
	for _, t := range ticks {
		labels[g.row(t.at)] = t.label
	}
	for r, line := range g.lines() {
		bar := "│"
		if labels[r] != "" {
			bar = "┤"
		}
		out = append(out, strings.TrimRight(padLeft(labels[r], left)+" "+bar+line, " "))
	}
	axis, below := g.along(left + 2)
	out = append(out, strings.Repeat(" ", left+1)+"└"+axis, below)
	return strings.Join(append(out, legend...), "\n") + "\n"
}

func padLeft(s string, width int) string {
	return strings.Repeat(" ", max(width-utf8.RuneCountInString(s), 0)) + s
}

// glyphs is the legend of a sketch: which character is what.
func glyphs(p panel, width int) []string {
	var dotted, parts []string
	for _, s := range p.strokes {
		switch name := clean(s.name, 30); {
		case name == "":
		case s.pen.glyph == 0:
			dotted = append(dotted, name)
		default:
			parts = append(parts, string(s.pen.glyph)+" "+name)
		}
	}
	if len(dotted) > 0 {
		parts = slices.Insert(parts, 0, "⠒ "+strings.Join(dotted, ", "))
	}
	for _, b := range slices.Backward(p.bands) {
		parts = append(parts, string(b.tint.glyph)+" "+b.name)
	}
	if p.best != nil {
		parts = append(parts, string(p.best.pen.glyph)+" "+p.best.name)
	}
	return wrapped(parts, width)
}

// wrapped puts parts into lines.
func wrapped(parts []string, width int) []string {
	var out []string
	for _, s := range parts {
		s = clean(s, width)
		last := len(out) - 1
		if last >= 0 && utf8.RuneCountInString(out[last]+"   "+s) <= width {
			out[last] += "   " + s
		} else {
			out = append(out, s)
		}
	}
	return out
}

// grid is a drawing in characters, each of which may have 2 by 4 dots of braille.
type grid struct {
	panel      panel
	cols, rows int
	cells      [][]rune // by row, from the top
	dots       [][]rune // the bits of braille of each cell
}

func newGrid(p panel, cols, rows int) *grid {
	g := &grid{panel: p, cols: cols, rows: rows}
	for range rows {
		g.cells = append(g.cells, []rune(strings.Repeat(" ", cols)))
		g.dots = append(g.dots, make([]rune, cols))
	}
	for _, b := range p.bands {
		g.shade(b)
	}
	if !math.IsNaN(p.cut) {
		for r := range g.cells {
			g.cells[r][g.col(p.cut)] = pens.cut.glyph
		}
	}
	for _, s := range p.strokes {
		for _, run := range runs(s.at) {
			g.stroke(s.pen, run)
		}
	}
	if p.best != nil {
		g.set(p.best.pen.glyph, p.best.at)
	}
	return g
}

// at is which of n equal parts of an axis a share of it is in.
func at(share float64, n int) int { return min(max(int(share*float64(n)), 0), n-1) }

func (g *grid) col(x float64) int { return at(g.panel.x.share(x), g.cols) }
func (g *grid) row(y float64) int { return g.rows - 1 - at(g.panel.y.share(y), g.rows) }

// set puts a character above all that is there.
func (g *grid) set(glyph rune, p point) {
	r, c := g.row(p.y), g.col(p.x)
	g.cells[r][c], g.dots[r][c] = glyph, 0
}

// shade fills the cells that a band covers, column by column.
func (g *grid) shade(b band) {
	for _, edge := range b.edges() {
		n := len(edge) / 2 // the upper line, then the lower one backward
		below := lower(edge)
		for c := range g.cols {
			x := g.panel.x.lo + (float64(c)+.5)/float64(g.cols)*(g.panel.x.hi-g.panel.x.lo)
			half := (g.panel.x.hi - g.panel.x.lo) / float64(g.cols) / 2
			if x < edge[0].x-half || x > edge[n-1].x+half {
				continue
			}
			for r, last := g.row(between(edge[:n], x)), g.row(between(below, x)); r <= last; r++ {
				g.cells[r][c] = b.tint.glyph
			}
		}
	}
}

// lower is the lower line of an outline, from left to right.
func lower(edge []point) []point {
	out := slices.Clone(edge[len(edge)/2:])
	slices.Reverse(out)
	return out
}

// between is the height at x of the line through points that are ordered by x; beyond its ends it is level.
func between(line []point, x float64) float64 {
	for i := 1; i < len(line); i++ {
		if a, b := line[i-1], line[i]; x <= b.x {
			share := max((x-a.x)/(b.x-a.x), 0)
			return a.y*(1-share) + b.y*share
		}
	}
	return line[len(line)-1].y
}

// stroke draws a line without gaps, in dots, or by a character in each of its cells.
func (g *grid) stroke(pen pen, run []point) {
	wide, high := 2*g.cols, 4*g.rows
	for i, p := range run {
		q := run[max(i-1, 0)]
		x0, y0 := g.panel.x.share(q.x)*float64(wide), g.panel.y.share(q.y)*float64(high)
		x1, y1 := g.panel.x.share(p.x)*float64(wide), g.panel.y.share(p.y)*float64(high)
		n := math.Ceil(max(math.Abs(x1-x0), math.Abs(y1-y0), 1))
		for k := 0.; k <= n; k++ {
			g.dot(pen, x0+(x1-x0)*k/n, y0+(y1-y0)*k/n)
		}
	}
}

// dot draws one dot, of 2 in a column from the left and 4 in a row from below.
func (g *grid) dot(pen pen, x, y float64) {
	c, up := min(max(int(x), 0), 2*g.cols-1), min(max(int(y), 0), 4*g.rows-1)
	r := g.rows - 1 - up/4
	if pen.glyph != 0 {
		g.cells[r][c/2] = pen.glyph
		return
	}
	g.dots[r][c/2] |= braille[3-up%4][c%2]
}

// braille has the bits of the dots of a character, by row from the top and column.
var braille = [4][2]rune{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}

func (g *grid) lines() []string {
	out := make([]string, g.rows)
	for r, row := range g.cells {
		for c, bits := range g.dots[r] {
			if bits != 0 {
				row[c] = 0x2800 + bits
			}
		}
		out[r] = string(row)
	}
	return out
}

// along is the axis below the drawing, and what is written under it, which starts so many columns further left.
func (g *grid) along(left int) (axis, below string) {
	line, text := []rune(strings.Repeat("─", g.cols)), []rune(strings.Repeat(" ", left+g.cols))
	for _, t := range g.panel.x.ticks(float64(g.cols)) {
		c, label := g.col(t.at), []rune(t.label)
		line[c] = '┬'
		start := min(max(left+c-len(label)/2, 0), max(len(text)-len(label), 0))
		copy(text[start:], label)
	}
	return string(line), strings.TrimRight(string(text), " ")
}
