package notation

import (
	"strconv"
	"strings"
)

// MathML is a formula as the inside of a <math> element, in the elements of MathML Core.
func MathML(m Math) string {
	switch m := sole(m).(type) {
	case Row:
		return mathRow(pieces(m))
	case Sign:
		return mathRow([]Math{m})
	case Ident:
		return mathIdent(m)
	case Number:
		return element("mn", m.Text)
	case Word:
		return element("mtext", m.Text)
	case Script:
		return mathScript(m)
	case Accent:
		return "<mover accent=\"true\">" + MathML(m.Base) + `<mo stretchy="false">` + marks[m.Mark].above + "</mo></mover>"
	case Frac:
		return "<mfrac>" + one(m.Above) + one(m.Below) + "</mfrac>"
	case Root:
		return "<msqrt>" + MathML(m.X) + "</msqrt>"
	case Fenced:
		tall := isTall(m.X)
		return "<mrow>" + mathFence(m.Open, "prefix", tall) + MathML(m.X) + mathFence(m.Close, "postfix", tall) + "</mrow>"
	case Matrix:
		return "<mrow>" + mathFence("[", "prefix", true) + mathTable(m.Rows) + mathFence("]", "postfix", true) + "</mrow>"
	case Cases:
		return mathCases(m)
	case Big:
		return mathBig(m)
	case Hole:
		return element("mi", "#"+strconv.Itoa(int(m)))
	}
	return ""
}

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func element(name, text string) string {
	return "<" + name + ">" + xmlEscapes.Replace(text) + "</" + name + ">"
}

// one is m as a single element.
func one(m Math) string {
	m = sole(m)
	if m == nil || isRowOf(m) {
		return "<mrow>" + MathML(m) + "</mrow>"
	}
	return MathML(m)
}

// mathIdent is a name: a letter is slanted by the browser, a word upright.
func mathIdent(i Ident) string {
	name := xmlEscapes.Replace(i.Name)
	switch {
	case isDigits(i.Name):
		return "<mn>" + name + "</mn>"
	case i.Style == Bold:
		return `<mi mathvariant="normal" style="font-weight: bold">` + name + "</mi>"
	case i.Style == Calligraphic:
		return `<mi mathvariant="normal">` + strings.Map(calligraphic, name) + "</mi>"
	case i.Style == Tail && len(i.Name) > 1:
		return `<mi style="font-style: italic">` + name + "</mi>"
	case i.Name == "⊤":
		return `<mo lspace="0" rspace="0">⊤</mo>`
	case i.Name >= "Γ" && i.Name <= "Ω":
		return `<mi mathvariant="normal">` + name + "</mi>" // as TeX has them
	}
	return "<mi>" + name + "</mi>"
}

// calligraphic is a capital letter as a calligraphic one of Unicode.
func calligraphic(r rune) rune {
	if old := strings.IndexRune("BEFHILMR", r); old >= 0 {
		return []rune("ℬℰℱℋℐℒℳℛ")[old]
	}
	if r >= 'A' && r <= 'Z' {
		return r - 'A' + '𝒜'
	}
	return r
}

func mathRow(row []Math) string {
	var b strings.Builder
	for i, x := range row {
		s, sign := x.(Sign)
		switch {
		case sign:
			b.WriteString(mathSign(row, i, s))
		case i > 0 && isSpaced(row[i-1], x):
			b.WriteString(`<mspace width="0.3em"/>` + MathML(x))
		case i > 0 && applies(row[i-1], x):
			b.WriteString("<mo>\u2061</mo>" + MathML(x))
		default:
			b.WriteString(MathML(x))
		}
	}
	return b.String()
}

// mathSign is the i-th piece of a row, a sign.
func mathSign(row []Math, i int, s Sign) string {
	if s.Text == times {
		if !isDotted(row[i-1], row[min(i+1, len(row)-1)]) {
			return `<mspace width="0.17em"/>`
		}
		s.Text = "·"
	}
	text := xmlEscapes.Replace(s.Text)
	switch {
	case isTight(s):
		return `<mo lspace="0" rspace="0">` + text + "</mo>"
	case s.Kind == Prefix:
		return `<mo form="prefix">` + text + "</mo>"
	case s.Kind == Binary && s.Text == "mod":
		return `<mo lspace="0.3em" rspace="0.3em">mod</mo>`
	case s.Kind == Binary, s.Kind == Relation:
		return `<mo form="infix">` + text + "</mo>"
	}
	return "<mo>" + text + "</mo>"
}

// mathFence is a bracket. It only grows around what is tall: some fonts set what can grow apart.
func mathFence(text, form string, tall bool) string {
	if text == "" {
		return ""
	}
	return `<mo form="` + form + `" stretchy="` + strconv.FormatBool(tall) + `">` + xmlEscapes.Replace(text) + "</mo>"
}

func mathScript(s Script) string {
	base, subs, sup := scripts(s)
	below := ""
	for i, x := range subs {
		if i > 0 {
			below += `<mo separator="true">,</mo>`
		}
		below += MathML(x)
	}
	if len(subs) > 1 || len(subs) == 1 && isRowOf(subs[0]) {
		below = "<mrow>" + below + "</mrow>"
	}
	switch {
	case sup == nil && subs == nil:
		return one(base)
	case sup == nil:
		return "<msub>" + one(base) + below + "</msub>"
	case subs == nil:
		return "<msup>" + one(base) + one(sup) + "</msup>"
	}
	return "<msubsup>" + one(base) + below + one(sup) + "</msubsup>"
}

func mathTable(rows [][]Math) string {
	var b strings.Builder
	b.WriteString("<mtable>")
	for _, row := range rows {
		b.WriteString("<mtr>")
		for _, x := range row {
			b.WriteString("<mtd>" + MathML(x) + "</mtd>")
		}
		b.WriteString("</mtr>")
	}
	b.WriteString("</mtable>")
	return b.String()
}

func mathCases(c Cases) string {
	rows := make([][]Math, len(c.Lines))
	for i, l := range c.Lines {
		rows[i] = []Math{l.X, l.If}
	}
	table := strings.ReplaceAll(mathTable(rows), "<mtd>", `<mtd style="text-align: left">`)
	return "<mrow>" + mathFence("{", "prefix", true) + table + "</mrow>"
}

func mathBig(b Big) string {
	sign := element("mo", b.Sign)
	below, above := sole(b.Below), sole(b.Above)
	switch {
	case below != nil && above != nil:
		sign = "<munderover>" + sign + one(below) + one(above) + "</munderover>"
	case below != nil:
		sign = "<munder>" + sign + one(below) + "</munder>"
	case above != nil:
		sign = "<mover>" + sign + one(above) + "</mover>"
	}
	x := sole(b.X)
	if x == nil {
		return sign
	}
	return "<mrow>" + sign + MathML(summand(x)) + "</mrow>"
}
