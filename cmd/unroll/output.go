package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"unroll/explain"
)

// put writes to the file that is asked for, or else to standard output.
func (f *explainFlags) put(c *cobra.Command, write func(io.Writer) error) error {
	if f.out == "" || f.out == "-" {
		return write(c.OutOrStdout())
	}
	return writeFile(c, f.out, write)
}

// writeFile writes a file whole or not at all: beside its place, and then into it.
func writeFile(c *cobra.Command, path string, write func(io.Writer) error) error {
	var text bytes.Buffer
	if err := write(&text); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("can't write %s: %w", path, cause(err))
	}
	_, err = text.WriteTo(file)
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Chmod(file.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name()) // of no use to anybody
		return fmt.Errorf("can't write %s: %w", path, cause(err))
	}
	fmt.Fprintf(c.ErrOrStderr(), "wrote %s\n", path)
	return nil
}

// cause is what the system says, without the name of the file beside.
func cause(err error) error {
	if e, ok := err.(*os.PathError); ok {
		return e.Err
	}
	return err
}

// pictures writes each figure of a document into a file: the network as it is asked for, further ones
// with a number behind the name. The document then knows where they stand.
func (f *explainFlags) pictures(c *cobra.Command, d *explain.Document) error {
	n := 0
	var walk func(parts []explain.Part) error
	walk = func(parts []explain.Part) error {
		for i, p := range parts {
			switch p := p.(type) {
			case explain.Section:
				if err := walk(p.Parts); err != nil {
					return err
				}
			case explain.Figure:
				n++
				path := f.picture
				if n > 1 {
					path = fmt.Sprintf("%s-%d.svg", strings.TrimSuffix(f.picture, filepath.Ext(f.picture)), n)
				}
				svg := p.SVG
				if err := writeFile(c, path, func(w io.Writer) error { _, err := io.WriteString(w, svg); return err }); err != nil {
					return err
				}
				p.File = f.beside(path)
				parts[i] = p
			}
		}
		return nil
	}
	if err := walk(d.Parts); err != nil {
		return err
	}
	if n == 0 {
		return fmt.Errorf("there is no picture to write: the cell has no steps")
	}
	return nil
}

// beside is a path as it is written in the output.
func (f *explainFlags) beside(path string) string {
	dir := "."
	if f.out != "" && f.out != "-" {
		dir = filepath.Dir(f.out)
	}
	if relative, err := filepath.Rel(dir, path); err == nil {
		return filepath.ToSlash(relative)
	}
	return path
}
