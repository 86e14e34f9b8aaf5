package main

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"unroll/data"
	"unroll/graph"
	"unroll/lang"
)

// The kinds of diagnostics. They are part of what docs/errors.md promises.
const (
	ofCall    = "call"    // what is wrong stands in the call
	ofCell    = "cell"    // in a file of equations
	ofData    = "data"    // in a table
	ofRun     = "run"     // the cell and the data don't go together, or a value can't be computed
	ofFile    = "file"    // a file can't be read or written
	ofUnroll  = "fault"   // unroll itself is wrong
	ofWarning = "warning" // nothing failed, and something should be known
	ofNote    = "note"    // what was done
)

// diagnostic is one thing that is said on standard error.
type diagnostic struct {
	Kind      string `json:"kind"`
	File      string `json:"file,omitempty"`
	Line      int    `json:"line,omitempty"` // from 1
	Column    int    `json:"column,omitempty"`
	EndColumn int    `json:"endColumn,omitempty"` // the one after the word
	Message   string `json:"message"`
	Help      string `json:"help,omitempty"`

	lines string // of the file, with a caret
}

// fileError is a file that can't be read or written.
type fileError struct {
	path, msg string
	cause     error
}

func (e *fileError) Error() string { return e.msg }
func (e *fileError) Unwrap() error { return e.cause }

// faultError is a panic.
type faultError struct{ msg string }

func (e *faultError) Error() string { return e.msg }

// diagnose is an error as what there is to say of it; nothing, if all has been said.
func diagnose(err error) []diagnostic {
	var many lang.Errors
	var one *lang.Error
	var table *data.Error
	var file *fileError
	switch {
	case err == nil, errors.Is(err, errSilent):
		return nil
	case errors.As(err, &many):
		var all []diagnostic
		for _, e := range many {
			all = append(all, placedAt(ofCell, e))
		}
		return all
	case errors.As(err, &one): // what is wrong in a file comes in a list
		return []diagnostic{placedAt(ofRun, one)}
	case errors.As(err, &table):
		return []diagnostic{inTable(table)}
	case errors.As(err, &file):
		return []diagnostic{said(ofFile, file.path, file.msg)}
	}
	return []diagnostic{said(kindOfError(err), "", err.Error())}
}

func kindOfError(err error) string {
	var wrong *usageError
	var fault *faultError
	switch {
	case errors.As(err, &wrong):
		return ofCall
	case errors.As(err, &fault):
		return ofUnroll
	}
	return ofRun
}

// said is a diagnostic without a place. What follows a semicolon is what to do.
func said(kind, file, text string) diagnostic {
	msg, help, _ := strings.Cut(text, "; ")
	return diagnostic{Kind: kind, File: file, Message: msg, Help: help}
}

// placedAt is an error of the language. One that has no place and begins with a flag is the call's.
func placedAt(kind string, e *lang.Error) diagnostic {
	d := diagnostic{Kind: kind, Message: e.Msg, Help: e.Help}
	if e.Pos.Src == nil {
		if strings.HasPrefix(e.Msg, "--") {
			d.Kind = ofCall
		}
		return d
	}
	d.File, d.Line, d.Column, d.EndColumn = e.Pos.Src.Name, e.Pos.Line, e.Pos.Col, wordEnd(e.Pos)
	_, d.lines, _ = strings.Cut(e.Snippet(), "\n")
	return d
}

// wordEnd is the column after the name or number that stands at a place, after one sign if it is none,
// and 0 at the end of a line.
func wordEnd(at lang.Pos) int {
	lines := strings.Split(at.Src.Text, "\n")
	if at.Line < 1 || at.Line > len(lines) {
		return 0
	}
	line := []rune(strings.TrimRight(lines[at.Line-1], "\r"))
	end := max(at.Col-1, 0)
	for end < len(line) && inWord(line[end]) {
		end++
	}
	switch {
	case at.Col > len(line):
		return 0
	case end < at.Col:
		return at.Col + 1
	}
	return end + 1
}

func inWord(r rune) bool {
	return r == '_' || r == '.' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

func inTable(e *data.Error) diagnostic {
	if strings.HasPrefix(e.File, "--") {
		return diagnostic{Kind: ofCall, Message: e.File + ": " + e.Msg, Help: e.Help}
	}
	d := diagnostic{Kind: ofData, File: e.File, Line: e.Line, Column: e.Col, Message: e.Msg, Help: e.Help}
	if e.Field != "" {
		d.Message = "column " + e.Field + ": " + e.Msg
	}
	return d
}

// placed points into the cell where the error of a run says a place in it, or is about an input or a
// weight. The interpreter knows places as text alone.
func placed(g *graph.Graph, err error) error {
	if d := diagnose(err); len(d) != 1 || d[0].Kind != ofRun || d[0].Line > 0 {
		return err
	}
	msg := err.Error()
	for _, n := range g.Nodes {
		if rest, ok := strings.CutPrefix(msg, placeText(n.Pos)); ok && n.Pos.Src != nil {
			return lang.Errorf(n.Pos, "%s", rest)
		}
	}
	for _, in := range g.Inputs {
		if about(msg, "input", in.Name) {
			return lang.Errorf(in.Pos, "%s", msg)
		}
	}
	for _, w := range g.Weights {
		if about(msg, "weight", w.Name) {
			return lang.Errorf(w.Pos, "%s", msg)
		}
	}
	return err
}

// placeText is how the text of an error begins that has a place.
func placeText(at lang.Pos) string {
	if at.Src == nil {
		return ""
	}
	return fmt.Sprintf("%s:%d:%d: ", at.Src.Name, at.Line, at.Col)
}

// about tells whether a message is about the input or the weight of a name.
func about(msg, what, name string) bool {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(msg, "the start of "), what+" "+name)
	return ok && strings.HasPrefix(strings.TrimLeft(rest, ":"), " ")
}
