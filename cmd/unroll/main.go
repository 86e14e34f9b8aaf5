package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"unroll/internal/spell"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run is the whole command, with its exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	out := &held{to: stdout}
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(out)
	root.SetErr(stderr)
	c := root
	err := guarded(func() (err error) {
		c, err = root.ExecuteC()
		return err
	})
	if writing := unwritten(out.flush()); err == nil {
		err = writing
	}
	if err == nil {
		next(c)
	}
	return reporterOf(c).report(err)
}

// guarded is what a call returns; a panic becomes an error of it.
func guarded(call func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = &faultError{fmt.Sprintf("this is a fault in unroll; please report it with the file and the call: %v", fault)}
		}
	}()
	return call()
}

// held is what a verb prints, held back until it has succeeded, or says itself that a part is done.
type held struct {
	bytes.Buffer
	to io.Writer
}

func (h *held) flush() error {
	_, err := h.WriteTo(h.to)
	return err
}

// newRoot is the command with its verbs.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "unroll",
		Short: "recurrent networks, written as equations",
		Long: `unroll explains, differentiates and checks recurrent networks that are written as equations.
A file - is standard input. Results go to standard output, and what is said of them to standard
error. The exit status is 1 for a run that failed, 2 for a wrong call.`,
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          noVerb,
		Version:       version(),
		Example: `  unroll explain examples/sheet/sheet.cell --data examples/sheet/y.csv
  unroll help explain`,
	}
	root.SetVersionTemplate("unroll {{.Version}}\n")
	root.SetFlagErrorFunc(wrongFlag)
	root.CompletionOptions.DisableDefaultCmd = true // there is a verb of its own
	root.SetUsageFunc(usageOf)
	root.SetHelpCommand(helpVerb(root))
	talks(root)
	root.AddCommand(trainVerb(), forecastVerb(), sampleVerb(), scoreVerb(), backtestVerb(), benchVerb(), explainVerb(), gradVerb(), vetVerb(), showVerb(), fmtVerb(), cellsVerb(), versionVerb(), completionVerb(root))
	complete(root)
	return root
}

// talks adds the flags of how the command talks, which every verb has.
func talks(root *cobra.Command) {
	add := root.PersistentFlags()
	add.Var(&word{"human", []string{"human", "short", "json"}}, "diagnostics", "the `FORM` of what is said on standard error: human, with the\nlines of the file; short, a line each; or json, an object each")
	add.Var(&word{"auto", []string{"auto", "always", "never"}}, "color", "`WHEN` messages and headings are coloured: auto (on a terminal,\nunless NO_COLOR is set), always or never")
}

// noVerb is called when the first word is not a verb.
func noVerb(c *cobra.Command, args []string) error {
	verbs := verbNames(c)
	if len(args) == 0 {
		return usage("what is to be done? The verbs are %s; unroll help says more", strings.Join(verbs, ", "))
	}
	help := "the verbs are " + strings.Join(verbs, ", ")
	if near := spell.Nearest(args[0], verbs); near != "" {
		help = "did you mean " + near + "?"
	}
	return usage("there is no verb %s; %s", args[0], help)
}

// verbNames are the verbs of the command.
func verbNames(root *cobra.Command) []string {
	var all []string
	for _, v := range root.Commands() {
		if !v.Hidden {
			all = append(all, v.Name())
		}
	}
	return all
}

// usageError is a call that was wrong, whatever the files hold.
type usageError struct{ msg string }

func (e *usageError) Error() string { return e.msg }

func usage(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// errSilent fails a run about which everything has been said.
var errSilent = errors.New("failed")

// oneFile wants one file among the arguments.
func oneFile(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage("unroll %s takes one file (- is standard input), not %d; as in %s", c.Name(), len(args), firstExample(c))
	}
	return nil
}

func firstExample(c *cobra.Command) string {
	first, _, _ := strings.Cut(strings.TrimSpace(c.Example), "\n")
	return first
}
