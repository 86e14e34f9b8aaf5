package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"unroll/lang"
)

// layout is what `unroll fmt` is to do.
type layout struct{ write, check, ascii bool }

func fmtVerb() *cobra.Command {
	l := layout{}
	c := &cobra.Command{
		Use:   "fmt FILE...",
		Short: "files in the standard layout",
		Long: `fmt prints files in the standard layout. With -w it writes them in place instead, with
--check it lists those whose layout would change, and fails if there are any.`,
		Example: `  unroll fmt examples/sheet/sheet.cell
  unroll fmt --check examples/sheet/sheet.cell`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("unroll fmt takes at least one file (- is standard input); as in %s", firstExample(c))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if l.write && l.check {
				return usage("give either -w or --check, not both")
			}
			if i := slices.Index(args, "-"); i >= 0 && slices.Contains(args[i+1:], "-") {
				return usage("standard input can be read once; give - once")
			}
			return l.files(c, args)
		},
	}
	c.Flags().BoolVarP(&l.write, "write", "w", false, "write the files in place")
	c.Flags().BoolVarP(&l.check, "check", "d", false, "list the files that would change, and fail if there are any")
	c.Flags().BoolVar(&l.ascii, "ascii", false, "turn signs of paper, such as · and ⊙, into ASCII")
	return c
}

// files lays out all files; a fault in one doesn't spare the others.
func (l layout) files(c *cobra.Command, paths []string) error {
	failed := false
	for _, path := range paths {
		if err := l.file(c, path); err != nil {
			reporterOf(c).report(err)
			failed = true
		}
	}
	if failed {
		return errSilent
	}
	return nil
}

func (l layout) file(c *cobra.Command, path string) error {
	name, text, err := readText(c, path)
	if err != nil {
		return err
	}
	f, err := lang.Parse(&lang.Source{Name: name, Text: text})
	if err != nil {
		return err
	}
	laid := lang.Print(f, l.ascii)
	switch {
	case l.check && laid != text:
		fmt.Fprintln(c.OutOrStdout(), name)
		return errSilent
	case l.check, l.write && laid == text:
		return nil
	case l.write && path != "-":
		return writeWhole(path, []byte(laid))
	}
	_, err = fmt.Fprint(c.OutOrStdout(), laid)
	return err
}
