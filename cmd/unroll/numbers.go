package main

import (
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"unroll"
	"unroll/cells"
	"unroll/data"
)

// readCellOrName reads a cell's file, or by its name the file on the page of a cell of the library.
func readCellOrName(c *cobra.Command, path string) (*unroll.Cell, error) {
	if _, err := os.Stat(path); err == nil || path == "-" || strings.ContainsAny(path, `./\`) {
		return readCell(c, path)
	}
	page, err := cells.Read(path)
	if err != nil {
		return nil, usage("%s is neither a file nor a cell: %v", path, err)
	}
	return unroll.Parse(path+".cell", page.Use)
}

// observations are the data of a call, as float64 numbers.
type observations struct {
	*data.Table
	alphabet string // of a text: its symbols, in the order of their classes
}

// observe reads the data of a call, and says what was guessed. The alphabet is that of a model, "" if there is none.
func (f *runFlags) observe(cell *unroll.Cell, sizes map[string]int, alphabet string) (*observations, error) {
	if f.data == "" {
		if len(f.inputs) == 0 {
			return nil, usage("there is no data; give a file, as in --data FILE.csv")
		}
		set, err := f.series(cell, sizes)
		return &observations{&data.Table{Set: set, Calendars: make([]data.Calendar, len(set.Series))}, ""}, err
	}
	if len(f.inputs) > 0 {
		return nil, usage("give either --input or --data, not both")
	}
	if name := symbolInput(cell); name != "" && isText(f.data) {
		return f.text(name, alphabet)
	}
	wants := wantsOf(cell, sizes)
	if len(wants) == 0 {
		return nil, usage("the cell reads no inputs, so --data has nothing to give it; expected a cell with an input")
	}
	table, err := f.table(data.Options{Want: wants})
	if err != nil {
		return nil, err
	}
	return &observations{table, ""}, f.tell(table)
}

// tell says what was guessed of a table, and what was understood.
func (f *runFlags) tell(table *data.Table) error {
	if err := f.doubt(table); err != nil {
		return err
	}
	r := reporterOf(f.cmd)
	for _, note := range table.Notes {
		if err := r.say(ofNote, "%s: %s", f.data, note); err != nil {
			return err
		}
	}
	return nil
}

// doubt says what was guessed of a table.
func (f *runFlags) doubt(table *data.Table) error {
	for _, doubt := range table.Doubts {
		if err := reporterOf(f.cmd).say(ofWarning, "%s: %s", f.data, doubt); err != nil {
			return err
		}
	}
	return nil
}

// calendarOf is what a model keeps of the times of its data.
func calendarOf(t *data.Table) map[string]string {
	if len(t.Calendars) == 0 || t.Calendars[0].Unit == "" {
		return nil
	}
	return map[string]string{"unit": t.Calendars[0].Unit, "n": strconv.Itoa(t.Calendars[0].N)}
}
