package data

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"math"
	"path/filepath"
	"strconv"
	"strings"
)

// Write writes columns of one length as CSV, packed by gzip if name ends in .gz. Numbers have the digits
// that tell them apart; what is missing is empty.
func Write(name string, w io.Writer, columns []Column) error {
	if !strings.EqualFold(filepath.Ext(name), ".gz") {
		return writeCSV(w, columns)
	}
	packed := gzip.NewWriter(w)
	return errors.Join(writeCSV(packed, columns), packed.Close())
}

func writeCSV(w io.Writer, columns []Column) error {
	buffered := bufio.NewWriterSize(w, 1<<16)
	out := csv.NewWriter(buffered)
	row := make([]string, len(columns))
	forms := make([]written, len(columns))
	for j := range columns {
		row[j], forms[j] = columns[j].Name, clockOf(columns[j].Times)
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for i := range columns[0].Len() {
		for j := range columns {
			row[j] = columns[j].cell(i, forms[j])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return errors.Join(out.Error(), buffered.Flush())
}

// cell is a cell as CSV has it.
func (c *Column) cell(i int, form written) string {
	switch {
	case c.Words != nil:
		return c.Words[i]
	case c.Numbers != nil && !math.IsNaN(c.Numbers[i]):
		return strconv.FormatFloat(c.Numbers[i], 'g', -1, 64)
	case c.Times != nil && !c.Times[i].IsZero():
		return form.label(float64(c.Times[i].Unix()))
	}
	return ""
}

// Span is times of a series: those of its calendar from From to To-1. Forecasts begin where the data end.
type Span struct {
	ID       string
	Calendar Calendar
	From, To int
}

// Keys are the first two columns of a long table, unique_id and ds: a row for each time of each span.
// The columns of values stand behind them, in the same order.
func Keys(spans []Span) []Column {
	ids, ds := Column{Name: "unique_id"}, Column{Name: "ds"}
	for _, s := range spans {
		for i := s.From; i < s.To; i++ {
			ids.Words, ds.Words = append(ids.Words, s.ID), append(ds.Words, s.Calendar.Label(i))
			if s.Calendar.written.form == dates {
				t, _ := s.Calendar.Time(i)
				ds.Times = append(ds.Times, t)
			}
		}
	}
	return []Column{ids, ds}
}
