package notation

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text is a formula on one line of Unicode. What it writes of numbers, names, signs and functions
// can be read by the cell language.
func Text(m Math) string { return textPrinter{}.print(m) }

// Width is how many columns Text takes; an accent that is a character of its own takes none.
func Width(m Math) int {
	n := 0
	for _, r := range Text(m) {
		if !unicode.Is(unicode.Mn, r) {
			n++
		}
	}
	return n
}

// textPrinter prints; tight is within a script, where signs have no space around them.
type textPrinter struct{ tight bool }

var script = textPrinter{tight: true}

func (p textPrinter) print(m Math) string {
	switch m := sole(m).(type) {
	case Row:
		return p.row(pieces(m))
	case Ident:
		return textIdent(m)
	case Number:
		return m.Text
	case Word:
		return m.Text
	case Sign:
		return p.row([]Math{m})
	case Script:
		return p.script(m)
	case Accent:
		return textAccent(p.print(m.Base), m.Mark)
	case Frac:
		return p.frac(m)
	case Root:
		return "√" + p.at(m.X, isRooted(m.X))
	case Fenced:
		return m.Open + textPrinter{}.print(m.X) + m.Close
	case Matrix:
		return textMatrix(m)
	case Cases:
		return textCases(m.Lines)
	case Big:
		return p.big(m)
	case Hole:
		return "#" + strconv.Itoa(int(m))
	}
	return ""
}

// at is m, between brackets unless it is bare.
func (p textPrinter) at(m Math, bare bool) string {
	if bare {
		return p.print(m)
	}
	return "(" + textPrinter{}.print(m) + ")"
}

// textIdent is a name; digits at its end stand below, and so are told from an index.
func textIdent(i Ident) string {
	if i.Style != Tail {
		return i.Name
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '₀'
		}
		return r
	}, i.Name)
}

func textAccent(base string, m Mark) string {
	if utf8.RuneCountInString(base) != 1 {
		return "(" + base + ")" + marks[m].combining
	}
	return accented(base, m)
}

// row prints pieces beside each other.
func (p textPrinter) row(row []Math) string {
	var b strings.Builder
	for i, x := range row {
		s, sign := x.(Sign)
		switch {
		case sign:
			p.sign(&b, row, i, s)
		case i > 0 && isSpaced(row[i-1], x):
			b.WriteByte(' ')
			fallthrough
		default:
			b.WriteString(p.at(x, !hides(row, i)))
		}
	}
	return b.String()
}

// isSpaced tells whether a space divides two pieces: a word from anything, log from its argument.
func isSpaced(before, x Math) bool {
	_, word := x.(Word)
	_, behind := before.(Word)
	return word && isOperand(before) || behind || applies(before, x) && !isRound(nucleus(x))
}

// hides tells whether a fraction would be read as another one without brackets: a·(b/c).
func hides(row []Math, i int) bool {
	f, ok := row[i].(Frac)
	if !ok || i == 0 {
		return false
	}
	s, sign := row[i-1].(Sign)
	switch {
	case !sign:
		return isOperand(row[i-1])
	case s.Text == "mod" || isTight(s):
		return true
	}
	return signLevel(s) == multiplied && s.Kind == Binary && !isAtomic(f)
}

// isAtomic tells a fraction that nobody takes apart: one of whole numbers, or a derivative.
func isAtomic(f Frac) bool {
	_, above := sole(f.Above).(Number)
	_, below := sole(f.Below).(Number)
	if above && below {
		return true
	}
	row := pieces(f.Above)
	if len(row) == 0 {
		return false
	}
	s, ok := row[0].(Sign)
	return ok && isTight(s)
}

// sign prints the i-th piece of a row, a sign, with the space around it.
func (p textPrinter) sign(b *strings.Builder, row []Math, i int, s Sign) {
	space := p.space(row, s)
	if space && i > 0 && s.Kind != Comma {
		b.WriteByte(' ')
	}
	b.WriteString(strings.ReplaceAll(s.Text, times, "·"))
	if space && i < len(row)-1 {
		b.WriteByte(' ')
	}
}

// space tells whether there is space around a sign. In a script there is some only around mod, and
// around the colon of a window.
func (p textPrinter) space(row []Math, s Sign) bool {
	switch {
	case s.Text == "mod":
		return true
	case s.Text == ":":
		return slices.ContainsFunc(row, isTerm)
	case s.Kind == Prefix || s.Kind == Dots || p.tight:
		return false
	}
	return signLevel(s) != multiplied || s.Text == "×"
}

// isTerm tells a sign between terms.
func isTerm(m Math) bool {
	s, ok := m.(Sign)
	return ok && s.Kind == Binary && isPlusMinus(s)
}
