package data

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"unroll/internal/spell"
	"unroll/series"
)

// ReadCSV reads the wanted inputs from the CSV file that r holds; name is what errors call it.
// Fields are separated by comma, semicolon or tab; the first line is the header. There are two
// layouts.
//
// Long: every wanted input is a column, a vector x of n entries the columns x[0], x[1], … (or x.0,
// x_0, x0; counted from 0 or from 1). A column series, id or unique_id tells series apart, in order
// of first appearance; lines of one series stand in the order of time. A column t, time, date or ds
// is read only to check this, if it holds numbers. A `per series` input is the same on all lines of
// a series. Where known inputs go on after the others end, these are shorter.
//
// Wide, if one scalar input is wanted and no column has its name: each column of numbers is one
// series, named by its header. Leading columns called rownames, time, date, t, ds, index or nothing,
// and columns whose first value is no number, are left out. Empty cells at the end of a column are
// not part of it.
//
// names maps an input to its column, or a vector to its columns; "series" and "t" may be mapped
// too. Numbers are exact; an empty cell, NaN or NA is missing. A blank line is no line, save that
// between the values of a file of one column it is one that is missing.
func ReadCSV(name string, r io.Reader, want []Want, names map[string][]string) (series.Set, error) {
	if len(want) == 0 {
		return series.Set{}, &Error{File: name, Msg: "the cell has no inputs to read from it"}
	}
	t, err := readTable(name, r)
	if err != nil {
		return series.Set{}, err
	}
	l, lacking, err := arrange(t, want, names)
	switch {
	case err != nil:
		return series.Set{}, err
	case len(lacking) == 0:
		return l.read()
	case isWide(l, want, names):
		return readWide(t, want[0])
	}
	return series.Set{}, neither(t, want, lacking)
}

// isWide says whether a file that lacks wanted columns may have one column a series.
func isWide(l *long, want []Want, names map[string][]string) bool {
	return len(want) == 1 && !want[0].PerSeries && want[0].Rows == 1 && len(names) == 0 && l.series < 0
}

// neither is the error of a file that has neither layout.
func neither(t *table, want, lacking []Want) error {
	lacks := strings.Join(wantNames(lacking), ", ")
	help := fmt.Sprintf("say which column it is: --name %s=%s", lacking[0].Name, suggestion(lacking[0].Name, t.header))
	msg := fmt.Sprintf("no column for %s: the cell reads %s, the file has %s", lacks, strings.Join(wantNames(want), ", "), list(t.header))
	return &Error{File: t.file, Line: 1, Msg: msg, Help: help}
}

// list is the columns' names for a message, the first of them if there are many.
func list(header []string) string {
	const most = 20
	if len(header) > most {
		return strings.Join(header[:most], ", ") + fmt.Sprintf(", … (%d columns)", len(header))
	}
	return strings.Join(header, ", ")
}

// suggestion is the column nearest to name, otherwise the last, which is not often a time or an id.
func suggestion(name string, header []string) string {
	if near := spell.Nearest(name, header); near != "" {
		return near
	}
	return header[len(header)-1]
}

// column is the number of the column called name, or -1; an error if two are.
func (t *table) column(name string) (int, error) {
	first := slices.Index(t.header, name)
	if first >= 0 && slices.Contains(t.header[first+1:], name) {
		return -1, &Error{File: t.file, Line: 1, Msg: fmt.Sprintf("two columns are called %q", name), Help: "rename one of them"}
	}
	return first, nil
}
