package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"unroll/data"
	"unroll/lang"
)

// report says what went wrong and gives the exit status.
func report(w io.Writer, err error) int {
	if err == nil {
		return 0
	}
	if !errors.Is(err, errSilent) {
		fmt.Fprintln(w, message(err))
	}
	var wrong *usageError
	if errors.As(err, &wrong) {
		return 2
	}
	return 1
}

// message is an error in words: with its lines and carets if it is about a cell.
func message(err error) string {
	var many lang.Errors
	var one *lang.Error
	var table *data.Error
	switch {
	case errors.As(err, &many):
		var all []string
		for _, e := range many {
			all = append(all, e.Snippet())
		}
		return strings.Join(all, "\n")
	case errors.As(err, &one):
		return one.Snippet()
	case errors.As(err, &table):
		return table.Error()
	}
	return "unroll: " + err.Error()
}
