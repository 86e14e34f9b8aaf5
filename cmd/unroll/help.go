package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"unroll/internal/spell"
)

func helpVerb(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [VERB]",
		Short: "what a verb does, with its flags and two examples",
		Example: `  unroll help
  unroll help vet`,
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return verbNames(root), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return root.Help()
			}
			verb, rest, err := root.Find(args)
			switch {
			case err != nil || verb == root:
				return noVerb(root, args)
			case len(rest) > 0:
				return usage("unroll help takes one verb; leave %s out", strings.Join(rest, " "))
			}
			return verb.Help()
		},
	}
}

// usageOf is how a verb's --help goes on after its description: it ends in examples.
func usageOf(c *cobra.Command) error {
	out := c.OutOrStderr()
	if !c.HasAvailableSubCommands() {
		fmt.Fprintf(out, "Usage:\n  %s\n", c.UseLine())
	} else {
		fmt.Fprintf(out, "Usage:\n  %s VERB [flags]\n", c.Name())
		verbs := &grid{}
		for _, v := range c.Commands() {
			if v.IsAvailableCommand() {
				verbs.add("  "+v.Name(), v.Short)
			}
		}
		fmt.Fprintf(out, "\nVerbs:\n%s", verbs)
	}
	if c.HasAvailableLocalFlags() {
		fmt.Fprintf(out, "\n%s", headed(c.LocalFlags().FlagUsages()))
	}
	if c.HasAvailableInheritedFlags() {
		fmt.Fprintf(out, "\n%s", headed(c.InheritedFlags().FlagUsages()))
	}
	_, err := fmt.Fprintf(out, "\nExamples:\n%s\n", c.Example)
	return err
}

// headings stand in --help above the flags that they begin with.
var headings = map[string]string{
	"input":       "Data:",
	"weight":      "The run:",
	"size":        "The run:",
	"cell":        "The run:",
	"epochs":      "How it is trained:",
	"method":      "How weights move:",
	"horizon":     "What is forecast:",
	"output":      "What is written:",
	"float64":     "How it is computed:",
	"rate":        "What is told:",
	"of":          "What is printed:",
	"stage":       "What is printed:",
	"format":      "How it is given:",
	"color":       "Messages:",
	"diagnostics": "Messages:",
}

var flagLine = regexp.MustCompile(`(?m)^ +(?:-\w, )?--(\w+)`)

// headed puts headings between flags, each once.
func headed(flags string) string {
	var b strings.Builder
	last := "Flags:"
	for line := range strings.Lines(flags) {
		title := ""
		if flag := flagLine.FindStringSubmatch(line); flag != nil {
			title = headings[flag[1]]
			if flag[1] == "rate" && last == headings["method"] {
				title = "" // of learning, among others of its kind
			}
		}
		switch {
		case b.Len() == 0 && title == "":
			b.WriteString(last + "\n")
		case title != "" && title != last:
			if b.Len() > 0 {
				b.WriteString("\n")
			}
			last = title
			b.WriteString(title + "\n")
		}
		b.WriteString(line)
	}
	return b.String()
}

// flagOf finds the flag in the error of a value.
var flagOf = regexp.MustCompile(`--([\w-]+)" flag: `)

// kinds are what flags of a type expect.
var kinds = map[string]string{
	"int": "expected a whole number", "uint64": "expected a whole number from 0 on", "bool": "expected true or false",
}

// wrongFlag is the error of flags that can't be read. It says which flag or value was meant.
func wrongFlag(c *cobra.Command, err error) error {
	var unknown interface{ GetSpecifiedName() string }
	var invalid interface{ GetValue() string }
	help := "unroll " + c.Name() + " --help lists the flags"
	switch {
	case errors.As(err, &invalid):
		name := flagOf.FindStringSubmatch(err.Error())[1]
		wants := kinds[c.Flag(name).Value.Type()]
		if wants == "" {
			wants = errors.Unwrap(err).Error()
		}
		return usage("--%s %s: %s", name, invalid.GetValue(), wants)
	case errors.As(err, &unknown):
		var names []string
		for _, flag := range flagLine.FindAllStringSubmatch(c.LocalFlags().FlagUsages()+c.InheritedFlags().FlagUsages(), -1) {
			names = append(names, flag[1])
		}
		if near := spell.Nearest(unknown.GetSpecifiedName(), names); near != "" {
			help = "did you mean --" + near + "?"
		}
	}
	return usage("%s; %s", err, help)
}
