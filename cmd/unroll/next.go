package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"unroll"
)

// next says what one may want to do next, to a person at a terminal: never in a pipe, a script or an
// editor.
func next(c *cobra.Command) {
	if c.Flag("diagnostics").Value.String() != "human" || !onTerminal(c.OutOrStdout()) || !onTerminal(c.ErrOrStderr()) {
		return
	}
	if what := suggestion(c); what != "" {
		_ = reporterOf(c).say(ofNote, "%s", "\n"+what) // it is only advice
	}
}

// suggestion is what may come after a call.
func suggestion(c *cobra.Command) string {
	args := c.Flags().Args()
	switch {
	case c.Flag("help").Changed || len(args) > 1 || len(args) == 1 && args[0] == "-":
		return ""
	case c.Name() == "vet" && len(args) == 1:
		return tryIt(args[0], c)
	case c.Name() == "explain" && c.Flag("output").Value.String() == "" && c.Flag("format").Value.String() == "text":
		return "As a page for the browser: the same call with -o " + strings.TrimSuffix(filepath.Base(args[0]), filepath.Ext(args[0])) + ".html"
	case c.Name() == "cells" && len(args) == 0:
		return "The equations of one of them: unroll cells lstm"
	}
	return ""
}

// tryIt is a call that explains a file on values of a few times.
func tryIt(path string, c *cobra.Command) string {
	src, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	cell, err := unroll.Parse(path, string(src))
	if err != nil {
		return ""
	}
	f := &runFlags{cmd: c}
	f.sizes, _ = c.Flags().GetStringArray("size")
	sizes := map[string]int{}
	if f.readSizes(sizes) != nil {
		return ""
	}
	g, err := cell.Graph(unroll.Options{Sizes: sizes})
	if err != nil {
		return ""
	}
	return "On numbers: unroll explain " + path + sizeFlags(sizes) + " " + samples(g)
}

// patience is how long a person waits before something should be seen.
const patience = 100 * time.Millisecond

// working tells a person at a terminal what takes long, until its end.
func working(r reporter, what string) (end func()) {
	if r.form != "human" || !onTerminal(r.to) {
		return func() {}
	}
	over, gone := make(chan bool), make(chan bool)
	go func() {
		defer close(gone)
		select {
		case <-over:
			return
		case <-time.After(patience):
		}
		fmt.Fprint(r.to, what)
		<-over
		fmt.Fprint(r.to, "\r"+strings.Repeat(" ", utf8.RuneCountInString(what))+"\r")
	}()
	return func() { close(over); <-gone }
}
