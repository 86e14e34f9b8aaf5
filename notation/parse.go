package notation

import (
	"errors"
	"fmt"
	"slices"
)

// Parse reads a formula or a template of the TeX that the package's comment tells of.
func Parse(tex string) (Math, error) {
	p := &parser{texScanner: texScanner{rest: tex}}
	m := p.row()
	if p.err == nil && p.rest != "" {
		p.fail("closes what wasn't opened")
	}
	if p.err != nil {
		return nil, fmt.Errorf("TeX %s: %w", tex, p.err)
	}
	return m, nil
}

// parser reads TeX by recursive descent. After the first fault nothing is left to read, so that it ends.
type parser struct {
	texScanner
	below bool // within what stands below, where ,\, divides a name from its indices
	err   error
}

// fail records that what comes next is wrong.
func (p *parser) fail(what string) {
	if p.peek() == "" {
		p.fault("its end " + what)
	} else {
		p.fault(p.peek() + " " + what)
	}
}

// fault records an error, and ends the reading.
func (p *parser) fault(what string) {
	if p.err == nil {
		p.err = errors.New(what)
	}
	p.rest = ""
}

// expect takes a token that must come next.
func (p *parser) expect(token string) {
	if p.peek() != token {
		p.fail("stands where " + token + " was expected")
		return
	}
	p.next()
}

// part divides what stands below into the rest of a name and its indices.
var part = Sign{",\u2009", Comma}

// row reads pieces up to what ends them: a closing bracket, or the end of a cell.
func (p *parser) row() Math {
	var out Row
	for !endsRow(p.peek()) {
		out = append(out, p.piece(out)...)
	}
	return row(out, Row{})
}

// endsRow tells the tokens that no piece begins with.
func endsRow(token string) bool {
	switch token {
	case "", "}", "&", `\\`, `\end`, `\right`:
		return true
	}
	return slices.ContainsFunc(fences, func(f fence) bool { return f.texClose == token })
}

// piece reads what follows the pieces before.
func (p *parser) piece(before Row) Row {
	switch token := p.peek(); token {
	case `\ `:
		p.next()
		return nil
	case "+", "-":
		s, _ := signOf(p.next())
		if len(before) == 0 {
			s.Kind = Prefix
		}
		return Row{s}
	case ",":
		p.next()
		if p.below && p.peek() == `\,` {
			p.next()
			return Row{part}
		}
		return Row{Sign{",", Comma}}
	case `\delta`:
		return Row{p.delta()}
	default:
		if s, ok := signOf(token); ok {
			p.next()
			return Row{s}
		}
	}
	return Row{p.scripts(p.atom())}
}

// delta reads a δ: right before a name it is the sign of a change, δh, and not a factor.
func (p *parser) delta() Math {
	p.next()
	if beginsName(p.peek()) {
		return Sign{"δ", Prefix}
	}
	return p.scripts(Ident{Name: "δ"})
}

// beginsName tells the tokens that a name or an accent begins with.
func beginsName(token string) bool {
	if len(token) < 2 {
		return token != "" && isLatin(rune(token[0]))
	}
	_, letter := greekLetter(token[1:])
	_, styled := styles[token]
	return letter || styled || markOf(token[1:]) >= 0 || slices.Contains(functions, token[1:])
}

// scripts reads what stands below and above m.
func (p *parser) scripts(m Math) Math {
	var sub, sup Math
	for {
		switch token := p.peek(); {
		case token == "_" && sub == nil:
			p.next()
			sub = p.argument(true)
		case token == "^" && sup == nil:
			p.next()
			sup = p.argument(false)
		case sub == nil && sup == nil:
			return m
		default:
			return scripted(m, sub, sup)
		}
	}
}

// scripted is m with its scripts; the parts of what stands below are each below what is before them.
func scripted(m, sub, sup Math) Math {
	var next Row
	for _, x := range pieces(sub) {
		if x == Math(part) {
			m, next = Script{Base: m, Sub: row(next, Row{})}, nil
			continue
		}
		next = append(next, x)
	}
	if len(next) == 0 {
		return Script{m, sub, sup}
	}
	return Script{m, row(next, Row{}), sup}
}

// argument reads what a command or a script takes: a group, or one token.
func (p *parser) argument(below bool) Math {
	if p.peek() == "{" {
		return p.group(below)
	}
	if isDigits(p.peek()) {
		return Number{p.digit()}
	}
	if s, ok := signOf(p.peek()); ok {
		p.next()
		return s
	}
	return p.atom()
}

// group reads pieces in braces.
func (p *parser) group(below bool) Math {
	outer := p.below
	p.below = below
	p.expect("{")
	m := p.row()
	p.expect("}")
	p.below = outer
	return m
}

// atom reads a piece without its scripts.
func (p *parser) atom() Math {
	switch token := p.peek(); {
	case token == "":
		p.fail("stands where something is missing")
		return nil
	case token == "{":
		return p.group(false)
	case isNumber(token):
		return Number{p.next()}
	case token[0] == '#' && isDigits(token[1:]):
		return p.hole()
	case len(token) == 1 && isLatin(rune(token[0])):
		return Ident{Name: p.next()}
	case token == `\left`:
		p.next()
		return p.grown()
	case token[0] == '\\':
		return p.command()
	}
	return p.fenced()
}

// fenced reads a bracket and what is in it.
func (p *parser) fenced() Math {
	i := slices.IndexFunc(fences, func(f fence) bool { return f.texOpen == p.peek() })
	if i < 0 {
		p.fail("isn't read here")
		return nil
	}
	p.next()
	x := p.inside()
	p.expect(fences[i].texClose)
	return Fenced{fences[i].open, fences[i].close, x}
}

// grown reads \left and \right; a point is no bracket.
func (p *parser) grown() Math {
	open := p.delimiter(func(f fence) (string, string) { return f.texOpen, f.open })
	x := p.inside()
	p.expect(`\right`)
	return Fenced{open, p.delimiter(func(f fence) (string, string) { return f.texClose, f.close }), x}
}

// delimiter reads the bracket behind \left or \right.
func (p *parser) delimiter(of func(fence) (tex, text string)) string {
	switch p.peek() {
	case ".":
		p.next()
		return ""
	case "|":
		p.next()
		return "|"
	}
	for _, f := range fences {
		if tex, text := of(f); tex == p.peek() {
			p.next()
			return text
		}
	}
	p.fail("isn't a bracket")
	return ""
}

// inside reads what is between brackets.
func (p *parser) inside() Math {
	outer := p.below
	p.below = false
	m := p.row()
	p.below = outer
	return m
}
