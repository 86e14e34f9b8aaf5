package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"unroll/cells"
)

func cellsVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "cells [NAME]",
		Short: "the standard library: its list, or one of its cells",
		Long:  "cells lists the cells that a file may take from the standard library with `use`, or prints one of them.",
		Example: `  unroll cells
  unroll cells lstm`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("unroll cells takes one name at most, not %d", len(args))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			text, err := cellsText(args)
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(c.OutOrStdout(), text)
			return err
		},
	}
}

// cellsText is a cell's text, or the list of all with what each says of itself first.
func cellsText(args []string) (string, error) {
	if len(args) == 1 {
		src, err := cells.Source(strings.TrimSuffix(args[0], ".cell"))
		if err != nil {
			return "", err
		}
		return src.Text, nil
	}
	t := &grid{}
	for _, name := range cells.Names() {
		src, err := cells.Source(name)
		if err != nil {
			return "", err
		}
		first, _, _ := strings.Cut(src.Text, "\n")
		t.add(name, strings.TrimLeft(first, "# "))
	}
	return t.String(), nil
}
