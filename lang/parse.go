package lang

// parser reads lines as statements. After the first fault of a statement the rest of it reads as its
// end, so that one fault gives one error and the next statement is read afresh.
type parser struct {
	lines []line
	n     int     // the next line
	line  *line   // the statement being read
	toks  []token // of the statement being read
	i     int     // the next of them
	err   *Error  // the statement's first fault
	errs  Errors
	depth int // of brackets within brackets
	stray int // closing braces to expect because a cell was closed early, or its head not understood
}

// Parse reads a file. The error is nil or Errors, with every fault found; the file then holds what
// could be understood.
func Parse(src *Source) (*File, error) {
	p := &parser{}
	p.lines, p.errs = lay(src, false)
	f := &File{Src: src, Stmts: p.block(nil)}
	return f, p.errs.Err()
}

// ParseExpr reads a single expression, as the formulas in tables are.
func ParseExpr(src *Source) (Expr, error) {
	lets, x, err := ParseBody(src)
	if err == nil && len(lets) > 0 {
		at := lets[0].At
		return nil, Errors{{Pos: at, Msg: "expected an expression, found a definition", Help: "write what stands right of ="}}
	}
	return x, err
}

// ParseBody reads a formula with names for its parts: lines, or parts divided by semicolons, of the
// form `name = EXPR`, and an expression at the end.
func ParseBody(src *Source) (lets []*Equation, result Expr, err error) {
	p := &parser{}
	p.lines, p.errs = lay(src, true)
	var formulas []*line
	for i := range p.lines {
		if l := &p.lines[i]; l.first().kind != end {
			formulas = append(formulas, l)
		}
	}
	for i, l := range formulas {
		p.begin(l)
		if i == len(formulas)-1 && p.ahead("=") < 0 {
			result = p.expr()
		} else {
			lets = append(lets, p.let())
		}
		p.finish()
	}
	if result == nil && len(p.errs) == 0 {
		p.errs = append(p.errs, &Error{Pos: p.bodyEnd(src), Msg: "expected an expression at the end", Help: "write the value of the formula"})
	}
	if err := p.errs.Err(); err != nil {
		return nil, nil, err
	}
	return lets, result, nil
}

// bodyEnd is where a formula without an expression should have had it.
func (p *parser) bodyEnd(src *Source) Pos {
	if n := len(p.lines); n > 0 {
		toks := p.lines[n-1].toks
		return toks[len(toks)-1].at
	}
	return Pos{src, 1, 1}
}

func (p *parser) let() *Equation {
	if p.ahead("=") < 0 {
		p.expr()
		p.fail(p.tok().at, "expected = in every line but the last", "write name = expression")
		return nil
	}
	return p.equation(p.head(""))
}

// begin makes l the statement that is read.
func (p *parser) begin(l *line) {
	last, failed := p.line, p.err != nil
	p.line, p.toks, p.i, p.err, p.depth = l, l.toks, 0, nil, 0
	switch k := l.first(); {
	case l.glued && k.kind != end:
		p.fail(k.at, "expected the end of the line after }", "begin a new line")
	case last != nil && last.toks[len(last.toks)-1].at.Line < k.at.Line && continues(k):
		p.fail(k.at, "a line can't begin with "+k.raw, "move it to the end of the line before")
		l.bad = l.bad || failed // one fault, however many lines
	case failed && len(last.toks) > 1 && dangles(last.toks[len(last.toks)-2]):
		l.bad = true // it was meant to be the rest of the line before
	}
}

// dangles tells whether a line that ends in k was to go on, though the language doesn't let it.
func dangles(k token) bool { return k.is("=") || k.is("~") || k.is("when") || k.is("->") }

// continues tells whether a token can only belong to what stands before it.
func continues(k token) bool {
	if k.kind == word {
		return !keywords[k.text] && k.text != "backward"
	}
	return k.level() > 0 || k.is(",") || k.is("=") || k.is("~") || k.is("->") || k.is("'")
}

// finish sees that the statement is at its end, and records its fault if there is one.
func (p *parser) finish() (ok bool) {
	if p.err == nil && p.tok().kind != end {
		p.leftover()
	}
	if p.err == nil {
		return !p.line.bad
	}
	if !p.line.bad { // else the scanner or the layout has complained already
		p.errs = append(p.errs, p.err)
	}
	return false
}

func (p *parser) tok() token { return p.toks[p.i] }

// second is the token after the next one.
func (p *parser) second() token { return p.toks[min(p.i+1, len(p.toks)-1)] }

// next takes the next token; at the end it stays there.
func (p *parser) next() token {
	k := p.toks[p.i]
	if k.kind != end {
		p.i++
	}
	return k
}

// accept takes the given sign or word if it is next.
func (p *parser) accept(s string) bool {
	if p.tok().is(s) {
		p.i++
		return true
	}
	return false
}

// expect takes the given sign, or complains that it isn't there.
func (p *parser) expect(s, help string) {
	if !p.accept(s) {
		p.expected(s, help)
	}
}

// expected complains that something else than what was expected comes next.
func (p *parser) expected(what, help string) {
	msg := "expected " + what
	if p.i > 0 {
		msg += " after " + p.toks[p.i-1].String()
	}
	if k := p.tok(); k.kind != end {
		msg += ", found " + k.String()
	}
	p.fail(p.tok().at, msg, help)
}

// fail records the statement's first fault and skips the rest of it.
func (p *parser) fail(at Pos, msg, help string) {
	if p.err == nil {
		p.err = &Error{Pos: at, Msg: msg, Help: help}
	}
	p.i = len(p.toks) - 1
}

// ahead is where the sign stands outside all brackets in the rest of the statement, -1 if nowhere.
func (p *parser) ahead(s string) int {
	depth := 0
	for i, k := range p.toks[p.i:] {
		switch {
		case k.is("(") || k.is("["):
			depth++
		case k.is(")") || k.is("]"):
			depth--
		case depth == 0 && k.is(s):
			return p.i + i
		}
	}
	return -1
}
