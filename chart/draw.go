package chart

import (
	"image/color"
	"math"
	"slices"
	"sync"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

var fonts = sync.OnceValue(func() text.Handler { return text.Plain{Fonts: font.NewCache(liberation.Collection())} })

// words is the style of text of a size, its left end at the point that it is drawn at.
func words(size vg.Length, c color.Color) text.Style {
	return text.Style{Color: c, Font: font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}, Handler: fonts()}
}

// lines is the number of lines of text beside an axis in a panel of a height.
func lines(height vg.Length) float64 {
	return float64(height-titleHeight-labelHeight) / (1.1 * smallText)
}

// draw draws a panel into all of c, with so much room for the numbers on the left.
func (p panel) draw(c draw.Canvas, left vg.Length) {
	below := vg.Length(labelHeight)
	if p.x.title != "" {
		below += 12
	}
	in := draw.Crop(c, left, -12, below, -titleHeight)
	p.heading(c, in)
	p.down(in, lines(c.Max.Y-c.Min.Y))
	for _, b := range p.bands {
		for _, edge := range b.edges() {
			in.FillPolygon(b.tint.colour, p.points(in, edge))
		}
	}
	p.along(in)
	if !math.IsNaN(p.cut) {
		x := in.X(p.x.share(p.cut))
		in.StrokeLine2(pens.cut.style(), x, in.Min.Y, x, in.Max.Y)
	}
	for _, s := range p.strokes {
		for _, run := range runs(s.at) {
			p.stroke(in, s.pen, sparse(p.points(in, run)))
		}
	}
	if p.best != nil {
		ring := draw.GlyphStyle{Color: p.best.pen.colour, Radius: 4, Shape: draw.RingGlyph{}}
		in.DrawGlyphNoClip(ring, p.points(in, []point{p.best.at})[0])
	}
}

// heading writes above the panel what it is, as much as there is room for.
func (p panel) heading(c, in draw.Canvas) {
	style := words(plainText, black)
	at := vg.Point{X: in.Min.X, Y: c.Max.Y - titleHeight + 6}
	title := p.name("")
	for n := 120; n > 1; n-- {
		if title = clean(title, n); style.Width(title) <= c.Max.X-at.X {
			break
		}
	}
	c.FillText(style, at, title)
}

// down draws the numbers beside the panel, and a faint line through it for each.
func (p panel) down(in draw.Canvas, room float64) {
	style := words(smallText, quiet)
	style.XAlign, style.YAlign = text.XRight, text.YCenter
	for _, t := range p.y.ticks(room) {
		y := in.Y(p.y.share(t.at))
		in.StrokeLine2(draw.LineStyle{Color: faint, Width: .7}, in.Min.X, y, in.Max.X, y)
		in.FillText(style, vg.Point{X: in.Min.X - 5, Y: y + 1}, t.label)
	}
}

// along draws the axis below the panel, and what is written there.
func (p panel) along(in draw.Canvas) {
	line := draw.LineStyle{Color: pens.cut.colour, Width: .8}
	in.StrokeLine2(line, in.Min.X, in.Min.Y, in.Max.X, in.Min.Y)
	style := words(smallText, quiet)
	style.XAlign, style.YAlign = text.XCenter, text.YTop
	for _, t := range p.x.ticks(float64(in.Max.X-in.Min.X) / (.53 * smallText)) {
		x := in.X(p.x.share(t.at))
		in.StrokeLine2(line, x, in.Min.Y, x, in.Min.Y-3)
		half := style.Width(t.label) / 2 // what is written stays within the panel
		x = max(min(x, in.Max.X+12-half), in.Min.X-12+half)
		in.FillText(style, vg.Point{X: x, Y: in.Min.Y - 5}, t.label)
	}
	if p.x.title != "" {
		in.FillText(style, vg.Point{X: (in.Min.X + in.Max.X) / 2, Y: in.Min.Y - 17}, clean(p.x.title, 80))
	}
}

func (p panel) points(in draw.Canvas, at []point) []vg.Point {
	out := make([]vg.Point, len(at))
	for i, q := range at {
		out[i] = vg.Point{X: in.X(p.x.share(q.x)), Y: in.Y(p.y.share(q.y))}
	}
	return out
}

// hair is a width within which points of a line can't be told apart: a pixel.
const hair = .75

// sparse leaves out of a line what nobody could see: of the points that follow each other within a hair, all but the first,
// the lowest, the highest and the last. A line of a hundred thousand points is drawn by some thousand.
func sparse(at []vg.Point) []vg.Point {
	var out []vg.Point
	for i := 0; i < len(at); {
		j, low, high := i, i, i
		for ; j < len(at) && math.Abs(float64(at[j].X-at[i].X)) < hair; j++ {
			if at[j].Y < at[low].Y {
				low = j
			}
			if at[j].Y > at[high].Y {
				high = j
			}
		}
		kept := []int{i, low, high, j - 1}
		slices.Sort(kept)
		for _, k := range slices.Compact(kept) {
			out = append(out, at[k])
		}
		i = j
	}
	return out
}

// stroke draws a line without gaps; a single point is a dot.
func (p panel) stroke(in draw.Canvas, pen pen, at []vg.Point) {
	if len(at) == 1 {
		in.DrawGlyphNoClip(draw.GlyphStyle{Color: pen.colour, Radius: 1 + pen.width/2, Shape: draw.CircleGlyph{}}, at[0])
		return
	}
	// A long line goes in pieces: the rasterizer's time grows with the square of how often a path crosses a row of pixels.
	const piece = 200
	for ; len(at) > piece; at = at[piece-1:] {
		in.StrokeLines(pen.style(), at[:piece])
	}
	in.StrokeLines(pen.style(), at)
}

func (p pen) style() draw.LineStyle {
	return draw.LineStyle{Color: p.colour, Width: p.width, Dashes: p.dashes}
}
