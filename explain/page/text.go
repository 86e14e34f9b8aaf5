package page

import (
	"io"
	"strings"

	"unroll/explain"
	"unroll/notation"
)

const (
	textWidth = 80 // columns of a terminal
	indent    = "  "
)

// Text writes a document for a terminal of 80 columns.
func Text(w io.Writer, d *explain.Document) error {
	p := plain{labelsOf(d)}
	lines := underlined(explain.Text{{Words: d.Title}}, "═")
	if len(d.Lead) > 0 {
		lines = append(append(lines, ""), indented(indent, p.para(d.Lead, textWidth-len(indent)))...)
	}
	for _, part := range d.Parts {
		if s, ok := part.(explain.Section); ok {
			lines = append(append(lines, ""), p.section(s)...)
		} else {
			lines = append(append(lines, ""), indented(indent, p.part(part, textWidth-len(indent)))...)
		}
	}
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(strings.TrimRight(l, " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// plain prints parts as lines of text.
type plain struct{ labels labels }

// section has its title at the left, as have sections within it, and the rest indented.
func (p plain) section(s explain.Section) []string {
	lines := wrapped(s.Title, textWidth)
	if s.Level < 2 {
		lines = underlined(s.Title, "─")
	}
	for _, part := range s.Parts {
		lines = append(lines, "")
		if in, ok := part.(explain.Section); ok {
			lines = append(lines, p.section(in)...)
		} else {
			lines = append(lines, indented(indent, p.part(part, textWidth-len(indent)))...)
		}
	}
	return lines
}

// part is a part as lines of at most room columns.
func (p plain) part(part explain.Part, room int) []string {
	switch part := part.(type) {
	case explain.Section:
		return p.section(part)
	case explain.Para:
		return p.para(part.Text, room)
	case explain.List:
		return p.list(part, room)
	case explain.Chains:
		return p.chains(part, room)
	case explain.Table:
		return p.table(part, room)
	case explain.Box:
		return p.box(part, room)
	case explain.Code:
		return strings.Split(strings.Trim(part.Text, "\n"), "\n")
	case explain.Figure:
		return p.figure(part, room)
	}
	return nil
}

func (p plain) para(t explain.Text, room int) []string { return wrapped(t, room) }

func (p plain) list(l explain.List, room int) []string {
	var out []string
	for _, item := range l.Items {
		lines := indented(indent, wrapped(item, room-len(indent)))
		if len(lines) > 0 {
			lines[0] = "•" + lines[0][1:]
		}
		out = append(out, lines...)
	}
	return out
}

// box has a line at its left, as long as it is.
func (p plain) box(b explain.Box, room int) []string {
	marks := map[explain.BoxKind]string{explain.Check: "✓ ", explain.Warning: "! "}
	title := append(explain.Text{{Words: marks[b.Kind]}}, p.labels.heading(b)...)
	lines := wrapped(title, room-2)
	for _, part := range b.Parts {
		lines = append(append(lines, ""), p.part(part, room-2)...)
	}
	return indented("│ ", lines)
}

// figure is what a picture shows, in words.
func (p plain) figure(f explain.Figure, room int) []string {
	lines := wrapped(f.Caption, room)
	if f.Alt != "" {
		alt := explain.Text{{Words: "[" + p.labels.picture + ": " + f.Alt + "]"}}
		lines = append(lines, wrapped(alt, room)...)
	}
	if f.Table != nil {
		lines = append(append(lines, ""), p.table(*f.Table, room)...)
	}
	return lines
}

// chains are formulas with their relations below each other.
func (p plain) chains(c explain.Chains, room int) []string {
	at := tag(c.Lines, notation.Width)
	var out []string
	for _, one := range c.Lines {
		out = append(out, chain(one, at, room)...)
	}
	return out
}

// chain is one formula, its relations behind column at or, if its left side is too wide, behind it.
func chain(c explain.Chain, at, room int) []string {
	left := ""
	if c.Left != nil {
		left = notation.Text(c.Left)
		if n := columns(left); n > at && n < room/2 {
			at = n
		}
	}
	lead := at + 1 // where relations stand
	if at == 0 {
		lead = 2 * min(1, len(left)) // below a left side that is too wide, or at the left if there is none
	}
	var out []string
	for _, line := range cut(c.Links, room-lead, notation.Width) {
		out = append(out, folded(strings.Repeat(" ", lead)+spoken(line), room)...)
	}
	switch {
	case left == "":
	case len(out) > 0 && columns(left) <= at:
		out[0] = pad(left, at) + out[0][at:]
	default:
		out = append(wrapped(explain.Text{{Math: c.Left}}, room), out...)
	}
	return remarked(out, c.Say, lead, room)
}

// spoken is a line of a chain as text. One that goes on with the link before is indented.
func spoken(line []piece) string {
	var out []string
	for _, p := range line {
		if p.sign.Text != "" {
			out = append(out, p.sign.Text)
		}
		out = append(out, notation.Text(p.x))
	}
	if line[0].on {
		return indent + strings.Join(out, " ")
	}
	return strings.Join(out, " ")
}

// remarked puts what is said of a formula behind it if it fits there, and otherwise below.
func remarked(lines []string, say explain.Text, at, room int) []string {
	if len(say) == 0 {
		return lines
	}
	if n := len(lines); n > 0 {
		last := lines[n-1]
		if words := wrapped(say, 10000)[0]; columns(last)+4+columns(words) <= room {
			lines[n-1] = last + "    " + words
			return lines
		}
	}
	return append(lines, indented(strings.Repeat(" ", at), wrapped(say, room-at))...)
}

// wrapped is a text as lines of at most room columns.
func wrapped(t explain.Text, room int) []string {
	var out []string
	for _, line := range wrap(t, room) {
		out = append(out, folded(words(line), room)...)
	}
	return out
}

// folded breaks a line that is still too long, such as one of a matrix with many entries: between
// rows of the matrix if that will do, and otherwise at any space. What goes on below is indented.
func folded(line string, room int) []string {
	text := strings.TrimLeft(line, " ")
	before := line[:len(line)-len(text)]
	out := []string{line}
	for _, end := range []string{"], ", " "} {
		if widest(out) > room {
			out = filled(strings.SplitAfter(text, end), before, room)
		}
	}
	return out
}

// filled puts as many pieces on each line as fit.
func filled(pieces []string, before string, room int) []string {
	var out []string
	for i, p := range pieces {
		if i > 0 && columns(out[len(out)-1])+columns(strings.TrimRight(p, " ")) <= room {
			out[len(out)-1] += p
			continue
		}
		if len(out) == 1 {
			before += indent
		}
		out = append(out, before+p)
	}
	return out
}

// words is a text without any layout.
func words(t explain.Text) string {
	var b strings.Builder
	for _, in := range t {
		if in.Math != nil {
			b.WriteString(notation.Text(in.Math))
		} else {
			b.WriteString(strings.ReplaceAll(in.Words, "\u00a0", " "))
		}
	}
	return b.String()
}

func underlined(title explain.Text, with string) []string {
	lines := wrapped(title, textWidth)
	return append(lines, strings.Repeat(with, widest(lines)))
}

func indented(by string, lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = by + l
	}
	return out
}

func pad(s string, to int) string { return s + strings.Repeat(" ", max(0, to-columns(s))) }
