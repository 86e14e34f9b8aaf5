package plan

import (
	"fmt"
	"strings"

	"unroll/graph"
)

// callNames are the names that values have in the file, those that are given, and those of adjoints: d_h of
// what h is.
func (l *lowering) callNames(given map[*graph.Node]string) map[*value]string {
	names := map[*value]string{}
	call := func(n *graph.Node, name string) {
		if r, ok := l.refs[n]; ok && r.v != nil && r.lag == 0 && names[r.v] == "" {
			names[r.v] = name
		}
	}
	byNode := map[*graph.Node]string{}
	for _, n := range l.nodes {
		switch n.Kind {
		case graph.Name, graph.Weight, graph.Input:
			call(n, n.Name)
			byNode[n] = n.Name
		case graph.Const, graph.Time, graph.Mask, graph.Draw:
			call(n, leafText(n))
		}
	}
	for _, n := range l.nodes {
		if n.Mirror == nil {
			continue
		}
		of := imageOf(n.Mirror, l.copies)
		if r, ok := l.refs[of]; ok && r.v != nil && r.lag == 0 && names[r.v] != "" && byNode[of] != "" {
			call(n, "d_"+names[r.v])
		}
	}
	for n, name := range given {
		call(imageOf(n, l.copies), name)
	}
	for x, n := range l.numbers {
		call(n, fmt.Sprintf("%.7g", x))
	}
	return names
}

// shortest is how long a number may be that is written exactly.
const shortest = 9

// leafText is how a node without arguments and without a name is written.
func leafText(n *graph.Node) string {
	text := n.String()
	_, text, _ = strings.Cut(text, " = ")
	if n.Kind == graph.Const {
		text = strings.TrimPrefix(text, "const ")
		text = strings.TrimSuffix(text, fmt.Sprintf(" %s, %s", n.Shape, n.Scope))
		switch x, _ := n.Value[0].Float64(); {
		case strings.Contains(text, " "):
			return "[" + text + "]"
		case len(text) > shortest:
			return fmt.Sprintf("%.7g", x)
		}
		return text
	}
	return strings.TrimSuffix(text, fmt.Sprintf(" %s, %s", n.Shape, n.Scope))
}

// ref is a value's name, and its time if it is another. What has no name is given a number.
func (w *report) ref(r ref) string {
	v := r.v
	if v.repeats != nil && v.copies {
		v = v.repeats
	}
	name := w.names[v]
	if name == "" {
		w.fresh++
		name = fmt.Sprintf("a%d", w.fresh)
		w.names[v] = name
	}
	if r.lag != 0 {
		return name + "[" + at(r.lag) + "]"
	}
	return name
}
