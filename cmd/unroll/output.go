package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

// write writes a solution: notes to standard error, pictures into their files, and the text where it
// is asked for. It gives the files that were written.
func (f *explainFlags) write(c *cobra.Command, s *solution) ([]string, error) {
	var written []string
	for _, note := range s.notes {
		fmt.Fprintf(c.ErrOrStderr(), "unroll: %s\n", note)
	}
	for _, p := range s.pictures {
		if err := writeWhole(p.path, []byte(p.svg)); err != nil {
			return nil, err
		}
		written = append(written, p.path)
	}
	if f.out == "" || f.out == "-" {
		_, err := s.text.WriteTo(c.OutOrStdout())
		return written, err
	}
	return append(written, f.out), writeWhole(f.out, s.text.Bytes())
}

// writable finds what is wrong with the place of a file that is to be written.
func writable(path string) error {
	dir := filepath.Dir(path)
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("can't write %s: there is no folder %s; make it first", path, dir)
	case err == nil && !info.IsDir():
		return fmt.Errorf("can't write %s: %s is a file, not a folder", path, dir)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("can't write %s: that is a folder; give the name of a file in it", path)
	}
	return nil
}

// writeWhole writes a file whole or not at all: beside its place first, then in its place. A link
// stays a link, and a file keeps its mode. What is no plain file, such as /dev/null, is written into.
func writeWhole(path string, text []byte) error {
	at := path
	if real, err := filepath.EvalSymlinks(path); err == nil {
		at = real
	}
	old, err := os.Stat(at)
	if err == nil && !old.Mode().IsRegular() {
		err = os.WriteFile(at, text, 0)
	} else {
		err = replace(at, text, old)
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("can't write %s: %w in %s; write elsewhere", path, cause(err), filepath.Dir(at))
	case err != nil:
		return fmt.Errorf("can't write %s: %w", path, cause(err))
	}
	return nil
}

// replace writes a file beside the old one, if there is one, and gives it its name and its mode.
func replace(path string, text []byte, old fs.FileInfo) error {
	beside := filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s-%x", filepath.Base(path), rand.Uint32()))
	file, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666) // less what the system masks
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err == nil && old != nil {
		err = file.Chmod(old.Mode().Perm())
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(beside, path)
	}
	if err != nil {
		_ = os.Remove(beside) // the fault that counts is the first
	}
	return err
}

// cause is what the system says, without the name of the file that was written beside.
func cause(err error) error {
	var one *fs.PathError
	var two *os.LinkError
	switch {
	case errors.As(err, &one):
		return one.Err
	case errors.As(err, &two):
		return two.Err
	}
	return err
}
