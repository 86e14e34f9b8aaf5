package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"unroll/internal/whole"
)

// reporter says on standard error what there is to say, in the form of --diagnostics.
type reporter struct {
	to    io.Writer
	form  string // human, short or json
	color bool
}

// reporterOf is the reporter of a call.
func reporterOf(c *cobra.Command) reporter {
	w := c.ErrOrStderr()
	return reporter{w, c.Flag("diagnostics").Value.String(), colored(c, w)}
}

// report says what went wrong and gives the exit status: 2 if all of it stands in the call.
func (r reporter) report(err error) int {
	if err == nil {
		return 0
	}
	all := diagnose(err)
	_ = r.print(all...) // who can't be told can't be told that either
	if len(all) == 0 || slices.ContainsFunc(all, func(d diagnostic) bool { return d.Kind != ofCall }) {
		return 1
	}
	return 2
}

// say says a warning or a note. The error is that it can't be said.
func (r reporter) say(kind, format string, args ...any) error {
	return r.print(diagnostic{Kind: kind, Message: fmt.Sprintf(format, args...)})
}

func (r reporter) print(all ...diagnostic) error {
	for _, d := range all {
		if _, err := io.WriteString(r.to, r.written(d)+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// written is a diagnostic in the form that is asked for.
func (r reporter) written(d diagnostic) string {
	paint := plain
	if r.color {
		paint = ansi
	}
	switch {
	case r.form == "json":
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		_ = e.Encode(d) // it is made of words and numbers
		return strings.TrimSpace(b.String())
	case r.form == "short":
		return strings.Join(strings.Fields(d.text(plain)), " ")
	case d.lines != "":
		return d.text(paint) + "\n" + caret(d.lines, paint)
	}
	return d.text(paint)
}

// text is a diagnostic as a sentence, with its place before it and what to do behind it.
func (d diagnostic) text(paint painter) string {
	place := "unroll: "
	switch {
	case d.Kind == ofNote:
		place = ""
	case d.Kind == ofWarning:
		place += "warning: "
	case d.Column > 0:
		place = fmt.Sprintf("%s:%d:%d: ", d.File, d.Line, d.Column)
	case d.Line > 0:
		place = fmt.Sprintf("%s:%d: ", d.File, d.Line)
	case d.Kind == ofData:
		place = d.File + ": "
	}
	msg := d.Message
	if d.Kind != ofNote && d.Kind != ofWarning {
		msg = paint(bold, msg)
	}
	if d.Help != "" {
		msg += "; " + d.Help
	}
	return place + msg
}

// caret paints the caret below a line.
func caret(lines string, paint painter) string {
	above, below, _ := strings.Cut(lines, "\n")
	return above + "\n" + strings.Replace(below, "^", paint(red, "^"), 1)
}

// unwritten is the error of a standard output that can't be written. A pipe that nobody reads any more
// is none: it ends the process, without a word.
func unwritten(err error) error {
	if err == nil {
		return nil
	}
	return &fileError{"", "can't write to standard output: " + whole.Cause(err).Error(), err}
}
