package main

import "github.com/spf13/cobra"

func helpVerb(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [VERB]",
		Short: "what a verb does, with its flags and two examples",
		Example: `  unroll help
  unroll help vet`,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return root.Help()
			}
			verb, rest, err := root.Find(args)
			if err != nil || verb == root || len(rest) > 0 {
				return noVerb(root, args)
			}
			return verb.Help()
		},
	}
}
