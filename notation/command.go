package notation

import (
	"slices"
	"strconv"
	"strings"
)

func (p *parser) hole() Math {
	n, err := strconv.Atoi(p.peek()[1:])
	if err != nil || n < 1 {
		p.fail("isn't a hole; they are counted from #1")
	}
	p.next()
	return Hole(n)
}

// styles are the commands that set a name.
var styles = map[string]Style{
	`\mathrm`: Usual, `\operatorname`: Usual, `\mathit`: Tail,
	`\mathbf`: Bold, `\boldsymbol`: Bold, `\mathcal`: Calligraphic,
}

// command reads what begins with a backslash and is neither a sign nor a bracket.
func (p *parser) command() Math {
	token := p.peek()
	name := token[1:]
	if style, ok := styles[token]; ok {
		return p.ident(style)
	}
	if letter, ok := greekLetter(name); ok {
		p.next()
		return Ident{Name: letter}
	}
	if slices.Contains(functions, name) {
		p.next()
		return Ident{Name: name}
	}
	if m := markOf(name); m >= 0 {
		p.next()
		return Accent{p.argument(false), m}
	}
	switch name {
	case "frac":
		p.next()
		above := p.argument(false)
		return Frac{above, p.argument(false)}
	case "sqrt":
		p.next()
		return Root{p.argument(false)}
	case "sum", "prod":
		p.next()
		return p.big(map[string]string{"sum": "∑", "prod": "∏"}[name])
	case "text":
		return Word{p.name()}
	case "begin":
		return p.environment()
	}
	return p.fenced()
}

// name reads a command and the words in braces behind it.
func (p *parser) name() string {
	p.next()
	text, ok := p.raw()
	if !ok {
		p.fail("stands where words in braces were expected")
	}
	return text
}

// ident reads a name in a style. Letters that TeX has no form of stand in a \text of their own.
func (p *parser) ident(style Style) Math {
	name := p.name()
	if rest, ok := strings.CutPrefix(name, `\text`); ok {
		name = rest
	} else if letter, ok := greekLetter(strings.TrimPrefix(name, `\`)); ok && name[0] == '\\' {
		name = letter
	}
	return Ident{name, style}
}

// big reads what stands below and above a large sign, and the product behind it.
func (p *parser) big(sign string) Math {
	b := Big{Sign: sign}
	if s, ok := p.scripts(Row{}).(Script); ok {
		b.Below, b.Above = s.Sub, s.Sup
	}
	var out Row
	for !endsRow(p.peek()) && !endsSummand(out, p.peek()) {
		out = append(out, p.piece(out)...)
	}
	if len(out) > 0 {
		b.X = row(out, Row{})
	}
	return b
}

// endsSummand tells the signs that a sum doesn't reach over; a minus behind another sign is none.
func endsSummand(before Row, token string) bool {
	s, ok := signOf(token)
	if ok && isPlusMinus(s) && len(before) > 0 && !isOperand(before[len(before)-1]) {
		return false
	}
	return ok && signLevel(s) < entrywise || token == `\text`
}

// environment reads a matrix or cases.
func (p *parser) environment() Math {
	name := p.name()
	if name != "bmatrix" && name != "cases" {
		p.fail("follows an environment that isn't read: " + name)
		return nil
	}
	rows := [][]Math{nil}
	for p.err == nil {
		last := &rows[len(rows)-1]
		*last = append(*last, p.inside())
		switch p.peek() {
		case "&":
			p.next()
			continue
		case `\\`:
			p.next()
			rows = append(rows, nil)
			continue
		case `\end`:
		default:
			p.fail("stands where " + `\end was expected`)
		}
		break
	}
	if end := p.name(); end != name {
		p.fail("follows the end of " + end + " where " + name + " was begun")
	}
	if name == "cases" {
		return p.casesOf(rows)
	}
	return Matrix{rows}
}

// casesOf makes cases of rows, each a value and its condition.
func (p *parser) casesOf(rows [][]Math) Math {
	var c Cases
	for _, r := range rows {
		if len(r) != 2 {
			p.fail("follows cases that aren't a value and a condition each")
			return nil
		}
		c.Lines = append(c.Lines, Case{r[0], r[1]})
	}
	return c
}
