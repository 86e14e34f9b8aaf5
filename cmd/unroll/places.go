package main

import (
	"fmt"
	"strings"

	"unroll/graph"
)

// placesOf says of every equation where in the schedule it is computed: once, all times at once
// before or after a scan, or in a scan. Scans are counted in the order in which they run.
func placesOf(g *graph.Graph) map[*graph.Node]string {
	order := graph.Schedule(roots(g)...)
	s := &scans{in: map[*graph.Node]int{}, before: map[*graph.Node]int{}, after: map[*graph.Node]int{}}
	for _, c := range order {
		s.number(c)
	}
	for i := len(order) - 1; i >= 0; i-- {
		s.backward(order[i])
	}
	places := map[*graph.Node]string{}
	for _, c := range order {
		for _, n := range c.Nodes {
			if n.Kind == graph.Name {
				places[n] = s.place(c, n)
			}
		}
	}
	return places
}

// scans holds for each node the scan that it is in, the last one that it needs, and the first one
// that needs it; 0 if none.
type scans struct {
	count             int
	in, after, before map[*graph.Node]int
}

// number counts a component if it is a scan, and finds the last scan that it needs.
func (s *scans) number(c *graph.Component) {
	needs := 0
	for _, n := range c.Nodes {
		for _, a := range n.Args {
			needs = max(needs, s.in[a], s.after[a])
		}
	}
	if c.Dir != graph.Flat {
		s.count++
	}
	for _, n := range c.Nodes {
		s.after[n] = needs
		if c.Dir != graph.Flat {
			s.in[n] = s.count
		}
	}
}

// backward tells what a component needs that it, or a scan after it, is waiting.
func (s *scans) backward(c *graph.Component) {
	for _, n := range c.Nodes {
		first := s.in[n]
		if first == 0 {
			first = s.before[n]
		}
		for _, a := range n.Args {
			if first > 0 && (s.before[a] == 0 || first < s.before[a]) {
				s.before[a] = first
			}
		}
	}
}

func (s *scans) place(c *graph.Component, n *graph.Node) string {
	switch after, before := s.after[n], s.before[n]; {
	case c.Dir != graph.Flat:
		return fmt.Sprintf("scan %d, %s", s.in[n], strings.TrimPrefix(c.Dir.String(), "scan "))
	case after > 0 && before > 0:
		return fmt.Sprintf("at once, after scan %d and before scan %d", after, before)
	case after > 0:
		return fmt.Sprintf("at once, after scan %d", after)
	case before > 0:
		return fmt.Sprintf("at once, before scan %d", before)
	}
	return "at once"
}
