package page_test

import (
	"strings"

	"unroll/lang"
)

// sayings are the chains and the tables of a page, each written in one way whatever the page.
func (a *audit) sayings(blocks []block) []string {
	var all []string
	for _, b := range blocks {
		switch b.kind {
		case chained:
			s := a.saying(b.left)
			for _, l := range b.links {
				s += " " + l.sign + " " + a.saying(l.text)
			}
			all = append(all, s)
		case table:
			for _, row := range b.rows {
				for _, c := range row {
					all = append(all, a.saying(c))
				}
			}
		}
	}
	return all
}

// saying is a formula written in one way; words, which differ between languages, are all alike.
func (a *audit) saying(text string) string {
	number, rounded := strings.CutPrefix(text, "≈")
	f, err := a.words.formulaOf(strings.TrimSpace(number))
	switch {
	case err != nil && (strings.HasPrefix(text, "--") || strings.ContainsAny(text, "0123456789")):
		return text
	case err != nil || a.word(f):
		return "words"
	case rounded:
		return "≈ " + a.words.canonical(f)
	}
	return a.words.canonical(f)
}

// word tells a word of a sentence from a name.
func (a *audit) word(f *formula) bool {
	name, ok := f.expr.(*lang.Name)
	if !ok || f.refs[name.Name].kind != aName {
		return false
	}
	r := f.refs[name.Name]
	_, known := a.words.set[strings.TrimPrefix(r.name, "δ")]
	return len(r.at) == 0 && !known && r.name != "L" && r.name != "t"
}

// compare wants a page to say the same as another.
func (a *audit) compare(first, says []string) {
	if len(first) != len(says) {
		a.wrong("all", "%d chains and cells, and %d on the first page", len(says), len(first))
	}
	for i := range min(len(first), len(says)) {
		if first[i] != says[i] {
			a.wrong(says[i], "on the first page it is %s", first[i])
			return
		}
	}
}
