package page

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"unroll/explain"
	"unroll/notation"
)

// mathWidth is how many columns of text a line of displayed formulas may have.
const mathWidth = 84

// Markdown writes a document as GitHub shows it, formulas in TeX.
func Markdown(w io.Writer, d *explain.Document) error {
	m := marker{labelsOf(d)}
	lines := []string{"# " + escaped(d.Title)}
	if len(d.Lead) > 0 {
		lines = append(lines, "", marked(d.Lead))
	}
	lines = append(append(lines, ""), m.parts(d.Parts)...)
	_, err := io.WriteString(w, strings.TrimRight(strings.Join(lines, "\n"), "\n")+"\n")
	return err
}

// marker prints parts as lines of Markdown.
type marker struct{ labels labels }

func (m marker) parts(parts []explain.Part) []string {
	var out []string
	for i, part := range parts {
		if i > 0 {
			out = append(out, "")
		}
		out = append(out, m.part(part)...)
	}
	return out
}

func (m marker) part(part explain.Part) []string {
	switch part := part.(type) {
	case explain.Section:
		head := strings.Repeat("#", 1+max(1, part.Level)) + " " + marked(part.Title)
		return append([]string{head, ""}, m.parts(part.Parts)...)
	case explain.Para:
		return []string{paragraph(part.Text)}
	case explain.List:
		var out []string
		for _, item := range part.Items {
			out = append(out, "- "+paragraph(item))
		}
		return out
	case explain.Chains:
		return displayed(part)
	case explain.Table:
		return piped(part)
	case explain.Box:
		return m.box(part)
	case explain.Code:
		return fenced(part.Text)
	case explain.Figure:
		return m.figure(part)
	}
	return nil
}

// box is what GitHub calls an alert. It has no title of its own, so that stands in its first line.
func (m marker) box(b explain.Box) []string {
	kinds := map[explain.BoxKind]string{explain.Remark: "NOTE", explain.Check: "TIP", explain.Warning: "WARNING"}
	lines := []string{"[!" + kinds[b.Kind] + "]", marked(strong(m.labels.heading(b)))}
	for _, part := range b.Parts {
		lines = append(append(lines, ""), m.part(part)...)
	}
	for i, l := range lines {
		lines[i] = strings.TrimRight("> "+l, " ")
	}
	return lines
}

// strong is a text with all of its words strong. GitHub sets no formula within strong words.
func strong(t explain.Text) explain.Text {
	out := make(explain.Text, len(t))
	for i, in := range t {
		in.Strong = in.Math == nil
		out[i] = in
	}
	return out
}

// figure is a link to the picture if it stands as a file: GitHub shows no other.
func (m marker) figure(f explain.Figure) []string {
	var out []string
	if f.File != "" {
		out = append(out, fmt.Sprintf("![%s](<%s>)", escaped(f.Alt), strings.NewReplacer("<", "%3C", ">", "%3E", "\n", " ").Replace(f.File)))
	} else if f.Alt != "" {
		out = append(out, "*"+escaped(f.Alt)+"*")
	}
	if len(f.Caption) > 0 {
		if len(out) > 0 {
			out = append(out, "")
		}
		out = append(out, paragraph(f.Caption))
	}
	if f.Table != nil && f.File == "" {
		out = append(append(out, ""), piped(*f.Table)...)
	}
	return out
}

// fenced is text as it stands, between fences longer than any within it.
func fenced(text string) []string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return append(append([]string{fence + "text"}, strings.Split(strings.Trim(text, "\n"), "\n")...), fence)
}

// displayed are formulas set apart.
func displayed(c explain.Chains) []string {
	rows := aligned(c, mathWidth, setter{ticked, mathText})
	if len(rows) == 0 {
		return nil
	}
	out := []string{"```math", `\begin{aligned}`}
	for i, r := range rows {
		if i < len(rows)-1 {
			r += ` \\`
		}
		out = append(out, r)
	}
	return append(out, `\end{aligned}`, "```")
}

