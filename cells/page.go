package cells

import "strings"

// Page is what a cell of the library says of itself in the comment above it: a line, its paper,
// remarks, and, indented, a small file that uses it.
type Page struct {
	Title   string   // "A minimal gated unit: one gate both resets and updates"
	Paper   string   // the papers that its equations are from
	Remarks []string // paragraphs
	Use     string   // a file
}

// Read reads the page of a cell. The error is Source's.
func Read(name string) (Page, error) {
	src, err := Source(name)
	if err != nil {
		return Page{}, err
	}
	var p Page
	for k, part := range paragraphs(src.Text) {
		switch {
		case strings.HasPrefix(part, indent):
			p.Use += strings.ReplaceAll("\n"+part, "\n"+indent, "\n")
		case k == 0:
			p.Title = strings.TrimSuffix(part, ".")
		case k == 1:
			p.Paper = joined(part)
		default:
			p.Remarks = append(p.Remarks, joined(part))
		}
	}
	p.Use = strings.TrimPrefix(p.Use, "\n") + "\n"
	return p, nil
}

// indent marks the lines of a file within a comment.
const indent = "    "

// paragraphs are those of the comment at the head of a text. Between the lines of a file that stands
// in it an empty line is one of the file.
func paragraphs(text string) []string {
	var all []string
	fresh := true
	for line := range strings.Lines(text) {
		line, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "#")
		line = strings.TrimPrefix(line, " ")
		last := len(all) - 1
		switch {
		case !ok:
			return all
		case line == "":
			fresh = true
		case fresh && last >= 0 && strings.HasPrefix(line, indent) && strings.HasPrefix(all[last], indent):
			all[last] += "\n\n" + line
			fresh = false
		case fresh:
			all = append(all, line)
			fresh = false
		default:
			all[last] += "\n" + line
		}
	}
	return all
}

func joined(part string) string { return strings.ReplaceAll(part, "\n", " ") }

// Name is the title as far as its colon: what the cell is called.
func (p Page) Name() string {
	name, _, _ := strings.Cut(p.Title, ": ")
	return name
}

// Cite is the first paper in short: "Cho et al. (2014)".
func (p Page) Cite() string {
	who, rest, _ := strings.Cut(p.Paper, " (")
	year, _, _ := strings.Cut(rest, ")")
	if first, _, many := strings.Cut(who, ","); many {
		who = first + " et al."
	}
	return who + " (" + year + ")"
}
