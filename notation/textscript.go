package notation

import (
	"slices"
	"strings"
	"unicode"
)

// scripts takes a script apart: what it all stands beside, what stands below, each behind the one
// before, and what stands above.
func scripts(s Script) (base Math, subs []Math, sup Math) {
	base, sup = sole(s.Base), sole(s.Sup)
	if sub := sole(s.Sub); sub != nil {
		subs = []Math{sub}
	}
	if inner, ok := base.(Script); ok && inner.Sup == nil {
		deeper, more, _ := scripts(inner)
		return deeper, append(more, subs...), sup
	}
	return base, subs, sup
}

func (p textPrinter) script(s Script) string {
	base, subs, sup := scripts(s)
	out := p.at(base, isBase(base))
	for _, sub := range subs {
		out += textSub(sub)
	}
	return out + textSup(sup)
}

// textSub is what stands below: the rest of a name right behind it, an index behind an underscore.
func textSub(m Math) string {
	if i, ok := m.(Ident); ok && i.Style == Tail {
		return textIdent(i)
	}
	s := script.print(m)
	if isBareSub(m) {
		return "_" + s
	}
	return "_{" + s + "}"
}

// isBareSub tells an index that needs no braces: a whole number, a letter, a word. Digits that are
// the end of a name, x_1, have braces, which tells them from an index.
func isBareSub(m Math) bool {
	switch m := m.(type) {
	case Number:
		return strings.Trim(m.Text, "0123456789") == ""
	case Ident:
		return strings.Trim(m.Name, "0123456789") != ""
	case Accent:
		_, ok := m.Base.(Ident)
		return ok
	case Script:
		i, ok := m.Sub.(Ident)
		return ok && i.Style == Tail && m.Sup == nil && isBareSub(m.Base)
	case Word:
		return strings.IndexFunc(m.Text, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
	case Hole:
		return true
	}
	return false
}

// raised are the digits above.
const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹"

// raise is a whole number above; "" if it is anything else.
func raise(m Math) string {
	if row, ok := m.(Row); ok && len(row) == 2 && row[0] == (Sign{"−", Prefix}) {
		if digits := raise(row[1]); digits != "" {
			return "⁻" + digits
		}
		return ""
	}
	n, ok := m.(Number)
	if !ok || strings.Trim(n.Text, "0123456789") != "" {
		return ""
	}
	return strings.Map(func(r rune) rune { return []rune(raised)[r-'0'] }, n.Text)
}

func textSup(m Math) string {
	if digits := raise(m); digits != "" {
		return digits
	}
	switch m := m.(type) {
	case nil:
		return ""
	case Sign:
		if m.Text == "′" {
			return m.Text
		}
	case Ident:
		switch m.Name {
		case "n":
			return "ⁿ"
		case "⊤":
			return "ᵀ"
		}
	}
	return "^{" + script.print(m) + "}"
}

func (p textPrinter) frac(f Frac) string {
	nested := slices.ContainsFunc(pieces(f.Above), isFrac)
	return p.at(f.Above, levelOf(f.Above) >= multiplied && !nested) + "/" + p.at(f.Below, levelOf(f.Below) >= applied)
}

func isFrac(m Math) bool {
	_, ok := m.(Frac)
	return ok
}

// isRooted tells what needs no brackets behind a root.
func isRooted(m Math) bool {
	m = sole(m)
	return isBase(m) && !isRowOf(m)
}

// textMatrix is a list as the language has it: a column is a list of numbers, a matrix one of rows.
func textMatrix(m Matrix) string {
	column := true
	for _, row := range m.Rows {
		column = column && len(row) == 1
	}
	rows := make([]string, len(m.Rows))
	for i, row := range m.Rows {
		cells := make([]string, len(row))
		for j, x := range row {
			cells[j] = textPrinter{}.at(x, levelOf(x) > loosest)
		}
		rows[i] = strings.Join(cells, ", ")
		if !column {
			rows[i] = "[" + rows[i] + "]"
		}
	}
	return "[" + strings.Join(rows, ", ") + "]"
}

// textCases is a choice as the language has it: where(c, a, b).
func textCases(lines []Case) string {
	switch len(lines) {
	case 0:
		return ""
	case 1:
		return Text(lines[0].X)
	}
	return "where(" + Text(lines[0].If) + ", " + Text(lines[0].X) + ", " + textCases(lines[1:]) + ")"
}

// summand is what a big sign stands before, in brackets if it would end the sum.
func summand(m Math) Math { return place{least: entrywise, inside: true, last: true}.set(m) }

func (p textPrinter) big(b Big) string {
	out := b.Sign
	if below := sole(b.Below); below != nil {
		out += textSub(below)
	}
	if above := sole(b.Above); above != nil {
		out += "^{" + script.print(above) + "}"
	}
	if x := sole(b.X); x != nil {
		out += " " + p.print(summand(x))
	}
	return out
}
