package main

import (
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

// painter marks a text in one of the ways of a terminal, or doesn't.
type painter func(how, text string) string

// Ways of a terminal, as in ECMA-48.
const (
	bold = "1"
	dim  = "2"
	red  = "1;31"
)

func plain(_, text string) string { return text }

func ansi(how, text string) string {
	if text == "" {
		return ""
	}
	return "\x1b[" + how + "m" + text + "\x1b[0m"
}

// colored tells whether what is written there may be marked: as --color says, and by itself only on
// a terminal whose owner doesn't ask for plain text (https://no-color.org).
func colored(c *cobra.Command, w io.Writer) bool {
	switch c.Flag("color").Value.String() {
	case "always":
		return true
	case "never":
		return false
	}
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && onTerminal(w)
}

// onTerminal tells whether somebody reads what is written as it is written.
func onTerminal(w io.Writer) bool {
	if h, ok := w.(*held); ok {
		w = h.to
	}
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	nowhere, missing := os.Stat(os.DevNull)
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && (missing != nil || !os.SameFile(info, nowhere))
}

// withHeadings marks the headings of a solution in text: the lines with a rule below them.
func withHeadings(text string) string {
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines[1:] {
		rule := strings.TrimRight(line, "\n")
		if rule == "" || strings.Trim(rule, "─") != "" && strings.Trim(rule, "═") != "" {
			continue
		}
		title := strings.TrimRight(lines[i], "\n")
		if title != "" && !strings.HasPrefix(title, " ") {
			lines[i], lines[i+1] = ansi(bold, title)+"\n", ansi(dim, rule)+"\n"
		}
	}
	return strings.Join(lines, "")
}
