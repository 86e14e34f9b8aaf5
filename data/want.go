package data

import (
	"fmt"
	"strings"

	"unroll/internal/spell"
	"unroll/series"
)

// Want is an input that a cell reads.
type Want struct {
	Name      string
	Rows      int    // 1: a number at every time; n: a vector of n; 0: a vector whose length the data tells
	By        string // what says Rows, for messages, as "--size D=2"; "" if the input itself does
	Known     bool   // known ahead: may be longer than the other inputs
	PerSeries bool   // one value a series, in Consts
	Counts    bool   // whole numbers from 0 on
	Classes   int    // whole numbers from 0 to Classes-1; 0 if any number will do
}

// by is what says how long a vector is, behind that length.
func (w Want) by() string {
	if w.By == "" {
		return ""
	}
	return " (" + w.By + ")"
}

// refuses is what is wrong with a number as a value of the input, "" if it will do.
func (w Want) refuses(n number) string {
	whole := n.missing() || n.whole() && n.float >= 0
	switch {
	case w.Classes > 0 && (!whole || n.float >= float64(w.Classes)):
		return fmt.Sprintf("is not one of the classes of %s, the whole numbers from 0 to %d", w.Name, w.Classes-1)
	case w.Counts && !whole:
		return fmt.Sprintf("can't be a value of %s, which is a whole number from 0 on", w.Name)
	}
	return ""
}

// Error is a fault in data, said to the person who gave it.
type Error struct {
	File      string // or "--input y" for a command line
	Line, Col int    // from 1, Col in characters; 0 if the fault has no place
	Field     string // the column's name, if the fault is in a cell
	Msg       string // what is wrong and what was expected
	Help      string // what to do; may be empty
}

// Error is the message with its place on one line: `air.csv:5:12: column value: "abc" is not a number …`.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	if e.Col > 0 {
		fmt.Fprintf(&b, ":%d", e.Col)
	}
	b.WriteString(": ")
	if e.Field != "" {
		b.WriteString("column " + e.Field + ": ")
	}
	b.WriteString(e.Msg)
	if e.Help != "" {
		b.WriteString("; " + e.Help)
	}
	return b.String()
}

func wantNames(want []Want) []string {
	names := make([]string, len(want))
	for i, w := range want {
		names[i] = w.Name
	}
	return names
}

// didYouMean is a question with the nearest name, or "".
func didYouMean(name string, among []string) string {
	if near := spell.Nearest(name, among); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// newSeries is a series without values yet.
func newSeries(id string) series.Series {
	return series.Series{ID: id, Columns: map[string]series.Column{}, Consts: map[string]series.Array{}}
}
