package data

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

const (
	// maxCell is how long a cell may be, in bytes: longer ones are a sign of an unclosed quote, or of
	// a file that is not a table.
	maxCell = 1000
	// maxLine is how long a line may be: a series of millions of values may stand on one.
	maxLine = 64 << 20
	// maxQuoted is how far a quoted cell is looked for its end, below its first line.
	maxQuoted = 64 << 10
)

// records cuts a CSV file into records of fields. What it returns holds until the next one is read.
type records struct {
	file   string
	r      *bufio.Reader
	comma  byte
	raw    []byte  // the record: one line, or more where a quoted cell goes on
	fields []field // of raw
	line   int     // on which the record begins, from 1
	after  int     // the line after it
	long   []byte  // holds what is longer than the reader's buffer
}

// field is a cell: its text, without quotes and blanks around it, and where it begins in raw.
type field struct {
	at   int
	text []byte
}

// next reads a record that isn't blank; io.EOF at the end.
func (r *records) next() error {
	for {
		r.line = r.after
		raw, err := r.readLine()
		if err != nil {
			return err
		}
		if len(raw) > 0 {
			r.raw, r.fields = raw, r.fields[:0]
			if bytes.IndexByte(raw, '"') < 0 {
				return r.split()
			}
			return r.unquote()
		}
	}
}

// readLine reads a line without its end.
func (r *records) readLine() ([]byte, error) {
	line, err := r.r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		r.long = append(r.long[:0], line...)
		for errors.Is(err, bufio.ErrBufferFull) && len(r.long) <= maxLine {
			line, err = r.r.ReadSlice('\n')
			r.long = append(r.long, line...)
		}
		line = r.long
	}
	switch {
	case len(line) > maxLine:
		return nil, &Error{File: r.file, Line: r.after, Msg: fmt.Sprintf("a line of more than %d MB", maxLine>>20), Help: "is the file a table?"}
	case err != nil && (!errors.Is(err, io.EOF) || len(line) == 0):
		return nil, err
	}
	r.after++
	line = bytes.TrimSuffix(line, []byte{'\n'})
	return bytes.TrimSuffix(line, []byte{'\r'}), nil
}

// split cuts a line without quotes.
func (r *records) split() error {
	raw, at := r.raw, 0
	for {
		end := bytes.IndexByte(raw[at:], r.comma)
		if end < 0 {
			return r.field(at, trim(raw[at:]))
		}
		if err := r.field(at, trim(raw[at:at+end])); err != nil {
			return err
		}
		at += end + 1
	}
}

// trim is text without blanks around it; most text has none.
func trim(text []byte) []byte {
	if n := len(text); n == 0 || text[0] > ' ' && text[0] < 0x80 && text[n-1] > ' ' && text[n-1] < 0x80 {
		return text
	}
	return bytes.TrimSpace(text)
}

func (r *records) field(at int, text []byte) error {
	if len(text) > maxCell {
		return r.fault(at, fmt.Sprintf("a cell of %d characters", len(text)), "is a quote left open, or the file no table?")
	}
	r.fields = append(r.fields, field{at, text})
	return nil
}

// unquote cuts a record in which cells are quoted. It reads on while a quote is open.
func (r *records) unquote() error {
	if err := r.whole(); err != nil {
		return err
	}
	at := 0
	for {
		begin := at
		for begin < len(r.raw) && r.raw[begin] == ' ' {
			begin++
		}
		var end int
		var err error
		if begin < len(r.raw) && r.raw[begin] == '"' {
			end, err = r.quoted(begin)
		} else {
			end, err = r.bare(at)
		}
		if err != nil || end >= len(r.raw) {
			return err
		}
		at = end + 1
	}
}

// whole reads lines until the record has as many opening quotes as closing ones.
func (r *records) whole() error {
	for quotes, most := bytes.Count(r.raw, []byte{'"'}), len(r.raw)+maxQuoted; quotes%2 == 1 && len(r.raw) < most; {
		whole := append(bytes.Clone(r.raw), '\n')
		line, err := r.readLine()
		if errors.Is(err, io.EOF) {
			return nil // unclosed: said with its place by who reads the cell
		}
		if err != nil {
			return err
		}
		r.raw, quotes = append(whole, line...), quotes+bytes.Count(line, []byte{'"'})
	}
	return nil
}

const quoteHelp = `a quote within a quoted cell is written ""`

// bare reads the cell at a place that isn't quoted, and returns where it ends.
func (r *records) bare(at int) (int, error) {
	end := at
	for end < len(r.raw) && r.raw[end] != r.comma {
		if r.raw[end] == '"' {
			return 0, r.fault(end, "a quote in a cell that isn't quoted", quoteHelp)
		}
		end++
	}
	return end, r.field(at, trim(r.raw[at:end]))
}

// quoted reads the cell whose quote is at a place, and returns where it ends.
func (r *records) quoted(at int) (int, error) {
	doubled := false
	end := at + 1
	for {
		next := bytes.IndexByte(r.raw[end:], '"')
		if next < 0 {
			return 0, r.fault(at, "a quoted cell that isn't closed", quoteHelp)
		}
		if end += next + 1; end >= len(r.raw) || r.raw[end] != '"' {
			break
		}
		doubled, end = true, end+1
	}
	text := r.raw[at+1 : end-1]
	if doubled {
		text = bytes.ReplaceAll(text, []byte(`""`), []byte(`"`))
	}
	for end < len(r.raw) && r.raw[end] == ' ' {
		end++
	}
	if end < len(r.raw) && r.raw[end] != r.comma {
		return 0, r.fault(at, "a quoted cell that is closed too early", quoteHelp)
	}
	return end, r.field(at, trim(text))
}

// fault is an error at a place of the record.
func (r *records) fault(at int, msg, help string) *Error {
	line, col := r.place(at)
	return &Error{File: r.file, Line: line, Col: col, Msg: msg, Help: help}
}

// place is the line of a place in the record, and its column in characters.
func (r *records) place(at int) (line, col int) {
	before := r.raw[:at]
	begin := bytes.LastIndexByte(before, '\n') + 1
	return r.line + bytes.Count(before, []byte{'\n'}), utf8.RuneCount(before[begin:]) + 1
}
