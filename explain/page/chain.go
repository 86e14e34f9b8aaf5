package page

import (
	"unroll/explain"
	"unroll/notation"
)

const (
	shortLink = 12 // columns of a link that may stand behind another in a chain that is broken
	widestTag = 24 // columns of a left side that others are aligned with
)

// piece is what stands together on a line of a chain: a link, or some terms of one.
type piece struct {
	sign notation.Sign // the relation that it begins with, if any
	x    notation.Math
	on   bool // it goes on with the link before
}

// columns is how wide a piece is.
func (p piece) columns(of measure) int {
	if p.sign.Text == "" {
		return of(p.x)
	}
	return columns(p.sign.Text) + 1 + of(p.x)
}

// math is a piece as one formula.
func (p piece) math() notation.Math {
	if p.sign.Text == "" {
		return p.x
	}
	return notation.Row{p.sign, p.x}
}

// cut breaks the links of a chain into lines of at most room columns: it stays on one line if it
// can; otherwise each link begins a line, except for short ones, which are often the same number
// written in another way; and a link that is too long itself is broken at its terms.
func cut(links []explain.Link, room int, of measure) [][]piece {
	var whole []piece
	wide := -1
	for _, l := range links {
		whole = append(whole, linked(l))
		wide += 1 + whole[len(whole)-1].columns(of)
	}
	if len(whole) == 0 {
		return nil
	}
	if wide <= room {
		return [][]piece{whole}
	}
	var lines [][]piece
	used := room // of the last line
	for _, p := range whole {
		n := p.columns(of)
		if n <= shortLink && used+1+n <= room {
			lines[len(lines)-1] = append(lines[len(lines)-1], p)
			used += 1 + n
			continue
		}
		parts := terms(p, room, of)
		for _, part := range parts {
			lines = append(lines, []piece{part})
		}
		if used = n; len(parts) > 1 {
			used = room // nothing stands behind some of its terms
		}
	}
	return lines
}

func linked(l explain.Link) piece {
	return piece{sign: notation.Sign{Text: l.Sign, Kind: notation.Relation}, x: l.X}
}

// terms breaks a piece where a formula may be broken, into as few as fit into room columns.
func terms(p piece, room int, of measure) []piece {
	if p.columns(of) <= room {
		return []piece{p}
	}
	var out []piece
	for i, m := range notation.Terms(p.x) {
		switch next := (piece{x: m, on: true}); {
		case i == 0:
			p.x = m
			out = append(out, p)
		case out[len(out)-1].columns(of)+1+next.columns(of) <= room-2:
			last := &out[len(out)-1]
			last.x = joined(last.x, m)
		default:
			out = append(out, next)
		}
	}
	return out
}

// joined puts a term behind others.
func joined(a, b notation.Math) notation.Math {
	out := append(notation.Row{}, row(a)...)
	last, ok := b.(notation.Fenced)
	inner := row(last.X)
	if !ok || last.Open != "" || len(inner) < 2 {
		return append(out, row(b)...)
	}
	// The last term within brackets: its sign stands between it and what is before, as the others' do.
	return append(out, inner[0], notation.Fenced{Close: last.Close, X: inner[1:]})
}

// row is the pieces of a formula.
func row(m notation.Math) notation.Row {
	if r, ok := m.(notation.Row); ok {
		return r
	}
	return notation.Row{m}
}

// tag is how many columns the left sides of chains take: very wide ones stand out of line.
func tag(lines []explain.Chain, of measure) int {
	wide := 0
	for _, c := range lines {
		if c.Left != nil {
			if n := of(c.Left); n <= widestTag {
				wide = max(wide, n)
			}
		}
	}
	return wide
}
