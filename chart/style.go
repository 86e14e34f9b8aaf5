package chart

import (
	"image/color"

	"gonum.org/v1/plot/vg"
)

// pen is how a line is drawn: on a page in a colour, and in a terminal by a character. The rune 0 stands for dots of braille.
type pen struct {
	colour color.Color
	width  vg.Length
	dashes []vg.Length
	glyph  rune
}

// tint is how a band is filled.
type tint struct {
	colour color.Color
	glyph  rune
}

// The colours are those of Okabe and Ito, which differ for colour-blind readers; in grey the dashes tell lines apart.
var (
	white = color.Gray{255}
	faint = color.Gray{232} // lines behind
	quiet = color.Gray{96}  // numbers along axes
	black = color.Gray{40}
	blue  = rgb(0x0072b2)
)

var pens = struct {
	ink, forecast, came, best, cut pen
	curves                         []pen
}{
	ink:      pen{colour: color.Gray{70}, width: 1},
	forecast: pen{colour: blue, width: 1.6},
	came:     pen{colour: black, width: 1, dashes: []vg.Length{2, 1.6}, glyph: '×'},
	best:     pen{colour: black, width: 1, glyph: '◆'},
	cut:      pen{colour: color.Gray{130}, width: .8, dashes: []vg.Length{4, 3}, glyph: '┊'},
	curves: []pen{
		{colour: blue, width: 1.3},
		{colour: rgb(0xd55e00), width: 1.3, dashes: []vg.Length{6, 2}, glyph: '×'},
		{colour: color.Gray{60}, width: 1.3, dashes: []vg.Length{2, 2}, glyph: '+'},
		{colour: rgb(0x009e73), width: 1.3, dashes: []vg.Length{8, 2, 2, 2}, glyph: 'o'},
		{colour: rgb(0xcc79a7), width: 1.3, dashes: []vg.Length{12, 3}, glyph: '*'},
		{colour: rgb(0xe69f00), width: 1.3, dashes: []vg.Length{4, 1}, glyph: '#'},
		{colour: rgb(0x56b4e9), width: 1.3, dashes: []vg.Length{1, 1}, glyph: '~'},
	},
}

// tints are those of bands, the widest first.
var tints = []tint{{rgb(0xdce9f4), '░'}, {rgb(0xafcde6), '▒'}, {rgb(0x84b2d8), '▓'}}

func rgb(v uint32) color.Color {
	return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
}
