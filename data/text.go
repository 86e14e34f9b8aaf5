package data

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

// text is a CSV file as a source.
type text struct {
	records
	parser
	names   []string
	row     int     // how many rows were read
	blank   int     // how many blank lines are still to be given as rows of a missing value
	waiting bool    // a record is read and not given yet
	jumps   []jump  // where rows and lines part
	empty   []field // of a blank line
	cells   []field // of the row
}

// jump says that row and those behind it stand on the line given and those below it.
type jump struct{ row, line int }

// openText unpacks a file if need be, and reads its header.
func openText(name string, r io.Reader, exact bool) (*text, error) {
	buffered, err := Unpacked(name, r)
	if err != nil {
		return nil, err
	}
	start, _ := buffered.Peek(1 << 16) // a read error comes back below
	switch {
	case bytes.HasPrefix(start, []byte{0xff, 0xfe}), bytes.HasPrefix(start, []byte{0xfe, 0xff}):
		return nil, &Error{File: name, Msg: "the file is UTF-16", Help: "save it as UTF-8"}
	case bytes.HasPrefix(start, []byte("PAR1")):
		return nil, &Error{File: name, Msg: "the file is Parquet, not CSV"}
	case bytes.HasPrefix(start, []byte("\ufeff")):
		start = start[3:]
		_, _ = buffered.Discard(3) // it has just been peeked at
	}
	if bytes.IndexByte(start, 0) >= 0 {
		return nil, &Error{File: name, Msg: "the file is not text", Help: "name a CSV or Parquet file"}
	}
	comma := separator(start)
	t := &text{records: records{file: name, r: buffered, comma: comma, after: 1}, parser: parser{exact: exact, commas: comma != ','}}
	return t, t.readHeader()
}

// Unpacked is what gzip has packed in a file, told by its first bytes, or else the file as it is. The error of a file that
// is damaged or cut off, also one that reading finds later, is an Error with the name.
func Unpacked(name string, r io.Reader) (*bufio.Reader, error) {
	buffered := bufio.NewReaderSize(r, 1<<18)
	if start, _ := buffered.Peek(2); !bytes.Equal(start, []byte{0x1f, 0x8b}) {
		return buffered, nil
	}
	packed, err := gzip.NewReader(buffered)
	if err != nil {
		return nil, packError(name, err)
	}
	return bufio.NewReaderSize(&unpacker{name, packed}, 1<<18), nil
}

// unpacker reads what gzip has packed, and names the file where that is damaged.
type unpacker struct {
	name string
	from *gzip.Reader
}

// Read is that of an io.Reader.
func (u *unpacker) Read(into []byte) (int, error) {
	n, err := u.from.Read(into)
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) {
		err = packError(u.name, err)
	}
	return n, err
}

func packError(name string, err error) error {
	return &Error{File: name, Msg: fmt.Sprintf("the gzip file is damaged or cut off (%v)", err), Help: "pack it again"}
}

// separator is the most frequent of , ; and tab in the first line, outside quotes.
func separator(start []byte) byte {
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
	return best
}

// readHeader reads the names of the columns. A file of one column of numbers has none.
func (t *text) readHeader() error {
	if err := t.advance(); err != nil {
		if errors.Is(err, io.EOF) {
			return &Error{File: t.file, Msg: "the file is empty", Help: "give it a header line and a line a time"}
		}
		return err
	}
	numbers := 0
	for _, f := range t.fields {
		t.names = append(t.names, string(f.text))
		if isData(f.text) {
			numbers++
		}
	}
	n := len(t.names)
	switch {
	case n == 1 && numbers == 1:
		t.names, t.waiting = []string{""}, true
		return nil
	case numbers == n, n > 2 && numbers == n-1 && !isData(t.fields[0].text) && !counted(t.names[1:]) && !timed(t.names[1:]):
		return &Error{File: t.file, Line: 1, Msg: "the first line has numbers, and no names of columns", Help: "write a line of names above it"}
	}
	return nil
}

// isData says whether a cell is a number or a time: as the name of a column it would be strange.
func isData(cell []byte) bool {
	if len(cell) == 0 {
		return false
	}
	_, _, err := parseTime(cell)
	return err == ""
}

// advance reads a record.
func (t *text) advance() error {
	err := t.records.next()
	if err == nil {
		return nil
	}
	switch {
	case errors.Is(err, io.EOF), errors.As(err, new(*Error)):
		return err
	}
	return fmt.Errorf("%s: %w", t.file, err)
}

func (t *text) header() []string { return t.names }

// next goes to the next row. A blank line in a file of one column is a missing value, unless nothing
// comes behind it.
func (t *text) next() (bool, error) {
	if t.blank == 0 && !t.waiting {
		before := t.after
		if err := t.advance(); err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return false, err
		}
		t.waiting = true
		if len(t.names) == 1 {
			t.blank = t.records.line - before
		}
	}
	line := t.records.line - t.blank
	if t.blank > 0 {
		t.blank--
		t.cells = t.empty
	} else {
		t.waiting, t.cells = false, t.fields
	}
	if n := len(t.jumps); n == 0 || t.jumps[n-1].line+t.row-t.jumps[n-1].row != line {
		t.jumps = append(t.jumps, jump{t.row, line})
	}
	t.row++
	return true, nil
}

func (t *text) width() int { return len(t.cells) }

func (t *text) line() int { return t.lineOf(t.row - 1) }

func (t *text) lineOf(row int) int {
	i, found := slices.BinarySearchFunc(t.jumps, row, func(j jump, row int) int { return j.row - row })
	if !found {
		i--
	}
	return t.jumps[i].line + row - t.jumps[i].row
}

func (t *text) word(j int) []byte {
	if j < len(t.cells) {
		return t.cells[j].text
	}
	return nil
}

func (t *text) number(j int) (number, error) {
	cell := t.word(j)
	if len(cell) == 0 {
		return absent, nil
	}
	return t.parser.number(cell)
}

func (t *text) time(j int) (float64, written, string) {
	cell := t.word(j)
	if len(cell) == 0 {
		return math.NaN(), written{}, "no time"
	}
	return parseTime(cell)
}

func (t *text) fault(j int, msg, help string) *Error {
	err := &Error{File: t.file, Line: t.line(), Msg: msg, Help: help}
	if j < len(t.cells) {
		err.Line, err.Col = t.place(t.cells[j].at)
	}
	if j < len(t.names) {
		err.Field = t.names[j]
	}
	return err
}
