package picture

import (
	_ "embed"
	"fmt"
	"strings"
)

// Heat is a matrix of numbers as colours: how much each step moves each later one. Small matrices
// show the numbers too.
type Heat struct {
	Title, Desc  string // what it shows, for those who can't see it; Desc is the longer
	Down, Across string // what the rows are, and what the columns are
	Rows, Cols   []Label
	Entries      [][]Entry // a row each, which may be shorter than others
	Scale        Scale
	Legend       string // what the colours say
}

// Entry is a number of a matrix. One without text is missing, and its place left blank.
type Entry struct {
	Value float64
	Text  string // the number as it's written
}

//go:embed heat.css
var heatStyle string

const (
	manyEntries = 12 // rows or columns from which on the numbers aren't written
	barLength   = 180.0
	barSteps    = 36
)

// SVG draws the matrix, its first row at the top. What is written of an entry is shown when it's
// pointed at, in a large matrix too.
func (h *Heat) SVG() string {
	p := h.plan()
	var b strings.Builder
	opening(&b, "heat", p.w, p.h, h.Title, h.Desc, heatStyle)
	h.drawAxes(&b, p)
	for i, row := range h.Entries[:min(len(h.Entries), len(h.Rows))] {
		for j, e := range row[:min(len(row), len(h.Cols))] {
			if e.Text != "" {
				p.draw(&b, i, j, e)
			}
		}
	}
	p.drawBar(&b, h.Legend)
	b.WriteString("</svg>\n")
	return b.String()
}

// drawAxes writes what the rows and columns are.
func (h *Heat) drawAxes(b *strings.Builder, p heatPlan) {
	axis := `<text class="%s" transform="translate(%s %s) rotate(%d)">%s</text>` + "\n"
	middle := p.x + p.cellW*float64(len(h.Cols))/2
	fmt.Fprintf(b, axis, axisClass(h.Across), num(middle), "18", 0, escape(h.Across))
	middle = p.y + p.cellH*float64(len(h.Rows))/2
	turn := -90
	if oneLetter(h.Down) {
		turn = 0
	}
	fmt.Fprintf(b, axis, axisClass(h.Down), "18", num(middle), turn, escape(h.Down))
	for i := 0; i < len(h.Cols); i += p.everyCol {
		fmt.Fprintf(b, `<text class="symbol" x="%s" y="%s">%s</text>`+"\n", num(p.x+p.cellW*(float64(i)+0.5)), num(p.y-8), h.Cols[i].spans(labelSize))
	}
	for i := 0; i < len(h.Rows); i += p.everyRow {
		fmt.Fprintf(b, `<text class="symbol row" x="%s" y="%s">%s</text>`+"\n", num(p.x-8), num(p.y+p.cellH*(float64(i)+0.5)+5), h.Rows[i].spans(labelSize))
	}
}

// axisClass sets a title that is a letter as such.
func axisClass(title string) string {
	if oneLetter(title) {
		return "axis symbol v"
	}
	return "axis"
}

const labelSize = 15.0

// heatPlan is where the parts of a matrix stand.
type heatPlan struct {
	x, y, w, h         float64 // the first entry's corner, and the size of the picture
	cellW, cellH       float64
	everyRow, everyCol int  // which of the labels there is room for
	written            bool // whether numbers stand in the entries
	shade              shade
}

func (h *Heat) plan() heatPlan {
	p := heatPlan{shade: h.shade(), cellW: 15, cellH: 15, written: len(h.Rows) <= manyEntries && len(h.Cols) <= manyEntries}
	row, col := 0.0, 0.0
	for _, l := range h.Rows {
		row = max(row, l.width(labelSize))
	}
	for _, l := range h.Cols {
		col = max(col, l.width(labelSize))
	}
	if p.written {
		p.cellW, p.cellH = max(44, col+8), 30
		for _, es := range h.Entries {
			for _, e := range es {
				p.cellW = max(p.cellW, textWidth(e.Text, valueSize)+12)
			}
		}
	}
	p.everyRow, p.everyCol = every(18/p.cellH), every((col+8)/p.cellW)
	p.x, p.y = 44+row, 54
	p.w = max(p.x+p.cellW*float64(len(h.Cols)), p.x+barLength+40, textWidth(h.Legend, wordSize)+p.x) + margin
	p.h = p.y + p.cellH*float64(len(h.Rows)) + 74
	return p
}

// every is the least of 1, 2, 5, 10 and so on that is at least x.
func every(x float64) int {
	n := 1
	for i := 0; float64(n) < x; i++ {
		n = n * []int{2, 5, 10}[i%3] / []int{1, 2, 5}[i%3]
	}
	return n
}

// draw draws an entry.
func (p heatPlan) draw(b *strings.Builder, i, j int, e Entry) {
	x, y, at := p.x+p.cellW*float64(j), p.y+p.cellH*float64(i), p.shade.of(e.Value)
	fmt.Fprintf(b, `<g class="entry"><title>%s</title><rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`,
		escape(e.Text), num(x), num(y), num(p.cellW), num(p.cellH), colour(at))
	if p.written {
		class := "dark"
		if at > 0.82 || at < -0.82 {
			class = "light"
		}
		fmt.Fprintf(b, `<text class="%s" x="%s" y="%s">%s</text>`, class, num(x+p.cellW/2), num(y+p.cellH/2+5), escape(e.Text))
	}
	b.WriteString("</g>\n")
}

// drawBar draws the legend: all colours, and which numbers some of them are.
func (p heatPlan) drawBar(b *strings.Builder, words string) {
	x, y, step := p.x, p.h-58, barLength/barSteps
	b.WriteString(`<g class="bar">`)
	for i := range barSteps {
		at := (float64(i)+0.5)/barSteps*2 - 1
		fmt.Fprintf(b, `<rect x="%s" y="%s" width="%s" height="12" fill="%s"/>`, num(x+step*float64(i)), num(y), num(step), colour(at))
	}
	for i, t := range p.shade.ticks() {
		fmt.Fprintf(b, `<text x="%s" y="%s">%s</text>`, num(x+barLength*float64(i)/2), num(y+28), t)
	}
	fmt.Fprintf(b, `<text class="words" x="%s" y="%s">%s</text></g>`+"\n", num(x), num(y+48), escape(words))
}
