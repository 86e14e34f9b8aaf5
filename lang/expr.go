package lang

import "strconv"

// An expression may be nested, and a chain of operators be long, only so far: whoever walks the tree
// afterwards does so by recursion.
const (
	maxDepth = 200
	maxChain = 2000
)

// expr reads an expression.
func (p *parser) expr() Expr {
	x := p.binary(sum)
	if p.tok().level() != comparison {
		return x
	}
	op := p.next()
	y := p.binary(sum)
	if k := p.tok(); k.level() == comparison {
		p.fail(k.at, "comparisons can't be chained", "write (a < b)*(b < c)")
	}
	return &Binary{At: op.at, Op: op.text, Text: op.raw, X: x, Y: y}
}

// binary reads operators of the level and tighter ones, to the left.
func (p *parser) binary(level int) Expr {
	if level == negation {
		return p.unary()
	}
	x := p.binary(level + 1)
	for n := 1; p.tok().level() == level; n++ {
		op := p.next()
		y := p.binary(level + 1)
		x = &Binary{At: op.at, Op: op.text, Text: op.raw, X: x, Y: y}
		p.chain(op.at, n)
	}
	return x
}

// chain complains about a chain of operators that is too long.
func (p *parser) chain(at Pos, n int) {
	if n > maxChain {
		p.fail(at, "more than "+strconv.Itoa(maxChain)+" operators in a row", "give parts of it names of their own")
	}
}

// nest goes a level deeper; leave with p.depth--.
func (p *parser) nest(at Pos) {
	if p.depth++; p.depth > maxDepth {
		p.fail(at, "nested too deeply", "give the inner parts names of their own")
	}
}

// unary reads a minus, which binds looser than a power: -a^2 is -(a^2).
func (p *parser) unary() Expr {
	k := p.tok()
	if !k.is("-") {
		return p.power()
	}
	p.next()
	p.nest(k.at)
	defer func() { p.depth-- }()
	return &Unary{At: k.at, Text: k.raw, X: p.unary()}
}

// power reads a power, to the right: a^b^c is a^(b^c), and a^-b needs no brackets.
func (p *parser) power() Expr {
	x := p.postfix()
	if !p.tok().is("^") {
		return x
	}
	op := p.next()
	p.nest(op.at)
	defer func() { p.depth-- }()
	return &Binary{At: op.at, Op: op.text, Text: op.raw, X: x, Y: p.unary()}
}

// postfix reads transposes and brackets behind a value.
func (p *parser) postfix() Expr {
	x := p.primary()
	for n := 1; ; n++ {
		k := p.tok()
		switch {
		case k.is("'"):
			p.next()
			x = &Transpose{At: k.at, Text: k.raw, X: x}
		case k.is("["):
			p.next()
			p.nest(k.at)
			x = &Index{At: k.at, X: x, Items: p.indices()}
			p.depth--
		default:
			return x
		}
		p.chain(k.at, n)
	}
}

// indices reads what stands between an opened square bracket and its end.
func (p *parser) indices() []Range {
	if k := p.tok(); k.is("]") {
		p.fail(k.at, "expected an index in the brackets", "a time is written [t-1], a component [0]")
	}
	var out []Range
	for {
		if k := p.tok(); k.is(":") {
			p.fail(k.at, "a slice has both its ends", "write [0:5], both ends in it")
		}
		r := Range{Lo: p.expr()}
		if p.accept(":") {
			if k := p.tok(); k.is("]") || k.is(",") {
				p.fail(k.at, "a slice has both its ends", "write [0:5], both ends in it")
			}
			r.Hi = p.expr()
		}
		out = append(out, r)
		if !p.accept(",") {
			break
		}
	}
	p.close("]")
	return out
}

// close takes the bracket that ends what was opened, or says what stands in its place.
func (p *parser) close(s string) {
	k := p.tok()
	switch {
	case p.accept(s):
	case k.is("="):
		p.fail(k.at, "= is a definition", "for a comparison write ==")
	case k.is(";") && s == "]":
		p.fail(k.at, "a row can't end with a semicolon", "write a matrix as [[1, 2], [3, 4]]")
	case s == "]":
		p.expected("] or a comma", "close the bracket, or divide the entries by commas")
	default:
		p.expected(s+" or an operator", "close the bracket, or write what joins the two")
	}
}

// primary reads a value: a number, a name, a call, a list or brackets.
func (p *parser) primary() Expr {
	k := p.next()
	switch {
	case k.kind == number:
		return &Num{At: k.at, Text: k.raw, Val: exact(k.text)}
	case k.kind == name && p.tok().is("("):
		return p.call(k)
	case k.kind == name:
		return &Name{At: k.at, Name: k.text}
	case k.is("("):
		p.nest(k.at)
		x := &Paren{At: k.at, X: p.expr()}
		p.depth--
		p.close(")")
		return x
	case k.is("["):
		return p.list(k)
	case k.is("backward"):
		return p.backward()
	}
	p.noValue(k)
	return &Name{At: k.at}
}

// noValue complains that no value begins at k, which was taken unless it is the end.
func (p *parser) noValue(k token) {
	if k.kind != end {
		p.i--
	}
	help := ""
	switch {
	case k.is("="):
		help = "for a comparison write =="
	case k.kind == word:
		help = k.text + " is a reserved word"
	case k.is("{"):
		help = "braces only hold the body of a cell"
	case k.kind == quoted:
		help = "quotes only hold the path of a file"
	}
	if help == "" {
		help = "write a number, a name or a call"
	}
	p.expected("an expression", help)
}

func (p *parser) list(open token) Expr {
	p.nest(open.at)
	defer func() { p.depth-- }()
	if k := p.tok(); k.is("]") {
		p.fail(k.at, "a list needs an entry", "write [0], or for a scalar leave the brackets away")
	}
	x := &List{At: open.at}
	for {
		x.Items = append(x.Items, p.expr())
		if !p.accept(",") {
			break
		}
	}
	p.close("]")
	return x
}

// backward reads the call after the word.
func (p *parser) backward() Expr {
	f := p.tok()
	if f.kind != name || !p.toks[p.i+1].is("(") {
		p.expected("a call", "backward stands before a call: backward f(x)")
		return &Name{At: f.at}
	}
	p.next()
	c := p.call(f)
	c.Backward = true
	return c
}
