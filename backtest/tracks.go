package backtest

import (
	"fmt"
	"slices"

	"unroll/series"
)

// tracks are the targets of each series as plain numbers: for each series, in it for each target, and in that for each
// entry, a number a time, NaN where it is missing.
func tracks(set series.Set, targets []string) [][]float64 {
	var out [][]float64
	for _, s := range set.Series {
		for _, name := range targets {
			out = append(out, entries(s.Columns[name])...)
		}
	}
	return out
}

// entries are the numbers of each entry of a column over time.
func entries(c series.Column) [][]float64 {
	out := make([][]float64, width(c))
	for i := range out {
		out[i] = make([]float64, c.Len())
	}
	at := make([]float64, len(out))
	for t := range c.Len() {
		c.Read(t, at)
		for i, v := range at {
			out[i][t] = v
		}
	}
	return out
}

// width is how many entries a column has at a time.
func width(c series.Column) int {
	n := 0
	for _, a := range c.All() {
		if n = a.Len(); n > 0 {
			break // a missing one of a list may have none
		}
	}
	return n
}

// trackNames are the names of a series' tracks: its own, with the target behind it if there are several, and the entry
// of a vector, from 1.
func trackNames(s series.Series, targets []string) []string {
	var out []string
	for _, name := range targets {
		id := s.ID
		if len(targets) > 1 {
			id += " " + name
		}
		n := width(s.Columns[name])
		for i := range n {
			if n > 1 {
				out = append(out, fmt.Sprintf("%s[%d]", id, i+1))
			} else {
				out = append(out, id)
			}
		}
	}
	return out
}

// cut is a series as it was known after n times: what is known ahead goes on for h times more.
func cut(s series.Series, n, h int, ahead []string) series.Series {
	columns := map[string]series.Column{}
	for name, c := range s.Columns {
		end := n
		if slices.Contains(ahead, name) {
			end += h
		}
		columns[name] = c.Slice(0, min(end, c.Len()))
	}
	s.Columns, s.Ahead = columns, 0
	return s
}

// joined is a series that goes on with what another has of its columns.
func joined(s, more series.Series) series.Series {
	columns := map[string]series.Column{}
	for name, c := range s.Columns {
		c = c.Slice(0, c.Len()) // so that nothing is written behind it
		for _, a := range more.Columns[name].All() {
			c = c.Append(a)
		}
		columns[name] = c
	}
	s.Columns = columns
	return s
}
