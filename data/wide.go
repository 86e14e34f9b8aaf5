package data

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// notValues are the names of leading columns that are no series.
var notValues = []string{"", "rownames", "time", "date", "t", "ds", "index"}

// columnsDraft takes in a table of which each column of numbers is a series.
type columnsDraft struct {
	*layout
	want   Want
	form   written
	times  []float64
	series []int // the columns that may be series
	stores []store
	kinds  []columnKind
	rows   int
}

// columnKind is what is known of a column: nothing while its cells were empty.
type columnKind int

const (
	unknown columnKind = iota
	numeric
	words
)

func newColumnsDraft(l *layout, o Options) *columnsDraft {
	d := &columnsDraft{layout: l, want: o.Want[0]}
	leading := true
	for j, id := range l.header {
		leading = leading && slices.Contains(notValues, strings.ToLower(id))
		if !leading && j != l.time {
			d.series = append(d.series, j)
			d.stores = append(d.stores, store{rows: 1, exact: o.Exact})
		}
	}
	d.kinds = make([]columnKind, len(d.series))
	return d
}

func (d *columnsDraft) take(src source) error {
	if err := d.tooWide(src); err != nil {
		return err
	}
	if d.time >= 0 {
		t, err := d.form.read(src, d.time)
		if err != nil {
			return err
		}
		if n := len(d.times); n > 0 && t <= d.times[n-1] {
			return src.fault(d.time, fmt.Sprintf("%s doesn't come after %s, on the line before", d.form.label(t), d.form.label(d.times[n-1])), "sort the file by time, and keep one row a time")
		}
		d.times = append(d.times, t)
	}
	for i, j := range d.series {
		if err := d.takeCell(src, i, j); err != nil {
			if own := (*Error)(nil); errors.As(err, &own) && d.time >= 0 {
				own.Msg += " (" + d.form.label(d.times[d.rows]) + ")"
			}
			return err
		}
	}
	d.rows++
	return nil
}

// takeCell reads a cell of column j. A column whose first value is no number isn't a series.
func (d *columnsDraft) takeCell(src source, i, j int) error {
	if d.kinds[i] == words {
		return nil
	}
	n, err := src.number(j)
	if err != nil && d.kinds[i] == unknown {
		d.kinds[i] = words
		return nil
	}
	if err == nil && !n.missing() {
		if d.kinds[i] == unknown {
			if _, err := d.column(d.header[j]); err != nil {
				return err
			}
		}
		d.kinds[i] = numeric
	}
	if n, err = accept(src, d.want, j, n, err); err != nil {
		return err
	}
	d.stores[i].add(n)
	return nil
}

// pieces are the series, without the empty cells at their ends.
func (d *columnsDraft) pieces() []piece {
	var all []piece
	for i, j := range d.series {
		if d.kinds[i] != numeric {
			continue
		}
		id := d.header[j]
		if id == "" {
			id = fmt.Sprintf("column %d", j+1)
		}
		end := lastPresent(&d.stores[i])
		p := piece{id: id, runs: []run{{0, end}}, stores: []store{d.stores[i].cut(0, end)}}
		if d.time >= 0 {
			p.times = d.times[:end]
		}
		all = append(all, p)
	}
	ids := make([]string, len(all))
	for i, p := range all {
		ids[i] = p.id
	}
	switch len(all) {
	case 0:
	case 1:
		d.doubts = append(d.doubts, fmt.Sprintf("no column is called %s: %s, the one column of numbers, is read as it", d.want.Name, ids[0]))
	default:
		d.doubts = append(d.doubts, fmt.Sprintf("no column is called %s: each column of numbers is a series of it: %s", d.want.Name, list(ids)))
	}
	return all
}

// rowsDraft takes in a table of which each row is a series.
type rowsDraft struct {
	*layout
	want   Want
	form   written
	times  []float64 // of the header
	values store
	ids    []string
	begins []int // where each series begins in the store
	byID   map[string]int
	left   int // series without a value
}

func newRowsDraft(l *layout, o Options) (*rowsDraft, error) {
	d := &rowsDraft{layout: l, want: o.Want[0], values: store{rows: 1, exact: o.Exact}, byID: map[string]int{}}
	if rest := l.header[1:]; !timed(rest) && (!counted(rest) || !isData([]byte(rest[0]))) {
		return d, nil
	}
	for _, name := range l.header[1:] {
		t, w, _ := parseTime([]byte(name))
		form, ok := d.form.agree(w)
		if n := len(d.times); !ok || n > 0 && t <= d.times[n-1] {
			return nil, &Error{File: l.file, Line: 1, Msg: fmt.Sprintf("the column %s doesn't come after the times before it", name), Help: "sort the columns by time"}
		}
		d.form, d.times = form, append(d.times, t)
	}
	return d, nil
}

func (d *rowsDraft) take(src source) error {
	id := src.word(0)
	if len(id) == 0 {
		return src.fault(0, "no series", "the first cell of a line is the name of its series")
	}
	if line, again := d.byID[string(id)]; again {
		return src.fault(0, fmt.Sprintf("series %s stands on line %d too", id, line), "give each line a name of its own")
	}
	d.byID[string(id)] = src.line()
	d.ids, d.begins = append(d.ids, string(id)), append(d.begins, d.values.len())
	end := src.width()
	for end > 1 && len(src.word(end-1)) == 0 {
		end--
	}
	if d.times != nil && end > len(d.times)+1 {
		return src.fault(len(d.times)+1, fmt.Sprintf("%d values, but the header has %d times", end-1, len(d.times)), "")
	}
	for j := 1; j < end; j++ {
		n, err := readNumber(src, d.want, j)
		if err != nil {
			if own := (*Error)(nil); errors.As(err, &own) {
				own.Msg += fmt.Sprintf(" (series %s, value %d)", id, j)
			}
			return err
		}
		d.values.add(n)
	}
	return nil
}

// pieces are the series that have values.
func (d *rowsDraft) pieces() []piece {
	var all []piece
	for i, id := range d.ids {
		end := d.values.len()
		if i+1 < len(d.ids) {
			end = d.begins[i+1]
		}
		if end == d.begins[i] {
			d.left++
			continue
		}
		p := piece{id: id, runs: []run{{i, i + 1}}, stores: []store{d.values.cut(d.begins[i], end)}}
		if d.times != nil {
			p.times = d.times[:end-d.begins[i]]
		}
		all = append(all, p)
	}
	d.notes = append(d.notes, fmt.Sprintf("a row is a series of %s: its name, then its values in the order of time", d.want.Name))
	if d.left > 0 {
		d.doubts = append(d.doubts, count(d.left, "row has no value, and is", "rows have no values, and are")+" left out")
	}
	return all
}

func (d *columnsDraft) written() written { return d.form }

func (d *rowsDraft) written() written { return d.form }
