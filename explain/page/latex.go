package page

import (
	_ "embed"
	"fmt"
	"io"
	"strings"

	"unroll/explain"
)

//go:embed preamble.tex
var preamble string

const (
	paperWidth = 78 // columns of text that a line of formulas on A4 is about as wide as
	paperTable = 91 // the same of a table, which is set smaller
	paperGap   = 3  // between two columns of a table
)

// LaTeX writes a document as a whole file for pdflatex.
func LaTeX(w io.Writer, d *explain.Document) error {
	t := tex{labels: labelsOf(d), main: "T1"}
	if d.Lang == "ru" {
		t.main = "T2A"
	}
	body := fmt.Sprintf("{\\LARGE\\bfseries %s\\par}\n", t.words(d.Title))
	if len(d.Lead) > 0 {
		body += "\n" + t.text(d.Lead) + "\n"
	}
	body += t.parts(d.Parts)
	_, err := io.WriteString(w, t.head(body)+preamble+"\\begin{document}\n\n"+body+"\n\\end{document}\n")
	return err
}

// head names the class, the fonts and the language. The fonts for Cyrillic are asked for only if
// it occurs, for they aren't everywhere.
func (t tex) head(body string) string {
	fonts, language := "T1", "english"
	if t.main == "T2A" {
		fonts, language = "T1,T2A", "russian,shorthands=off"
	} else if strings.Contains(body, "{T2A}") {
		fonts = "T2A,T1"
	}
	return fmt.Sprintf("\\documentclass[11pt]{article}\n\\usepackage[%s]{fontenc}\n\\usepackage[%s]{babel}\n", fonts, language)
}

// tex prints parts as LaTeX.
type tex struct {
	labels labels
	main   string // the encoding of the font: T1, or T2A of Cyrillic
	boxed  bool   // within a box, where no table is continued on the next page
}

func (t tex) parts(parts []explain.Part) string {
	var b strings.Builder
	for _, part := range parts {
		b.WriteString("\n" + t.part(part) + "\n")
	}
	return b.String()
}

func (t tex) part(part explain.Part) string {
	switch part := part.(type) {
	case explain.Section:
		head := `\section*`
		if part.Level > 1 {
			head = `\subsection*`
		}
		return head + "{" + t.text(part.Title) + "}\n" + t.parts(part.Parts)
	case explain.Para:
		return t.text(part.Text)
	case explain.List:
		return t.list(part)
	case explain.Chains:
		return t.chains(part)
	case explain.Table:
		return t.table(part)
	case explain.Box:
		return t.box(part)
	case explain.Code:
		return t.code(part)
	case explain.Figure:
		return t.figure(part)
	}
	return ""
}

func (t tex) list(l explain.List) string {
	if len(l.Items) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\\begin{itemize}\\setlength{\\itemsep}{0pt}\n")
	for _, item := range l.Items {
		b.WriteString("\\item {}" + t.text(item) + "\n")
	}
	return b.String() + "\\end{itemize}"
}

func (t tex) box(b explain.Box) string {
	colours := map[explain.BoxKind]string{explain.Remark: "remark", explain.Check: "check", explain.Warning: "warning"}
	in := t
	in.boxed = true
	return fmt.Sprintf("\\begin{aside}{%s}{%s}\n%s\\end{aside}", colours[b.Kind], t.text(t.labels.heading(b)), in.parts(b.Parts))
}

// figure is what a picture shows, in words: pdflatex reads no SVG.
func (t tex) figure(f explain.Figure) string {
	var lines []string
	if len(f.Caption) > 0 {
		lines = append(lines, t.text(f.Caption)+"\n")
	}
	if f.Alt != "" {
		lines = append(lines, fmt.Sprintf("\\textit{[%s: %s]}\n", t.words(t.labels.picture), t.words(f.Alt)))
	}
	if f.Table != nil {
		lines = append(lines, t.table(*f.Table))
	}
	return strings.Join(lines, "\n")
}

// chains are formulas set apart, aligned at their relations.
func (t tex) chains(c explain.Chains) string {
	rows := aligned(c, paperWidth, setter{t.math, func(in explain.Inline) string { return `\text{` + t.text(explain.Text{in}) + "}" }})
	if len(rows) == 0 {
		return ""
	}
	return "\\noindent\n\\begin{align*}\n" + strings.Join(rows, " \\\\\n") + "\n\\end{align*}"
}

// code is a file as it stands, its spaces kept. A line that is too long goes on below.
func (t tex) code(c explain.Code) string {
	var lines []string
	for _, l := range strings.Split(strings.Trim(c.Text, "\n"), "\n") {
		l = strings.ReplaceAll(l, "\t", "    ")
		code := strings.TrimLeft(l, " ")
		line := strings.Repeat("~", len(l)-len(code)) + strings.ReplaceAll(t.words(code), " ", `\ `)
		lines = append(lines, `\mbox{}\hangindent=2em `+line+`\par`)
	}
	return "{\\ttfamily\\small\\raggedright\\parskip=0pt\n" + strings.Join(lines, "\n") + "\n}"
}

// text is words and formulas within a line.
func (t tex) text(text explain.Text) string {
	var b strings.Builder
	for _, in := range text {
		switch {
		case in.Math != nil:
			b.WriteString("$" + t.math(in.Math) + "$")
		case in.Code:
			b.WriteString(`\texttt{` + t.words(in.Words) + "}")
		case in.Strong:
			b.WriteString(`\textbf{` + t.words(in.Words) + "}")
		default:
			b.WriteString(t.words(in.Words))
		}
	}
	return b.String()
}
