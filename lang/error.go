package lang

import (
	"fmt"
	"sort"
	"strings"
	"unicode"
)

// Error is a fault in a file, said to the person who wrote it.
type Error struct {
	Pos  Pos
	Msg  string // what is wrong and what was expected, in one sentence without a full stop
	Help string // what to do, with the nearest name if there is one; may be empty
}

// Error is the message with its place on one line: `sheet.cell:5:13: q is not defined; did you mean u?`.
func (e *Error) Error() string {
	msg := e.Msg
	if e.Help != "" {
		msg += "; " + e.Help
	}
	if e.Pos.Src == nil {
		return msg
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.Pos.Src.Name, e.Pos.Line, e.Pos.Col, msg)
}

// Snippet is the message with the line it is about and a caret below the place. Of a long line the
// part around the place is shown, and what a terminal would act on is shown as a dot.
func (e *Error) Snippet() string {
	line := []rune(e.Pos.line())
	if len(line) == 0 {
		return e.Error()
	}
	const most, before = 100, 60
	col := min(max(e.Pos.Col-1, 0), len(line))
	if len(line) > most && col > before {
		line = append([]rune("…"), line[col-before:]...)
		col = before + 1
	}
	if len(line) > most {
		line = append(line[:most:most], '…')
	}
	var text, pad strings.Builder
	for i, r := range line {
		if r != '\t' && !unicode.IsPrint(r) {
			r = '·'
		}
		text.WriteRune(r)
		if i < col && r == '\t' {
			pad.WriteRune('\t')
		} else if i < col {
			pad.WriteRune(' ')
		}
	}
	return fmt.Sprintf("%s\n    %s\n    %s^", e.Error(), text.String(), pad.String())
}

// line is the text of the line that the position is on.
func (p Pos) line() string {
	if p.Src == nil {
		return ""
	}
	lines := strings.Split(p.Src.Text, "\n")
	if p.Line < 1 || p.Line > len(lines) {
		return ""
	}
	return strings.TrimRight(lines[p.Line-1], "\r")
}

// Errors are all the faults found in a file, in the order of their places.
type Errors []*Error

// Error is one line a fault.
func (l Errors) Error() string {
	var lines []string
	for _, e := range l {
		lines = append(lines, e.Error())
	}
	return strings.Join(lines, "\n")
}

// Err is nil if there is no fault, otherwise the list, sorted and without repeats.
func (l Errors) Err() error {
	if len(l) == 0 {
		return nil
	}
	sort.SliceStable(l, func(i, j int) bool {
		a, b := l[i].Pos, l[j].Pos
		return a.Line < b.Line || a.Line == b.Line && a.Col < b.Col
	})
	kept := l[:1]
	for _, e := range l[1:] {
		if !kept.has(e) {
			kept = append(kept, e)
		}
	}
	if more := len(kept) - mostErrors; more > 0 {
		kept = append(kept[:mostErrors:mostErrors], &Error{Msg: fmt.Sprintf("and %d more faults", more), Help: "mend these first"})
	}
	return kept
}

// mostErrors is how many faults of a file are told at once.
const mostErrors = 50

// TooMany tells that so many faults were found that no more will be told.
func (l Errors) TooMany() bool { return len(l) > 4*mostErrors }

// has tells whether a sorted list, of which e is not before the last, says the same already.
func (l Errors) has(e *Error) bool {
	for i := len(l) - 1; i >= 0 && l[i].Pos == e.Pos; i-- {
		if l[i].Msg == e.Msg {
			return true
		}
	}
	return false
}

// Errorf makes an Error. The part of the message after a "; " is what to do.
func Errorf(at Pos, format string, args ...any) *Error {
	msg, help, _ := strings.Cut(fmt.Sprintf(format, args...), "; ")
	return &Error{Pos: at, Msg: msg, Help: help}
}
