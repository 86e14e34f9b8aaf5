package lang

import (
	"strings"
	"unicode"
)

// Print writes a file in the standard layout, as `unroll fmt` does; with ascii, signs of paper such as
// · and ⊙ become ASCII. Comments and single blank lines are kept. Parsing what is printed gives the
// same file, places aside, and printing that gives the same text.
func Print(f *File, ascii bool) string {
	p := &printer{expr: exprPrinter{ascii: ascii}}
	p.stmts(f.Stmts, "")
	return p.text()
}

// maxWidth is the width that lines are kept to where brackets and operators allow it.
const maxWidth = 100

// printer gathers the lines of a file.
type printer struct {
	expr  exprPrinter
	lines []printed
}

// printed is a line with the comment behind it, which is put in its column at the end.
type printed struct{ code, note string }

// stmts writes a block.
func (p *printer) stmts(list []Stmt, indent string) {
	for i := 0; i < len(list); i++ {
		if run := equationRun(list[i:], p); run > 1 {
			p.equations(list[i:i+run], indent)
			i += run - 1
			continue
		}
		p.stmt(list[i], indent)
	}
	p.trimGap()
}

// gap writes a blank line, if there is something that it can divide.
func (p *printer) gap() {
	n := len(p.lines)
	if n > 0 && p.lines[n-1] != (printed{}) && !strings.HasSuffix(p.lines[n-1].code, "{") {
		p.lines = append(p.lines, printed{})
	}
}

// trimGap takes a blank line away that ends a block.
func (p *printer) trimGap() {
	if n := len(p.lines); n > 0 && p.lines[n-1] == (printed{}) {
		p.lines = p.lines[:n-1]
	}
}

// text joins the lines, with the comments behind consecutive lines in one column.
func (p *printer) text() string {
	var b strings.Builder
	for i := 0; i < len(p.lines); {
		n, col := i, 0
		for ; n < len(p.lines) && p.lines[n].note != ""; n++ {
			col = max(col, width(p.lines[n].code))
		}
		n = max(n, i+1)
		for ; i < n; i++ {
			b.WriteString(p.lines[i].code)
			if note := p.lines[i].note; note != "" {
				b.WriteString(strings.Repeat(" ", col-width(p.lines[i].code)+2) + note)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// put writes a statement, broken over several lines if it is too long, with the comment behind it.
func (p *printer) put(indent, code, note string) {
	lines := wrap(indent, code)
	for _, l := range lines[:len(lines)-1] {
		p.lines = append(p.lines, printed{code: l})
	}
	p.lines = append(p.lines, printed{lines[len(lines)-1], hashed(note)})
}

// hashed is a comment on one line, with its sign.
func hashed(note string) string {
	note = strings.TrimRightFunc(strings.Join(strings.FieldsFunc(note, func(r rune) bool { return r == '\n' || r == '\r' }), " "), unicode.IsSpace)
	if note != "" && note[0] != '#' {
		note = "# " + note
	}
	return note
}

// wrap breaks a statement that is too long after commas and operators.
func wrap(indent, code string) []string {
	if width(indent)+width(flat(code)) <= maxWidth {
		return []string{indent + flat(code)}
	}
	var lines []string
	line := indent
	for i, part := range strings.Split(code, softBreak) {
		switch {
		case i == 0:
			line += part
		case width(line)+1+width(part) > maxWidth:
			lines = append(lines, line)
			line = indent + "    " + part
		default:
			line += " " + part
		}
	}
	return append(lines, line)
}

// width is how many columns a text takes: combining marks take none.
func width(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.Is(unicode.Mn, r) {
			n++
		}
	}
	return n
}
