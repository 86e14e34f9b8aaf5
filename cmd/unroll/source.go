package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"

	"unroll"
	"unroll/data"
	"unroll/internal/spell"
	"unroll/internal/whole"
	"unroll/lang"
	"unroll/series"
)

// readText is a file's text; - is standard input.
func readText(c *cobra.Command, path string) (name, text string, err error) {
	var src *lang.Source
	if path == "-" {
		src, err = lang.ReadSource("stdin", c.InOrStdin())
	} else {
		src, err = lang.ReadSourceFile(path)
	}
	switch {
	case err != nil:
		return path, "", cantRead(path, err, "a .cell file")
	case strings.ContainsRune(src.Text, 0):
		return path, "", &fileError{path, src.Name + " is not text; name a .cell file", nil}
	}
	return src.Name, src.Text, nil
}

func readCell(c *cobra.Command, path string) (*unroll.Cell, error) {
	name, text, err := readText(c, path)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(text) == "" {
		if path == "-" {
			name = "standard input"
		}
		return nil, &fileError{path, name + " is empty; a cell is a file of equations, such as those that unroll cells shows", nil}
	}
	cell, err := unroll.Parse(name, text)
	if ending := filepath.Ext(path); err != nil && (strings.EqualFold(ending, ".csv") || strings.EqualFold(ending, ".tsv")) {
		return nil, usage("%s is a table; name a .cell file, and give the table with --data", path)
	}
	return cell, err
}

// cantRead is the error of a file that can't be read. It names what is near.
func cantRead(path string, err error, what string) error {
	if path == "-" {
		path = "standard input"
	}
	info, gone := os.Stat(path)
	dir, base := filepath.Split(path)
	msg := fmt.Sprintf("can't read %s: %v", path, whole.Cause(err))
	switch {
	case gone == nil && info.IsDir():
		msg = fmt.Sprintf("%s is a folder; name %s in it", path, what)
	case errors.Is(err, fs.ErrNotExist):
		msg = "there is no file " + path
		entries, unread := os.ReadDir(filepath.Clean(dir + "."))
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		if near := spell.Nearest(base, names); near != "" {
			msg += "; did you mean " + dir + near + "?"
		} else if errors.Is(unread, fs.ErrNotExist) && dir == "" {
			msg += "; the folder in which the call is made is gone"
		} else if errors.Is(unread, fs.ErrNotExist) {
			msg += "; there is no folder " + filepath.Clean(dir)
		}
	case !errors.As(err, new(*fs.PathError)):
		msg = err.Error() // of what was read
	}
	return &fileError{path, msg, err}
}

// hasData tells whether the call gives data.
func (f *runFlags) hasData() bool { return len(f.inputs) > 0 || f.data != "" }

// series reads the data of a call, for the inputs of a cell.
func (f *runFlags) series(cell *unroll.Cell, sizes map[string]int) (series.Set, error) {
	wants := wantsOf(cell, sizes)
	switch {
	case len(f.inputs) > 0 && f.data != "":
		return series.Set{}, usage("give either --input or --data, not both")
	case f.data == "" && f.mapping() != "":
		return series.Set{}, usage("--%s maps columns of a file, and there is no --data; add --data FILE.csv", f.mapping())
	case len(wants) == 0 && f.data != "":
		return series.Set{}, usage("the cell reads no inputs, so --data has nothing to give it; leave it out")
	case len(f.inputs) > 0:
		return readInputs(f.inputs, wants)
	case len(wants) == 0:
		return series.Set{}, nil
	}
	table, err := f.table(data.Options{Want: wants, Exact: true})
	if err != nil {
		return series.Set{}, err
	}
	return table.Set, f.doubt(table)
}

// readInputs reads the values of --input. Names are compared in NFC, as in a file.
func readInputs(inputs []string, wants []data.Want) (series.Set, error) {
	var specs []string
	for _, s := range inputs {
		name, values, given := strings.Cut(s, "=")
		name = norm.NFC.String(name)
		if given {
			name += "="
		}
		specs = append(specs, name+values)
	}
	set, err := data.Inline(specs, wants)
	if err != nil {
		return set, usage("%v", err)
	}
	return set, nil
}

// wantsOf is what a cell wants of data. What sizes say of its inputs, the data is held to.
func wantsOf(cell *unroll.Cell, sizes map[string]int) []data.Want {
	known := knownSizes(cell, sizes)
	rows, classes, by := map[string]int{}, map[string]int{}, map[string]string{}
	for _, s := range cell.File().Stmts {
		in, ok := s.(*lang.Input)
		if !ok {
			continue
		}
		for _, it := range in.Items {
			if it.Shape != nil && len(it.Shape.Dims) > 0 {
				rows[it.Name] = sizeOf(it.Shape.Dims[0], known)
				by[it.Name] = saidBy(it.Shape.Dims[0], sizes)
			}
			classes[it.Name] = sizeOf(it.In, known)
		}
	}
	var all []data.Want
	for _, in := range cell.Inputs() {
		w := data.Want{Name: in.Name, Rows: in.Shape.R, Known: in.Known, PerSeries: in.PerSeries, Counts: in.Counts, Classes: in.Classes}
		if w.Rows == 0 {
			w.Rows, w.By = rows[in.Name], by[in.Name]
		}
		if w.Classes == 0 {
			w.Classes = classes[in.Name]
		}
		all = append(all, w)
	}
	return all
}

// knownSizes are the sizes that the call gives, and those that the file does as numbers.
func knownSizes(cell *unroll.Cell, given map[string]int) map[string]int {
	known := map[string]int{}
	for _, s := range cell.File().Stmts {
		if sizes, ok := s.(*lang.Size); ok {
			for _, it := range sizes.Items {
				if n, ok := it.Default.(*lang.Num); ok && n.Val.IsInt() && n.Val.Num().IsInt64() {
					known[it.Name] = int(n.Val.Num().Int64())
				}
			}
		}
	}
	for name, n := range given {
		known[name] = n
	}
	return known
}

// sizeOf is a dimension that is the name of a size, 0 if it isn't known.
func sizeOf(e lang.Expr, known map[string]int) int {
	if n, ok := e.(*lang.Name); ok {
		return known[n.Name]
	}
	return 0
}

// saidBy is what says a dimension, for messages.
func saidBy(e lang.Expr, given map[string]int) string {
	name := lang.PrintExpr(e)
	if n, ok := given[name]; ok {
		return fmt.Sprintf("--size %s=%d", name, n)
	}
	return "size " + name + " of the cell"
}

// bind joins a cell with the data of the call.
func (f *runFlags) bind(cell *unroll.Cell, o unroll.Options) (*unroll.Run, error) {
	set, err := f.series(cell, o.Sizes)
	if err != nil {
		return nil, err
	}
	return f.boundTo(cell, set, o)
}
