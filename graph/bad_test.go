package graph_test

import (
	"flag"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"unroll/graph"
	"unroll/lang"
)

var update = flag.Bool("update", false, "rewrite what the files of testdata/bad expect; read the difference")

// TestBad reads each file of testdata/bad, in which what is expected stands on the line it is about:
//
//	yhat = relu(q*h)  ### :13 "q is not defined; did you mean u?"
//
// Behind ### stands, for each error of the line, the column of its caret and the message with its
// help. The choices of the run stand in the first line, as in `# feed: observed:3, longest: 3`; an
// error without a place is expected there. A message is one sentence, in lower case, and says what to do.
func TestBad(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.cell")
	if err != nil || len(files) < 45 {
		t.Fatalf("only %d bad files: %v", len(files), err)
	}
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".cell"), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			src := &lang.Source{Name: filepath.Base(path), Text: string(text)}
			got := faults(t, src)
			if *update {
				expectAnew(t, path, src.Text, got)
				return
			}
			compareFaults(t, src.Text, got)
			for _, e := range got {
				checkStyle(t, e)
			}
		})
	}
}

// faults are the errors of a file, of parsing or else of building.
func faults(t *testing.T, src *lang.Source) lang.Errors {
	first, _, _ := strings.Cut(src.Text, "\n")
	choices := choicesOf(t, first)
	f, err := lang.Parse(src)
	if err == nil {
		_, err = graph.Build(f, choices)
	}
	if err == nil {
		t.Fatal("nothing is wrong with it")
	}
	list, ok := err.(lang.Errors)
	if !ok {
		t.Fatalf("the error is a %T: %v", err, err)
	}
	return list
}

// libraryOf finds the cells of the standard library, and none else.
func libraryOf(name string, path bool) (*lang.Source, error) {
	text, err := os.ReadFile(filepath.Join("..", "cells", name+".cell"))
	if err != nil || path {
		return nil, fmt.Errorf("there is no cell %s; write it into the file", name)
	}
	return &lang.Source{Name: name, Text: string(text)}, nil
}

// choicesOf reads the choices in a file's first line.
func choicesOf(t *testing.T, line string) graph.Choices {
	c := graph.Choices{Assume: true, Use: libraryOf, Facts: graph.Facts{Missing: map[string]bool{}}}
	line, _, _ = strings.Cut(strings.TrimPrefix(line, "# "), "###")
	for _, part := range strings.Split(line, ",") {
		word, arg, _ := strings.Cut(strings.TrimSpace(part), ": ")
		switch word {
		case "feed":
			c.Feed = feedOf(t, arg)
		case "missing":
			c.Facts.Missing[arg] = true
		case "classes":
			name, n, _ := strings.Cut(arg, "=")
			c.Facts.Classes = map[string]int{name: numberOf(t, n)}
		case "longest":
			c.Facts.Longest = numberOf(t, arg)
		case "size":
			name, n, _ := strings.Cut(arg, "=")
			c.Sizes = map[string]int{name: numberOf(t, n)}
		case "no data":
			c.Assume = false
		case "no library":
			c.Use = nil
		}
	}
	return c
}

func feedOf(t *testing.T, s string) graph.Feed {
	k, ok := strings.CutPrefix(s, "observed:")
	switch {
	case s == "free":
		return graph.Feed{Mode: graph.Free}
	case s == "sampled":
		return graph.Feed{Mode: graph.Sampled, P: big.NewRat(1, 2)}
	case ok:
		return graph.Feed{Mode: graph.ObservedTo, K: numberOf(t, k)}
	}
	t.Fatalf("there is no feed %q", s)
	return graph.Feed{}
}

func numberOf(t *testing.T, s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// sentence is an error without its place.
func sentence(e *lang.Error) string {
	if e.Help == "" {
		return e.Msg
	}
	return e.Msg + "; " + e.Help
}

var expectation = regexp.MustCompile(`:(\d+) ("(?:[^"\\]|\\.)*")`)

// expected are the errors that a line expects, as `:13 "…"`.
func expected(t *testing.T, line string) []string {
	_, rest, ok := strings.Cut(line, "###")
	if !ok {
		return nil
	}
	all := expectation.FindAllString(rest, -1)
	if strings.Join(all, " ") != strings.TrimSpace(rest) {
		t.Errorf("can't read what is expected:%s", rest)
	}
	return all
}

func compareFaults(t *testing.T, text string, got lang.Errors) {
	for i, line := range strings.Split(text, "\n") {
		found := foundOn(got, i+1)
		want := expected(t, line)
		for _, w := range want {
			if !slices.Contains(found, w) {
				t.Errorf("line %d: expected %s", i+1, w)
			}
		}
		for _, f := range found {
			if !slices.Contains(want, f) {
				t.Errorf("line %d: found    %s", i+1, f)
			}
		}
	}
}

// foundOn are the errors of a line, as `:13 "…"`.
func foundOn(got lang.Errors, line int) []string {
	var all []string
	for _, e := range got {
		if max(1, e.Pos.Line) == line {
			all = append(all, fmt.Sprintf(":%d %q", e.Pos.Col, sentence(e)))
		}
	}
	return all
}

// checkStyle holds a message to how messages are written.
func checkStyle(t *testing.T, e *lang.Error) {
	msg := sentence(e)
	switch {
	case e.Help == "":
		t.Errorf("%q doesn't say what to do", msg)
	case strings.HasSuffix(msg, "."), strings.Contains(e.Msg, "; "):
		t.Errorf("%q is not one sentence and what to do", msg)
	case strings.Contains(msg, ".?"), strings.Contains(msg, "%!"), strings.Contains(msg, "  "):
		t.Errorf("%q shows what is internal", msg)
	}
}

// expectAnew writes what was found into a file.
func expectAnew(t *testing.T, path, text string, got lang.Errors) {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line, _, _ = strings.Cut(line, "###")
		line = strings.TrimRight(line, " ")
		if found := foundOn(got, i+1); len(found) > 0 {
			line += "  ### " + strings.Join(found, " ")
		}
		lines[i] = line
	}
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
}
