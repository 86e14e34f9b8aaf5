package page

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"

	"unroll/explain"
	"unroll/notation"
)

//go:embed page.css
var css string

//go:embed page.js
var js string

// phoneMath is how many columns a formula may take before it may be broken: on a telephone the
// line is about that wide.
const phoneMath = 34

// HTML writes a document as one file, which asks for nothing from elsewhere.
func HTML(w io.Writer, d *explain.Document) error {
	h := hyper{labels: labelsOf(d), ids: map[string]bool{}}
	from := d.From
	if from == nil {
		from = map[string][]string{}
	}
	marks, err := json.Marshal(from) // with <, > and & escaped
	if err != nil {
		return err
	}
	lang := "en"
	if d.Lang != "" {
		lang = d.Lang
	}
	h.put("<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", html.EscapeString(lang))
	h.put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n", html.EscapeString(d.Title))
	h.put("<style>\n%s</style>\n</head>\n<body>\n<header>\n<h1>%s</h1>\n", css, html.EscapeString(d.Title))
	if len(d.Lead) > 0 {
		h.put("<p class=\"lead\">%s</p>\n", inHTML(d.Lead))
	}
	h.put("</header>\n")
	main := hyper{labels: h.labels, ids: h.ids}
	main.parts(d.Parts)
	h.contents(main.heads)
	h.put("<main>\n%s</main>\n", main.b.String())
	h.put("<script type=\"application/json\" id=\"unroll-from\">%s</script>\n", marks)
	h.put("<script>\n%s</script>\n</body>\n</html>\n", strings.ReplaceAll(js, "CLOSE", h.labels.close))
	_, err = io.WriteString(w, h.b.String())
	return err
}

// hyper prints parts as HTML.
type hyper struct {
	b      strings.Builder
	labels labels
	ids    map[string]bool // of sections, each once
	heads  []head          // of sections that aren't within another
}

type head struct {
	id    string
	title explain.Text
}

func (h *hyper) put(format string, args ...any) { fmt.Fprintf(&h.b, format, args...) }

// contents links to the sections, if there are several.
func (h *hyper) contents(heads []head) {
	if len(heads) < 3 {
		return
	}
	h.put("<nav aria-label=\"%s\">\n<ul>\n", h.labels.contents)
	for _, one := range heads {
		h.put("<li><a href=\"#%s\">%s</a></li>\n", html.EscapeString(one.id), inHTML(one.title))
	}
	h.put("</ul>\n</nav>\n")
}

func (h *hyper) parts(parts []explain.Part) {
	for _, part := range parts {
		h.part(part)
	}
}

func (h *hyper) part(part explain.Part) {
	switch part := part.(type) {
	case explain.Section:
		h.section(part)
	case explain.Para:
		h.put("<p>%s</p>\n", inHTML(part.Text))
	case explain.List:
		h.put("<ul>\n")
		for _, item := range part.Items {
			h.put("<li>%s</li>\n", inHTML(item))
		}
		h.put("</ul>\n")
	case explain.Chains:
		h.chains(part)
	case explain.Table:
		h.table(part)
	case explain.Box:
		h.box(part)
	case explain.Code:
		h.put("<pre><code>%s</code></pre>\n", html.EscapeString(strings.Trim(part.Text, "\n")))
	case explain.Figure:
		h.figure(part)
	}
}

func (h *hyper) section(s explain.Section) {
	id := h.id(s.ID)
	level := 2
	if s.Level > 1 {
		level = 3
	} else {
		h.heads = append(h.heads, head{id, s.Title})
	}
	h.put("<section id=\"%s\">\n<h%d>%s</h%d>\n", html.EscapeString(id), level, inHTML(s.Title), level)
	h.parts(s.Parts)
	h.put("</section>\n")
}

// id is a name for links that no other section has.
func (h *hyper) id(want string) string {
	if want == "" {
		want = "section"
	}
	id := want
	for n := 2; h.ids[id]; n++ {
		id = fmt.Sprintf("%s-%d", want, n)
	}
	h.ids[id] = true
	return id
}

