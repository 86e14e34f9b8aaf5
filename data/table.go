package data

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"unroll/series"
)

// maxCell is how long a cell may be, in bytes: longer ones are a sign of an unclosed quote, or of
// a file that is not a table.
const maxCell = 1000

// table is a CSV file as read: a header and lines of cells, perhaps fewer than the header has.
type table struct {
	file   string
	header []string
	lines  [][]cell
	next   int // the line of the file after the last one that was read
}

// cell is a cell with its place in the file.
type cell struct {
	text      string
	line, col int32
}

// cell is the one on line i under column j, empty if the line is too short.
func (t *table) cell(i, j int) cell {
	if line := t.lines[i]; j < len(line) {
		return line[j]
	}
	return cell{line: t.lines[i][0].line}
}

// fault is an error about the cell on line i under column j.
func (t *table) fault(i, j int, msg, help string) error {
	c := t.cell(i, j)
	return &Error{File: t.file, Line: int(c.line), Col: int(c.col), Field: t.header[j], Msg: msg, Help: help}
}

// readTable reads a file separated by comma, semicolon or tab, told by its first line.
func readTable(file string, r io.Reader) (*table, error) {
	buffered := bufio.NewReaderSize(r, 1<<16)
	start, _ := buffered.Peek(1 << 16) // a read error comes back below
	if bytes.HasPrefix(start, []byte{0xff, 0xfe}) || bytes.HasPrefix(start, []byte{0xfe, 0xff}) {
		return nil, &Error{File: file, Msg: "the file is UTF-16", Help: "save it as UTF-8"}
	}
	if bom := []byte("\ufeff"); bytes.HasPrefix(start, bom) {
		start = start[len(bom):]
		_, _ = buffered.Discard(len(bom)) // it has just been peeked at
	}
	if bytes.IndexByte(start, 0) >= 0 {
		return nil, &Error{File: file, Msg: "the file is not text", Help: "name a CSV file"}
	}
	lines := csv.NewReader(buffered)
	lines.Comma = separator(start)
	lines.FieldsPerRecord = -1
	t := &table{file: file}
	for {
		fields, err := lines.Read()
		if err == io.EOF {
			if err := t.named(); err != nil {
				return nil, err
			}
			return t, t.whole()
		}
		if err == nil {
			err = t.add(lines, fields)
		}
		if err != nil {
			return nil, tableError(file, err)
		}
	}
}

// named refuses a file that begins with numbers: its first line would be lost as names of columns.
func (t *table) named() error {
	for _, name := range t.header {
		if v, err := series.ParseNumber(name); err != nil || v == nil {
			return nil
		}
	}
	if len(t.header) == 0 {
		return nil
	}
	return &Error{File: t.file, Line: 1, Msg: "the first line has numbers, and no names of columns", Help: "write a line of names above it"}
}

// separator is the most frequent of , ; and tab in the first line, outside quotes.
func separator(start []byte) rune {
	counts := map[byte]int{}
	quoted := false
	for _, c := range bytes.TrimLeft(start, "\r\n") {
		if c == '"' {
			quoted = !quoted
		}
		if c == '\n' && !quoted {
			break
		}
		if !quoted {
			counts[c]++
		}
	}
	best := byte(',')
	for _, c := range []byte{';', '\t'} {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return rune(best)
}

// add takes in one record: the header, or a line of cells.
func (t *table) add(r *csv.Reader, fields []string) error {
	after := t.next
	cells := t.places(r, fields)
	for j, c := range cells {
		at := &Error{File: t.file, Line: int(c.line), Col: int(c.col)}
		if len(fields[j]) > maxCell {
			at.Msg, at.Help = fmt.Sprintf("a cell of %d characters", len(fields[j])), "is a quote left open, or the file no table?"
			return at
		}
		if t.header != nil && j >= len(t.header) && c.text != "" {
			at.Msg = fmt.Sprintf("%d cells, but the header has %d", len(fields), len(t.header))
			at.Help = "each line is one time; a decimal has a point, not a comma, and a cell that holds the separator is quoted"
			return at
		}
	}
	if t.header != nil {
		t.blank(after, int(cells[0].line))
		t.lines = append(t.lines, cells)
		return nil
	}
	t.header = make([]string, len(cells))
	for j, c := range cells {
		t.header[j] = c.text
	}
	return nil
}

// places are the cells of a record. The reader counts columns in bytes, and a person in characters.
func (t *table) places(r *csv.Reader, fields []string) []cell {
	cells := make([]cell, len(fields))
	beyond := 0 // bytes on this line, so far, that begin no character
	for j, text := range fields {
		line, col := r.FieldPos(j)
		cells[j] = cell{strings.TrimSpace(text), int32(line), int32(col - beyond)}
		t.next = line + strings.Count(text, "\n") + 1
		if last := strings.LastIndexByte(text, '\n'); last >= 0 {
			text, beyond = text[last:], 0
		}
		beyond += len(text) - utf8.RuneCountInString(text)
	}
	return cells
}

// blank adds the blank lines from one line to before another, where there is one column: there they
// are missing values.
func (t *table) blank(from, before int) {
	for line := from; len(t.header) == 1 && line < before; line++ {
		t.lines = append(t.lines, []cell{{line: int32(line), col: 1}})
	}
}

// whole is the error of a file without header or lines.
func (t *table) whole() error {
	switch {
	case t.header == nil:
		return &Error{File: t.file, Msg: "the file is empty", Help: "give it a header line and a line a time"}
	case len(t.lines) == 0:
		return &Error{File: t.file, Msg: "a header without lines below it"}
	}
	return nil
}

// tableError says a fault of encoding/csv with its place.
func tableError(file string, err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		what := "a quote in a cell that isn't quoted"
		if parse.Err == csv.ErrQuote {
			what = "a quoted cell that isn't closed, or is closed too early"
		}
		return &Error{File: file, Line: parse.Line, Col: parse.Column, Msg: what, Help: `a quote within a quoted cell is written ""`}
	}
	var own *Error
	if errors.As(err, &own) {
		return err
	}
	return fmt.Errorf("%s: %w", file, err)
}
