package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"

	"github.com/spf13/cobra"

	"unroll/internal/whole"
)

// write writes a solution: notes to standard error, pictures into their files, and the text where it
// is asked for. It gives the files that were written.
func (f *explainFlags) write(c *cobra.Command, s *solution) ([]string, error) {
	var written []string
	for _, note := range s.notes {
		if err := reporterOf(c).say(ofWarning, "%s", note); err != nil {
			return nil, err
		}
	}
	for _, p := range s.pictures {
		if err := writeWhole(p.path, []byte(p.svg)); err != nil {
			return nil, err
		}
		written = append(written, p.path)
	}
	if !f.toFile() {
		text := s.text.String()
		if f.form.name == "text" && colored(c, c.OutOrStdout()) {
			text = withHeadings(text)
		}
		_, err := io.WriteString(c.OutOrStdout(), text)
		return written, err
	}
	return append(written, f.out), writeWhole(f.out, s.text.Bytes())
}

// toFile tells whether the solution goes into a file.
func (f *explainFlags) toFile() bool { return f.out != "" && f.out != "-" }

// cantWrite is the error of a file that can't be written.
func cantWrite(path string, err error, format string, args ...any) error {
	return &fileError{path, "can't write " + path + ": " + fmt.Sprintf(format, args...), err}
}

// writable finds what is wrong with the place of a file that is to be written.
func writable(path string) error {
	dir := filepath.Dir(path)
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return cantWrite(path, err, "there is no folder %s; make it first", dir)
	case err == nil && !info.IsDir():
		return cantWrite(path, nil, "%s is a file, not a folder; write elsewhere", dir)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return cantWrite(path, nil, "that is a folder; give the name of a file in it")
	}
	return nil
}

// writableAll finds what is wrong with the places of files that are to be written; those that aren't asked for, and
// standard output, are left out.
func writableAll(paths ...string) error {
	for _, path := range paths {
		if path == "" || path == "-" {
			continue
		}
		if err := writable(path); err != nil {
			return err
		}
	}
	return nil
}

// writeTo writes what a verb gives into a file, or to standard output if there is none or it is -.
func writeTo(w io.Writer, path string, text []byte) error {
	if path == "" || path == "-" {
		_, err := w.Write(text)
		return err
	}
	return writeWhole(path, text)
}

// writeWhole writes a file whole or not at all: beside its place first, then in its place. A link
// stays a link, and a file keeps its mode. What has several names, or is no plain file, such as
// /dev/null, is written into.
func writeWhole(path string, text []byte) error {
	at := path
	if real, err := filepath.EvalSymlinks(path); err == nil {
		at = real
	}
	old, err := os.Stat(at)
	_, leads := os.Readlink(at) // to where nothing is yet, or in a circle
	switch {
	case leads == nil, err == nil && (!old.Mode().IsRegular() || names(old) > 1):
		err = os.WriteFile(at, text, 0o666)
	default:
		err = whole.Replace(at, old, func(w io.Writer) error {
			_, err := w.Write(text)
			return err
		})
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return cantWrite(path, err, "%v; write elsewhere", whole.Cause(err))
	case err != nil:
		return cantWrite(path, err, "%v", whole.Cause(err))
	}
	return nil
}

// names is how many names a file has, where the system counts them.
func names(info fs.FileInfo) uint64 {
	if of := reflect.Indirect(reflect.ValueOf(info.Sys())); of.Kind() == reflect.Struct {
		if n := of.FieldByName("Nlink"); n.IsValid() && n.CanUint() {
			return n.Uint()
		}
	}
	return 1
}
