package data

import (
	"fmt"
	"slices"
	"strings"

	"unroll/series"
)

// notValues are the names of leading columns that are no series.
var notValues = []string{"", "rownames", "time", "date", "t", "ds", "index"}

// readWide makes a series of each column of numbers.
func readWide(t *table, w Want) (series.Set, error) {
	var set series.Set
	leading := true
	for j, id := range t.header {
		leading = leading && slices.Contains(notValues, strings.ToLower(id))
		if leading || !t.isNumeric(j) {
			continue
		}
		if _, err := t.column(id); err != nil {
			return series.Set{}, err
		}
		values, err := t.wideValues(w, j)
		if err != nil {
			return series.Set{}, err
		}
		if id == "" {
			id = fmt.Sprintf("column %d", j+1)
		}
		one := newSeries(id)
		one.Columns[w.Name] = series.Arrays(values...)
		set.Series = append(set.Series, one)
	}
	if len(set.Series) == 0 {
		return series.Set{}, &Error{File: t.file, Msg: fmt.Sprintf("no column of numbers for %s: the file has %s", w.Name, list(t.header)),
			Help: fmt.Sprintf("say which column it is: --name %s=%s", w.Name, suggestion(w.Name, t.header))}
	}
	return set, nil
}

// isNumeric says whether the first cell of column j that is not missing is a number.
func (t *table) isNumeric(j int) bool {
	for i := range t.lines {
		v, err := series.ParseNumber(t.cell(i, j).text)
		if err != nil || v != nil {
			return err == nil
		}
	}
	return false
}

// wideValues reads column j without the empty cells at its end.
func (t *table) wideValues(w Want, j int) ([]series.Array, error) {
	end := len(t.lines)
	for end > 0 && t.cell(end-1, j).text == "" {
		end--
	}
	out := make([]series.Array, end)
	for i := range out {
		v, err := t.number(w, i, j)
		if err != nil {
			return nil, err
		}
		out[i] = series.Number(v)
	}
	return out, nil
}
