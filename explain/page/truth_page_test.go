package page_test

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// block is a piece of a page that was read back, its formulas as a text has them.
type block struct {
	kind  blockKind
	text  string     // of a heading, or of prose
	left  string     // of a chain; "" if it goes on with the one before
	links []linked   // likewise
	said  bool       // words stand behind the chain
	rows  [][]string // of a table, its head first
}

type blockKind int

const (
	heading blockKind = iota
	prose
	chained
	table
)

// linked is a relation and what stands behind it.
type linked struct{ sign, text string }

const relationSigns = "=≈←∼"

// chainOf reads a chain from its text, a = b ≈ c.
func chainOf(text string) block {
	b := block{kind: chained}
	depth, from, sign := 0, 0, ""
	put := func(part string) {
		if part = strings.TrimSpace(part); sign == "" {
			b.left = part
		} else {
			b.links = append(b.links, linked{sign, part})
		}
	}
	for i, r := range text {
		switch {
		case strings.ContainsRune("([{", r):
			depth++
		case strings.ContainsRune(")]}", r):
			depth--
		case depth == 0 && strings.ContainsRune(relationSigns, r):
			put(text[from:i])
			sign, from = string(r), i+len(string(r))
		}
	}
	put(text[from:])
	return b
}

// open is how many brackets of a text aren't closed.
func open(text string) int {
	n := 0
	for _, r := range text {
		switch {
		case strings.ContainsRune("([{", r):
			n++
		case strings.ContainsRune(")]}", r):
			n--
		}
	}
	return n
}

// beginsChain tells a line that begins with a formula and a relation: what stands left of the
// relation is operands with signs between, and so no sentence.
func beginsChain(line string) bool {
	at := strings.IndexAny(line, relationSigns)
	if at < 0 || strings.HasPrefix(line, "•") {
		return false
	}
	words := slices.DeleteFunc(strings.Fields(line[:at]), func(w string) bool { return strings.HasPrefix(w, "∑_") })
	for i, w := range words {
		joins := strings.Contains("+ − · ⊙ / mod", w)
		if joins != (i%2 == 1) {
			return false
		}
	}
	return len(words)%2 == 1 || len(words) == 0
}

// tidied joins chains that go on, and tables that a narrow page writes in several blocks.
func tidied(all []block) []block {
	var out []block
	for _, b := range all {
		last := len(out) - 1
		switch {
		case b.kind == chained && b.left == "" && last >= 0 && out[last].kind == chained:
			out[last].links = append(slices.Clone(out[last].links), b.links...)
		case b.kind == table && last >= 0 && out[last].kind == table && sameColumn(out[last].rows, b.rows):
			for i, row := range b.rows {
				out[last].rows[i] = append(out[last].rows[i], row[1:]...)
			}
		default:
			out = append(out, b)
		}
	}
	return out
}

// sameColumn tells whether two tables have the same first column.
func sameColumn(a, b [][]string) bool {
	return slices.EqualFunc(a, b, func(x, y []string) bool { return x[0] == y[0] })
}

// textBlocks reads what page.Text has written.
func textBlocks(text string) []block {
	var all []block
	var group []string
	end := func() {
		if len(group) > 0 {
			all = append(all, groupBlocks(group)...)
		}
		group = nil
	}
	for _, line := range strings.Split(text, "\n") {
		inner, indented := strings.CutPrefix(line, "  ")
		if boxed, ok := strings.CutPrefix(inner, "│"); ok {
			inner = strings.TrimPrefix(boxed, " ")
		}
		switch {
		case strings.TrimSpace(inner) == "":
			end()
		case !indented:
			end()
			if strings.Trim(line, "─═") != "" {
				all = append(all, block{kind: heading, text: line})
			}
		default:
			group = append(group, inner)
		}
	}
	end()
	return tidied(all)
}

// groupBlocks are the blocks of lines that no empty line divides.
func groupBlocks(lines []string) []block {
	for i, l := range lines {
		if i == 0 || strings.Trim(l, "─") != "" {
			continue
		}
		head := i - 1
		for head > 0 && strings.HasPrefix(lines[head], " ") {
			head-- // a wide head takes several lines
		}
		var all []block
		if head > 0 {
			all = append(all, block{kind: prose, text: strings.Join(lines[:head], " ")})
		}
		return append(all, block{kind: table, rows: tableRows(lines[head:i], lines[i+1:])})
	}
	beginning := ""
	for _, l := range lines[:min(len(lines), 4)] { // of a wide left side
		if beginning += " " + strings.TrimSpace(l); beginsChain(beginning) {
			return chainBlocks(lines)
		}
	}
	var all []block
	for _, l := range lines {
		if len(all) > 0 && !strings.HasPrefix(l, "•") {
			all[len(all)-1].text += " " + strings.TrimSpace(l)
		} else {
			all = append(all, block{kind: prose, text: l})
		}
	}
	return all
}

// unfinished is a line behind which something must follow.
var unfinished = regexp.MustCompile(`[+−·⊙/=≈←]$`)

// chainBlocks reads formulas of which each begins at the left. What is said of one stands far behind
// it, or below.
func chainBlocks(lines []string) []block {
	var texts []string
	var said []bool
	for _, l := range lines {
		inner := strings.TrimSpace(l)
		last := len(texts) - 1
		switch {
		case !strings.HasPrefix(l, " ") && (last < 0 || strings.ContainsAny(texts[last], relationSigns) || strings.IndexAny(inner, "+−") != 0):
			texts, said = append(texts, inner), append(said, false)
		case open(texts[last]) > 0 || strings.IndexAny(inner, "+−"+relationSigns) == 0 || unfinished.MatchString(texts[last]):
			texts[last] += " " + inner
		default:
			said[last] = true
		}
	}
	var all []block
	for i, t := range texts {
		if at := strings.IndexAny(t, relationSigns); at >= 0 {
			if before, _, behind := strings.Cut(t[at:], "    "); behind {
				t, said[i] = t[:at]+before, true
			}
		}
		b := chainOf(t)
		b.said = said[i]
		all = append(all, b)
	}
	return all
}

// tableRows cuts lines into columns, which begin where those of the head do. What begins with a
// space goes on with the row above.
func tableRows(head, lines []string) [][]string {
	var starts []int
	runes := []rune(columnsOf(head[0]))
	for i, r := range runes {
		if r != ' ' && (i == 0 || i > 1 && runes[i-1] == ' ' && runes[i-2] == ' ') {
			starts = append(starts, i)
		}
	}
	var rows [][]string
	for _, l := range append(slices.Clone(head), lines...) {
		if strings.HasPrefix(l, "⋯") {
			continue
		}
		if !strings.HasPrefix(l, " ") {
			rows = append(rows, make([]string, len(starts)))
		}
		row := rows[len(rows)-1]
		for j, from := range starts {
			to := len([]rune(l))
			if j+1 < len(starts) {
				to = starts[j+1]
			}
			row[j] = strings.TrimSpace(row[j] + " " + cellAt(l, from, to))
		}
	}
	return rows
}

// columnsOf is a line without the marks that take no column.
func columnsOf(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, line)
}

// cellAt is what stands between two columns of a line.
func cellAt(line string, from, to int) string {
	out, at := "", 0
	for _, r := range line {
		if !unicode.Is(unicode.Mn, r) {
			at++
		}
		if at > from && at <= to {
			out += string(r)
		}
	}
	return strings.TrimSpace(out)
}
