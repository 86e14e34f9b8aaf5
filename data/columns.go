package data

import (
	"fmt"
	"slices"
	"strconv"
)

// long is a table in the long layout: where each input stands.
type long struct {
	*table
	inputs []place
	series int // the column of the series' ids, -1 if there is none
	time   int // the column of times, -1 if there is none
}

// place is where an input stands: one column, or one an entry of a vector.
type place struct {
	Want
	columns []int
}

// arrange finds the columns of each wanted input, and returns those that have none.
func arrange(t *table, want []Want, names map[string][]string) (*long, []Want, error) {
	if err := checkNames(want, names); err != nil {
		return nil, nil, err
	}
	l := &long{table: t}
	var lacking []Want
	taken := map[int]bool{}
	for _, w := range want {
		columns, err := t.find(w, names[w.Name])
		if err != nil {
			return nil, nil, err
		}
		if columns == nil {
			lacking = append(lacking, w)
		}
		for _, j := range columns {
			taken[j] = true
		}
		l.inputs = append(l.inputs, place{w, columns})
	}
	var err error
	if l.series, err = t.role("series", names, taken, "series", "id", "unique_id"); err == nil {
		l.time, err = t.role("t", names, taken, "t", "time", "date", "ds")
	}
	return l, lacking, err
}

// checkNames refuses a mapping of what the cell has not.
func checkNames(want []Want, names map[string][]string) error {
	for name := range names {
		if !wanted(name, want) && name != "series" && name != "t" {
			return unknownInput("--name "+name, name, append(slices.Clone(want), Want{Name: "series"}))
		}
	}
	return nil
}

// role is the column that tells series or times: the mapped one, otherwise the first of the usual
// names that no input has taken; -1 if there is none.
func (t *table) role(name string, names map[string][]string, taken map[int]bool, usual ...string) (int, error) {
	if mapped, ok := names[name]; ok {
		columns, err := t.mapped(Want{Name: name, Rows: 1}, mapped)
		if err != nil {
			return -1, err
		}
		return columns[0], nil
	}
	for _, u := range usual {
		j, err := t.column(u)
		if err != nil {
			return -1, err
		}
		if j >= 0 && !taken[j] {
			return j, nil
		}
	}
	return -1, nil
}

// find returns the columns of w; nil if it has none.
func (t *table) find(w Want, mapped []string) ([]int, error) {
	if mapped != nil {
		return t.mapped(w, mapped)
	}
	if w.Rows != 1 {
		for _, pattern := range []string{"%s[%s]", "%s.%s", "%s_%s", "%s%s"} {
			if columns, err := t.entries(w, pattern); columns != nil || err != nil {
				return columns, err
			}
		}
	}
	if w.Rows > 1 {
		return nil, nil
	}
	j, err := t.column(w.Name)
	if j < 0 {
		return nil, err
	}
	return []int{j}, nil
}

// entries are the columns of a vector whose names follow pattern, counted from 0, or from 1 if
// there is no 0.
func (t *table) entries(w Want, pattern string) ([]int, error) {
	for _, from := range []int{0, 1} {
		var columns []int
		for {
			j, err := t.column(fmt.Sprintf(pattern, w.Name, strconv.Itoa(from+len(columns))))
			if err != nil {
				return nil, err
			}
			if j < 0 {
				break
			}
			columns = append(columns, j)
		}
		if len(columns) == 0 {
			continue
		}
		return columns, t.fits(w, columns)
	}
	return nil, nil
}

// fits compares the number of columns with the vector's length.
func (t *table) fits(w Want, columns []int) error {
	if w.Rows == 0 || w.Rows == len(columns) {
		return nil
	}
	entries := "is a number"
	if w.Rows > 1 {
		entries = fmt.Sprintf("has %d entries%s", w.Rows, w.by())
	}
	return &Error{File: t.file, Line: 1, Msg: fmt.Sprintf("%s %s, but %d columns: %s … %s", w.Name, entries, len(columns), t.header[columns[0]], t.header[columns[len(columns)-1]]),
		Help: fmt.Sprintf("name the columns: --name %s=COLUMN,…", w.Name)}
}

// mapped are the columns that --name says.
func (t *table) mapped(w Want, names []string) ([]int, error) {
	columns := make([]int, len(names))
	for i, name := range names {
		j, err := t.column(name)
		if err != nil {
			return nil, err
		}
		if j < 0 {
			help := didYouMean(name, t.header)
			if help == "" {
				help = "its columns are " + list(t.header)
			}
			return nil, &Error{File: t.file, Line: 1, Msg: fmt.Sprintf("no column called %q, which --name gives for %s", name, w.Name), Help: help}
		}
		columns[i] = j
	}
	if len(columns) == 0 {
		return nil, &Error{File: "--name " + w.Name, Msg: "no column", Help: fmt.Sprintf("write it as in --name %s=%s", w.Name, suggestion(w.Name, t.header))}
	}
	return columns, t.fits(w, columns)
}
