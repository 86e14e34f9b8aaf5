package whole_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"unroll/internal/whole"
)

// What fails on the way leaves the file as it was, and nothing beside it.
func ExampleReplace() {
	dir, err := os.MkdirTemp("", "whole")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "a.txt")
	fmt.Println(whole.Replace(path, nil, func(w io.Writer) error {
		_, err := io.WriteString(w, "first")
		return err
	}))
	old, err := os.Stat(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(whole.Replace(path, old, func(w io.Writer) error {
		_, _ = io.WriteString(w, "sec")
		return errors.New("the disk is full")
	}))
	text, _ := os.ReadFile(path)
	files, _ := os.ReadDir(dir)
	fmt.Println(string(text), len(files))
	// Output:
	// <nil>
	// the disk is full
	// first 1
}
