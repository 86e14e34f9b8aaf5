package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"unroll/graph"
)

// count is how many numbers there are, in letters: how often each product of sizes.
type count map[string]int

// count counts the numbers of weights.
func (s *sized) count(weights []*graph.Param) count {
	n := count{}
	for _, w := range weights {
		names, rest := s.letters(w.Node.Shape.Len())
		n[strings.Join(names, "·")] += rest
	}
	return n
}

// String is a count as a sum, the longest products first: 4·D·H + 4·H² + 4·H.
func (n count) String() string {
	degree := func(product string) int { return strings.Count(product, "·") - len(product) }
	var terms []string
	for _, product := range slices.SortedFunc(maps.Keys(n), func(a, b string) int {
		return cmp.Or(cmp.Compare(degree(a), degree(b)), cmp.Compare(a, b))
	}) {
		switch {
		case product == "":
			terms = append(terms, fmt.Sprint(n[product]))
		case n[product] == 1:
			terms = append(terms, powers(product))
		default:
			terms = append(terms, fmt.Sprintf("%d·%s", n[product], powers(product)))
		}
	}
	return strings.Join(terms, " + ")
}

// powers writes H·H as H².
func powers(product string) string {
	above := []string{"", "", "²", "³", "⁴"}
	var out []string
	names := strings.Split(product, "·")
	for len(names) > 0 {
		k := 1
		for k < len(names) && names[k] == names[0] {
			k++
		}
		out = append(out, names[0]+above[k])
		names = names[k:]
	}
	return strings.Join(out, "·")
}

// value is a count in figures, of sizes with these values.
func (n count) value(sizes map[string]int) int {
	sum := 0
	for product, k := range n {
		for _, name := range strings.Split(product, "·") {
			if product != "" {
				k *= sizes[name]
			}
		}
		sum += k
	}
	return sum
}

// total says how many numbers the weights have in all, for the sizes that a cell has by default and an
// input of one number.
func (s *sized) total(all []*graph.Param) string {
	var one, each, fixed []*graph.Param
	for _, w := range all {
		switch {
		case w.Fixed:
			fixed = append(fixed, w)
		case w.PerSeries:
			each = append(each, w)
		default:
			one = append(one, w)
		}
	}
	var lines []string
	for _, kind := range []struct {
		what    string
		weights []*graph.Param
	}{{"Learnt", one}, {"Learnt for each series", each}, {"Fixed", fixed}} {
		if len(kind.weights) > 0 {
			lines = append(lines, kind.what+": "+s.counted(s.count(kind.weights)))
		}
	}
	text := strings.Join(lines, ". ") + "."
	return text + s.defaults(s.count(all))
}

// counted is a count in letters, and in figures.
func (s *sized) counted(n count) string {
	letters, figures := n.String(), plural(n.value(s.sizes()), "number")
	if len(n) == 1 && n[""] > 0 {
		return figures
	}
	return letters + " = " + figures
}

// sizes are those that a cell has by default; an input has one entry.
func (s *sized) sizes() map[string]int {
	out := map[string]int{}
	for name := range s.graph.Assumed {
		out[name] = 1
	}
	maps.Copy(out, defaultSizes(s.cell))
	return out
}

// defaults says what the figures of a count are for.
func (s *sized) defaults(n count) string {
	var given []string
	defaults := defaultSizes(s.cell)
	for _, it := range sizesOf(s.cell) {
		given = append(given, fmt.Sprintf("%s = %d", it.Name, defaults[it.Name]))
	}
	for name := range s.graph.Assumed {
		if n.holds(name) {
			given = append(given, fmt.Sprintf("an input of one number, %s = 1", name))
		}
	}
	if len(given) == 0 {
		return ""
	}
	last := len(given) - 1
	text := strings.Join(given[:last], ", ")
	if last > 0 {
		text += " and "
	}
	return " The figures are for " + text + given[last] + "."
}

// holds tells whether a size is in a count.
func (n count) holds(name string) bool {
	for product := range n {
		if slices.Contains(strings.Split(product, "·"), name) {
			return true
		}
	}
	return false
}
