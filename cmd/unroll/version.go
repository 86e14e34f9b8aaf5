package main

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// version is the module's version, as the build knows it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "development"
}

func versionVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "the version of unroll",
		Example: `  unroll version
  unroll --version`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("unroll version takes no arguments; leave %s out", strings.Join(args, " "))
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(c.OutOrStdout(), "unroll %s\n", version())
			return err
		},
	}
}
