package data

import (
	"io"

	"unroll/series"
)

// Options say what is read of a table, and how.
type Options struct {
	Want   []Want              // the inputs of the cell
	Names  map[string][]string // the columns of an input, by its name, where they are called otherwise
	ID     string              // the column of the series' names; "" is one called unique_id, id or series, if there is one
	Time   string              // the column of times; "" is one called ds, t, time, date or month, if there is one
	Target string              // the column of the first input that isn't known ahead; "" is one of its name, or y
	Fill   string              // what is put where times are missing between others: one of series.Fills; "" is an error
	Exact  bool                // numbers as fractions, for who explains; takes much more time and memory
	Least  int                 // series with fewer times are left out
}

// Table is what was read.
type Table struct {
	Set       series.Set
	Calendars []Calendar // one a series
	Notes     []string   // what was understood: layout, frequency
	Doubts    []string   // what the file doesn't say and was guessed, or left out: to be said whoever reads
}

// source is a table row by row, whether of text or of columns. A column is told by its number.
type source interface {
	header() []string
	next() (bool, error) // goes to the next row, if there is one
	width() int          // how many cells the row has
	line() int           // where the row stands, from 1; see lineOf
	lineOf(row int) int  // where a row stood that was read before, counted from 0
	word(j int) []byte   // the cell, "" if it is missing; holds until the next row
	number(j int) (number, error)
	time(j int) (float64, written, string) // the time, or what is wrong with it
	fault(j int, msg, help string) *Error
}

// Read reads a CSV file, plain or compressed by gzip: r, which messages call name.
//
// A table is long, with a column for each input and, perhaps, columns that tell series and times; or
// wide, with a column or a line a series; or one column of numbers. A note says which was understood.
func Read(name string, r io.Reader, o Options) (*Table, error) {
	src, err := openText(name, r, o.Exact)
	if err != nil {
		return nil, err
	}
	return read(name, src, o)
}

// ReadColumns reads a table that another package has made columns of, as Read does.
func ReadColumns(name string, columns []Column, o Options) (*Table, error) {
	src, err := newColumnSource(name, columns, o.Exact)
	if err != nil {
		return nil, err
	}
	return read(name, src, o)
}

// read finds out how a table is laid out, takes in its rows, and makes series of them.
func read(name string, src source, o Options) (*Table, error) {
	if err := o.check(name); err != nil {
		return nil, err
	}
	more, err := src.next()
	if err != nil {
		return nil, err
	}
	if !more {
		return nil, &Error{File: name, Msg: "a header without lines below it"}
	}
	l, err := arrange(name, src, o)
	if err != nil {
		return nil, err
	}
	d, err := newDraft(l, o)
	for more && err == nil {
		if err = d.take(src); err == nil {
			more, err = src.next()
		}
	}
	if err != nil {
		return nil, err
	}
	return finish(d, l, src, o)
}

// draft takes in a table row by row.
type draft interface {
	take(src source) error
	pieces() []piece  // the series, once all rows are taken in
	written() written // the form of their times
}

// newDraft is the draft for a layout.
func newDraft(l *layout, o Options) (draft, error) {
	switch l.kind {
	case byColumn:
		return newColumnsDraft(l, o), nil
	case byRow:
		return newRowsDraft(l, o)
	}
	return newLongDraft(l, o), nil
}

// check refuses options that can't be meant.
func (o Options) check(name string) error {
	if len(o.Want) == 0 {
		return &Error{File: name, Msg: "the cell has no inputs to read from it"}
	}
	if _, err := fillOf(o.Fill); err != nil {
		return err
	}
	return checkNames(o.Want, o.Names)
}
