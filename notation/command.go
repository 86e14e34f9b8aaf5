package notation

import (
	"slices"
	"strconv"
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
		return Ident{p.braced(), style}
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
		return Word{p.braced()}
	case "begin":
		return p.environment()
	}
	return p.fenced()
}

// braced reads a command and the name or the words in braces behind it.
func (p *parser) braced() string {
	p.next()
	text, ok := p.name()
	if !ok {
		p.fail("stands where a name in braces was expected")
	}
	return text
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
	name := p.braced()
	if name != "bmatrix" && name != "cases" {
		p.fault("the environment " + name + " isn't read")
		return nil
	}
	rows := p.cells()
	if p.peek() != `\end` {
		p.fail(`stands where \end was expected`)
		return nil
	}
	if end := p.braced(); end != name {
		p.fault(name + " was begun, and " + end + " ended")
	}
	if name == "cases" {
		return p.casesOf(rows)
	}
	return Matrix{rows}
}

// cells reads rows of cells.
func (p *parser) cells() [][]Math {
	rows := [][]Math{nil}
	for {
		last := len(rows) - 1
		rows[last] = append(rows[last], p.inside())
		switch p.peek() {
		case "&":
			p.next()
		case `\\`:
			p.next()
			rows = append(rows, nil)
		default:
			return rows
		}
	}
}

// casesOf makes cases of rows, each a value and its condition.
func (p *parser) casesOf(rows [][]Math) Math {
	var c Cases
	for _, r := range rows {
		if len(r) != 2 {
			p.fault("cases are a value and a condition each")
			return nil
		}
		c.Lines = append(c.Lines, Case{r[0], r[1]})
	}
	return c
}
