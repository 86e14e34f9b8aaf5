package graph

import (
	"fmt"
	"sort"
	"strings"

	"unroll/internal/spell"
)

// maybe is "; did you mean u?" if a name is near one of those that exist, otherwise "".
func maybe(name string, among []string) string {
	if near := spell.Nearest(name, among); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}

// maybeOf is maybe, or else a list of what there is to choose from.
func maybeOf(name, what string, among []string) string {
	if near := maybe(name, among); near != "" {
		return near
	}
	switch {
	case len(among) == 0:
		return "; leave it out"
	case len(among) > 12:
		among = append(append([]string{}, among[:12]...), "…")
	}
	return "; " + what + " are " + join(among)
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

// given is how many arguments were given before and behind a semicolon.
func given(args, after int) string {
	if after == 0 {
		return fmt.Sprint(args)
	}
	return fmt.Sprintf("%d and %d behind a semicolon", args, after)
}

// shorten is a number that isn't too long to be read.
func shorten(number string) string {
	if len(number) > 20 {
		return number[:12] + "…"
	}
	return number
}

// count is "1 argument", "2 arguments".
func count(n int, what string) string { return plural(n, fmt.Sprint(n), what) }

// plural is count where the number is said otherwise: "1 or 2 arguments".
func plural(n int, said, what string) string {
	if n == 1 {
		return said + " " + what
	}
	return said + " " + what + "s"
}
