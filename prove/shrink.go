package prove

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"unroll/graph"
	"unroll/lang"
)

// smallest is the largest size that is left as it is.
const smallest = 3

// shrinking says which sizes are made small. A cell may need its sizes as they are: an index that is
// a number fits no smaller array. So less and less is tried.
type shrinking int

const (
	everySize shrinking = iota // also those that stand as numbers in shapes
	namedSize                  // what has a name: size H = 128, f(x, H = 128)
	noSize
)

// site is a number that says a size, and of what.
type site struct {
	num   *lang.Num
	of    string
	from  int
	named bool // it stands behind the name of a size
}

// set makes the site's number another one.
func (s site) set(n int) { s.num.Text, s.num.Val = number(n).Text, number(n).Val }

// shrink makes the sizes that a file says small: equal ones stay equal, and different ones different,
// as far as shapes then still meet. It tells what it did, as "H: 128 → 2".
func shrink(f *lang.File, c graph.Choices, how shrinking) []string {
	if how == noSize {
		return nil
	}
	s := sitesOf(f, c.Sizes)
	groups := map[int][]site{}
	for _, one := range s.all {
		if how == everySize || one.named {
			groups[one.from] = append(groups[one.from], one)
		}
	}
	var said []string
	for i, from := range slices.Sorted(maps.Keys(groups)) {
		said = append(said, shrinkGroup(f, c, groups[from], s.linked[from], 2+i%3)...)
	}
	return said
}

// shrinkGroup makes all sizes of one number small, and what is tied to them where one is a number in a
// shape, as the 12 of s0[t mod 12]; or else those with a name, one by one.
func shrinkGroup(f *lang.File, c graph.Choices, group, linked []site, to int) []string {
	all := group
	if slices.ContainsFunc(group, func(s site) bool { return !s.named }) {
		all = append(append([]site{}, group...), linked...)
	}
	before := volume(f, c)
	if try(f, c, all, to) {
		if volume(f, c) == before {
			return nil // every call says another size
		}
		return []string{told(group, to)}
	}
	var said []string
	for _, s := range group {
		if one := []site{s}; s.named && try(f, c, one, to) {
			said = append(said, told(one, to))
		}
	}
	return said
}

// try gives sites another number, and takes it back if the file then doesn't hold together.
func try(f *lang.File, c graph.Choices, all []site, to int) bool {
	for _, s := range all {
		s.set(to)
	}
	if _, err := graph.Build(f, c); err == nil {
		return true
	}
	for _, s := range all {
		s.set(s.from)
	}
	return false
}

func told(all []site, to int) string {
	var names []string
	for _, s := range all {
		if !slices.Contains(names, s.of) {
			names = append(names, s.of)
		}
	}
	return fmt.Sprintf("%s: %d → %d", strings.Join(names, ", "), all[0].from, to)
}

// volume is how many entries all values of a file have together; 0 if it doesn't hold together.
func volume(f *lang.File, c graph.Choices) int {
	g, err := graph.Build(f, c)
	if err != nil {
		return 0
	}
	n := 0
	for _, node := range g.Nodes {
		n += node.Shape.Len()
	}
	return n
}
