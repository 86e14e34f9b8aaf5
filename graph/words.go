package graph

import (
	"fmt"
	"sort"
	"strings"

	"unroll/lang"
)

// maybe is "; did you mean u?" if a name is near one of those that exist, otherwise "".
func maybe(name string, among []string) string {
	if near := lang.Nearest(name, among); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}

// keys are the names of a map, sorted.
func keys[V any](m map[string]V) []string {
	var all []string
	for k := range m {
		all = append(all, k)
	}
	sort.Strings(all)
	return all
}

func join(names []string) string { return strings.Join(names, ", ") }

// count is "1 argument", "2 arguments".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
