package notation

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// TeX is a formula for pdflatex with amsmath and amssymb, and for the MathJax of GitHub, which
// doesn't allow \operatorname. Parse reads it as the same formula, but that paper doesn't tell the end
// of a name from an index: h₁ and h_1 are both written h_1.
func TeX(m Math) string {
	var p texPrinter
	p.print(m)
	return p.String()
}

// texPrinter writes TeX; tight is within a script, where signs have no space around them in the text.
type texPrinter struct {
	strings.Builder
	tight bool
}

// put writes a piece, and a space before it where a command would otherwise swallow its letters.
func (p *texPrinter) put(s string) {
	written := p.String()
	command := strings.TrimRightFunc(written, isLatin)
	first, _ := utf8.DecodeRuneInString(s)
	if len(command) < len(written) && strings.HasSuffix(command, `\`) && isLatin(first) {
		p.WriteByte(' ')
	}
	p.WriteString(s)
}

func isLatin(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }

// group writes m in braces.
func (p *texPrinter) group(m Math) {
	p.put("{")
	p.print(m)
	p.put("}")
}

func (p *texPrinter) print(m Math) {
	switch m := sole(m).(type) {
	case Row:
		p.row(pieces(m))
	case Sign:
		p.row([]Math{m})
	case Ident:
		p.put(texIdent(m))
	case Number:
		p.put(m.Text)
	case Word:
		p.put(`\text{` + escapeTeX(m.Text) + `}`)
	case Script:
		p.script(m)
	case Accent:
		p.put(`\` + marks[m.Mark].name)
		p.group(m.Base)
	case Frac:
		p.put(`\frac`)
		p.group(m.Above)
		p.group(m.Below)
	case Root:
		p.put(`\sqrt`)
		p.group(m.X)
	case Fenced:
		p.fenced(m)
	case Matrix:
		p.matrix(m)
	case Cases:
		p.cases(m)
	case Big:
		p.big(m)
	case Hole:
		p.put("#" + strconv.Itoa(int(m)))
	}
}

// row writes pieces beside each other.
func (p *texPrinter) row(row []Math) {
	for i, x := range row {
		s, sign := x.(Sign)
		switch {
		case sign:
			p.sign(row, i, s)
		case i > 0 && isSpaced(row[i-1], x) && !isFunction(row[i-1]):
			p.put(`\ `)
			p.print(x)
		default:
			p.print(x)
		}
	}
}

// isFunction tells a function that TeX itself sets apart from its argument.
func isFunction(m Math) bool {
	i, ok := nucleus(m).(Ident)
	return ok && slices.Contains(functions, i.Name)
}

// sign writes the i-th piece of a row, a sign.
func (p *texPrinter) sign(row []Math, i int, s Sign) {
	var next, last Math
	if i+1 < len(row) {
		next = row[i+1]
	}
	if i > 0 {
		last = row[i-1]
	}
	if s.Text == times && isDotted(last, next) {
		s.Text = "·"
	}
	tex := signTeX(s)
	spaced := !p.tight && (s.Kind == Binary || s.Kind == Relation)
	switch {
	case last == nil && s.Kind == Binary:
		p.put("{}") // TeX takes a sign behind nothing for a prefix
	case last != nil && spaced:
		p.put(" ")
	}
	p.put(tex)
	if next != nil && (spaced || s.Kind == Comma && !p.tight) {
		p.put(" ")
	}
}

// isDotted tells whether a product needs a dot to be seen as one: before a number, and before a
// bracket, which would look like a function's.
func isDotted(last, next Math) bool {
	switch nucleus(next).(type) {
	case Number, Fenced:
		return true
	case Frac:
		switch nucleus(last).(type) {
		case Number, Frac, Big:
			return true
		}
	}
	return false
}

// script writes what stands below and above. Of several things below the first is the rest of the
// name, h_{1,\,t-1}.
func (p *texPrinter) script(s Script) {
	base, subs, sup := scripts(s)
	if !isBase(base) || isRowOf(base) || isScript(base) {
		p.group(base)
	} else {
		p.print(base)
	}
	if subs != nil {
		p.put("_")
		p.small(subs)
	}
	if sup != nil {
		p.put("^")
		p.small([]Math{sup})
	}
}

func isRowOf(m Math) bool {
	_, ok := m.(Row)
	return ok
}

func isScript(m Math) bool {
	_, ok := m.(Script)
	return ok
}

// small writes the contents of a script, in braces unless it is one character or one command.
func (p *texPrinter) small(items []Math) {
	q := texPrinter{tight: true}
	for i, x := range items {
		if i > 0 {
			q.put(`,\,`)
		}
		q.print(x)
	}
	if s := q.String(); utf8.RuneCountInString(s) == 1 || s[0] == '\\' && strings.TrimFunc(s[1:], isLatin) == "" {
		p.put(s)
		return
	}
	p.put("{" + q.String() + "}")
}

// fenced writes brackets, as large as what is in them.
func (p *texPrinter) fenced(f Fenced) {
	open, close := openTeX(f.Open), closeTeX(f.Close)
	pair := slices.ContainsFunc(fences, func(g fence) bool { return g.open == f.Open && g.close == f.Close })
	if !pair || isTall(f.X) {
		open, close = `\left`+open, `\right`+close
	}
	q := texPrinter{}
	q.print(f.X)
	p.put(open)
	if isCommand(open) && q.Len() > 0 {
		p.put(" ")
	}
	p.put(q.String())
	if isCommand(close) && q.Len() > 0 && !strings.HasPrefix(close, `\right`) {
		p.put(" ")
	}
	p.put(close)
}

// isCommand tells brackets that are a word.
func isCommand(s string) bool { return s[0] == '\\' && isLatin(rune(s[len(s)-1])) }

// isTall tells whether brackets around m must grow.
func isTall(m Math) bool {
	switch m := sole(m).(type) {
	case Frac, Matrix, Cases, Big:
		return true
	case Row:
		return slices.ContainsFunc(m, isTall)
	case Root:
		return isTall(m.X)
	case Fenced:
		return isTall(m.X)
	case Script:
		return isTall(m.Base)
	}
	return false
}

func (p *texPrinter) matrix(m Matrix) {
	p.put(`\begin{bmatrix} `)
	for i, row := range m.Rows {
		if i > 0 {
			p.put(` \\ `)
		}
		for j, x := range row {
			if j > 0 {
				p.put(" & ")
			}
			p.print(x)
		}
	}
	p.put(` \end{bmatrix}`)
}

func (p *texPrinter) cases(c Cases) {
	p.put(`\begin{cases} `)
	for i, l := range c.Lines {
		if i > 0 {
			p.put(` \\ `)
		}
		p.print(l.X)
		p.put(" & ")
		p.print(l.If)
	}
	p.put(` \end{cases}`)
}

func (p *texPrinter) big(b Big) {
	tex := `\sum`
	if b.Sign == "∏" {
		tex = `\prod`
	}
	p.put(tex)
	if below := sole(b.Below); below != nil {
		p.put("_")
		p.small([]Math{below})
	}
	if above := sole(b.Above); above != nil {
		p.put("^")
		p.small([]Math{above})
	}
	if x := sole(b.X); x != nil {
		p.put(" ")
		p.print(summand(x))
	}
}
