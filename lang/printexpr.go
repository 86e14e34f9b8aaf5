package lang

import (
	"strings"
	"unicode/utf8"
)

// PrintExpr writes an expression in the standard layout, on one line. Brackets that the expression
// has are kept, and those that precedence needs are added.
func PrintExpr(e Expr) string {
	return flat(exprPrinter{}.expr(e, comparison))
}

// softBreak stands, until a line is laid out, for a space at which it may be broken. No text that
// parses holds this character.
const softBreak = "\x01"

// flat is the text without breaks.
func flat(s string) string { return strings.ReplaceAll(s, softBreak, " ") }

// exprPrinter writes expressions.
type exprPrinter struct {
	ascii bool // signs of paper are turned into ASCII
	tight bool // within an index, where t-1 takes no spaces
}

// expr writes e where at least the given level is needed, in brackets if e is looser.
func (p exprPrinter) expr(e Expr, need int) string {
	if level(e) < need {
		p.tight = false
		return "(" + p.bare(e) + ")"
	}
	return p.bare(e)
}

// level is how tightly an expression holds together once written.
func level(e Expr) int {
	switch e := e.(type) {
	case *Binary:
		return levels[e.Op]
	case *Unary:
		return negation
	case *Index, *Transpose:
		return postfix
	case *Num:
		if e.Text == "" && !e.Val.IsInt() {
			return product // written as a quotient
		}
	}
	return atom
}

func (p exprPrinter) bare(e Expr) string {
	switch e := e.(type) {
	case *Num:
		if e.Text == "" {
			return e.Val.RatString()
		}
		return e.Text
	case *Name:
		return e.Name
	case *Unary:
		return p.sign(e.Text, "-") + p.expr(e.X, negation)
	case *Transpose:
		return p.expr(e.X, postfix) + p.sign(e.Text, "'")
	case *Paren:
		p.tight = false
		return "(" + p.expr(e.X, comparison) + ")"
	case *List:
		p.tight = false
		return "[" + p.commas(e.Items) + "]"
	case *Index:
		return p.expr(e.X, postfix) + "[" + p.ranges(e.Items) + "]"
	case *Call:
		return p.call(e)
	case *Binary:
		return p.binary(e)
	}
	return ""
}

// sign is an operator as it was written, if that still fits what it means.
func (p exprPrinter) sign(written, op string) string {
	if written == "" || !spells(written, op) || p.ascii && !isASCII(written) {
		return op
	}
	return written
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// binary writes an operator between its sides. What stands right of an operator must be tighter, but
// for ^, which goes to the right and takes a minus there.
func (p exprPrinter) binary(e *Binary) string {
	own := levels[e.Op]
	left, right := own, own+1
	switch own {
	case comparison:
		left = sum
	case power:
		left, right = postfix, negation
	}
	written := p.sign(e.Text, e.Op)
	if !p.closeUp(e, written) {
		written = " " + written + softBreak
	}
	return p.expr(e.X, left) + written + p.expr(e.Y, right)
}

// closeUp tells whether an operator is written without spaces.
func (p exprPrinter) closeUp(e *Binary, written string) bool {
	switch written {
	case "^", ".^":
		return true
	case "*", "·", "⋅", "/":
		return !isSpaced(e.X, product)
	case "+", "-", "−":
		return p.tight && !isSpaced(e.X, sum) && !isSpaced(e.Y, sum)
	}
	return false
}

// isSpaced tells whether e, beside an operator of the level, is written with spaces although it is
// tighter: then that operator has spaces too.
func isSpaced(e Expr, beside int) bool {
	b, ok := e.(*Binary)
	return ok && levels[b.Op] >= beside && (b.Op == "mod" || b.Op == ".*" || b.Text == "./" && b.Op == "/" ||
		beside == sum && isSpaced(b.X, beside) || levels[b.Op] == beside && isSpaced(b.Y, beside))
}

func (p exprPrinter) commas(list []Expr) string {
	var out []string
	for _, e := range list {
		out = append(out, p.expr(e, comparison))
	}
	return strings.Join(out, ","+softBreak)
}

// ranges writes what stands in the brackets of an index. The colon of a window has spaces, that of a
// plain slice, b[2:5], none.
func (p exprPrinter) ranges(items []Range) string {
	p.tight = true
	var out []string
	for _, r := range items {
		s := p.expr(r.Lo, comparison)
		if r.Hi != nil {
			colon := ":"
			if !isPlain(r.Lo) || !isPlain(r.Hi) {
				colon = " :" + softBreak
			}
			s += colon + p.expr(r.Hi, comparison)
		}
		out = append(out, s)
	}
	return strings.Join(out, ","+softBreak)
}

// isPlain tells a number or a name that is no time.
func isPlain(e Expr) bool {
	switch e := e.(type) {
	case *Num:
		return level(e) == atom
	case *Name:
		return e.Name != "t"
	}
	return false
}

func (p exprPrinter) call(c *Call) string {
	p.tight = false
	name := c.Fn
	if c.Text == "σ" && c.Fn == "sigmoid" && !p.ascii {
		name = c.Text
	}
	if c.Backward {
		name = "backward " + name
	}
	s := p.commas(c.Args)
	if len(c.After) > 0 {
		s += ";" + softBreak + p.commas(c.After)
	}
	for _, z := range c.Sizes {
		if s != "" {
			s += "," + softBreak
		}
		s += z.Name + " = " + p.expr(z.X, comparison)
	}
	return name + "(" + s + ")"
}
