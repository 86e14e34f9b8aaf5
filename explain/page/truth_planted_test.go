package page_test

import (
	"testing"

	"unroll/explain"
	"unroll/notation"
)

// planter changes one thing in a document before it is printed: the nth number of its chains and
// tables, or the nth sign before a link.
type planter struct {
	nth     int
	signs   bool // or numbers
	planted bool
}

// here tells whether it is this one.
func (p *planter) here() bool {
	p.nth--
	p.planted = p.planted || p.nth == -1
	return p.nth == -1
}

func (p *planter) parts(all []explain.Part) []explain.Part {
	out := make([]explain.Part, len(all))
	for i, part := range all {
		switch part := part.(type) {
		case explain.Section:
			part.Parts = p.parts(part.Parts)
			out[i] = part
		case explain.Box:
			part.Parts = p.parts(part.Parts)
			out[i] = part
		case explain.Chains:
			var lines []explain.Chain
			for _, c := range part.Lines {
				lines = append(lines, p.chain(c))
			}
			out[i] = explain.Chains{Lines: lines}
		case explain.Table:
			var rows [][]explain.Cell
			for _, r := range part.Rows {
				rows = append(rows, p.row(r))
			}
			part.Rows = rows
			out[i] = part
		default:
			out[i] = part
		}
	}
	return out
}

func (p *planter) chain(c explain.Chain) explain.Chain {
	var links []explain.Link
	for _, l := range c.Links {
		if p.signs && p.here() {
			l.Sign = map[string]string{"=": "≈", "≈": "=", "←": "="}[l.Sign]
		}
		l.X = p.math(l.X)
		links = append(links, l)
	}
	c.Links = links
	return c
}

func (p *planter) row(r []explain.Cell) []explain.Cell {
	var out []explain.Cell
	for _, c := range r {
		var t explain.Text
		for _, in := range c.Text {
			in.Math = p.math(in.Math)
			t = append(t, in)
		}
		out = append(out, explain.Cell{Text: t, Mark: c.Mark})
	}
	return out
}

// math is a formula with its number changed, if that is the one.
func (p *planter) math(m notation.Math) notation.Math {
	switch m := m.(type) {
	case notation.Number:
		if !p.signs && p.here() {
			return notation.Number{Text: map[bool]string{true: "1", false: "2"}[m.Text != "1"] + m.Text[1:]}
		}
		return m
	case notation.Row:
		out := make(notation.Row, len(m))
		for i, x := range m {
			out[i] = p.math(x)
		}
		return out
	case notation.Script:
		return notation.Script{Base: p.math(m.Base), Sub: p.math(m.Sub), Sup: p.math(m.Sup)}
	case notation.Frac:
		return notation.Frac{Above: p.math(m.Above), Below: p.math(m.Below)}
	case notation.Fenced:
		return notation.Fenced{Open: m.Open, Close: m.Close, X: p.math(m.X)}
	case notation.Big:
		return notation.Big{Sign: m.Sign, Below: p.math(m.Below), Above: p.math(m.Above), X: p.math(m.X)}
	case notation.Matrix:
		rows := make([][]notation.Math, len(m.Rows))
		for i, r := range m.Rows {
			for _, x := range r {
				rows[i] = append(rows[i], p.math(x))
			}
		}
		return notation.Matrix{Rows: rows}
	}
	return m
}

// TestPlanted plants mistakes in a document before it is printed, so that all pages agree in them.
func TestPlanted(t *testing.T) {
	f := falsify(t, "weights apart", "txt")
	d := documentOf(t, f.world)
	for _, signs := range []bool{false, true} {
		var y liar
		for nth := 3; ; nth += 11 {
			p := planter{nth: nth, signs: signs}
			planted := *d
			planted.Parts = p.parts(d.Parts)
			if !p.planted {
				break
			}
			text := printed(t, "txt", &planted)
			asked, found := f.exposed(text)
			if !asked {
				continue
			}
			y.told++
			if !found {
				y.through = append(y.through, firstDifference(f.text, text))
			}
		}
		y.judge(t, 15)
	}
}

// firstDifference is where two texts part.
func firstDifference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return around(b, i)
}
