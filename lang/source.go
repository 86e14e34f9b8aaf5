package lang

import (
	"fmt"
	"io"
	"os"
)

// maxBytes is the longest file that is read: a cell that a person writes is a thousandth of it.
const maxBytes = 4 << 20

// ReadSource reads a file's text. A file that is longer than any cell, perhaps without end, is an error.
func ReadSource(name string, r io.Reader) (*Source, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxBytes {
		return nil, fmt.Errorf("%s is longer than %d MB, and no cell; name a .cell file", name, maxBytes>>20)
	}
	return &Source{Name: name, Text: string(text)}, nil
}

// ReadSourceFile is ReadSource of a file.
func ReadSourceFile(path string) (*Source, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	return ReadSource(path, f)
}
