package page_test

import (
	"regexp"
	"strings"
	"sync"

	"unroll/notation"
)

// markdownBlocks reads what page.Markdown has written, its formulas with notation.Parse.
func markdownBlocks(text string) []block {
	var all []block
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		line := unquoted(lines[i])
		switch {
		case line == "" || strings.HasPrefix(line, "[!"):
		case strings.HasPrefix(line, "#"):
			all = append(all, block{kind: heading, text: spoken(strings.TrimLeft(line, "# "))})
		case line == "```math":
			var rows []string
			for i++; unquoted(lines[i]) != "```"; i++ {
				rows = append(rows, unquoted(lines[i]))
			}
			all = append(all, alignedBlocks(rows)...)
		case strings.HasPrefix(line, "|"):
			b := block{kind: table}
			for ; i < len(lines) && strings.HasPrefix(unquoted(lines[i]), "|"); i++ {
				if row := unquoted(lines[i]); !strings.HasPrefix(row, "| ---") && !strings.HasPrefix(row, "| ⋯") {
					b.rows = append(b.rows, piped(row))
				}
			}
			i--
			all = append(all, b)
		default:
			all = append(all, block{kind: prose, text: spoken(line)})
		}
	}
	return tidied(all)
}

func unquoted(line string) string { return strings.TrimPrefix(strings.TrimPrefix(line, ">"), " ") }

func piped(row string) []string {
	var cells []string
	for _, c := range strings.Split(strings.Trim(row, "|"), " | ") {
		cells = append(cells, spoken(strings.TrimSpace(c)))
	}
	return cells
}

var (
	mathInLine = regexp.MustCompile("\\$`(.*?)`\\$")
	escapes    = regexp.MustCompile("\\\\([^a-zA-Z])|\\*\\*|`")
)

// spoken is a line of Markdown as words, its formulas as text.
func spoken(line string) string {
	out, from := "", 0
	for _, m := range mathInLine.FindAllStringSubmatchIndex(line, -1) {
		out += escapes.ReplaceAllString(line[from:m[0]], "$1") + texText(line[m[2]:m[3]])
		from = m[1]
	}
	return out + escapes.ReplaceAllString(line[from:], "$1")
}

// readTeX are the formulas that were read.
var readTeX sync.Map

// texText is a formula in TeX as a text has it; what can't be read shows as it is.
func texText(tex string) string {
	if text, ok := readTeX.Load(tex); ok {
		return text.(string)
	}
	m, err := notation.Parse(tex)
	text := notation.Text(m)
	if err != nil {
		text = "unreadable TeX " + tex + ": " + err.Error()
	}
	readTeX.Store(tex, text)
	return text
}

// beginsLink tells a row that goes on with a relation.
func beginsLink(row string) bool {
	return strings.ContainsAny(row[:1], "=") || strings.HasPrefix(row, `\approx`) || strings.HasPrefix(row, `\gets`) || strings.HasPrefix(row, `\leftarrow`)
}

// alignedBlocks are the chains between \begin{aligned} and \end{aligned}.
func alignedBlocks(rows []string) []block {
	var texts []string
	var said []bool
	for _, r := range rows {
		if strings.HasPrefix(r, `\begin{aligned}`) || strings.HasPrefix(r, `\end{aligned}`) {
			continue
		}
		left, right, _ := strings.Cut(strings.TrimSuffix(r, ` \\`), "&")
		right, _, behind := strings.Cut(right, `\qquad`)
		right = strings.TrimSpace(right)
		on := strings.HasPrefix(right, `\quad`)
		right = strings.TrimSpace(strings.TrimPrefix(right, `\quad`))
		right, goesOn := strings.CutPrefix(right, `{}`)
		right = strings.TrimSpace(right)
		last := len(texts) - 1
		switch {
		case left != "" || !on && !goesOn && !beginsLink(right): // a wide left side stands by itself
			texts, said = append(texts, texText(left)+" "+texText(right)), append(said, behind)
		case on && strings.HasPrefix(right, `\text`):
			said[last] = true
		default:
			texts[last] += " " + texText(right)
			said[last] = said[last] || behind
		}
	}
	var all []block
	for i, t := range texts {
		b := chainOf(t)
		b.said = said[i]
		all = append(all, b)
	}
	return all
}