func (h *hyper) box(b explain.Box) {
	kinds := map[explain.BoxKind]string{explain.Remark: "remark", explain.Check: "check", explain.Warning: "warning"}
	h.put("<aside class=\"box %s\">\n<p class=\"title\">%s</p>\n", kinds[b.Kind], inHTML(h.labels.heading(b)))
	h.parts(b.Parts)
	h.put("</aside>\n")
}

// prolog is what stands before the element of an SVG document.
var prolog = regexp.MustCompile(`(?s)^\s*(<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|\s)*`)

// svgWidth is the width of a picture, in pixels.
var svgWidth = regexp.MustCompile(`^<svg[^>]* width="([0-9.]+)"`)

func (h *hyper) figure(f explain.Figure) {
	h.put("<figure class=\"picture\" aria-label=\"%s\">\n", html.EscapeString(f.Alt))
	if f.SVG != "" {
		svg := prolog.ReplaceAllString(f.SVG, "")
		wide := "100%"
		if m := svgWidth.FindStringSubmatch(svg); m != nil {
			wide = m[1] + "px"
		}
		h.put("<div class=\"scroll card\" style=\"--width:%s\">%s</div>\n", wide, svg)
	} else if f.Alt != "" {
		h.put("<p>[%s: %s]</p>\n", h.labels.picture, html.EscapeString(f.Alt))
	}
	if len(f.Caption) > 0 {
		h.put("<figcaption>%s</figcaption>\n", inHTML(f.Caption))
	}
	h.put("</figure>\n")
}

// chains are formulas in two columns, their left sides and the rest, which wraps at relations.
func (h *hyper) chains(c explain.Chains) {
	h.put("<div class=\"chains\">\n")
	for _, one := range c.Lines {
		h.put("<div class=\"chain\"%s>", mark(one.Mark))
		if one.Left != nil {
			h.left(one.Left)
		}
		h.put("<span class=\"links\">")
		for _, l := range one.Links {
			h.put("<span class=\"link\">")
			for i, p := range terms(linked(l), phoneMath, set) {
				if i > 0 {
					h.put("<wbr>")
				}
				h.put("%s", mathHTML(p))
			}
			h.put("</span> ")
		}
		if len(one.Say) > 0 {
			h.put("<span class=\"say\">%s</span>", inHTML(one.Say))
		}
		h.put("</span></div>\n")
	}
	h.put("</div>\n")
}

// left is the left side of a formula. A wide one stands above the rest.
func (h *hyper) left(m notation.Math) {
	if set(m) <= widestTag {
		h.put("<span class=\"left\">%s</span>", mathHTML(piece{x: m}))
		return
	}
	h.put("<span class=\"far\">%s</span>", inHTML(explain.Text{{Math: m}}))
}

// mark says which value an element is.
func mark(of string) string {
	if of == "" {
		return ""
	}
	return fmt.Sprintf(" data-mark=\"%s\"", html.EscapeString(of))
}

// mathHTML is a piece of a formula; its sign is between two operands though the first isn't here.
func mathHTML(p piece) string {
	sign := ""
	if p.sign.Text != "" {
		sign = "<mo form=\"infix\">" + html.EscapeString(p.sign.Text) + "</mo>"
	}
	return "<math displaystyle=\"true\"><mrow>" + sign + notation.MathML(p.x) + "</mrow></math>"
}

// inHTML is a text within a paragraph. A long formula becomes several, between which lines break.
func inHTML(t explain.Text) string {
	var b strings.Builder
	for _, in := range t {
		words := html.EscapeString(in.Words)
		switch {
		case in.Math != nil:
			for i, m := range spans(in.Math, phoneMath, set) {
				if i > 0 {
					b.WriteString("<wbr>")
				}
				b.WriteString("<math>" + notation.MathML(m) + "</math>")
			}
		case in.Code:
			b.WriteString("<code>" + words + "</code>")
		case in.Strong:
			b.WriteString("<strong>" + words + "</strong>")
		default:
			b.WriteString(words)
		}
	}
	return b.String()
}
