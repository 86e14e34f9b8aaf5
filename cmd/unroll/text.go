package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"unroll"
	"unroll/data"
	"unroll/lang"
	"unroll/series"
)

// symbolInput is the input of a cell that reads nothing but symbols, as input s in V; "" if it is another.
func symbolInput(cell *unroll.Cell) string {
	name, n := "", 0
	for _, st := range cell.File().Stmts {
		in, ok := st.(*lang.Input)
		if !ok {
			continue
		}
		for _, it := range in.Items {
			n++
			if it.In != nil {
				name = it.Name
			}
		}
	}
	if n != 1 {
		return ""
	}
	return name
}

// isText tells from a file's name whether it is a text, in place of a table.
func isText(path string) bool {
	return strings.EqualFold(filepath.Ext(strings.TrimSuffix(path, ".gz")), ".txt")
}

// text reads the file of --data as one series of symbols. Without an alphabet it has the text's own.
func (f *runFlags) text(input, alphabet string) (*observations, error) {
	text, err := readSymbols(f.data)
	if err != nil {
		return nil, err
	}
	if alphabet == "" {
		alphabet = alphabetOf(text)
		if err := reporterOf(f.cmd).say(ofNote, "%s: a text of %d symbols, %d of them different", f.data, utf8.RuneCountInString(text), utf8.RuneCountInString(alphabet)); err != nil {
			return nil, err
		}
	}
	classes, err := classesOf(text, alphabet)
	if err != nil {
		return nil, &fileError{f.data, f.data + ": " + err.Error(), nil}
	}
	set := series.Set{Series: []series.Series{{ID: "1", Columns: map[string]series.Column{input: series.Dense(1, 1, classes)}}}}
	return &observations{&data.Table{Set: set, Calendars: make([]data.Calendar, 1)}, alphabet}, nil
}

// readSymbols reads a text, plain or packed.
func readSymbols(path string) (string, error) {
	const what = "a text"
	file, err := os.Open(path)
	if err != nil {
		return "", cantRead(path, err, what)
	}
	defer func() { _ = file.Close() }() // it was only read
	r, err := data.Unpacked(path, file)
	if err != nil {
		return "", err
	}
	all, err := io.ReadAll(r)
	switch {
	case errors.As(err, new(*data.Error)):
		return "", err
	case err != nil:
		return "", cantRead(path, err, what)
	case len(all) == 0:
		return "", &fileError{path, path + " is empty; give a text", nil}
	case !utf8.Valid(all):
		line := 1 + bytes.Count(all[:len(all)-len(invalid(all))], []byte("\n"))
		return "", &fileError{path, fmt.Sprintf("%s: line %d is not UTF-8 text; save the file in the encoding UTF-8", path, line), nil}
	}
	return string(all), nil
}

// invalid is a text from its first byte on that isn't UTF-8.
func invalid(text []byte) []byte {
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		if r == utf8.RuneError && n == 1 {
			break
		}
		text = text[n:]
	}
	return text
}

// alphabetOf are the symbols of a text, in order of their code points.
func alphabetOf(text string) string {
	seen := map[rune]bool{}
	var all []rune
	for _, r := range text {
		if !seen[r] {
			seen[r] = true
			all = append(all, r)
		}
	}
	slices.Sort(all)
	return string(all)
}

// classesOf are the places of a text's symbols in the alphabet.
func classesOf(text, alphabet string) ([]float64, error) {
	class := map[rune]float64{}
	for i, r := range []rune(alphabet) {
		class[r] = float64(i)
	}
	all := make([]float64, 0, len(text))
	for at, r := range text {
		k, ok := class[r]
		if !ok {
			return nil, fmt.Errorf("%q in line %d is not among the symbols that the model was trained on: %s", r, 1+strings.Count(text[:at], "\n"), shortened(alphabet))
		}
		all = append(all, k)
	}
	return all, nil
}

// shortened are the symbols of an alphabet, as far as a line holds them.
func shortened(alphabet string) string {
	const room = 100
	all := []rune(alphabet)
	if len(all) <= room {
		return fmt.Sprintf("%q", alphabet)
	}
	return fmt.Sprintf("%q and %d more", string(all[:room]), len(all)-room)
}
