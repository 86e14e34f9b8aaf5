package lang

// spoken are words of other languages that people write between two values.
var spoken = map[string]string{
	"and":  "multiply the conditions: (a > 0)*(b > 0)",
	"or":   "take the larger of the conditions: max(a > 0, b > 0)",
	"not":  "a condition is turned round by == 0",
	"if":   "write where(cond, a, b)",
	"else": "write where(cond, a, b)",
}

// leftover complains about what stands behind a complete statement.
func (p *parser) leftover() {
	k, last := p.tok(), p.toks[max(p.i-1, 0)]
	switch {
	case k.is("="):
		p.fail(k.at, "= is a definition", "for a comparison write ==")
	case k.is(";"):
		p.fail(k.at, "a semicolon stands only inside a call", "begin a new line")
	case k.is("when"):
		p.fail(k.at, "when stands only behind an observation or a loss", "write where(cond, a, b)")
	case k.is(",") && p.toks[0].kind == name:
		p.fail(k.at, "expected the end of the line, found a comma", "a list stands in brackets: [1, 2]")
	case k.kind == name && last.kind == name && p.declares(p.i-2):
		p.fail(k.at, "expected a comma between "+last.String()+" and "+k.String(), "names are divided by commas")
	case beginsValue(k) && endsValue(last):
		help := "a product is written with *"
		for _, w := range []token{k, last} {
			if h := spoken[w.text]; w.kind == name && h != "" {
				help = h
			}
		}
		p.fail(k.at, "expected an operator between "+last.String()+" and "+k.String(), help)
	default:
		p.fail(k.at, "expected the end of the line, found "+k.String(), "delete the rest, or begin a new line")
	}
}

// declares tells whether the name after the token i is one that a declaration defines.
func (p *parser) declares(i int) bool {
	first := p.toks[0]
	return first.kind == word && !first.is("loss") && (i == 0 || i > 0 && p.toks[i].is(","))
}

func beginsValue(k token) bool {
	return k.kind == name || k.kind == number || k.is("(") || k.is("[")
}

func endsValue(k token) bool {
	return k.kind == name || k.kind == number || k.is(")") || k.is("]") || k.is("'")
}
