package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"unroll/data"
	"unroll/data/parquet"
)

// mapping is a given flag that names columns, "" if there is none.
func (f *runFlags) mapping() string {
	for _, flag := range []string{"name", "id", "time", "target"} {
		if f.given(flag) {
			return flag
		}
	}
	return ""
}

// table reads the file of --data, by what is wanted and by the flags: CSV or Parquet, plain or packed.
func (f *runFlags) table(o data.Options) (*data.Table, error) {
	var err error
	if o.Names, err = f.columns(); err != nil {
		return nil, err
	}
	o.ID, o.Time, o.Target, o.Fill = f.id, f.time, f.target, f.fill
	name, r := "stdin", f.cmd.InOrStdin()
	if f.data == "-" {
		if slices.Contains(f.cmd.Flags().Args(), "-") {
			return nil, usage("standard input holds either the cell or the data, not both; give one of them as a file")
		}
	} else {
		if strings.EqualFold(filepath.Ext(f.data), ".cell") {
			return nil, usage("--data %s: that is a cell; give a table with a column for each input", f.data)
		}
		file, err := os.Open(f.data)
		if err != nil {
			return nil, cantRead(f.data, err, "a CSV or Parquet file")
		}
		defer func() { _ = file.Close() }() // it was only read
		name, r = f.data, file
	}
	table, err := readTable(name, r, o)
	if errors.As(err, new(*fs.PathError)) {
		return nil, cantRead(f.data, err, "a CSV or Parquet file")
	}
	return table, err
}

// readTable reads a table in the form that its first bytes tell.
func readTable(name string, r io.Reader, o data.Options) (*data.Table, error) {
	buffered := bufio.NewReader(r)
	start, _ := buffered.Peek(len(parquet.Magic)) // a read error comes back below
	if string(start) != parquet.Magic {
		return data.Read(name, buffered, o)
	}
	if file, ok := r.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			return parquet.Read(name, file, info.Size(), o)
		}
	}
	all, err := io.ReadAll(buffered)
	if err != nil {
		return nil, err
	}
	return parquet.Read(name, bytes.NewReader(all), int64(len(all)), o)
}

// writeTable writes columns in the form that a file's name tells.
func writeTable(name string, w io.Writer, columns []data.Column) error {
	if strings.EqualFold(filepath.Ext(name), ".parquet") {
		return parquet.Write(w, columns)
	}
	return data.Write(name, w, columns)
}
