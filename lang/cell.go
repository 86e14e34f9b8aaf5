package lang

// cell reads the head of a cell on this line, and its body on the next ones.
func (p *parser) cell(h Head) Stmt {
	c := &Cell{Head: h}
	_, c.Name = p.define()
	if c.Name == "σ" {
		p.fail(h.At, "σ is the sigmoid", "choose another name")
	}
	p.expect("(", "a cell is written cell f(x) -> h {")
	c.Params = p.params()
	p.expect("->", "say what the cell gives: cell f(x) -> h {")
	for {
		at, name := p.define()
		c.Results = append(c.Results, Target{At: at, Name: name, Shape: p.shape()})
		if !p.accept(",") {
			break
		}
	}
	c.End = p.tok().at
	p.expect("{", "the body of a cell stands in braces")
	ok := p.finish()
	if !p.toks[max(0, len(p.toks)-2)].is("{") {
		p.stray++ // the brace that would have closed it
		return nil
	}
	c.Body = p.block(c)
	if !ok {
		return nil
	}
	return c
}

// params reads the names of a cell's arguments and the bracket behind them.
func (p *parser) params() []Target {
	var out []Target
	for p.err == nil && !p.tok().is(")") {
		at, name := p.define()
		out = append(out, Target{At: at, Name: name})
		if p.tok().is("[") {
			p.fail(p.tok().at, "an argument has no shape of its own", "delete the brackets: its shape is that of what is given")
		}
		if !p.accept(",") {
			break
		}
	}
	p.expect(")", "close the arguments, or divide them by commas")
	return out
}

// closing reads a closing brace, and tells whether it closes the cell.
func (p *parser) closing(l *line, cell *Cell) bool {
	p.n++
	p.line, p.err = l, nil
	switch {
	case cell != nil:
		cell.End, cell.EndNote = l.first().at, l.note
		return true
	case p.stray > 0:
		p.stray--
	default:
		p.errs = append(p.errs, &Error{l.first().at, "this } closes nothing", "delete it"})
	}
	return false
}

// nested complains about a cell within a cell, and takes the outer one as closed: most often its
// brace was forgotten. If not, one closing brace is left over.
func (p *parser) nested(l *line, cell *Cell) {
	at := l.first().at
	p.errs = append(p.errs, &Error{at, "a cell can't be defined inside another", "close " + cell.Name + " with } first"})
	cell.End = at
	p.stray++
}

// belongs complains about a statement that has no place in a cell.
func (p *parser) belongs() {
	what, k := "", p.tok()
	switch {
	case k.is("input"), k.is("use"), k.is("loss"):
		what = k.text
	case k.kind != word && p.ahead("=") < 0 && p.ahead("~") >= 0:
		what = "an observation"
	default:
		return
	}
	p.fail(k.at, what+" has no place in a cell", "move it out: a cell holds sizes, states, weights and equations")
}
