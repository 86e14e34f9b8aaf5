package page_test

import (
	"encoding/xml"
	"regexp"
	"strings"
)

// element is an element of a page in HTML, or the text within one.
type element struct {
	name  string
	attr  map[string]string
	inner []*element
	text  string
}

// notRead are the parts of a page that say nothing of their own.
var notRead = regexp.MustCompile(`(?s)<script.*?</script>|<style.*?</style>|<svg.*?</svg>|<nav.*?</nav>|<!DOCTYPE[^>]*>`)

// elementsOf reads a page. It must be well-formed but for elements that never end.
func elementsOf(page string) (*element, error) {
	d := xml.NewDecoder(strings.NewReader(notRead.ReplaceAllString(page, "")))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	path := []*element{{}}
	for {
		token, err := d.Token()
		if err != nil {
			if len(path) == 1 {
				err = nil
			}
			return path[0], err
		}
		last := path[len(path)-1]
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{name: token.Name.Local, attr: map[string]string{}}
			for _, a := range token.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			last.inner = append(last.inner, e)
			path = append(path, e)
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			last.inner = append(last.inner, &element{text: string(token)})
		}
	}
}

// htmlBlocks reads what page.HTML has written.
func htmlBlocks(page string) ([]block, error) {
	root, err := elementsOf(page)
	if err != nil {
		return nil, err
	}
	var all []block
	root.blocks(&all)
	return tidied(all), nil
}

func (e *element) blocks(all *[]block) {
	switch {
	case e.name == "h1" || e.name == "h2" || e.name == "h3":
		*all = append(*all, block{kind: heading, text: e.words()})
	case e.name == "p" || e.name == "li" || e.name == "figcaption":
		*all = append(*all, block{kind: prose, text: e.words()})
	case e.name == "table":
		*all = append(*all, block{kind: table, rows: e.rows()})
	case e.attr["class"] == "chain":
		*all = append(*all, e.chain())
	default:
		for _, in := range e.inner {
			in.blocks(all)
		}
	}
}

// words are a line of text, its formulas as a text has them.
func (e *element) words() string {
	if e.name == "math" {
		return mathText(e)
	}
	text := strings.ReplaceAll(e.text, "\u00a0", " ")
	for _, in := range e.inner {
		text += in.words()
	}
	return text
}

func (e *element) rows() [][]string {
	var rows [][]string
	for _, r := range e.all("tr") {
		var row []string
		for _, c := range r.inner {
			row = append(row, strings.TrimSpace(c.words()))
		}
		if r.attr["class"] != "left-out" {
			rows = append(rows, row)
		}
	}
	return rows
}

// all are the elements of a name within one, or of a class.
func (e *element) all(name string) []*element {
	var out []*element
	for _, in := range e.inner {
		if in.name == name || in.attr["class"] == name {
			out = append(out, in)
		}
		out = append(out, in.all(name)...)
	}
	return out
}

func (e *element) chain() block {
	text := ""
	for _, class := range []string{"left", "far", "link"} {
		for _, in := range e.all(class) {
			text += in.words() + " "
		}
	}
	b := chainOf(text)
	b.said = len(e.all("say")) > 0
	return b
}

// mathText is MathML as a text has a formula, with more brackets.
func mathText(e *element) string {
	in := e.children()
	part := func(i int) string {
		if i >= len(in) {
			return "?"
		}
		return mathText(in[i])
	}
	switch e.name {
	case "":
		return strings.Trim(e.text, "\u2061 \n")
	case "mo":
		text := mathTexts(in)
		if e.attr["form"] == "infix" && text != "·" {
			text = " " + text + " "
		}
		return text
	case "mspace":
		if e.attr["width"] == "0.17em" {
			return "·" // a product that is written without a sign
		}
		return " "
	case "mfrac":
		above, below := part(0), part(1)
		if isWhole(above) && isWhole(below) || strings.HasPrefix(above, "∂") && strings.HasPrefix(below, "∂") {
			return above + "/" + below
		}
		return "((" + above + ")/(" + below + "))"
	case "msqrt":
		return "√(" + mathTexts(in) + ")"
	case "msub", "munder":
		return part(0) + below(e)
	case "msup":
		return part(0) + raisedText(part(1))
	case "msubsup", "munderover":
		return part(0) + below(e) + raisedText(part(2))
	case "mover":
		return accent(part(0), part(1))
	case "mtable":
		return entries(in)
	}
	return mathTexts(in)
}

// children are the elements within one, or its text.
func (e *element) children() []*element {
	var out []*element
	for _, in := range e.inner {
		if in.name != "" || strings.TrimSpace(in.text) != "" {
			out = append(out, in)
		}
	}
	return out
}

// mathTexts are elements beside each other. A choice stands behind a brace that nothing closes.
func mathTexts(in []*element) string {
	text := ""
	for i, e := range in {
		if i > 0 && e.name == "mtable" && strings.HasSuffix(text, "{") {
			text = strings.TrimSuffix(text, "{") + choice(e)
			continue
		}
		text += mathText(e)
	}
	return text
}

func isWhole(s string) bool { return strings.Trim(s, "0123456789") == "" }

// below is what stands below in a script: each index by itself.
func below(script *element) string {
	text := ""
	if in := script.children(); len(in) > 1 {
		text = indices(in[1])
	}
	return "_{" + text + "}"
}

func indices(e *element) string {
	text := ""
	for _, in := range e.children() {
		if in.attr["separator"] == "true" {
			text += "}_{"
			continue
		}
		text += mathText(in)
	}
	return text
}

func raisedText(text string) string {
	switch text {
	case "⊤":
		return "ᵀ"
	case "′":
		return text
	}
	return "^{" + text + "}"
}

// accent is a letter with what stands over it.
func accent(base, over string) string {
	marks := map[string]string{"ˆ": "hat", "^": "hat", "¯": "bar", "˜": "tilde", "˙": "dot"}
	return texText(`\` + marks[over] + "{" + base + "}")
}

// entries are the rows of a matrix between its brackets.
func entries(rows []*element) string {
	var all []string
	for _, r := range rows {
		var row []string
		for _, c := range r.children() {
			row = append(row, mathTexts(c.children()))
		}
		text := strings.Join(row, ", ")
		if len(row) > 1 {
			text = "[" + text + "]"
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

// choice is where(c, a, b).
func choice(e *element) string {
	lines := e.children()
	cell := func(i, j int) string { return mathTexts(lines[i].children()[j].children()) }
	text := cell(len(lines)-1, 0)
	for i := len(lines) - 2; i >= 0; i-- {
		text = "where(" + strings.TrimSpace(strings.TrimPrefix(cell(i, 1), "if")) + ", " + cell(i, 0) + ", " + text + ")"
	}
	return text
}
