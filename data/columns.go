package data

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"unroll/internal/spell"
)

// names are the columns of a file.
type names struct {
	file   string
	header []string
}

// place is where an input stands: one column, or one an entry of a vector.
type place struct {
	Want
	columns []int
}

// checkNames refuses a mapping of what the cell has not.
func checkNames(want []Want, mapped map[string][]string) error {
	for name := range mapped {
		if !wanted(name, want) && name != "series" && name != "t" {
			return unknownInput("--name "+name, name, append(slices.Clone(want), Want{Name: "series"}))
		}
	}
	return nil
}

// role is the column that tells series or times: the one that a flag names, otherwise the first of the
// usual names that no input has taken; -1 if there is none. said tells whether a flag names it.
func (n names) role(flag, named string, mapped []string, taken map[int]bool, usual ...string) (j int, said bool, err error) {
	if named != "" {
		mapped = []string{named}
	}
	if mapped != nil {
		columns, err := n.mapped(Want{Name: flag, Rows: 1}, mapped)
		if err != nil {
			return -1, true, err
		}
		return columns[0], true, nil
	}
	for _, u := range usual {
		j, err := n.column(u)
		if err != nil {
			return -1, false, err
		}
		if j >= 0 && !taken[j] {
			return j, false, nil
		}
	}
	return -1, false, nil
}

// find returns the columns of w; nil if it has none.
func (n names) find(w Want, mapped []string) ([]int, error) {
	if mapped != nil {
		return n.mapped(w, mapped)
	}
	if w.Rows != 1 {
		for _, pattern := range []string{"%s[%s]", "%s.%s", "%s_%s", "%s%s"} {
			if columns, err := n.entries(w, pattern); columns != nil || err != nil {
				return columns, err
			}
		}
	}
	if w.Rows > 1 {
		return nil, nil
	}
	j, err := n.column(w.Name)
	if j < 0 {
		return nil, err
	}
	return []int{j}, nil
}

// entries are the columns of a vector whose names follow pattern, counted from 0, or from 1 if
// there is no 0.
func (n names) entries(w Want, pattern string) ([]int, error) {
	for _, from := range []int{0, 1} {
		var columns []int
		for {
			j, err := n.column(fmt.Sprintf(pattern, w.Name, strconv.Itoa(from+len(columns))))
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
		return columns, n.fits(w, columns)
	}
	return nil, nil
}

// fits compares the number of columns with the vector's length.
func (n names) fits(w Want, columns []int) error {
	if w.Rows == 0 || w.Rows == len(columns) {
		return nil
	}
	entries := "is a number"
	if w.Rows > 1 {
		entries = fmt.Sprintf("has %d entries%s", w.Rows, w.by())
	}
	return &Error{File: n.file, Line: 1, Msg: fmt.Sprintf("%s %s, but %d columns: %s … %s", w.Name, entries, len(columns), n.header[columns[0]], n.header[columns[len(columns)-1]]),
		Help: fmt.Sprintf("name the columns: --name %s=COLUMN,…", w.Name)}
}

// mapped are the columns that a flag says.
func (n names) mapped(w Want, said []string) ([]int, error) {
	flag := "--name gives for " + w.Name
	if strings.HasPrefix(w.Name, "--") {
		flag = w.Name + " names"
	}
	columns := make([]int, len(said))
	for i, name := range said {
		j, err := n.column(name)
		if err != nil {
			return nil, err
		}
		if j < 0 {
			help := didYouMean(name, n.header)
			if help == "" {
				help = "its columns are " + list(n.header)
			}
			return nil, &Error{File: n.file, Line: 1, Msg: fmt.Sprintf("no column called %q, which %s", name, flag), Help: help}
		}
		columns[i] = j
	}
	if len(columns) == 0 {
		return nil, &Error{File: "--name " + w.Name, Msg: "no column", Help: fmt.Sprintf("write it as in --name %s=%s", w.Name, suggestion(w.Name, n.header))}
	}
	return columns, n.fits(w, columns)
}

// column is the number of the column called name, or -1; an error if two are.
func (n names) column(name string) (int, error) {
	first := slices.Index(n.header, name)
	if first >= 0 && slices.Contains(n.header[first+1:], name) {
		return -1, &Error{File: n.file, Line: 1, Msg: fmt.Sprintf("two columns are called %q", name), Help: "rename one of them"}
	}
	return first, nil
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
