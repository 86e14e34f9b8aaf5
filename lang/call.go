package lang

// call reads the arguments of f: `f(a, b; c, H = 16)`.
func (p *parser) call(f token) *Call {
	c := &Call{At: f.at, Fn: f.text, Text: f.text}
	if f.text == "σ" {
		c.Fn = "sigmoid"
	}
	if reserved[f.text] || isDotted(f.text) {
		p.fail(f.at, f.text+" can't be called", "a product is written with *: "+f.text+"*(…)")
		return c
	}
	open := p.next()
	p.nest(open.at)
	defer func() { p.depth-- }()
	if !p.accept(")") {
		p.arguments(c)
	}
	return c
}

// arguments reads what stands between the brackets of a call, and the closing one.
func (p *parser) arguments(c *Call) {
	into := &c.Args
	for {
		p.argument(c, into)
		if k := p.tok(); k.is(";") {
			if into == &c.After || len(c.Sizes) > 0 {
				p.fail(k.at, "a call has one semicolon, before the sizes", "divide the arguments by commas")
			}
			into = &c.After
		} else if !k.is(",") {
			break
		}
		p.next()
	}
	p.close(")")
}

// argument reads one argument, or a size given by name: `H = 16`.
func (p *parser) argument(c *Call, into *[]Expr) {
	k := p.tok()
	if p.second().is("=") && (k.kind == name || reserved[k.text]) {
		if reserved[k.text] {
			p.fail(p.second().at, "= is a definition", "for a comparison write ==")
			return
		}
		p.next()
		p.next()
		c.Sizes = append(c.Sizes, Named{At: k.at, Name: k.text, X: p.expr()})
		return
	}
	if len(c.Sizes) > 0 {
		first := c.Sizes[0]
		p.fail(first.At, "the size "+first.Name+" stands before other arguments", "move it to the end, or write == for a comparison")
		return
	}
	*into = append(*into, p.expr())
}
