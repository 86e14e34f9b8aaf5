package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"unroll/cells"
)

// cellsFlags are the flags of cells.
type cellsFlags struct {
	source bool
	format string
}

func cellsVerb() *cobra.Command {
	f := &cellsFlags{}
	c := &cobra.Command{
		Use:   "cells [NAME]",
		Short: "the standard library: its list, or the page of a cell",
		Long: `cells lists the cells that a file may take from the standard library with use, each with its
paper. Of one cell it prints a page: the equations, the weights with their shapes, the paper,
and a file that uses it; with --source the file that the cell itself is.`,
		Example: `  unroll cells
  unroll cells lstm`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("unroll cells takes one name at most, not %d", len(args))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return f.list(c)
			}
			return f.one(c.OutOrStdout(), strings.TrimSuffix(args[0], ".cell"))
		},
	}
	c.Flags().BoolVar(&f.source, "source", false, "the cell's file as it is")
	c.Flags().StringVar(&f.format, "format", "text", "the `FORM` of a page: text, md, latex or html")
	return c
}

// list prints the names of all cells, what each is called and its first paper.
func (f *cellsFlags) list(c *cobra.Command) error {
	if f.source || c.Flags().Changed("format") {
		return usage("--source and --format are for one cell; name it, as in unroll cells lstm --source")
	}
	t := &grid{}
	for _, name := range cells.Names() {
		p, err := cells.Read(name)
		if err != nil {
			return err
		}
		t.add(name, p.Name(), p.Cite())
	}
	_, err := io.WriteString(c.OutOrStdout(), t.String())
	return err
}

// one prints the page of a cell, or its file.
func (f *cellsFlags) one(w io.Writer, name string) error {
	src, err := cells.Source(name)
	if err != nil {
		return err
	}
	if f.source {
		_, err := io.WriteString(w, src.Text)
		return err
	}
	form := explainFlags{format: f.format}
	if err := form.formByName(); err != nil {
		return err
	}
	if form.form.write == nil {
		return usage("--format %s is for the numbers of a solution; a page has text, md, latex and html", f.format)
	}
	d, err := cellPage(name, src)
	if err != nil {
		return fmt.Errorf("the page of %s: %w", name, err)
	}
	return form.form.write(w, d)
}
