package notation

import (
	"strconv"
	"strings"
)

// MathML is a formula as the inside of a <math> element, in the elements of MathML Core.
func MathML(m Math) string { return mathPrinter{}.print(m) }

// mathPrinter prints; tight is within a script, where browsers would set as much space around signs
// as outside.
type mathPrinter struct{ tight bool }

var small = mathPrinter{tight: true}

func (p mathPrinter) print(m Math) string {
	switch m := sole(m).(type) {
	case Row:
		return p.row(pieces(m))
	case Sign:
		return p.row([]Math{m})
	case Ident:
		return mathIdent(m)
	case Number:
		return element("mn", m.Text)
	case Word:
		return element("mtext", m.Text)
	case Script:
		return p.script(m)
	case Accent:
		return `<mover accent="true">` + p.one(m.Base) + `<mo stretchy="false">` + marks[m.Mark].above + "</mo></mover>"
	case Frac:
		return "<mfrac>" + p.one(m.Above) + p.one(m.Below) + "</mfrac>"
	case Root:
		return "<msqrt>" + p.print(m.X) + "</msqrt>"
	case Fenced:
		tall := isTall(m.X)
		return "<mrow>" + mathFence(m.Open, "prefix", tall) + p.print(m.X) + mathFence(m.Close, "postfix", tall) + "</mrow>"
	case Matrix:
		return "<mrow>" + mathFence("[", "prefix", true) + p.table(m.Rows, "<mtd>") + mathFence("]", "postfix", true) + "</mrow>"
	case Cases:
		return p.cases(m)
	case Big:
		return p.big(m)
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
func (p mathPrinter) one(m Math) string {
	m = sole(m)
	if m == nil || isRowOf(m) {
		return "<mrow>" + p.print(m) + "</mrow>"
	}
	return p.print(m)
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

func (p mathPrinter) row(row []Math) string {
	var b strings.Builder
	for i, x := range row {
		s, sign := x.(Sign)
		switch {
		case sign:
			b.WriteString(p.sign(row, i, s))
			continue
		case i > 0 && isSpaced(row[i-1], x):
			b.WriteString(`<mspace width="0.3em"/>`)
		case i > 0 && applies(row[i-1], x):
			b.WriteString("<mo>\u2061</mo>")
		}
		b.WriteString(p.print(x))
	}
	return b.String()
}

// sign is the i-th piece of a row, a sign.
func (p mathPrinter) sign(row []Math, i int, s Sign) string {
	if s.Text == times {
		if !isDotted(row[i-1], row[i+1]) {
			return `<mspace width="0.17em"/>`
		}
		s.Text = "·"
	}
	form := ""
	switch {
	case isTight(s) || s.Kind == Dots && s.Text != "′":
		return element("mi", s.Text)
	case s.Kind == Prefix:
		form = ` form="prefix"`
	case s.Kind == Binary || s.Kind == Relation:
		form = ` form="infix"` + p.space(s)
	}
	return "<mo" + form + ">" + xmlEscapes.Replace(s.Text) + "</mo>"
}

// space is the space around a sign, where it isn't what the browser takes.
func (p mathPrinter) space(s Sign) string {
	switch {
	case s.Text == "mod":
		return ` lspace="0.3em" rspace="0.3em"`
	case p.tight:
		return ` lspace="0" rspace="0"`
	case s.Text == "⊙":
		return ` lspace="0.22em" rspace="0.22em"`
	}
	return ""
}

// mathFence is a bracket. It only grows around what is tall: some fonts set what can grow apart.
func mathFence(text, form string, tall bool) string {
	if text == "" {
		return ""
	}
	return `<mo form="` + form + `" stretchy="` + strconv.FormatBool(tall) + `">` + xmlEscapes.Replace(text) + "</mo>"
}

func (p mathPrinter) script(s Script) string {
	base, subs, sup := scripts(s)
	below := ""
	for i, x := range subs {
		if i > 0 {
			below += `<mo separator="true">,</mo>`
		}
		below += small.print(x)
	}
	if len(subs) > 1 || len(subs) == 1 && isRowOf(subs[0]) {
		below = "<mrow>" + below + "</mrow>"
	}
	switch {
	case sup == nil:
		return "<msub>" + p.one(base) + below + "</msub>"
	case subs == nil:
		return "<msup>" + p.one(base) + small.one(sup) + "</msup>"
	}
	return "<msubsup>" + p.one(base) + below + small.one(sup) + "</msubsup>"
}

func (p mathPrinter) table(rows [][]Math, cell string) string {
	var b strings.Builder
	b.WriteString("<mtable>")
	for _, row := range rows {
		b.WriteString("<mtr>")
		for _, x := range row {
			b.WriteString(cell + p.print(x) + "</mtd>")
		}
		b.WriteString("</mtr>")
	}
	b.WriteString("</mtable>")
	return b.String()
}

func (p mathPrinter) cases(c Cases) string {
	rows := make([][]Math, len(c.Lines))
	for i, l := range c.Lines {
		rows[i] = []Math{l.X, l.If}
	}
	return "<mrow>" + mathFence("{", "prefix", true) + p.table(rows, `<mtd style="text-align: left">`) + "</mrow>"
}

func (p mathPrinter) big(b Big) string {
	sign := element("mo", b.Sign)
	below, above := sole(b.Below), sole(b.Above)
	switch {
	case below != nil && above != nil:
		sign = "<munderover>" + sign + small.one(below) + small.one(above) + "</munderover>"
	case below != nil:
		sign = "<munder>" + sign + small.one(below) + "</munder>"
	case above != nil:
		sign = "<mover>" + sign + small.one(above) + "</mover>"
	}
	x := sole(b.X)
	if x == nil {
		return sign
	}
	return "<mrow>" + sign + p.print(summand(x)) + "</mrow>"
}