// mathText is words within a formula, as MathJax reads them.
func mathText(in explain.Inline) string {
	font := `\text{`
	if in.Code {
		font = `\texttt{`
	}
	escapes := strings.NewReplacer(`\`, `\\`, "{", `\{`, "}", `\}`, "$", `\$`, "`", "‘", "~", `}\sim`+font)
	return font + escapes.Replace(in.Words) + "}"
}

// ticked is TeX without ticks, which would end it.
func ticked(m notation.Math) string { return strings.ReplaceAll(notation.TeX(m), "`", "‘") }

// inline is a formula within a line. A number is one without being set, and a table of hundreds of
// formulas is slow to show.
func inline(m notation.Math) string {
	x := m
	if r, ok := m.(notation.Row); ok && len(r) == 2 && r[0] == (notation.Sign{Text: "−", Kind: notation.Prefix}) {
		x = r[1]
	}
	if _, ok := x.(notation.Number); ok {
		return notation.Text(m)
	}
	return "$`" + ticked(m) + "`$"
}

// piped is a table. Its cells are lines without a bar.
func piped(t explain.Table) []string {
	var out []string
	if len(t.Caption) > 0 {
		out = append(out, paragraph(t.Caption), "")
	}
	g := gridOf(t, textWidth, textCell)
	if len(g.wide) == 0 {
		return out
	}
	for i, r := range g.rows {
		if t.Left > 0 && i == t.LeftAt+1 {
			out = append(out, g.leftOutBar(t))
		}
		var cells []string
		for _, c := range r {
			cells = append(cells, strings.ReplaceAll(cellMarked(c), "\n", " "))
		}
		out = append(out, bar(cells))
		if i == 0 {
			out = append(out, "|"+strings.Repeat(" --- |", len(g.wide)))
		}
	}
	if t.Left > 0 && t.LeftAt+1 >= len(g.rows) {
		out = append(out, g.leftOutBar(t))
	}
	return out
}

func bar(cells []string) string { return "| " + strings.Join(cells, " | ") + " |" }

// leftOutBar is a row that says how many are left out.
func (g *grid) leftOutBar(t explain.Table) string {
	cells := make([]string, len(g.wide))
	cells[0] = "⋯ " + cellMarked(t.LeftSay)
	return bar(cells)
}

// bars are written with a name within a cell, where a bar would end it.
var bars = strings.NewReplacer(`\\`, `\\`, `\left|`, `\left\lvert `, `\right|`, `\right\rvert `, `\|`, `\Vert `, "|", `\vert `)

// cellMarked is a text within a table.
func cellMarked(t explain.Text) string {
	var b strings.Builder
	for _, in := range t {
		switch {
		case in.Math != nil:
			b.WriteString(bars.Replace(inline(in.Math)))
		case in.Code:
			b.WriteString(strings.ReplaceAll(code(in.Words), "|", `\|`))
		default:
			b.WriteString(marked(explain.Text{in}))
		}
	}
	return b.String()
}

// marked is a text within a line.
func marked(t explain.Text) string {
	var b strings.Builder
	for _, in := range t {
		words := strings.ReplaceAll(in.Words, "\n", " ")
		switch {
		case in.Math != nil:
			b.WriteString(inline(in.Math))
		case in.Code:
			b.WriteString(code(words))
		case in.Strong:
			b.WriteString(emphasised(words))
		default:
			b.WriteString(escaped(words))
		}
	}
	return b.String()
}

// emphasised is strong words; the spaces at their ends stand outside of the stars.
func emphasised(words string) string {
	inner := strings.TrimSpace(words)
	if inner == "" {
		return words
	}
	before, after, _ := strings.Cut(words, inner)
	return before + "**" + escaped(inner) + "**" + after
}

// code is words as they are typed, between ticks that don't occur in them.
func code(words string) string {
	if words == "" {
		return ""
	}
	ticks := "`"
	for strings.Contains(words, ticks) {
		ticks += "`"
	}
	if strings.HasPrefix(words, "`") || strings.HasSuffix(words, "`") {
		words = " " + words + " "
	}
	return ticks + words + ticks
}

// lineStart is what would begin a heading, a list or a quote.
var lineStart = regexp.MustCompile(`^(\s*)([-+=>#]|\d+[.)])`)

// paragraph is a text on a line of its own.
func paragraph(t explain.Text) string {
	return lineStart.ReplaceAllStringFunc(marked(t), func(s string) string {
		end := len(s) - 1
		return strings.TrimLeft(s[:end], " \t") + `\` + s[end:]
	})
}

// escaped is words without a meaning in Markdown.
func escaped(words string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(words, "\n", " ") {
		if strings.ContainsRune("\\`*_[]<>|$~&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
