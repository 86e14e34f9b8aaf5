package chart

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Lengths of a page, in points: 3 of them are 4 pixels.
const (
	pageWidth    = 600
	margin       = 9
	legendHeight = 22
	noteHeight   = 20
	titleHeight  = 19
	labelHeight  = 18 // of the numbers below an axis
	smallText    = 9
	plainText    = 10
)

// page is panels in a grid below a legend.
type page struct {
	panels []panel
	legend []entry
	note   string
	cols   int
	each   vg.Length // height of a panel
	head   vg.Length // height of the legend
}

func newPage(panels []panel, note string) page {
	p := page{panels: panels, note: note, legend: legendOf(panels), cols: 1, each: 255}
	switch n := len(panels); {
	case n > 8:
		p.cols, p.each = 3, 125
	case n > 2:
		p.cols, p.each = 2, 150
	case n == 2:
		p.each = 175
	case n == 0:
		p.each, p.note = 0, "nothing to draw"
	}
	p.head = p.place(func(entry, vg.Point) {})
	return p
}

func (p page) rows() int { return (len(p.panels) + p.cols - 1) / p.cols }

func (p page) height() vg.Length {
	out := 2*margin + p.head + vg.Length(p.rows())*p.each
	if p.note != "" {
		out += noteHeight
	}
	return out
}

// Check tells whether Picture knows the form that a file's name ends in.
func Check(name string) error {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".svg", ".png":
		return nil
	}
	return fmt.Errorf("%s: a picture is written as SVG or PNG; give it a name that ends in .svg or .png", name)
}

// encode draws the page in the form that a file's name says.
func (p page) encode(name string) ([]byte, error) {
	if err := Check(name); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	size := []vg.Length{pageWidth, p.height()}
	if strings.EqualFold(filepath.Ext(name), ".svg") {
		c := vgsvg.New(size[0], size[1])
		p.draw(draw.New(c))
		if _, err := c.WriteTo(&out); err != nil {
			return nil, err
		}
		return withFonts(out.Bytes()), nil
	}
	c := vgimg.NewWith(vgimg.UseWH(size[0], size[1]), vgimg.UseDPI(192))
	p.draw(draw.New(c))
	_, err := io.WriterTo(vgimg.PngCanvas{Canvas: c}).WriteTo(&out)
	return out.Bytes(), err
}

// withFonts names fonts of the same measures for machines without Liberation.
func withFonts(svg []byte) []byte {
	const family = `style="font-family:Liberation Sans` // in a text of the picture the quote would be escaped
	return bytes.ReplaceAll(svg, []byte(family), []byte(family+",Arial,Helvetica,sans-serif"))
}

func (p page) draw(c draw.Canvas) {
	c.FillPolygon(white, []vg.Point{c.Min, {X: c.Max.X, Y: c.Min.Y}, c.Max, {X: c.Min.X, Y: c.Max.Y}})
	p.place(func(e entry, at vg.Point) { e.draw(&c, at) })
	inside := draw.Crop(c, margin, -margin, margin, -margin-p.head)
	if p.note != "" {
		c.FillText(words(plainText, quiet), vg.Point{X: inside.Min.X, Y: inside.Min.Y + 3}, p.note)
		inside.Min.Y += noteHeight
	}
	left := p.leftRoom()
	wide := (inside.Max.X - inside.Min.X) / vg.Length(p.cols)
	for i, q := range p.panels {
		x, y := inside.Min.X+vg.Length(i%p.cols)*wide, inside.Max.Y-vg.Length(i/p.cols)*p.each
		q.draw(draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{
			Min: vg.Point{X: x, Y: y - p.each}, Max: vg.Point{X: x + wide, Y: y},
		}}, left)
	}
}

// leftRoom is the width of the widest number beside an axis, and of the gap to it: the same in all panels.
func (p page) leftRoom() vg.Length {
	out := vg.Length(0)
	for _, q := range p.panels {
		for _, t := range q.y.ticks(lines(p.each)) {
			out = max(out, words(smallText, quiet).Width(t.label))
		}
	}
	return out + 6
}

// place gives each entry of the legend its position, in lines from the top left, and returns the height of all.
func (p page) place(put func(entry, vg.Point)) vg.Length {
	if len(p.legend) == 0 {
		return 0
	}
	x, down := vg.Length(margin), vg.Length(0)
	for _, e := range p.legend {
		if x > margin && x+e.width() > pageWidth-margin {
			x, down = margin, down+legendHeight-6
		}
		put(e, vg.Point{X: x, Y: p.height() - margin - down - legendHeight/2})
		x += e.width()
	}
	return down + legendHeight
}
