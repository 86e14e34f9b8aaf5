package lang

import "unroll/internal/spell"

// block reads statements to the end of the file or, within a cell, to its closing brace.
func (p *parser) block(cell *Cell) []Stmt {
	var out []Stmt
	for p.n < len(p.lines) {
		l := &p.lines[p.n]
		if l.first().is("}") {
			if p.closing(l, cell) {
				return out
			}
			continue
		}
		if cell != nil && l.first().is("cell") {
			p.nested(l, cell)
			return out
		}
		p.n++
		if l.gap && len(out) > 0 {
			out = append(out, &Gap{Head{At: l.first().at}})
		}
		for _, note := range l.notes {
			out = append(out, &Comment{Head{note.at, note.text}})
		}
		if s := p.stmt(l, cell); s != nil {
			out = append(out, s)
		}
	}
	if cell != nil {
		p.errs = append(p.errs, &Error{cell.End, "this { is not closed", "write } on a line of its own below the cell"})
	}
	return out
}

// stmt reads the statement on l; nil if it is faulty.
func (p *parser) stmt(l *line, cell *Cell) Stmt {
	if l.first().kind == end {
		p.line = l
		return &Comment{Head{l.first().at, l.note}}
	}
	p.begin(l)
	if l.first().is("cell") {
		return p.cell(p.head("cell"))
	}
	if cell != nil {
		p.belongs()
	}
	s := p.simple()
	if !p.finish() {
		return nil
	}
	return s
}

// head reads the keyword, and makes what every statement has.
func (p *parser) head(keyword string) Head {
	h := Head{At: p.tok().at, Note: p.line.note}
	if keyword != "" {
		p.accept(keyword)
	}
	return h
}

// simple reads any statement but a cell.
func (p *parser) simple() Stmt {
	switch k := p.tok(); {
	case k.is("size"):
		return &Size{p.head(k.text), p.sizes()}
	case k.is("input"):
		return &Input{p.head(k.text), p.inputs()}
	case k.is("state"):
		return &State{p.head(k.text), p.states()}
	case k.is("weight"):
		return &Weight{p.head(k.text), p.weights()}
	case k.is("use"):
		return &Use{p.head(k.text), p.uses()}
	case k.is("loss"):
		return p.loss(p.head(k.text))
	case p.ahead("=") >= 0 && (p.ahead("~") < 0 || p.ahead("=") < p.ahead("~")):
		return p.equation(p.head(""))
	case p.ahead("~") >= 0:
		return p.observe(p.head(""))
	}
	p.bare()
	return nil
}

// bare complains about a line that is no statement.
func (p *parser) bare() {
	k := p.tok()
	if p.misspelt() {
		return
	}
	x := p.expr()
	if p.tok().kind != end {
		return // leftover says more
	}
	if b, ok := x.(*Binary); ok && levels[b.Op] == comparison {
		p.fail(b.At, b.Op+" is a comparison", "a definition has one =")
		return
	}
	p.fail(k.at, "this is not a statement", "give it a name: name = …, or write loss before it")
}

// misspelt suggests a keyword where two names stand side by side, as in `wieght u`.
func (p *parser) misspelt() bool {
	k, second := p.tok(), p.second()
	if k.kind != name || second.kind != name && second.kind != quoted {
		return false
	}
	near := spell.Nearest(k.text, words[:7])
	if near == "" {
		return false
	}
	p.fail(k.at, k.text+" is not a statement", "did you mean "+near+"?")
	return true
}

func (p *parser) loss(h Head) Stmt {
	if p.tok().is("=") {
		p.fail(p.tok().at, "loss is a statement, not a name", "write loss, then the expression")
	}
	return &Loss{Head: h, X: p.expr(), When: p.when()}
}

// when reads the condition of an observation or a loss; nil if there is none.
func (p *parser) when() Expr {
	if p.accept("when") {
		return p.expr()
	}
	return nil
}

// observe reads `LEFT ~ FAMILY(…) when EXPR`.
func (p *parser) observe(h Head) Stmt {
	o := &Observe{Head: h, Left: p.expr()}
	p.expect("~", "an observation is written y ~ family(…)")
	if fam := p.tok(); fam.kind == name && !p.toks[p.i+1].is("(") {
		p.fail(fam.at, "the family "+fam.text+" needs its arguments", "write "+fam.text+"(…)")
	} else if fam.kind != name {
		p.expected("a family", "write y ~ squared(…), normal(…, …) or another")
	}
	if p.err == nil {
		o.Family = p.call(p.next())
	}
	o.When = p.when()
	return o
}
