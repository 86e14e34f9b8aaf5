package chart

import (
	"image/color"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// entry is a name of a legend, and the line, band or mark that it names.
type entry struct {
	name string
	pen  *pen
	tint *tint
	mark bool
}

// swatch is the width of what stands before a name.
const swatch = 20

// legendOf names what the panels show, each once.
func legendOf(panels []panel) []entry {
	var out []entry
	add := func(e entry) {
		e.name = clean(e.name, 48)
		if e.name != "" && !slices.ContainsFunc(out, e.same) {
			out = append(out, e)
		}
	}
	for _, p := range panels {
		for _, s := range p.strokes {
			add(entry{name: s.name, pen: &s.pen})
		}
	}
	for _, p := range panels {
		for _, b := range slices.Backward(p.bands) {
			add(entry{name: b.name, tint: &b.tint})
		}
		if p.best != nil {
			add(entry{name: p.best.name, pen: &p.best.pen, mark: true})
		}
	}
	return out
}

func (e entry) same(o entry) bool { return e.name == o.name && e.colour() == o.colour() }

func (e entry) colour() color.Color {
	if e.tint != nil {
		return e.tint.colour
	}
	return e.pen.colour
}

func (e entry) width() vg.Length { return swatch + 5 + words(plainText, black).Width(e.name) + 16 }

// draw draws the entry, the middle of its left end at the given point.
func (e entry) draw(c *draw.Canvas, at vg.Point) {
	right := at.X + swatch
	switch {
	case e.tint != nil:
		c.FillPolygon(e.colour(), []vg.Point{{X: at.X, Y: at.Y - 4.5}, {X: right, Y: at.Y - 4.5}, {X: right, Y: at.Y + 4.5}, {X: at.X, Y: at.Y + 4.5}})
	case e.mark:
		c.DrawGlyphNoClip(draw.GlyphStyle{Color: e.pen.colour, Radius: 4, Shape: draw.RingGlyph{}}, vg.Point{X: at.X + swatch/2, Y: at.Y})
	default:
		c.StrokeLine2(e.pen.style(), at.X, at.Y, right, at.Y)
	}
	c.FillText(words(plainText, black), vg.Point{X: right + 5, Y: at.Y - 3.5}, e.name)
}
