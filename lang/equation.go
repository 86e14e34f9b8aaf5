package lang

import "strings"

// equation reads `h[H] = EXPR` or `h, c = f(x)`.
func (p *parser) equation(h Head) *Equation {
	eq := &Equation{Head: h}
	for {
		eq.Left = append(eq.Left, p.target())
		if !p.accept(",") {
			break
		}
	}
	if k := p.tok(); k.is("(") && p.err == nil {
		p.fail(k.at, "the left side of = is a name", "a function of your own is a cell: cell "+eq.Left[0].Name+"(x) -> y { … }")
	}
	p.expect("=", "the left side of = is a name, maybe with its shape: h[H] = …")
	eq.X = p.expr()
	if _, ok := Unparen(eq.X).(*Call); !ok && len(eq.Left) > 1 && p.err == nil && p.tok().kind == end {
		p.fail(eq.Left[1].At, "only a call gives several results", "write one equation for each name")
	}
	return eq
}

// target reads a name that is defined, with its shape or `[t]`.
func (p *parser) target() Target {
	if p.misspelt() {
		return Target{}
	}
	if k := p.tok(); k.kind != name && !reserved[k.text] {
		p.fail(k.at, "the left side of = is a name", "for an observation write ~, for a comparison ==")
	}
	at, name := p.define()
	tg := Target{At: at, Name: name, Shape: p.shape()}
	if tg.Shape == nil || len(tg.Shape.Dims) == 0 {
		return tg
	}
	if n, ok := tg.Shape.Dims[0].(*Name); ok && n.Name == "t" && len(tg.Shape.Dims) == 1 {
		tg.Shape, tg.AtT = nil, true
		return tg
	}
	for _, d := range tg.Shape.Dims {
		if mentionsT(d) && p.err == nil {
			p.fail(d.Pos(), "an equation says what "+name+" is now", "write "+name+" = …, with lags such as "+name+"[t-1] on the right")
		}
	}
	return tg
}

// define reads a name that is being defined.
func (p *parser) define() (Pos, string) {
	k := p.tok()
	if first := p.toks[0]; p.i == 1 && k.is("=") && first.kind == word {
		k = first
	}
	switch {
	case reserved[k.text] && k.kind != quoted:
		p.fail(k.at, k.text+" is a reserved word", "choose another name, such as "+k.text+"_")
	case k.kind != name:
		p.expected("a name", "a name begins with a letter")
	case isDotted(k.text):
		p.fail(k.at, k.text+" can't be defined: a name with a dot reaches into a call", "choose a name without a dot")
	default:
		p.next()
	}
	return k.at, k.text
}

// isDotted tells whether a name reaches into a call.
func isDotted(name string) bool { return strings.Contains(name, ".") }

// shape reads a declared shape: `[H, D]`, or `[]` for a scalar; nil if there is none.
func (p *parser) shape() *Shape {
	s := &Shape{At: p.tok().at}
	if !p.accept("[") {
		return nil
	}
	if p.accept("]") {
		return s
	}
	for {
		s.Dims = append(s.Dims, p.expr())
		if !p.accept(",") {
			break
		}
	}
	p.expect("]", "a shape is written [H] or [H, D]")
	return s
}
