package plan

import (
	"fmt"
	"slices"

	"unroll/graph"
)

// streamable finds on what a root depends that isn't known when a step is computed: what comes later,
// and what takes the whole series, unless there is a history to take it from.
// A stream of branches draws random numbers.
func streamable(root *graph.Node, history, branches bool) error {
	seen := map[*graph.Node]bool{}
	var visit func(n *graph.Node, name string) error
	visit = func(n *graph.Node, name string) error {
		if seen[n] {
			return nil
		}
		seen[n] = true
		if n.Kind == graph.Name {
			name = n.Name
		}
		if why := unknown(n, history, branches); why != "" {
			return fmt.Errorf("%s can't be computed one step at a time: it %s", name, why)
		}
		if n.Scope < graph.Steps {
			return nil
		}
		for _, a := range n.Args {
			if err := visit(a, name); err != nil {
				return err
			}
		}
		return nil
	}
	return visit(root, "what is wanted")
}

// unknown says what of a node isn't known at its own step; "" if all is.
func unknown(n *graph.Node, history, branches bool) string {
	from, _ := n.Reach()
	switch {
	case n.Scope < graph.Steps && !history && late(n, map[*graph.Node]bool{}):
		return "takes a total of the whole series; let the stream begin after data, from which that is taken"
	case n.Scope < graph.Steps:
		return ""
	case from < 0:
		return fmt.Sprintf("looks %d ahead", -from)
	case n.Kind == graph.Mask && n.Mask.Kind != graph.Inside && n.Mask.Kind != graph.Observed && n.Mask.Kind != graph.Past:
		return "asks for the first or the last time of the series"
	case n.Kind == graph.Mask && n.Mask.K < 0:
		return fmt.Sprintf("looks %d ahead", -n.Mask.K)
	case n.Kind == graph.Draw && !branches:
		return "draws random numbers, as training does"
	}
	return ""
}

// late tells whether what is one for all times is made of what there is at each.
func late(n *graph.Node, seen map[*graph.Node]bool) bool {
	if seen[n] {
		return false
	}
	seen[n] = true
	return n.Scope >= graph.Steps || slices.ContainsFunc(n.Args, func(a *graph.Node) bool { return late(a, seen) })
}
