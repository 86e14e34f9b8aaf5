package page

import (
	"strings"
	"unicode"

	"unroll/explain"
	"unroll/notation"
)

// longMath is how many columns a formula within a sentence may take before it is broken.
const longMath = 36

// columns is how many columns of a terminal a text takes: combining marks take none.
func columns(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			n++
		}
	}
	return n
}

// atom is a word or a formula, which no line is broken in.
type atom struct {
	is    explain.Inline
	space bool // a space stands before it
	wide  int
}

// atoms takes a text apart.
func atoms(t explain.Text) []atom {
	var out []atom
	space := false
	for _, in := range t {
		if in.Math != nil {
			for _, m := range spans(in.Math, longMath, notation.Width) {
				out = append(out, atom{explain.Inline{Math: m}, space, notation.Width(m)})
				space = true
			}
			space = false
			continue
		}
		for i, word := range strings.FieldsFunc(in.Words, isSpace) {
			is := in
			is.Words = word
			before := space || i > 0 || isSpace(rune(in.Words[0]))
			out = append(out, atom{is, before, columns(word)})
			space = false
		}
		if in.Words != "" {
			space = isSpace(rune(in.Words[len(in.Words)-1])) || space && strings.TrimFunc(in.Words, isSpace) == ""
		}
	}
	return out
}

// isSpace tells where a line may be broken: not at a space that is there to keep words together.
func isSpace(r rune) bool { return strings.ContainsRune(" \t\r\n", r) }

// wrap breaks a text into lines of at most room columns, or of one word that is wider.
func wrap(t explain.Text, room int) []explain.Text {
	var lines []explain.Text
	var line explain.Text
	used := 0
	all := atoms(t)
	for i := 0; i < len(all); {
		// What no space stands between stays together.
		to, wide := i+1, all[i].wide
		for to < len(all) && !all[to].space {
			wide += all[to].wide
			to++
		}
		if i > 0 && used+1+wide > room {
			lines, line, used = append(lines, line), nil, 0
		}
		if len(line) > 0 {
			used++
		}
		for ; i < to; i++ {
			line = extend(line, all[i])
		}
		used += wide
	}
	if len(line) > 0 {
		lines = append(lines, line)
	}
	return lines
}

// extend puts an atom at the end of a line, beside words that are set alike.
func extend(line explain.Text, a atom) explain.Text {
	if len(line) == 0 {
		return append(line, a.is)
	}
	space := ""
	if a.space {
		space = " "
	}
	last := &line[len(line)-1]
	switch {
	case last.Math == nil && a.is.Math == nil && last.Code == a.is.Code && last.Strong == a.is.Strong:
		last.Words += space + a.is.Words
		return line
	case space == "":
		return append(line, a.is)
	case last.Math == nil && !last.Code:
		last.Words += space
		return append(line, a.is)
	case a.is.Math == nil && !a.is.Code:
		a.is.Words = space + a.is.Words
		return append(line, a.is)
	}
	return append(line, explain.Inline{Words: space}, a.is)
}

// spans breaks a formula that is wider than room columns at its relations, and then at its terms.
func spans(m notation.Math, room int, of measure) []notation.Math {
	if of(m) <= room {
		return []notation.Math{m}
	}
	var out []notation.Math
	for _, link := range relations(m) {
		for _, p := range terms(link, room, of) {
			out = append(out, p.math())
		}
	}
	return out
}

// relations takes a formula apart at its relations; each later piece begins with one.
func relations(m notation.Math) []piece {
	row, ok := m.(notation.Row)
	if !ok {
		return []piece{{x: m}}
	}
	var out []piece
	var now piece
	from := 0
	for i, one := range row {
		if s, ok := one.(notation.Sign); ok && s.Kind == notation.Relation && i > from {
			now.x = row[from:i]
			out = append(out, now)
			now, from = piece{sign: s}, i+1
		}
	}
	now.x = row[from:]
	return append(out, now)
}
