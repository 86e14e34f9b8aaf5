package main

import (
	"strings"

	"github.com/spf13/cobra"

	"unroll"
	"unroll/cells"
	"unroll/graph"
	"unroll/lang"
	"unroll/series"
	"unroll/train"
)

var shells = []string{"bash", "zsh", "fish", "powershell"}

// completionVerb prints what a shell needs to complete calls.
func completionVerb(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "completion bash|zsh|fish|powershell",
		Short: "what a shell needs to complete verbs, flags and names",
		Long: `completion prints a script for a shell, which then completes verbs, flags, their values, files, and
the names of a file's inputs, sizes and weights. For bash, which needs its package bash-completion,
put into ~/.bashrc

    source <(unroll completion bash)

for zsh the same into ~/.zshrc, after compinit; for fish and PowerShell

    unroll completion fish > ~/.config/fish/completions/unroll.fish
    unroll completion powershell | Out-String | Invoke-Expression`,
		Example: `  unroll completion bash
  unroll completion fish`,
		ValidArgs: shells,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("unroll completion takes one shell, not %d; as in unroll completion bash", len(args))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			out := c.OutOrStdout()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(out, true)
			case "zsh":
				return root.GenZshCompletion(out)
			case "fish":
				return root.GenFishCompletion(out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(out)
			}
			return usage("unroll completion %s: expected bash, zsh, fish or powershell", args[0])
		},
	}
}

// offered are the values of flags that are one of a few words. Behind a colon stands a number.
var offered = map[string][]string{
	"feed":        {"teacher", "free", "observed:", "sampled:"},
	"feedback":    {"grad", "stop"},
	"reduce":      {"sum", "mean"},
	"fill":        series.Fills,
	"lang":        {"en", "ru"},
	"stage":       stages,
	"color":       {"auto", "always", "never"},
	"diagnostics": {"human", "short", "json"},
	"format":      formNames(),
	"family":      familyNames(),
	"without":     passNames(),
	"scale":       series.Scales,
	"method":      train.Methods,
	"schedule":    train.Schedules,
	"refit":       {"never", "every"},
}

// endings are those of the files that flags name.
var endings = map[string][]string{
	"data": {"csv", "tsv", "gz", "parquet", "txt"}, "test": {"csv", "tsv", "gz", "parquet"}, "picture": {"svg"}, "plot": {"svg", "png"}, "log": {"jsonl"},
}

// asked are the flags whose values are names in the file of the call, with what stands behind one.
var asked = map[string]struct {
	names  func(*graph.Graph) []string
	behind string
}{
	"input":  {inputNames, "="},
	"name":   {inputNames, "="},
	"weight": {weightNames, "="},
	"wrt":    {weightNames, ""},
	"of":     {constantNames, ""},
}

// complete tells the shell what may stand where.
func complete(root *cobra.Command) {
	for _, c := range append(root.Commands(), root) {
		for flag, values := range offered {
			if c.Name() == "backtest" && flag == "format" {
				values = tableForms
			}
			offer(c, flag, func([]string) []string { return values })
		}
		for flag, of := range asked {
			offer(c, flag, func(args []string) []string { return graphNames(args, of.names, of.behind) })
		}
		offer(c, "size", sizeNames)
		for flag, of := range endings {
			if c.Flags().Lookup(flag) != nil {
				_ = c.MarkFlagFilename(flag, of...) // the flag is there
			}
		}
		switch c.Name() {
		case "train", "backtest":
			c.ValidArgsFunction = func(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
				return libraryOrFile(c, nil, begun)
			}
		case "explain", "grad", "vet", "show", "fmt":
			c.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
				return []string{"cell"}, cobra.ShellCompDirectiveFilterFileExt
			}
		case "cells":
			c.ValidArgs = cells.Names()
		case "bench":
			_ = c.RegisterFlagCompletionFunc("cell", libraryOrFile) // the flag is there
		}
	}
}

// offer completes the values of a flag, if the verb has it. Behind = and : the value goes on.
func offer(c *cobra.Command, flag string, values func(args []string) []string) {
	if c.Flags().Lookup(flag) == nil && c.PersistentFlags().Lookup(flag) == nil {
		return
	}
	_ = c.RegisterFlagCompletionFunc(flag, func(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
		var all []string
		goesOn := false
		for _, v := range values(args) {
			if strings.HasPrefix(v, begun) {
				all = append(all, v)
				goesOn = goesOn || strings.HasSuffix(v, "=") || strings.HasSuffix(v, ":")
			}
		}
		if goesOn {
			return all, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
		}
		return all, cobra.ShellCompDirectiveNoFileComp
	})
}

// libraryOrFile completes a cell of the library; where none begins like that, a file.
func libraryOrFile(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	var all []string
	for _, name := range cells.Names() {
		if strings.HasPrefix(name, begun) {
			all = append(all, name)
		}
	}
	if len(all) > 0 {
		return all, cobra.ShellCompDirectiveNoFileComp
	}
	return []string{"cell"}, cobra.ShellCompDirectiveFilterFileExt
}

func formNames() []string {
	var all []string
	for _, f := range forms {
		all = append(all, f.name)
	}
	return all
}

// graphNames are names in the file among the arguments of a call that isn't complete yet.
func graphNames(args []string, names func(*graph.Graph) []string, behind string) []string {
	for _, path := range args {
		cell, err := unroll.ReadFile(path)
		if err != nil {
			continue
		}
		g, err := cell.Graph(unroll.Options{})
		if err != nil {
			continue
		}
		all := names(g)
		for i := range all {
			all[i] += behind
		}
		return all
	}
	return nil
}

func inputNames(g *graph.Graph) []string {
	var all []string
	for _, in := range g.Inputs {
		all = append(all, in.Name)
	}
	return all
}

func weightNames(g *graph.Graph) []string {
	var all []string
	for _, w := range g.Weights {
		all = append(all, w.Name)
	}
	return all
}

// constantNames are the equations that have one value.
func constantNames(g *graph.Graph) []string {
	var all []string
	for _, n := range g.Names {
		if n.Scope < graph.Steps {
			all = append(all, n.Name)
		}
	}
	return all
}

// sizeNames are the sizes of the file of a call, also of one that isn't right yet.
func sizeNames(args []string) []string {
	var all []string
	for _, path := range args {
		cell, err := unroll.ReadFile(path)
		if err != nil {
			continue
		}
		for _, s := range cell.File().Stmts {
			if sizes, ok := s.(*lang.Size); ok {
				for _, it := range sizes.Items {
					all = append(all, it.Name+"=")
				}
			}
		}
	}
	return all
}
