package page

import (
	"strings"

	"unroll/explain"
	"unroll/notation"
)

// setter writes formulas in TeX, and words within them.
type setter struct {
	math func(notation.Math) string
	text func(explain.Inline) string
}

// aligned are the rows of a TeX environment in which formulas are aligned at their relations,
// broken so that none is wider than about room columns of text.
func aligned(c explain.Chains, room int, s setter) []string {
	at := tag(c.Lines, set)
	var rows []string
	for _, one := range c.Lines {
		left := ""
		if one.Left != nil {
			left = s.math(one.Left)
			if set(one.Left) > widestTag {
				for _, m := range spans(one.Left, room-at, set) { // it would push all others to the right
					rows = append(rows, "& "+s.math(m))
				}
				left = ""
			}
		}
		lines := cut(one.Links, room-at-1, set)
		if len(lines) == 0 && left != "" {
			rows = append(rows, left+" &")
		}
		for i, line := range lines {
			if i > 0 {
				left = ""
			}
			rows = append(rows, strings.TrimSpace(left+" &"+s.line(line)))
		}
		rows = s.beside(rows, lines, one.Say, room-at-1)
	}
	return rows
}

// line is a line of a chain behind the mark at which lines are aligned.
func (s setter) line(line []piece) string {
	out := ""
	if line[0].on {
		out = ` \quad`
	}
	for _, p := range line {
		if p.sign.Text != "" {
			out += " " + strings.TrimSpace(s.math(p.sign))
		}
		out += " " + s.math(p.x)
	}
	return out
}

// beside puts what is said of a formula behind its last line if that has room, and otherwise below.
func (s setter) beside(rows []string, lines [][]piece, t explain.Text, room int) []string {
	if len(t) == 0 {
		return rows
	}
	all := wrap(t, room)
	if n := len(lines); n > 0 && len(all) == 1 {
		used := 4 + columns(words(t))
		for _, p := range lines[n-1] {
			used += 1 + p.columns(set)
		}
		if used <= room {
			rows[len(rows)-1] += ` \qquad ` + s.said(t)
			return rows
		}
	}
	for _, line := range all {
		rows = append(rows, `&\quad `+s.said(line))
	}
	return rows
}

// said is a text within a formula.
func (s setter) said(t explain.Text) string {
	var b strings.Builder
	for _, in := range t {
		if in.Math != nil {
			b.WriteString(s.math(in.Math))
		} else {
			b.WriteString(s.text(in))
		}
	}
	return b.String()
}
