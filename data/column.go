package data

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// Column is a named column of a table in memory. It has one kind of cells: words, numbers or times. Times
// may have words beside them, as which text files have them.
type Column struct {
	Name    string
	Words   []string    // "" is missing
	Numbers []float64   // NaN is missing
	Times   []time.Time // in UTC; the zero time is missing
}

// Len is how many cells the column has.
func (c *Column) Len() int { return max(len(c.Words), len(c.Numbers), len(c.Times)) }

// columnSource is columns as a source. Row 0 is said as line 1.
type columnSource struct {
	parser
	file    string
	columns []Column
	names   []string
	row     int // the one that next went to
	clock   []written
	buffer  []byte
}

func newColumnSource(file string, columns []Column, exact bool) (*columnSource, error) {
	s := &columnSource{parser: parser{exact: exact}, file: file, columns: columns, row: -1}
	if len(columns) == 0 {
		return nil, &Error{File: file, Msg: "the file has no columns"}
	}
	for i := range columns {
		c := &columns[i]
		if c.Len() != columns[0].Len() {
			return nil, &Error{File: file, Msg: fmt.Sprintf("column %s has %d rows, and column %s %d", c.Name, c.Len(), columns[0].Name, columns[0].Len())}
		}
		s.names, s.clock = append(s.names, c.Name), append(s.clock, clockOf(c.Times))
	}
	return s, nil
}

// clockOf is how a column of times is written: as dates if none has a time of day.
func clockOf(times []time.Time) written {
	w := written{form: dates}
	for _, t := range times {
		if t.Unix()%daySeconds != 0 {
			w.clock = ' '
		}
	}
	return w
}

func (s *columnSource) header() []string   { return s.names }
func (s *columnSource) width() int         { return len(s.columns) }
func (s *columnSource) line() int          { return s.row + 1 }
func (s *columnSource) lineOf(row int) int { return row + 1 }

func (s *columnSource) next() (bool, error) {
	s.row++
	return s.row < s.columns[0].Len(), nil
}

func (s *columnSource) word(j int) []byte {
	c := &s.columns[j]
	s.buffer = s.buffer[:0]
	switch {
	case c.Words != nil:
		s.buffer = append(s.buffer, c.Words[s.row]...)
	case c.Numbers != nil && !math.IsNaN(c.Numbers[s.row]):
		s.buffer = append(s.buffer, trimNumber(c.Numbers[s.row])...)
	case c.Times != nil && !c.Times[s.row].IsZero():
		s.buffer = append(s.buffer, s.clock[j].label(float64(c.Times[s.row].Unix()))...)
	}
	return s.buffer
}

func (s *columnSource) number(j int) (number, error) {
	c := &s.columns[j]
	switch {
	case c.Words != nil && c.Words[s.row] != "":
		return s.parser.number([]byte(c.Words[s.row]))
	case c.Times != nil:
		return absent, fmt.Errorf("%s is a time, not a number", quote(string(s.word(j))))
	case c.Words != nil, math.IsNaN(c.Numbers[s.row]):
		return absent, nil
	case math.IsInf(c.Numbers[s.row], 0):
		return absent, fmt.Errorf("an infinite number")
	case s.exact:
		return s.parse(strconv.FormatFloat(c.Numbers[s.row], 'g', -1, 64))
	}
	return number{float: c.Numbers[s.row]}, nil
}

func (s *columnSource) time(j int) (float64, written, string) {
	c := &s.columns[j]
	switch {
	case c.Words != nil && c.Words[s.row] != "":
		return parseTime([]byte(c.Words[s.row]))
	case c.Numbers != nil && !math.IsNaN(c.Numbers[s.row]):
		return c.Numbers[s.row], written{form: counts}, ""
	case c.Times == nil || c.Times[s.row].IsZero():
		return math.NaN(), written{}, "no time"
	case c.Times[s.row].Nanosecond() != 0:
		return math.NaN(), written{}, c.Times[s.row].Format(time.RFC3339Nano) + " is finer than a second: give such times as numbers"
	}
	return float64(c.Times[s.row].Unix()), s.clock[j], ""
}

func (s *columnSource) fault(j int, msg, help string) *Error {
	return &Error{File: s.file, Line: s.row + 1, Field: s.names[min(j, len(s.names)-1)], Msg: msg, Help: help}
}
