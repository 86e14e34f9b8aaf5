package plan

import "unroll/graph"

// copyGraph copies all that roots reach, so that passes may change it: leaves excepted, which stay the
// caller's. It returns whose copy is which; a node that isn't there is its own.
func copyGraph(roots []*graph.Node) map[*graph.Node]*graph.Node {
	copies := map[*graph.Node]*graph.Node{}
	var all []*graph.Node
	for _, c := range graph.Schedule(roots...) {
		for _, n := range c.Nodes {
			if len(n.Args) > 0 {
				twin := *n
				copies[n] = &twin
				all = append(all, &twin)
			}
		}
	}
	for _, n := range all {
		n.Args = imagesOf(n.Args, copies)
	}
	return copies
}

// imagesOf are the copies of nodes.
func imagesOf(nodes []*graph.Node, copies map[*graph.Node]*graph.Node) []*graph.Node {
	out := make([]*graph.Node, len(nodes))
	for i, n := range nodes {
		out[i] = imageOf(n, copies)
	}
	return out
}

func imageOf(n *graph.Node, copies map[*graph.Node]*graph.Node) *graph.Node {
	if twin := copies[n]; twin != nil {
		return twin
	}
	return n
}
